"""The rules by which one interface is told for what it is, from raw facts. Pure.

Only a piece of hardware that is plainly a network card with a cable is called ethernet; a tunnel,
a virtual, a dead or an unclear interface never is. Rules and sources: ``docs/methods/link.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Row = Mapping[str, object]

ETHERNET, WIFI, CELLULAR, OTHER, UNKNOWN = "ethernet", "wifi", "cellular", "other", "unknown"

# Linux, include/uapi/linux/if_arp.h and if_tun.h
ARPHRD_ETHER, ARPHRD_PPP = 1, 512
ARPHRD_TUNNELS = {768: "ipip", 769: "ip6tnl", 776: "sit", 778: "gre", 823: "gre", 65534: "tunnel"}
ARPHRD_RAWIP = 519
IFF_TUN, IFF_TAP = 1, 2
TETHERS = {"rndis_host", "ipheth"}
UNCLEAR_USB = {"cdc_ether", "cdc_ncm", "cdc_eem", "cdc_subset"}
MODEMS = {"cdc_mbim", "qmi_wwan", "huawei_cdc_ncm", "sierra_net", "mhi_net", "iosm", "t7xx"}
SOFT_CARDS = {
    "virtio_net",
    "vmxnet3",
    "hv_netvsc",
    "xen_netfront",
    "vif",
    "ena",
    "gve",
    "vboxnet",
    "uml_netdev",
    "netdevsim",
}
SOFT_BUSES = ("virtio", "vmbus", "xen", "netdevsim")
USB_CHIPS = {"0bda", "0b95", "0424"}
"""USB vendors Realtek, ASIX and Microchip: they make chips of network adapters and no phones."""
VPN_NAMES = {
    "tailscale": "tailscale",
    "nordlynx": "nordlynx",
    "proton": "proton",
    "zt": "zerotier",
    "wg": "wireguard",
    "ipsec": "ipsec",
}
STACKED = {"bridge", "bond", "vlan"}
"""Interfaces that only pass on what those beneath carry. Others that rest on a card are not told
apart by sysfs: a ``macvlan`` is harmless, a ``vxlan`` is a tunnel."""

# Windows, ipifcons.h and ntddndis.h
IF_ETHERNET, IF_PPP, IF_WIFI, IF_TUNNEL, IF_VIRTUAL = 6, 23, 71, 131, 53
IF_WWAN = {243, 244}
MEDIUM_WIFI, MEDIUM_BLUETOOTH, MEDIUM_802_3 = {1, 9}, 10, 14
MEDIUM_WWAN = 8
WINDOWS_VPN = (
    "wireguard",
    "wintun",
    "tap-windows",
    "openvpn",
    "anyconnect",
    "fortinet",
    "globalprotect",
    "pangp",
    "juniper",
    "pulse secure",
    "tailscale",
    "zerotier",
    "nordlynx",
    "check point",
    "sonicwall",
    "zscaler",
    "hamachi",
    "softether",
    "tap-",
    "vpn",
)
WINDOWS_TETHER = ("remote ndis", "rndis", "apple mobile device")
WINDOWS_UNCLEAR = ("usbncm",)
WINDOWS_SOFT = (
    "hyper-v",
    "vmware",
    "vmxnet",
    "virtualbox",
    "virtio",
    "parallels",
    "xen",
    "virtual",
    "loopback",
    "multiplexor",
)
WINDOWS_WORDS = (
    *WINDOWS_VPN,
    "wan miniport",
    "bluetooth",
    *WINDOWS_TETHER,
    *WINDOWS_UNCLEAR,
    *WINDOWS_SOFT,
)
"""All that matters in a driver's description; an adapter keeps nothing else of it."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one interface is.

    Attributes:
        kind: ethernet, wifi, cellular, other, unknown.
        evidence: Kebab-case name of the rule that decided.
        vpn: Name of the kind of tunnel; empty if it is none; none if that cannot be told.
    """

    kind: str
    evidence: str
    vpn: str | None = ""


def seen(system: str, row: Row, *, guest: bool) -> Seen:
    """Tell what one interface is.

    Args:
        system: ``sys.platform`` of the computer that the facts are of.
        row: Facts of the interface.
        guest: Whether the computer is a virtual machine.
    """
    row = _plain(row)
    if row.get("up") is False:
        return Seen(kind=UNKNOWN, evidence="interface-down", vpn=None)
    return _LOOKS.get(system, _linux)(row, guest)


def rows(row: Row, key: str) -> list[Row]:
    """The entries of a list of facts; empty if there is none."""
    found = row.get(key)
    if not isinstance(found, list):
        return []
    return [_plain(one) for one in found if isinstance(one, Mapping)]


def _plain(row: Row) -> Row:
    """The row without values that no system tells: a recording can hold anything."""
    return {
        key: value
        for key, value in row.items()
        if isinstance(value, list if key in ("parents", "words") else str | int | float)
    }


def _linux(row: Row, guest: bool) -> Seen:  # noqa: FBT001 - a fact
    return (
        _linux_tunnel(row)
        or _linux_radio(row)
        or _linux_stack(row, guest)
        or _linux_hardware(row, guest)
    )


def _linux_tunnel(row: Row) -> Seen | None:
    flags, kind = row.get("tun_flags"), row.get("type")
    named = VPN_NAMES.get(str(row.get("name_class")), "")
    if row.get("devtype") == "wireguard":
        return Seen(kind=UNKNOWN, evidence="wireguard", vpn=named or "wireguard")
    if isinstance(flags, int) and flags & (IFF_TUN | IFF_TAP):
        form = "tun" if flags & IFF_TUN else "tap"
        return Seen(kind=UNKNOWN, evidence=form, vpn=named or form)
    if row.get("devtype") == "wwan" or row.get("driver") in MODEMS:
        return None
    if kind == ARPHRD_PPP:
        # PPP carries DSL and modems as well as VPNs.
        return Seen(kind=UNKNOWN, evidence="ppp", vpn=None)
    if isinstance(kind, int) and kind in ARPHRD_TUNNELS:
        form = ARPHRD_TUNNELS[kind]
        return Seen(kind=UNKNOWN, evidence=form, vpn=named or form)
    return None


def _linux_radio(row: Row) -> Seen | None:
    if row.get("devtype") == "wwan" or row.get("driver") in MODEMS:
        return Seen(kind=CELLULAR, evidence="modem")
    if row.get("type") == ARPHRD_RAWIP:
        return Seen(kind=CELLULAR, evidence="modem")
    if row.get("wireless") or row.get("devtype") == "wlan":
        return Seen(kind=WIFI, evidence="wireless-device")
    if row.get("devtype") == "bluetooth" or row.get("name_class") == "bnep":
        return Seen(kind=OTHER, evidence="bluetooth")
    return None


def _linux_stack(row: Row, guest: bool) -> Seen | None:  # noqa: FBT001 - a fact
    """A bridge, bond or VLAN is what it rests on, and its weakest part at that."""
    form = str(row.get("devtype") or "stacked")
    lower = rows(row, "parents")
    if form not in STACKED:
        # An overlay such as vxlan also names the card beneath, as its way out.
        return Seen(kind=UNKNOWN, evidence="overlay", vpn=None) if lower else None
    parents = [_linux(one, guest) for one in lower if one.get("up") is not False]
    real = [one for one in parents if one.kind != UNKNOWN or one.vpn]
    if any(one.vpn for one in real):
        return Seen(kind=UNKNOWN, evidence=f"{form}-over-tunnel", vpn=None)
    kinds = {one.kind for one in real}
    for kind in (WIFI, CELLULAR, OTHER, ETHERNET):
        if kind in kinds:
            return Seen(kind=kind, evidence=f"{form}-over-{kind}")
    return Seen(kind=UNKNOWN, evidence=f"{form}-without-hardware", vpn=None)


def _linux_hardware(row: Row, guest: bool) -> Seen:  # noqa: FBT001 - a fact
    driver = row.get("driver")
    if not row.get("hardware"):
        return Seen(kind=UNKNOWN, evidence="no-hardware", vpn=None)
    if driver in TETHERS:
        return Seen(kind=OTHER, evidence="phone-by-usb")
    if driver in UNCLEAR_USB and row.get("usb_vendor") not in USB_CHIPS:
        return Seen(kind=UNKNOWN, evidence="phone-or-adapter-by-usb")
    if guest or driver in SOFT_CARDS or row.get("bus") in SOFT_BUSES:
        return Seen(kind=UNKNOWN, evidence="virtual-machine")
    if row.get("type") == ARPHRD_ETHER and not row.get("devtype"):
        return Seen(kind=ETHERNET, evidence="network-card")
    return Seen(kind=UNKNOWN, evidence="unfamiliar-device", vpn=None)


def _windows(row: Row, _guest: bool) -> Seen:  # noqa: FBT001 - a fact
    said = row.get("words")
    words = [str(word) for word in said] if isinstance(said, list) else []
    kind, medium = row.get("if_type"), row.get("physical_medium")
    vpn = next((word for word in words if word in WINDOWS_VPN), "")
    if vpn:
        return Seen(kind=UNKNOWN, evidence="vpn-adapter", vpn=vpn.strip("-").replace(" ", "-"))
    if kind == IF_PPP or "wan miniport" in words:
        return Seen(kind=UNKNOWN, evidence="ppp", vpn=None)
    if kind == IF_TUNNEL or row.get("tunnel_type"):
        return Seen(kind=UNKNOWN, evidence="tunnel", vpn="tunnel")
    if kind == IF_VIRTUAL and not row.get("hardware"):
        return Seen(kind=UNKNOWN, evidence="virtual-adapter", vpn="virtual-adapter")
    return _windows_device(row, words, kind, medium)


def _windows_device(row: Row, words: list[str], kind: object, medium: object) -> Seen:
    """What a device that is no tunnel is; the first rule that holds decides."""
    card = kind == IF_ETHERNET and medium == MEDIUM_802_3 and bool(row.get("connector"))
    rules = (
        (
            any(word in WINDOWS_SOFT for word in words),
            Seen(kind=UNKNOWN, evidence="virtual-adapter", vpn=None),
        ),
        (kind in IF_WWAN or medium == MEDIUM_WWAN, Seen(kind=CELLULAR, evidence="modem")),
        (
            kind == IF_WIFI or medium in MEDIUM_WIFI,
            Seen(kind=WIFI, evidence="wireless-device"),
        ),
        (
            "bluetooth" in words or medium == MEDIUM_BLUETOOTH,
            Seen(kind=OTHER, evidence="bluetooth"),
        ),
        (
            any(word in WINDOWS_TETHER for word in words),
            Seen(kind=OTHER, evidence="phone-by-usb"),
        ),
        (
            any(word in WINDOWS_UNCLEAR for word in words),
            Seen(kind=UNKNOWN, evidence="phone-or-adapter-by-usb"),
        ),
        (not row.get("hardware"), Seen(kind=UNKNOWN, evidence="no-hardware", vpn=None)),
        (card, Seen(kind=ETHERNET, evidence="network-card")),
    )
    unfamiliar = Seen(kind=UNKNOWN, evidence="unfamiliar-device", vpn=None)
    return next((seen for holds, seen in rules if holds), unfamiliar)


_MAC_TUNNELS = {"utun": "utun", "ipsec": "ipsec"}
_MAC_PORTS = {
    "wifi": Seen(kind=WIFI, evidence="wireless-device"),
    "tether": Seen(kind=OTHER, evidence="phone-by-usb"),
    "bluetooth": Seen(kind=OTHER, evidence="bluetooth"),
    "modem": Seen(kind=CELLULAR, evidence="modem"),
    "bridge": Seen(kind=UNKNOWN, evidence="bridge", vpn=None),
}


def _darwin(row: Row, _guest: bool) -> Seen:  # noqa: FBT001 - a fact
    name, port = str(row.get("name_class")), str(row.get("port"))
    if name in _MAC_TUNNELS:
        return Seen(kind=UNKNOWN, evidence="tunnel", vpn=_MAC_TUNNELS[name])
    if name == "ppp":
        return Seen(kind=UNKNOWN, evidence="ppp", vpn=None)
    if port in _MAC_PORTS:
        return _MAC_PORTS[port]
    if name == "en" and port == "ethernet" and row.get("cable_media"):
        return Seen(kind=ETHERNET, evidence="network-card")
    return Seen(kind=UNKNOWN, evidence="unfamiliar-device", vpn=None)


_LOOKS: Mapping[str, Callable[[Row, bool], Seen]] = {
    "linux": _linux,
    "win32": _windows,
    "darwin": _darwin,
}
