"""A voice that breaks off as a telephone's takes confidence from a cord, and never adds any."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readiness.audio_link import wall_doubt
from readiness.link_doubt import doubted
from readiness.model.measurement import Evidence, EvidenceKind, Failure, Measurement
from readiness.sound import AudioDevice
from tests.fakes.audio import HEADSET

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
BLUETOOTH = AudioDevice(
    id="bt", name="BT", direction="input", facts={"system": "linux", "device.bus": "bluetooth"}
)


def _found(link: str, doubt: str = "") -> dict[str, Measurement | Failure]:
    def fact(metric: str, value: float | str, unit: str, **summary: str) -> Measurement:
        evidence = Evidence(kind=EvidenceKind.MEASURED, method="case", summary=dict(summary))
        return Measurement(metric=metric, value=value, unit=unit, evidence=evidence, at=AT)

    said = {"link_doubt": doubt} if doubt else {}
    return {
        "headset.link": fact("headset.link", link, "1"),
        "voice.bandwidth": fact("voice.bandwidth", 3.6, "kHz", **said),
    }


def _link(found: object) -> object:
    assert isinstance(found, dict)
    return found["headset.link"].value


def test_a_known_cord_with_a_telephones_voice_is_a_cord_that_cannot_be_seen() -> None:
    found = doubted(_found("usb-corded", "narrow-wall"))

    link = found["headset.link"]
    assert isinstance(link, Measurement)
    assert link.value == "usb-unknown"
    assert link.evidence.summary == {"how_sure": "cannot-tell", "why": "narrow-wall"}


@pytest.mark.parametrize("doubt", ["", "wide-wall"])
def test_without_a_narrow_wall_a_known_cord_stays_one(doubt: str) -> None:
    assert _link(doubted(_found("usb-corded", doubt))) == "usb-corded"


@pytest.mark.parametrize("link", ["bluetooth", "dongle", "usb-unknown", "jack", "unknown"])
def test_no_voice_makes_a_cord(link: str) -> None:
    assert _link(doubted(_found(link, "narrow-wall"))) == link


@pytest.mark.parametrize(
    ("device", "khz", "doubt"),
    [
        (HEADSET, 3.6, "narrow-wall"),
        (HEADSET, 7.2, ""),  # it samples at 16 kHz: the wall is its own
        (HEADSET, 14.0, ""),
        (HEADSET, None, ""),
        (HEADSET, float("nan"), ""),
        (BLUETOOTH, 3.6, ""),  # nothing is left to doubt
    ],
)
def test_where_a_voice_breaks_off_speaks_against_a_cord(
    device: AudioDevice, khz: float | None, doubt: str
) -> None:
    assert wall_doubt(device, khz) == doubt
