"""Help for residents, also in plain language that everybody can read."""
