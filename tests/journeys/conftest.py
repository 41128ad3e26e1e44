"""What several journeys begin with."""

from __future__ import annotations

from tests.journeys.employer import acme, made_before

__all__ = ["acme", "made_before"]
