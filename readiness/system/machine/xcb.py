"""Asks the X server for its monitors, over the XCB client library.

XCB and not Xlib: Xlib ends the whole process when the server goes away. See the XCB and RandR 1.5
protocol descriptions, https://xcb.freedesktop.org and the ``RRGetMonitors`` request.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, byref, c_int, c_uint8, c_uint16, c_uint32, c_void_p


class WindowServerError(Exception):
    """The X server does not answer, or not to us."""


class _Screen(Structure):
    _fields_ = (
        ("root", c_uint32),
        ("default_colormap", c_uint32),
        ("white_pixel", c_uint32),
        ("black_pixel", c_uint32),
        ("current_input_masks", c_uint32),
        ("width_in_pixels", c_uint16),
        ("height_in_pixels", c_uint16),
    )


class _ScreenIterator(Structure):
    _fields_ = (("data", POINTER(_Screen)), ("rem", c_int), ("index", c_int))


class _Monitor(Structure):
    _fields_ = (
        ("name", c_uint32),
        ("primary", c_uint8),
        ("automatic", c_uint8),
        ("outputs", c_uint16),
        ("x", ctypes.c_int16),
        ("y", ctypes.c_int16),
        ("width", c_uint16),
        ("height", c_uint16),
        ("width_in_millimeters", c_uint32),
        ("height_in_millimeters", c_uint32),
    )


class _MonitorIterator(Structure):
    _fields_ = (("data", POINTER(_Monitor)), ("rem", c_int), ("index", c_int))


class _Cookie(Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


def monitors() -> list[tuple[int, int]]:
    """Width and height in px of every active monitor of the server that ``DISPLAY`` names.

    Raises:
        OSError: The client libraries are not installed.
        WindowServerError: The server cannot be reached or refused.
    """
    xcb = ctypes.CDLL("libxcb.so.1")
    randr = ctypes.CDLL("libxcb-randr.so.0")
    libc = ctypes.CDLL(None)
    libc.free.argtypes = (c_void_p,)
    _declare(xcb, randr)
    connection = xcb.xcb_connect(None, None)
    try:
        if xcb.xcb_connection_has_error(connection):
            raise WindowServerError
        screens = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection))
        if screens.rem < 1:
            raise WindowServerError
        screen = screens.data.contents
        cookie = randr.xcb_randr_get_monitors(connection, screen.root, 1)
        error = c_void_p()
        reply = randr.xcb_randr_get_monitors_reply(connection, cookie, byref(error))
        try:
            # A server without RandR 1.5 knows only its one big screen.
            return _sizes(randr, reply) or [(screen.width_in_pixels, screen.height_in_pixels)]
        finally:
            libc.free(reply)
            libc.free(error)
    finally:
        xcb.xcb_disconnect(connection)


def _sizes(randr: ctypes.CDLL, reply: int | None) -> list[tuple[int, int]]:
    if not reply:
        return []
    found = []
    iterator = randr.xcb_randr_get_monitors_monitors_iterator(reply)
    while iterator.rem > 0:
        monitor = iterator.data.contents
        found.append((monitor.width, monitor.height))
        randr.xcb_randr_monitor_info_next(byref(iterator))
    return found


def _declare(xcb: ctypes.CDLL, randr: ctypes.CDLL) -> None:
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = (ctypes.c_char_p, c_void_p), c_void_p
    xcb.xcb_connection_has_error.argtypes = (c_void_p,)
    xcb.xcb_disconnect.argtypes, xcb.xcb_disconnect.restype = (c_void_p,), None
    xcb.xcb_get_setup.argtypes, xcb.xcb_get_setup.restype = (c_void_p,), c_void_p
    xcb.xcb_setup_roots_iterator.argtypes = (c_void_p,)
    xcb.xcb_setup_roots_iterator.restype = _ScreenIterator
    randr.xcb_randr_get_monitors.argtypes = (c_void_p, c_uint32, c_uint8)
    randr.xcb_randr_get_monitors.restype = _Cookie
    randr.xcb_randr_get_monitors_reply.argtypes = (c_void_p, _Cookie, POINTER(c_void_p))
    randr.xcb_randr_get_monitors_reply.restype = c_void_p
    randr.xcb_randr_get_monitors_monitors_iterator.argtypes = (c_void_p,)
    randr.xcb_randr_get_monitors_monitors_iterator.restype = _MonitorIterator
    randr.xcb_randr_monitor_info_next.argtypes = (POINTER(_MonitorIterator),)
    randr.xcb_randr_monitor_info_next.restype = None
