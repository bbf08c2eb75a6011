"""sources.yaml and the environment, read into one `Settings`; every mistake is told at once, with its place."""
