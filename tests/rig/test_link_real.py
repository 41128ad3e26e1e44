"""Real interfaces in a network namespace: nothing made of software is ever called a cable."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from readiness.link_kind import link_changed, link_kind
from readiness.system.link import netlink

pytestmark = pytest.mark.rig

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SERVER = "203.0.113.9"
SETUP = 'mount -t sysfs none /sys && ip link set lo up && exec "$@"'

CARRYING = "address add 198.51.100.2/24 dev {0};link set {0} up;route add default dev {0}"
VETH = "link add v0 type veth peer name v1;link set v1 up"
TAP = "tuntap add dev t0 mode tap;attach t0 tap"
KINDS = {
    "tun": ("tuntap add dev t0 mode tun;attach t0 tun", "t0"),
    "tap": (TAP, "t0"),
    "tap-called-like-a-card": ("tuntap add dev eth0 mode tap;attach eth0 tap", "eth0"),
    "veth": (VETH, "v0"),
    "veth-called-like-a-card": ("link add enp3s0 type veth peer name v1;link set v1 up", "enp3s0"),
    "bridge-over-veth": (
        f"{VETH};link add b0 type bridge;link set v0 master b0;link set v0 up",
        "b0",
    ),
    "bridge-over-tap": (
        f"{TAP};link add b0 type bridge;link set t0 master b0;link set t0 up",
        "b0",
    ),
    "bridge-alone": ("link add b0 type bridge", "b0"),
    "bond": (f"{VETH};link add b0 type bond;link set v0 master b0", "b0"),
    "vlan": (f"{VETH};link set v0 up;link add link v0 name x0 type vlan id 7", "x0"),
    "macvlan": (f"{VETH};link set v0 up;link add link v0 name x0 type macvlan", "x0"),
    "vxlan": (f"{VETH};link set v0 up;link add x0 type vxlan id 7 dev v0 dstport 4789", "x0"),
    "dummy": ("link add x0 type dummy", "x0"),
    "wireguard": ("link add x0 type wireguard", "x0"),
    "gretap": ("link add x0 type gretap remote 203.0.113.1 local 198.51.100.9", "x0"),
    "ipip": ("link add x0 type ipip remote 203.0.113.1 local 198.51.100.9", "x0"),
}
EVERYWHERE = ("tun", "tap", "veth", "bridge-over-veth", "bridge-over-tap")
"""What the link emulator and containers need as well; other kinds depend on the kernel."""


def _inside(*steps: str, address: str = "") -> dict[str, Any]:
    """Run the steps in a namespace that ends with the process."""
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    asked = json.dumps({"steps": [step.split(";") for step in steps], "address": address})
    space = ["unshare", *own, "--net", "--mount", "--propagation", "private"]
    inside = [sys.executable, str(HERE / "link_inside.py"), asked]
    done = subprocess.run(
        [*space, "sh", "-c", SETUP, "sh", *inside],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _facts(*steps: str, address: str = "") -> list[Any]:
    found: list[Any] = _inside(*steps, address=address)["facts"]
    return found


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_is_made_of_software_is_never_a_cable(kind: str) -> None:
    """A kind that this kernel cannot make leaves no interface, which is no cable either."""
    make, name = KINDS[kind]
    [facts] = _facts(f"{make};{CARRYING.format(name)}")

    if facts is None:
        assert kind not in EVERYWHERE, "this kernel must be able to make it"
        return
    found = link_kind(facts)
    assert found is not None
    assert found.kind == "unknown"
    assert facts["index"]


@pytest.mark.parametrize("kind", ["tun", "tap", "tap-called-like-a-card"])
def test_a_running_tunnel_is_called_a_vpn(kind: str) -> None:
    make, name = KINDS[kind]
    [facts] = _facts(f"{make};{CARRYING.format(name)}")

    found = link_kind(facts)
    assert found is not None
    assert found.vpn == kind[:3]


def test_without_any_route_there_is_no_connection() -> None:
    [facts] = _facts(VETH)

    assert facts["route"] == "none"
    assert link_kind(facts) is None


def test_of_several_default_routes_the_better_one_counts() -> None:
    other = (
        "tuntap add dev t0 mode tun;attach t0 tun;address add 198.51.100.9/24 dev t0;link set t0 up"
    )
    worse, better = _facts(
        f"{VETH};{CARRYING.format('v0')} metric 100;{other};route add default dev t0 metric 600",
        "route add default dev t0 metric 50",
    )

    assert worse["interface"]["name_class"] == "other"
    assert worse["interface"]["tun_flags"] is None
    assert better["interface"]["tun_flags"] is not None
    assert link_changed(worse, better)


def test_a_tunnel_for_the_server_alone_is_seen_towards_the_server() -> None:
    tunnel = (
        "tuntap add dev t0 mode tun;attach t0 tun;address add 198.51.100.9/32 dev t0;link set t0 up"
    )
    split = f"{VETH};{CARRYING.format('v0')};{tunnel};route add {SERVER}/32 dev t0"
    [towards], [default] = _facts(split, address=SERVER), _facts(split)

    assert (towards["route"], default["route"]) == ("server", "default")
    assert towards["interface"]["tun_flags"] is not None
    assert default["interface"]["tun_flags"] is None


def test_an_unnumbered_tunnel_is_not_taken_for_the_card_whose_address_it_borrows() -> None:
    tunnel = (
        "tuntap add dev t0 mode tun;attach t0 tun;address add 198.51.100.2/32 dev t0;link set t0 up"
    )
    [facts] = _facts(
        f"{VETH};address add 198.51.100.2/24 dev v0;link set v0 up;{tunnel};"
        "route add default dev t0 src 198.51.100.2"
    )

    assert facts["interface"]["tun_flags"] is not None


def test_a_line_of_ipv6_alone_is_found() -> None:
    [facts] = _facts(
        f"{VETH};-6 address add 2001:db8:1::2/64 dev v0 nodad;link set v0 up;"
        "-6 route add default dev v0"
    )

    assert facts["route"] == "default"
    assert facts["interface"]["type"] == 1


def test_a_card_without_carrier_is_dead() -> None:
    dead = "tuntap add dev t0 mode tap"  # nobody holds it open
    [facts] = _facts(f"{dead};{CARRYING.format('t0')}")

    found = link_kind(facts)
    assert found is None or found.evidence == "interface-down"


def test_a_vpn_that_is_switched_on_meanwhile_changes_the_line() -> None:
    before, after, gone = _facts(
        f"{VETH};{CARRYING.format('v0')} metric 100",
        "tuntap add dev t0 mode tun;attach t0 tun;address add 198.51.100.9/32 dev t0;"
        "link set t0 up;route add default dev t0 metric 1",
        "link set t0 down;link set v0 down",
    )

    assert link_changed(before, after)
    assert link_changed(after, gone)
    assert not link_changed(after, after)


def test_a_server_on_this_very_computer_says_nothing_about_the_way_out() -> None:
    [facts] = _facts(f"{VETH};{CARRYING.format('v0')}", address="198.51.100.2")

    assert facts["route"] == "default"


def test_nothing_in_the_facts_names_an_address() -> None:
    text = json.dumps(_facts(f"{VETH};{CARRYING.format('v0')}"))

    assert "198.51" not in text
    assert "v0" not in text


def test_the_kernel_answers_this_codec_as_documented() -> None:
    """``GENL_ID_CTRL`` is 16 on every kernel; the loopback interface of a namespace is 1."""
    assert _inside(VETH)["numbers"] == [16, 1]


def test_a_family_that_the_kernel_does_not_have_is_an_error() -> None:
    with pytest.raises(OSError, match="refused"):
        netlink.family_number("no-such-family")
