"""Filters with a short address of their own."""
