"""`v<number>_<what>.py`: each step knows its number (`revision`) and the one before it (`down_revision`)."""
