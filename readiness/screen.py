"""Whether a window can be shown at all."""

from __future__ import annotations

import ctypes
import os
import sys


def has_screen() -> bool:
    """Whether there is a screen: on Linux the toolkit would abort without saying what to do."""
    others = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
    return (
        sys.platform != "linux"
        or any(map(os.environ.get, others))
        or bool(os.environ.get("DISPLAY") and _answers())
    )


def _answers() -> bool:
    """Whether the X server that ``DISPLAY`` names answers: that of a session may have ended."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:  # whoever looks for libraries tells of this one
        return True
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes, xcb.xcb_disconnect.restype = (ctypes.c_void_p,), None
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
