"""Components to records in our own terms: pure."""
