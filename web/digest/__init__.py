"""Ordering the weekly mail, confirming the order, and leaving."""
