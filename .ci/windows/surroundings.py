"""What a computer has around it, for the room: a cable, and a headset that hears a tone.

Nothing leaves the room: the cable ends at a namespace without a way out.
"""

from __future__ import annotations

import array
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wine_room import Room

CABLE = (
    "ip link add cable type veth peer name socket",
    "ip link set socket up",
    "ip address add 192.0.2.2/24 dev cable",
    "ip link set cable up",
    "ip route add default via 192.0.2.1",
)
"""RFC 5737: addresses that nobody has."""

HEADSET = "device.bus=usb device.vendor.id=0b0e device.product.id=0301"
SOUND = f"""\
load-module module-native-protocol-unix socket=/w/home/sound auth-anonymous=1
load-module module-null-sink sink_name=air rate=48000 channels=1 \
  sink_properties='device.description="The air"'
load-module module-null-sink sink_name=phones rate=48000 \
  sink_properties='device.description="Headset phones" {HEADSET}'
load-module module-remap-source source_name=mic master=air.monitor remix=no \
  source_properties='device.description="Headset microphone" {HEADSET}'
set-default-source mic
set-default-sink phones
"""
SERVER = (
    "pulseaudio -n -F /w/home/sound.pa --daemonize=no --exit-idle-time=-1 --use-pid-file=no"
    " --realtime=no --high-priority=no --disable-shm=yes"
)
PLAYER = """\
until pactl info >/dev/null 2>&1; do sleep 0.1; done
while cat /w/home/tone.raw; do :; done |
    pacat --latency-msec=20 --device=air --format=s16le --rate=48000 --channels=1
"""
"""So little ahead, because a sink that is fed in large blocks is heard in large blocks."""

RATE, TONE_HZ, PEAK = 48_000, 440, 10_000


def begin_network(room: Room) -> None:
    """Plug in the cable."""
    room.run(["/bin/sh", "-ec", "\n".join(CABLE)], limit_s=10)


def begin_sound(room: Room) -> None:
    """Plug in the headset, and play a tone into the air before its microphone."""
    home = room.state / "home"
    (home / "sound.pa").write_text(SOUND, encoding="utf-8")
    (home / "tone.raw").write_bytes(tone(RATE, TONE_HZ, PEAK).tobytes())
    (home / "sound").unlink(missing_ok=True)  # of an earlier one
    room.start(SERVER.split(), "sound.log")
    room.wait_for("/w/home/sound")
    room.start(["/bin/sh", "-c", PLAYER], "player.log")


def tone(rate: int, hertz: int, peak: int) -> array.array[int]:
    """A second of a sine, which ends where it begins."""
    angle = 2 * math.pi * hertz / rate
    return array.array("h", (round(peak * math.sin(angle * i)) for i in range(rate)))
