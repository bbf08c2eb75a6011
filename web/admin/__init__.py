"""The operators' rooms behind a log-in: what is to be done, and every decision that people make."""
