"""How an archive of an older form becomes one of the newest; run by Alembic."""
