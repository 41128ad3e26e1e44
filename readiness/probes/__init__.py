"""The probes: one file each. The folder is the registry.

A file ``NAME.py`` that binds ``PROBE`` is the probe ``NAME``. Nothing else is needed to add one;
see ``docs/adding-a-check.md``.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from readiness.ports import Probe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.measurement import Metric

ORDER = (
    "processor",
    "memory",
    "disk",
    "system",
    "display",
    "power",
    "input_devices",
    "link",
    "line_call",
    "line_speed",
    "endpoints",
    "middlebox",
    "headset",
    "microphone",
    "phone",
    "room",
    "unplug",
    "line_steady",
    "skills",
)
"""The order in which probes are run and shown; a probe that is not named here comes after them."""


@cache
def all_probes() -> Mapping[str, Probe]:
    """Every probe by id, in running order."""
    found: dict[str, Probe] = {}
    for module in pkgutil.iter_modules(__path__):
        probe = importlib.import_module(f"{__name__}.{module.name}").PROBE
        if not isinstance(probe, Probe) or probe.id != module.name:
            raise TypeError(f"{module.name}.py must bind PROBE to the probe {module.name!r}")
        found[probe.id] = probe
    rank = {name: index for index, name in enumerate(ORDER)}
    ordered = sorted(found.values(), key=lambda probe: (rank.get(probe.id, len(ORDER)), probe.id))
    return {probe.id: probe for probe in ordered}


@cache
def all_metrics() -> Mapping[str, Metric]:
    """Every metric that some probe measures, by id."""
    return {metric.id: metric for probe in all_probes().values() for metric in probe.metrics}


@cache
def probe_of(metric_id: str) -> str | None:
    """The id of the probe that measures ``metric_id``; none if no probe does."""
    for probe in all_probes().values():
        if any(metric.id == metric_id for metric in probe.metrics):
            return probe.id
    return None
