"""A heap of reports for programs: one document."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from readiness.review.computers import shown_groups
from readiness.review.spread import criterion_of, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.desk_archive.remarks import Remark
    from readiness.review.computers import Alike
    from readiness.review.picture import ListPicture, Picture
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow
    from readiness.review.spread import Spread


def review_document(
    rows: Sequence[ReviewRow],
    refused: Sequence[Refused],
    whole: Picture,
    metrics: Sequence[str],
    groups: Sequence[Alike] = (),
) -> dict[str, object]:
    """All of it for programs."""
    return {
        "reports": [_row(row) for row in rows],
        "refused": [_refusal(one) for one in refused if not one.aside],
        "set_aside": [_refusal(one) for one in refused if one.aside],
        "set": {
            "reports": whole.reports,
            "changed": whole.changed,
            "does_not_fit": whole.odd,
            "overall": {
                "not-judged" if overall is None else overall.value: count
                for overall, count in whole.overall.items()
            },
            "answers": {answer.value: count for answer, count in whole.answers.items()},
            "same_computer": [_alike(one) for one in shown_groups(groups, rows)],
            "lists": [_list(one, rows, metrics) for one in whole.lists],
        },
    }


def _row(row: ReviewRow) -> dict[str, object]:
    return {
        "report": row.file,
        "code": row.code,
        "made": row.made,
        "system": row.system,
        "profile": row.profile,
        "judged_by": row.asked.id if row.asked is not None else None,
        "overall": row.overall,
        "unchanged": row.unchanged,
        "answers": row.answers,
        "why": row.why,
        "observed_by_your_server": list(row.seen),
        "missing": list(row.missing),
        "open": list(row.open),
        "disagree": list(row.disagree),
        "does_not_fit": list(row.odd),
        "same_computer": row.group or None,
        "values": dict(zip(row.metrics, row.values, strict=True)),
        **(
            {}
            if row.remark is None
            else {"archived": {"report": row.digest, **remark_document(row.remark)}}
        ),
    }


def remark_document(remark: Remark) -> dict[str, object]:
    """What recruiters wrote, at one moment; ``version`` is what a change is made by."""
    written = remark.written
    return {
        "version": remark.version,
        "decision": written.decision,
        "reason": written.reason,
        "note": written.note,
        "who": written.who,
        "at": remark.at,
    }


def _alike(group: Alike) -> dict[str, object]:
    """Reports that seem to come from one computer; ``model``: rather from several of one model."""
    return {
        "group": group.rows[0].group or None,
        "model": group.model,
        "reports": [row.file for row in group.rows],
    }


def _refusal(one: Refused) -> dict[str, str]:
    return {"file": one.file, "reference": one.reference, "where": one.place}


def _list(one: ListPicture, rows: Sequence[ReviewRow], metrics: Sequence[str]) -> dict[str, object]:
    judged = [row for row in rows if row.asked is not None and row.asked.digest == one.asked.digest]
    spreads = (spread(judged, metric, criterion_of(one.asked, metric)) for metric in metrics)
    return {
        "profile": one.asked.id,
        "digest": one.asked.digest,
        "reports": one.reports,
        "requirements": one.tallies,
        "spreads": [_spread(found) for found in spreads if found is not None],
    }


def _spread(found: Spread) -> dict[str, object]:
    """Bars without an end have none there."""
    asked = found.criterion
    return {
        "metric": found.metric,
        "operator": asked.operator if asked is not None else None,
        "threshold": asked.threshold[0] if asked is not None else None,
        "known": found.known,
        "missing": found.missing,
        "median": found.median,
        "bars": [
            {"low": _end(bar.low), "high": _end(bar.high), "count": bar.count} for bar in found.bars
        ],
    }


def _end(value: float) -> float | None:
    return value if math.isfinite(value) else None
