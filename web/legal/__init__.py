"""Imprint, privacy and about: public pages, shipped as drafts that the operator fills in."""
