"""Joining in: notices, and deadlines."""
