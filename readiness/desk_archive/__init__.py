"""What recruiters keep: reports as they came, notes and decisions; in a file or on PostgreSQL.

Several people may work in one archive at once. Whoever saves over what somebody else has written
meanwhile is told so and shown it; nothing is overwritten, and every decision stays in the history.
"""

from __future__ import annotations

from readiness.desk_archive.remarks import ChangedMeanwhile, Decision, Remark, Written
from readiness.desk_archive.stored import Entry, Incoming, Swept

__all__ = ["ChangedMeanwhile", "Decision", "Entry", "Incoming", "Remark", "Swept", "Written"]
