"""What the firmware's own tables tell: the maker's names, and a screen's EDID. Pure."""

from __future__ import annotations

_HYPERVISORS: tuple[tuple[str, str], ...] = (
    # maker and product begin with these, in small letters
    ("vmware", "vmware"),
    ("innotek", "oracle"),
    ("virtualbox", "oracle"),
    ("qemu", "qemu"),
    ("kvm", "kvm"),
    ("xen", "xen"),
    ("bochs", "bochs"),
    ("parallels", "parallels"),
    ("bhyve", "bhyve"),
    ("amazon ec2", "amazon"),
    ("google compute engine", "google"),
    ("openstack", "openstack"),
    ("red hat kvm", "kvm"),
    ("standard pc (", "qemu"),
    ("apple virtualization", "apple"),
)
_MICROSOFT = ("microsoft corporation", "virtual machine")

_DETAILED = 54
"""Where the first detailed timing of an EDID begins; it describes the preferred mode."""


def hypervisor(maker: str | None, product: str | None) -> str | None:
    """Which hypervisor the firmware's names belong to; none if they are a real computer's."""
    names = [(name or "").strip().lower() for name in (maker, product)]
    if tuple(names) == _MICROSOFT:
        return "microsoft"
    for start, kind in _HYPERVISORS:
        if any(name.startswith(start) for name in names):
            return kind
    return None


def edid_millimetres(edid: bytes) -> tuple[int, int] | None:
    """Width and height of a screen by its EDID (VESA E-EDID 1.4); none if it does not tell.

    The first detailed timing gives millimetres, the basic block centimetres. Projectors give 0.
    """
    if len(edid) < 128 or edid[:8] != b"\x00\xff\xff\xff\xff\xff\xff\x00":  # noqa: PLR2004 - one block
        return None
    timing = edid[_DETAILED : _DETAILED + 18]
    if timing[0] or timing[1]:
        width = timing[12] | (timing[14] & 0xF0) << 4
        height = timing[13] | (timing[14] & 0x0F) << 8
        if width and height:
            return width, height
    width, height = edid[21] * 10, edid[22] * 10  # cm => mm
    return (width, height) if width and height else None
