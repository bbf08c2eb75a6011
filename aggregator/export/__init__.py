"""Merged events to bytes: pure, one module per format."""
