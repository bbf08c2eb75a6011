"""Alembic's entry: runs the steps on the connection, and inside the transaction, that it is given."""

from alembic import context

from aggregator.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
