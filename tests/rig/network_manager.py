"""Stands in for NetworkManager on a bus: the devices of its D-Bus API, and nothing else.

Run by the system's Python, which has GLib: ``network_manager.py '{"eth0": [metered, type]}'``.
Prints ``ready`` when it has its name. Object paths, interfaces and numbers after NetworkManager's
D-Bus API reference.
"""

from __future__ import annotations

import json
import sys

from gi.repository import Gio, GLib

NAME = "org.freedesktop.NetworkManager"
PATH = "/org/freedesktop/NetworkManager"
MANAGER = f"""<node><interface name="{NAME}"><method name="GetDeviceByIpIface">
<arg type="s" direction="in"/><arg type="o" direction="out"/></method></interface></node>"""
DEVICE = f"""<node><interface name="{NAME}.Device"><property name="Metered" type="u" access="read"/>
<property name="DeviceType" type="u" access="read"/></interface></node>"""


def main(devices: dict[str, list[int]]) -> None:
    """Serve until killed."""
    names = list(devices)

    def call(_bus, _sender, _path, _interface, _method, arguments, invocation) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - GLib's signature
        (name,) = arguments.unpack()
        if name not in names:
            invocation.return_dbus_error(f"{NAME}.UnknownDevice", "No device found")
            return
        place = f"{PATH}/Devices/{names.index(name) + 1}"
        invocation.return_value(GLib.Variant("(o)", (place,)))

    def read(_bus, _sender, path, _interface, key):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - GLib's signature
        metered, kind = devices[names[int(path.rpartition("/")[2]) - 1]]
        return GLib.Variant("u", metered if key == "Metered" else kind)

    def acquired(bus, _name) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - GLib's signature
        manager = Gio.DBusNodeInfo.new_for_xml(MANAGER).interfaces[0]
        device = Gio.DBusNodeInfo.new_for_xml(DEVICE).interfaces[0]
        bus.register_object(PATH, manager, call, None, None)
        for number in range(1, len(names) + 1):
            bus.register_object(f"{PATH}/Devices/{number}", device, None, read, None)

    Gio.bus_own_name(
        Gio.BusType.SYSTEM,
        NAME,
        Gio.BusNameOwnerFlags.NONE,
        acquired,
        lambda *_: print("ready", flush=True),  # noqa: T201 - whom the test waits for
        lambda *_: sys.exit("the name is not to be had"),
    )
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
