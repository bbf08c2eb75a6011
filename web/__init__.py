"""The pages and feeds (Flask): reads the store, never fetches."""
