"""A figure with what the measuring server signed of it. Asked for after the transfer has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import CannotMeasure
from readiness.model.invited import Receipt
from readiness.system.line.peer import Link, check_status

if TYPE_CHECKING:
    from readiness.system.line.messages import Reading, ServeJob
    from readiness.system.line.serve_client import Found

MOST = 2048
RECEIPT = "receipt"

_READER = json_reader(Receipt)


def witnessed(figure: Reading, job: ServeJob, found: Found, name: str) -> Reading:
    """The figure with its receipt, where the check answers an invitation and the server signs.

    A server that gives none costs no figure; the evidence says so.
    """
    if not job.nonce:
        return figure
    receipt = _asked(job, found, name) if found.receipts else None
    summary = {**figure.summary, RECEIPT: "not-given" if receipt is None else "given"}
    return msgspec.structs.replace(figure, summary=summary, receipt=receipt)


def _asked(job: ServeJob, found: Found, name: str) -> Receipt | None:
    try:
        link = Link(found.peer, connect_s=job.connect_s, patience=job.stall_s)
        try:
            link.request("GET", f"receipt?id={name}&nonce={job.nonce}&direction={job.part}")
            answer = link.answer()
            check_status(answer)
            body = link.body(answer, most=MOST)
        finally:
            link.close()
        return _READER.decode(body)
    except (CannotMeasure, msgspec.MsgspecError):
        return None
