"""Which records are the same event (record linkage), and which field wins: pure."""
