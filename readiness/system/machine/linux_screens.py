"""Screens on Linux: as the graphics driver lists them, else as the X server does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.machine.firmware import edid_millimetres
from readiness.system.machine.tree import read_bytes, read_text
from readiness.system.machine.xcb import WindowServerError, monitors
from readiness.system.tool import run_tool

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from readiness.cancel import Token
    from readiness.ports import Facts


def display_facts(token: Token, root: Path, environment: Mapping[str, str]) -> Facts:
    """The screens in use. The driver comes first: it knows pixels, not a desktop's scaled ones.

    Raises:
        CannotMeasure: There is neither a graphics driver nor a window server that tells.
    """
    token.check()
    screens = driver_screens(root / "sys/class/drm")
    if screens:
        return {"screens": screens, "source": "graphics-driver"}
    if environment.get("DISPLAY"):
        return {"screens": _server_screens(token), "source": "window-server"}
    if environment.get("WAYLAND_DISPLAY"):
        raise CannotMeasure(FailureCode.UNSUPPORTED, "not-told")
    return {"screens": [], "source": "graphics-driver"}


def driver_screens(folder: Path) -> list[dict[str, object]]:
    """The connected screens that show a picture; if none does (all asleep), the connected ones."""
    connected = [
        path for path in sorted(folder.glob("card*-*")) if read_text(path / "status") == "connected"
    ]
    lit = [path for path in connected if read_text(path / "enabled") == "enabled"]
    screens = []
    for path in lit or connected:
        modes = (read_text(path / "modes") or "").splitlines()
        native = re.match(r"(\d+)x(\d+)", modes[0]) if modes else None
        if native is None:
            continue
        screen: dict[str, object] = {
            "width_px": int(native.group(1)),
            "height_px": int(native.group(2)),
        }
        size = edid_millimetres(read_bytes(path / "edid") or b"")
        if size:
            screen["width_mm"], screen["height_mm"] = size
        screens.append(screen)
    return screens


def _server_screens(token: Token) -> list[dict[str, object]]:
    """Millimetres are left out: X servers make them up where the screen tells none."""
    try:
        sizes = monitors()
    except OSError:  # the client library is not installed; the tool may be
        sizes = listed_monitors(run_tool(token, "xrandr", "--listmonitors"))
    except WindowServerError as error:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "window-server-silent") from error
    return [{"width_px": width, "height_px": height} for width, height in sizes]


def listed_monitors(listing: str) -> list[tuple[int, int]]:
    """Width and height in px out of ``xrandr --listmonitors``."""
    rows = re.findall(r"^\s*\d+: \S+ (\d+)/\d+x(\d+)/\d+[+-]", listing, re.MULTILINE)
    return [(int(width), int(height)) for width, height in rows]
