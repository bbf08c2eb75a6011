"""The command line: thin, every command in the module that its name suggests."""
