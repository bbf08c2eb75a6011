"""The sheet for the notice board, and the same as plain text."""
