"""Forms of an archive that a later version of this program might have, as Alembic's folders."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from readiness.desk_archive.forward import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "0002"

ADDS = """\
    op.add_column("readiness_report", sa.Column("stars", sa.Integer, server_default="3"))
    op.create_table("readiness_star", sa.Column("name", sa.String(8), primary_key=True))
"""
FAILS = """\
    op.execute("INSERT INTO readiness_nowhere VALUES (1)")
"""


def later_forms(folder: Path, *, fails: bool = False) -> Path:
    """This program's migrations and one more, which adds a column and a table.

    Args:
        folder: Where they go.
        fails: It breaks off after it has done so.
    """
    copied = folder / "migrations"
    shutil.copytree(MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "versions" / "second_form.py").write_text(
        '"""Stars."""\n'
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f'revision = "{HEAD}"\n'
        'down_revision = "0001"\n\n\n'
        f"def upgrade():\n{ADDS}{FAILS if fails else ''}",
        encoding="utf-8",
    )
    return copied
