"""The steps from an empty database to today's tables, one file in `versions` for each, run by Alembic."""
