"""Events and initiatives where they are: our own sketch, and the street map for those who ask for it."""
