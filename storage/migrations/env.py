"""Runs migrations on the connection that ``storage.database.migrate`` opened."""

from alembic import context

from storage import models
from storage.base import Base

assert models.__name__  # noqa: S101  (importing it fills the metadata)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
