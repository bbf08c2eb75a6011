"""Whether the process lives, whether the store answers, and how the sources are."""
