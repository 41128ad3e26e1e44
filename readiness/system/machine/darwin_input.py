"""Lists keyboards and pointers of a Mac by the HID manager of IOKit; no device is opened."""

from __future__ import annotations

import sys

if sys.platform == "darwin":
    import ctypes
    from ctypes import byref, c_bool, c_char_p, c_int64, c_long, c_uint32, c_void_p

    _KIT = "/System/Library/Frameworks/IOKit.framework/IOKit"
    _FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
    _UTF8 = 0x08000100
    _SINT64 = 4
    _DESKTOP = 0x01
    _USAGES = ((0x06, "keyboard"), (0x02, "pointer"), (0x01, "pointer"))

    class _Libraries:
        """IOKit and Core Foundation with their signatures."""

        def __init__(self) -> None:
            self.kit = ctypes.CDLL(_KIT)
            self.foundation = ctypes.CDLL(_FOUNDATION)
            kit, foundation = self.kit, self.foundation
            kit.IOHIDManagerCreate.argtypes = (c_void_p, c_uint32)
            kit.IOHIDManagerCreate.restype = c_void_p
            kit.IOHIDManagerSetDeviceMatching.argtypes = (c_void_p, c_void_p)
            kit.IOHIDManagerSetDeviceMatching.restype = None
            kit.IOHIDManagerCopyDevices.argtypes = (c_void_p,)
            kit.IOHIDManagerCopyDevices.restype = c_void_p
            kit.IOHIDDeviceConformsTo.argtypes = (c_void_p, c_uint32, c_uint32)
            kit.IOHIDDeviceConformsTo.restype = c_bool
            kit.IOHIDDeviceGetProperty.argtypes = (c_void_p, c_void_p)
            kit.IOHIDDeviceGetProperty.restype = c_void_p
            foundation.CFSetGetCount.argtypes = (c_void_p,)
            foundation.CFSetGetCount.restype = c_long
            foundation.CFSetGetValues.argtypes = (c_void_p, c_void_p)
            foundation.CFSetGetValues.restype = None
            foundation.CFStringCreateWithCString.argtypes = (c_void_p, c_char_p, c_uint32)
            foundation.CFStringCreateWithCString.restype = c_void_p
            foundation.CFStringGetCString.argtypes = (c_void_p, c_char_p, c_long, c_uint32)
            foundation.CFStringGetCString.restype = c_bool
            foundation.CFNumberGetValue.argtypes = (c_void_p, c_long, c_void_p)
            foundation.CFNumberGetValue.restype = c_bool
            foundation.CFBooleanGetValue.argtypes = (c_void_p,)
            foundation.CFBooleanGetValue.restype = c_bool
            foundation.CFGetTypeID.argtypes = (c_void_p,)
            for name in (
                "CFGetTypeID",
                "CFStringGetTypeID",
                "CFNumberGetTypeID",
                "CFBooleanGetTypeID",
            ):
                getattr(foundation, name).restype = ctypes.c_ulong
            foundation.CFRelease.argtypes = (c_void_p,)
            foundation.CFRelease.restype = None

        def property_of(self, device: int, name: str) -> str | int | bool | None:
            """One property; none if it is missing or of another type."""
            foundation = self.foundation
            key = foundation.CFStringCreateWithCString(None, name.encode(), _UTF8)
            try:
                value = self.kit.IOHIDDeviceGetProperty(device, key)
            finally:
                foundation.CFRelease(key)
            if not value:
                return None
            kind = foundation.CFGetTypeID(value)
            if kind == foundation.CFStringGetTypeID():
                buffer = ctypes.create_string_buffer(128)
                told = foundation.CFStringGetCString(value, buffer, len(buffer), _UTF8)
                return buffer.value.decode("utf-8", errors="replace") if told else None
            if kind == foundation.CFBooleanGetTypeID():
                return bool(foundation.CFBooleanGetValue(value))
            number = c_int64(0)
            if kind == foundation.CFNumberGetTypeID() and foundation.CFNumberGetValue(
                value, _SINT64, byref(number)
            ):
                return int(number.value)
            return None

    def input_devices() -> list[tuple[str, str, bool, int, int]]:
        """Kind, transport, whether built in, vendor and product of each keyboard and pointer.

        Raises:
            OSError: The HID manager does not answer.
        """
        libraries = _Libraries()
        manager = libraries.kit.IOHIDManagerCreate(None, 0)
        if not manager:
            raise OSError("IOHIDManagerCreate")
        try:
            libraries.kit.IOHIDManagerSetDeviceMatching(manager, None)
            devices = libraries.kit.IOHIDManagerCopyDevices(manager)
            if not devices:
                return []
            try:
                return _listed(libraries, devices)
            finally:
                libraries.foundation.CFRelease(devices)
        finally:
            libraries.foundation.CFRelease(manager)

    def _listed(libraries: _Libraries, devices: int) -> list[tuple[str, str, bool, int, int]]:
        count = libraries.foundation.CFSetGetCount(devices)
        values = (c_void_p * count)()
        libraries.foundation.CFSetGetValues(devices, values)
        found: list[tuple[str, str, bool, int, int]] = []
        for device in values:
            if device is None:
                continue
            kinds = {
                kind
                for usage, kind in _USAGES
                if libraries.kit.IOHIDDeviceConformsTo(device, _DESKTOP, usage)
            }
            transport = libraries.property_of(device, "Transport")
            built_in = libraries.property_of(device, "Built-In")
            vendor = libraries.property_of(device, "VendorID")
            product = libraries.property_of(device, "ProductID")
            found.extend(
                (
                    kind,
                    transport if isinstance(transport, str) else "",
                    built_in is True or built_in == 1,
                    vendor if isinstance(vendor, int) else 0,
                    product if isinstance(product, int) else 0,
                )
                for kind in kinds
            )
        return found
