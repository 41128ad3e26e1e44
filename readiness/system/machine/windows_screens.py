"""Lists the monitors of the Windows desktop in physical pixels, with the size they tell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    import contextlib
    import ctypes
    import winreg
    from ctypes import POINTER, byref, sizeof, wintypes

    from readiness.system.machine.firmware import edid_millimetres
    from readiness.system.machine.windows_shapes import edid_key

    _PER_MONITOR_AWARE_V2 = -4
    _CURRENT_SETTINGS = 0xFFFFFFFF
    _INTERFACE_NAME = 1

    class _MonitorInfo(ctypes.Structure):
        """``MONITORINFOEXW``."""

        _fields_ = (
            ("cbSize", wintypes.DWORD),
            ("rcMonitor", wintypes.RECT),
            ("rcWork", wintypes.RECT),
            ("dwFlags", wintypes.DWORD),
            ("szDevice", wintypes.WCHAR * 32),
        )

    class _DisplayDevice(ctypes.Structure):
        """``DISPLAY_DEVICEW``."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("DeviceName", wintypes.WCHAR * 32),
            ("DeviceString", wintypes.WCHAR * 128),
            ("StateFlags", wintypes.DWORD),
            ("DeviceID", wintypes.WCHAR * 128),
            ("DeviceKey", wintypes.WCHAR * 128),
        )

    class _Mode(ctypes.Structure):
        """``DEVMODEW`` as it is used for displays."""

        _fields_ = (
            ("dmDeviceName", wintypes.WCHAR * 32),
            ("dmSpecVersion", wintypes.WORD),
            ("dmDriverVersion", wintypes.WORD),
            ("dmSize", wintypes.WORD),
            ("dmDriverExtra", wintypes.WORD),
            ("dmFields", wintypes.DWORD),
            ("dmPosition", wintypes.POINT),
            ("dmDisplayOrientation", wintypes.DWORD),
            ("dmDisplayFixedOutput", wintypes.DWORD),
            ("dmColor", ctypes.c_short),
            ("dmDuplex", ctypes.c_short),
            ("dmYResolution", ctypes.c_short),
            ("dmTTOption", ctypes.c_short),
            ("dmCollate", ctypes.c_short),
            ("dmFormName", wintypes.WCHAR * 32),
            ("dmLogPixels", wintypes.WORD),
            ("dmBitsPerPel", wintypes.DWORD),
            ("dmPelsWidth", wintypes.DWORD),
            ("dmPelsHeight", wintypes.DWORD),
            ("dmDisplayFlags", wintypes.DWORD),
            ("dmDisplayFrequency", wintypes.DWORD),
            ("dmReserved", wintypes.DWORD * 8),
        )

    def screens() -> list[dict[str, object]]:
        """Pixels of each monitor's mode and the millimetres that it tells.

        Raises:
            OSError: The list cannot be had.
        """
        user = ctypes.WinDLL("user32", use_last_error=True)
        with _physical_pixels(user):
            return [_screen(user, name) for name in _device_names(user)]

    @contextlib.contextmanager
    def _physical_pixels(user: ctypes.WinDLL) -> Iterator[None]:
        """Make this thread see pixels unscaled; Windows 10 1607 on, older ones need it not."""
        if not hasattr(user, "SetThreadDpiAwarenessContext"):
            yield
            return
        user.SetThreadDpiAwarenessContext.argtypes = (ctypes.c_void_p,)
        user.SetThreadDpiAwarenessContext.restype = ctypes.c_void_p
        former = user.SetThreadDpiAwarenessContext(_PER_MONITOR_AWARE_V2)
        try:
            yield
        finally:
            if former:
                user.SetThreadDpiAwarenessContext(former)

    def _device_names(user: ctypes.WinDLL) -> list[str]:
        names: list[str] = []
        kind = ctypes.WINFUNCTYPE(
            wintypes.BOOL,
            wintypes.HMONITOR,
            wintypes.HDC,
            POINTER(wintypes.RECT),
            wintypes.LPARAM,
        )
        user.GetMonitorInfoW.argtypes = (wintypes.HMONITOR, POINTER(_MonitorInfo))
        user.EnumDisplayMonitors.argtypes = (
            wintypes.HDC,
            POINTER(wintypes.RECT),
            kind,
            wintypes.LPARAM,
        )

        def each(monitor: int, _context: int, _area: object, _data: int) -> bool:
            info = _MonitorInfo(cbSize=sizeof(_MonitorInfo))
            if user.GetMonitorInfoW(monitor, byref(info)):
                names.append(info.szDevice)
            return True

        if not user.EnumDisplayMonitors(None, None, kind(each), 0):
            raise ctypes.WinError(ctypes.get_last_error())
        return names

    def _screen(user: ctypes.WinDLL, name: str) -> dict[str, object]:
        mode = _Mode(dmSize=sizeof(_Mode))
        user.EnumDisplaySettingsW.argtypes = (wintypes.LPCWSTR, wintypes.DWORD, POINTER(_Mode))
        if not user.EnumDisplaySettingsW(name, _CURRENT_SETTINGS, byref(mode)):
            return {}
        screen: dict[str, object] = {
            "width_px": int(mode.dmPelsWidth),
            "height_px": int(mode.dmPelsHeight),
        }
        device = _DisplayDevice(cb=sizeof(_DisplayDevice))
        user.EnumDisplayDevicesW.argtypes = (
            wintypes.LPCWSTR,
            wintypes.DWORD,
            POINTER(_DisplayDevice),
            wintypes.DWORD,
        )
        if user.EnumDisplayDevicesW(name, 0, byref(device), _INTERFACE_NAME):
            size = edid_millimetres(_edid(device.DeviceID))
            if size:
                screen["width_mm"], screen["height_mm"] = size
        return screen

    def _edid(interface: str) -> bytes:
        """The monitor's EDID as the registry keeps it; empty where there is none."""
        key = edid_key(interface)
        if key is None:
            return b""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
                value, kind = winreg.QueryValueEx(opened, "EDID")
        except OSError:
            return b""
        return bytes(value) if kind == winreg.REG_BINARY else b""
