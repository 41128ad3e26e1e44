"""Lists the active displays of a Mac by Quartz Display Services (Core Graphics)."""

from __future__ import annotations

import sys

if sys.platform == "darwin":
    import ctypes
    from ctypes import POINTER, byref, c_double, c_int32, c_long, c_size_t, c_uint32, c_void_p

    _GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
    _FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
    _MOST = 16
    _NATIVE = 0x02000000  # kDisplayModeNativeFlag: the panel's own pixels

    class _Size(ctypes.Structure):
        """``CGSize``."""

        _fields_ = (("width", c_double), ("height", c_double))

    def screens() -> list[dict[str, object]]:
        """Physical pixels and millimetres of each active display.

        Raises:
            OSError: The list cannot be had.
        """
        graphics = ctypes.CDLL(_GRAPHICS)
        foundation = ctypes.CDLL(_FOUNDATION)
        _declare(graphics, foundation)
        displays = (c_uint32 * _MOST)()
        count = c_uint32(0)
        if graphics.CGGetActiveDisplayList(_MOST, displays, byref(count)):
            raise OSError("CGGetActiveDisplayList")
        return [_screen(graphics, foundation, display) for display in displays[: count.value]]

    def _declare(graphics: ctypes.CDLL, foundation: ctypes.CDLL) -> None:
        graphics.CGGetActiveDisplayList.argtypes = (c_uint32, POINTER(c_uint32), POINTER(c_uint32))
        graphics.CGGetActiveDisplayList.restype = c_int32
        graphics.CGDisplayCopyDisplayMode.argtypes = (c_uint32,)
        graphics.CGDisplayCopyDisplayMode.restype = c_void_p
        graphics.CGDisplayCopyAllDisplayModes.argtypes = (c_uint32, c_void_p)
        graphics.CGDisplayCopyAllDisplayModes.restype = c_void_p
        for name in ("CGDisplayModeGetPixelWidth", "CGDisplayModeGetPixelHeight"):
            getattr(graphics, name).argtypes = (c_void_p,)
            getattr(graphics, name).restype = c_size_t
        graphics.CGDisplayModeGetIOFlags.argtypes = (c_void_p,)
        graphics.CGDisplayModeGetIOFlags.restype = c_uint32
        graphics.CGDisplayScreenSize.argtypes = (c_uint32,)
        graphics.CGDisplayScreenSize.restype = _Size
        foundation.CFArrayGetCount.argtypes, foundation.CFArrayGetCount.restype = (
            (c_void_p,),
            c_long,
        )
        foundation.CFArrayGetValueAtIndex.argtypes = (c_void_p, c_long)
        foundation.CFArrayGetValueAtIndex.restype = c_void_p
        foundation.CFRelease.argtypes, foundation.CFRelease.restype = (c_void_p,), None

    def _screen(graphics: ctypes.CDLL, foundation: ctypes.CDLL, display: int) -> dict[str, object]:
        pixels = _native(graphics, foundation, display) or _current(graphics, foundation, display)
        size = graphics.CGDisplayScreenSize(display)
        return {
            "width_px": pixels[0],
            "height_px": pixels[1],
            "width_mm": float(size.width) or None,
            "height_mm": float(size.height) or None,
        }

    def _current(graphics: ctypes.CDLL, foundation: ctypes.CDLL, display: int) -> tuple[int, int]:
        mode = graphics.CGDisplayCopyDisplayMode(display)
        if not mode:
            return 0, 0
        try:
            return _pixels(graphics, mode)
        finally:
            foundation.CFRelease(mode)

    def _native(
        graphics: ctypes.CDLL, foundation: ctypes.CDLL, display: int
    ) -> tuple[int, int] | None:
        """The panel's own pixels; a scaled mode may pretend more than there are."""
        modes = graphics.CGDisplayCopyAllDisplayModes(display, None)
        if not modes:
            return None
        try:
            listed = [
                foundation.CFArrayGetValueAtIndex(modes, index)
                for index in range(foundation.CFArrayGetCount(modes))
            ]
            native = [
                _pixels(graphics, mode)
                for mode in listed
                if graphics.CGDisplayModeGetIOFlags(mode) & _NATIVE
            ]
            return max(native, default=None)
        finally:
            foundation.CFRelease(modes)

    def _pixels(graphics: ctypes.CDLL, mode: int) -> tuple[int, int]:
        width = int(graphics.CGDisplayModeGetPixelWidth(mode))
        return width, int(graphics.CGDisplayModeGetPixelHeight(mode))
