"""An employer's kit: one ZIP to mail, with program, invitation and a page of instructions."""

from __future__ import annotations

from readiness.kit.packing import Packed, write_kit

__all__ = ["Packed", "write_kit"]
