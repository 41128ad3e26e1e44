"""Advice as a profile or the list of questions writes it: cost, text, values, systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.measurement import Cost, Shape, Side, System
from readiness.model.requirement import Advice
from readiness.model.text import N_
from readiness.profiles.faults import shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from readiness.model.measurement import Metric
    from readiness.profiles.table import Table

MAX_ADVICE = 10

Sign = bool | str
"""A value, or of a number the side of what is asked on which it lies."""


def read_advice(table: Table, signs: Collection[Sign]) -> tuple[Advice, ...]:
    """The entries under ``advice``.

    Args:
        table: What they stand in.
        signs: What ``when`` may name; empty if that is not known or any text may stand there.
    """
    return tuple(_advice(one, signs) for one in table.tables("advice", MAX_ADVICE))


def signs_of(metric: Metric) -> tuple[Sign, ...]:
    """What ``when`` may name for a metric; nothing for one with free text."""
    if metric.shape is Shape.NUMBER:
        return tuple(side.value for side in Side)
    return (True, False) if metric.shape is Shape.YES_NO else tuple(metric.labels)


def _advice(table: Table, signs: Collection[Sign]) -> Advice:
    table.only("cost", "text", "when", "systems")
    return Advice(
        cost=table.word("cost", Cost),
        text=table.local("text"),
        when=_when(table, signs),
        systems=_systems(table),
    )


def _when(table: Table, signs: Collection[Sign]) -> tuple[Sign, ...]:
    found: list[Sign] = []
    for value in _list(table, "when", 'when = ["below"]'):
        if not isinstance(value, bool | str):
            table.wrong("when", 'when = ["below"]')
        elif signs and not any(type(one) is type(value) and one == value for one in signs):
            _not_among(table, "when", value, signs)
        else:
            found.append(value)
    return tuple(found)


def _systems(table: Table) -> tuple[System, ...]:
    known = {system.value: system for system in System}
    found = []
    for value in _list(table, "systems", 'systems = ["windows"]'):
        if isinstance(value, str) and value in known:
            found.append(known[value])
        else:
            _not_among(table, "systems", value, tuple(known))
    return tuple(found)


def _list(table: Table, key: str, example: str) -> list[object]:
    """A list that is not empty; none if it is left out."""
    if key not in table:
        return []
    value = table.tree[key]
    if not isinstance(value, list) or not value:
        table.wrong(key, example)
        return []
    return value


def _not_among(table: Table, key: str, value: object, allowed: Collection[Sign]) -> None:
    words = [str(one).lower() if isinstance(one, bool) else one for one in allowed]
    table.fault(
        "profile-unknown-word",
        N_("{value} is not known here."),
        key,
        N_("Write one of: {allowed}."),
        value=shown(value),
        allowed=", ".join(words),
    )
