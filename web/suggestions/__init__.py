"""Dates that words of notices may tell: what owners and operators see of them, and what they can say."""
