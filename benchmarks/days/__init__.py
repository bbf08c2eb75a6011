"""Simulated days: feeds that change and fail, a model of what must be shown, and the real pipeline between them."""
