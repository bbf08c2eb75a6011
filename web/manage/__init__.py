"""The owner's console: an initiative looks after its entry by a link that was mailed, without an account."""
