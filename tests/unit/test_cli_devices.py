"""``readiness devices``: each device with its link, how sure, on what evidence."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from readiness.cli import main
from readiness.engine import Engine
from tests.fakes.audio import HEADSET, FakeAudio
from tests.fakes.world import FakeWorld

if TYPE_CHECKING:
    from pathlib import Path

RECEIVER = replace(
    HEADSET,
    id="alsa_input.usb-link",
    name="Headset",
    default=False,
    facts={**HEADSET.facts, "product_id": "ffff", "battery": True},
)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk with a corded headset and a receiver that nobody knows."""
    world = FakeWorld(audio_port=FakeAudio(device_list=[HEADSET, RECEIVER]))
    monkeypatch.setattr(
        "readiness.cli.look.make_engine", lambda: Engine(home=tmp_path, world=world)
    )


def test_the_document_holds_evidence_product_and_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["devices", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["devices"] == [
        {
            "id": "alsa_input.usb-headset",
            "name": "Jabra EVOLVE 20 MS",
            "direction": "input",
            "default": True,
            "link": "usb-corded",
            "how_sure": "likely",
            "evidence": "usb-table",
            "why": "known-corded",
            "product": "Jabra Evolve 20",
            "usb": "0b0e:0301",
        },
        {
            "id": "alsa_input.usb-link",
            "name": "Headset",
            "direction": "input",
            "default": False,
            "link": "dongle",
            "how_sure": "likely",
            "evidence": "battery",
            "why": "battery",
            "product": "",
            "usb": "0b0e:ffff",
        },
    ]


def test_a_profile_is_shown_with_the_headsets_that_it_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "mine.toml"
    path.write_text(
        """schema = "readiness-profile/1"
id = "mine"
kind = "type"
title = "Mine"
summary = "A list."
source.own = { title = "Our own", seen = 2026-11-23, grade = "P" }
devices = [{ usb = "1234:ABCD", name = "Our headset", link = "corded", source = "own" }]

[[requirement]]
id = "cord"
level = "must"
area = "headset"
any_of = [{ metric = "headset.link", equals = "usb-corded", source = "own" }]
""",
        encoding="utf-8",
    )

    assert main(["profile", "show", str(path)]) == 0

    assert "Headsets that it knows: Our headset (1234:abcd: corded)" in capsys.readouterr().out


def test_the_table_says_what_it_rests_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")

    assert main(["devices"]) == 0

    told = capsys.readouterr().out
    assert "Evidence" in told
    assert "the table of USB devices" in told
    assert "a battery" in told
