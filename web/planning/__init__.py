"""For those who plan: what else is on, and when the town is quieter."""
