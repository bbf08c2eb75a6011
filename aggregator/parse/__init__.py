"""Bytes to components: pure, tolerant, one module per format."""
