"""Run by Alembic for each archive that is brought forward, inside the caller's transaction."""

from alembic import context

from readiness.desk_archive.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
