"""Who is behind the events: the directory, a page for each initiative and each umbrella."""
