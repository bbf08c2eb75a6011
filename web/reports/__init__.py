"""Reporting a mistake in an event, without an account."""
