"""The Wi-Fi signal: what each system says, and what the probe makes of it."""

from __future__ import annotations

import ctypes
import json
import struct
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import EvidenceKind
from readiness.ports import Choices
from readiness.probes.link import PROBE
from readiness.session import run_probe
from readiness.system.link import darwin, linux, netlink, nl80211, windows, wlan
from tests.fakes.world import FactsMachine, FakeWorld, WillingPerson

if TYPE_CHECKING:
    from readiness.model.measurement import ProbeRun
    from readiness.ports import Facts

FIXTURES = Path(__file__).parent.parent / "fixtures" / "link"

# Encoded by pyroute2 0.9.7 as NL80211_CMD_NEW_STATION: signal -57, average -58; average -71 alone.
STATION = (
    "540000001c00020001000000000000001301000008000300030000000a000600deadbeef000100002c00150008000100"
    "0c0000000800020040e2010005000700c700000005000d00c60000000800100056000000"
)
AVERAGE_ONLY = (
    "3c0000001c00020001000000000000001301000008000300030000000a000600deadbeef000100001400150008000100"
    "0c00000005000d00b9000000"
)
# Documentation/networking of the kernel, and what drivers print.
PROC = """\
Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 wlan0: 0000   54.  -56.  -256        0      0      0      0      0        0
wlp2s0: 0000   70.  -38.  -256        0      0      0      0      0        0
  ath9: 0000   70.   38.     0        0      0      0      0      0        0
"""


def _station(text: str) -> list[dict[int, bytes]]:
    found = [payload[4:] for _kind, _sequence, payload in netlink.messages(bytes.fromhex(text))]
    return [netlink.attributes(payload) for payload in found]


def test_linux_reads_the_signal_of_the_access_point() -> None:
    assert nl80211.station_signal(_station(STATION)) == -57


def test_linux_takes_the_average_where_the_driver_has_no_single_value() -> None:
    assert nl80211.station_signal(_station(AVERAGE_ONLY)) == -71


def test_linux_has_no_signal_without_one_access_point() -> None:
    assert nl80211.station_signal([]) is None
    assert nl80211.station_signal(_station(STATION) * 2) is None


@pytest.mark.parametrize("end", range(16, 84, 4))
def test_a_message_that_was_cut_off_is_refused_or_tells_nothing_else(end: int) -> None:
    data = bytes.fromhex(STATION)[:end]
    with pytest.raises(OSError, match="longer than its datagram"):
        list(netlink.messages(data))
    shortened = struct.pack("=I", len(data)) + data[4:]
    found = [netlink.attributes(payload[4:]) for _, _, payload in netlink.messages(shortened)]
    assert nl80211.station_signal(found) in (None, -57)


def test_an_attribute_of_no_length_ends_the_reading() -> None:
    assert netlink.attributes(bytes(64)) == {}


@pytest.mark.parametrize(
    ("name", "level"), [("wlan0", -56), ("wlp2s0", -38), ("ath9", None), ("wlan1", None)]
)
def test_linux_reads_the_old_way_only_in_dbm(name: str, level: int | None) -> None:
    assert nl80211.wireless_level(PROC, name) == level


def test_linux_finds_the_card_under_a_bond(tmp_path: Path) -> None:
    for name, state in (("wlan0", "up"), ("wlan1", "down"), ("bond0", "up")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "operstate").write_text(state, encoding="utf-8")
        kind = "bond" if name == "bond0" else "wlan"
        (folder / "uevent").write_text(f"DEVTYPE={kind}\n", encoding="utf-8")
    for name in ("wlan0", "wlan1"):
        (tmp_path / "bond0" / f"lower_{name}").mkdir()

    assert linux.radios(tmp_path, "bond0") == ["wlan0"]


def _windows(**answers: tuple[int, bytes]) -> dict[str, object]:
    table = {wlan.RSSI: answers["rssi"], wlan.CURRENT_CONNECTION: answers["connection"]}
    return wlan.level(table.__getitem__)


def _connection(quality: int) -> tuple[int, bytes]:
    return 0, bytes(wlan.ConnectionAttributes(signal_quality=quality))


def _row(index: int, kind: int) -> windows.IfRow2:
    row = windows.IfRow2(index=index, type=kind, oper_status=1, flags=1)
    row.guid[0] = index
    return row


@pytest.mark.parametrize(
    ("row", "others", "index"),
    [
        (_row(3, 71), [_row(4, 71)], 3),  # the card itself, whatever else there is
        (_row(9, 53), [_row(4, 71), _row(5, 6)], 4),  # a tunnel over the only Wi-Fi card
    ],
)
def test_windows_asks_the_card_that_carries_the_connection(
    monkeypatch: pytest.MonkeyPatch, row: windows.IfRow2, others: list[windows.IfRow2], index: int
) -> None:
    monkeypatch.setattr(wlan, "signal", lambda guid: {"asked": guid[0]})

    assert windows.signal(row, others) == {"asked": index}


@pytest.mark.parametrize("others", [[], [_row(4, 71), _row(5, 71)]])
def test_windows_does_not_choose_between_cards(others: list[windows.IfRow2]) -> None:
    with pytest.raises(CannotMeasure, match="wifi-unclear"):
        windows.signal(_row(9, 53), others)


NOTHING = (50, b"")  # ERROR_NOT_SUPPORTED
DENIED = (5, b"")


def test_windows_structure_has_the_systems_own_layout() -> None:
    """Counted by hand after ``wlanapi.h``: 604 octets, the quality at 576."""
    assert ctypes.sizeof(wlan.ConnectionAttributes) == 604
    assert wlan.ConnectionAttributes.signal_quality.offset == 576


def test_windows_tells_the_rssi() -> None:
    found = _windows(rssi=(0, struct.pack("<i", -61)), connection=DENIED)

    assert (found["signal_dbm"], found["source"]) == (-61, "rssi")


def test_windows_quality_stands_in_by_the_documented_scale() -> None:
    """``wlanSignalQuality``: 0 is -100 dBm, 100 is -50 dBm, linear between."""
    found = _windows(rssi=NOTHING, connection=_connection(80))

    assert (found["signal_dbm"], found["source"]) == (-60.0, "quality")


@pytest.mark.parametrize("rssi", [NOTHING, DENIED])
def test_windows_that_hides_the_location_is_named(rssi: tuple[int, bytes]) -> None:
    with pytest.raises(CannotMeasure, match="signal-denied") as found:
        _windows(rssi=rssi, connection=DENIED)
    assert found.value.code is FailureCode.PERMISSION_DENIED


@pytest.mark.parametrize(
    ("rssi", "connection"),
    [
        ((0, b"\1"), NOTHING),
        ((0, struct.pack("<i", 0)), (0, b"short")),
        ((0, struct.pack("<i", 2**31 - 1)), _connection(101)),
        ((5023, b""), (5023, b"")),
    ],
)
def test_windows_nonsense_is_no_signal(
    rssi: tuple[int, bytes], connection: tuple[int, bytes]
) -> None:
    with pytest.raises(CannotMeasure, match="signal-not-told"):
        _windows(rssi=rssi, connection=connection)


def _profiler(**current: object) -> str:
    neighbours = [{"_name": "Neighbour", "spairport_signal_noise": "-30 dBm / -90 dBm"}]
    card = {
        "_name": "en0",
        "spairport_current_network_information": {"_name": "<redacted>", **current},
        "spairport_airport_other_local_wireless_networks": neighbours,
        "spairport_status_information": "spairport_status_connected",
    }
    near = {"_name": "awdl0", "spairport_current_network_information": {"_name": ""}}
    return json.dumps({"SPAirPortDataType": [{"spairport_airport_interfaces": [near, card]}]})


def test_macos_reads_the_network_that_it_is_in() -> None:
    assert (
        darwin.profiler_level(_profiler(spairport_signal_noise="-52 dBm / -92 dBm"), "en0") == -52
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"SPAirPortDataType": 3}',
        '{"SPAirPortDataType": [{"spairport_airport_interfaces": ["x", {"_name": "en0"}]}]}',
        _profiler(),
        _profiler(spairport_signal_noise="0 dBm / 0 dBm"),
        _profiler(spairport_signal_noise=-52),
        _profiler(spairport_signal_noise="-999 dBm / -92 dBm"),
    ],
)
def test_macos_nonsense_is_no_signal(text: str) -> None:
    assert darwin.profiler_level(text, "en0") is None


class RadioMachine(FactsMachine):
    """A computer whose Wi-Fi signal takes these levels in turn, then vanishes."""

    def __init__(self, link: Facts, levels: list[Any], **more: object) -> None:
        super().__init__(topics={"link": link})
        self.levels, self.more = levels, more

    def facts(self, topic: str) -> Facts:
        """The next level."""
        if topic != "wifi":
            return super().facts(topic)
        if not self.levels:
            raise CannotMeasure(FailureCode.UNREACHABLE, "no-network")
        return {"signal_dbm": self.levels.pop(0), "source": "x", "cheap": True, **self.more}


def _run(name: str, levels: list[Any], **more: object) -> ProbeRun:
    case = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return run_probe(
        PROBE,
        world=FakeWorld(machine_port=RadioMachine(case["facts"], levels, **more)),
        choices=Choices(),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _signals(run: ProbeRun) -> dict[str, Any]:
    results: list[Any] = [*run.measurements, *run.failures]
    return {found.metric: found for found in results if found.metric.startswith("link.signal")}


def test_median_and_weakest_of_ten_samples_with_their_course() -> None:
    levels = [-50.0, -52.0, -51.0, -80.0, -53.0, -50.0, -54.0, -52.0, -51.0, -52.0]
    found = _signals(_run("linux-wifi", [*levels, -1.0]))

    assert found["link.signal"].value == -52.0
    assert found["link.signal_worst"].value == -80.0
    assert found["link.signal"].evidence.samples == 10
    assert found["link.signal"].evidence.trace.values == tuple(levels)
    assert found["link.signal"].evidence.kind is EvidenceKind.REPORTED


def test_where_a_sample_is_dear_one_is_enough() -> None:
    found = _signals(_run("macos-wifi", [-60.0], cheap=False))

    assert found["link.signal"].value == -60.0
    assert found["link.signal"].evidence.samples == 1
    assert found["link.signal"].evidence.trace is None


@pytest.mark.parametrize("name", ["linux-wired-laptop", "windows-wired-laptop", "linux-wwan"])
def test_a_cable_has_no_signal_and_is_told_so_kindly(name: str) -> None:
    found = _signals(_run(name, [-50.0] * 10))

    assert {failure.detail for failure in found.values()} == {"no-wifi"}
    assert "Nothing is needed" in PROBE.reasons["no-wifi"].remedy


def test_an_unclear_connection_has_no_signal() -> None:
    found = _signals(_run("linux-tun-over-cable-and-wifi", [-50.0] * 10))

    assert {failure.detail for failure in found.values()} == {"wifi-unclear"}


def test_wifi_under_a_tunnel_has_its_signal() -> None:
    assert _signals(_run("linux-tun-over-wifi", [-50.0] * 10))["link.signal"].value == -50.0


def test_a_network_that_vanishes_meanwhile_leaves_no_value() -> None:
    found = _signals(_run("linux-wifi", [-50.0] * 4))

    assert {failure.detail for failure in found.values()} == {"no-network"}


@pytest.mark.parametrize("level", [0, -121, float("nan"), "-50", True])
def test_a_level_that_cannot_be_true_is_no_value(level: object) -> None:
    found = _signals(_run("linux-wifi", [level] * 10))

    assert {failure.detail for failure in found.values()} == {"signal-not-told"}
