"""``readiness mos``: the estimate alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from readiness.cli import main
from readiness.dsp.codec import CODECS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINESS_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")


def test_the_document_holds_the_published_values(capsys: pytest.CaptureFixture[str]) -> None:
    """VSB-TUO lecture 05: G.729A with VAD, 2 %, 150 ms: Ie,eff 19.0, R 70.5, MOS 3.62."""
    assert main(["mos", "--delay", "150", "--loss", "2", "--codec", "g729a-vad", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["ie_eff"] == pytest.approx(19.0, abs=0.1)
    assert found["r"] == pytest.approx(70.5, abs=0.1)
    assert found["mos"] == pytest.approx(3.62, abs=0.01)
    assert found["within_model"] is True


def test_people_get_the_codec_and_the_source_of_its_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["mos", "--delay", "150", "--loss", "2", "--lang", "en"]) == 0

    said = capsys.readouterr().out
    assert "4.12" in said
    assert "G.711 with packet loss concealment" in said
    assert "G.113" in said


def test_bursts_beyond_the_model_are_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mos", "--delay", "50", "--loss", "5", "--burst", "4", "--lang", "en"]) == 0

    assert "G.107 does not answer" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--delay", "-1", "--loss", "0"],
        ["--delay", "20", "--loss", "101"],
        ["--delay", "nan", "--loss", "0"],
        ["--delay", "20", "--loss", "nan"],
        ["--delay", "20", "--loss", "1", "--burst", "0.5"],
        ["--delay", "20", "--loss", "1", "--burst", "nan"],
        ["--delay", "20", "--loss", "1", "--codec", "opus"],
        ["--delay", "20", "--loss", "1", "--codec", "g728"],
        ["--delay", "inf", "--loss", "1"],
        ["--loss", "1"],
    ],
)
def test_what_cannot_be_rated_is_bad_input(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mos", *arguments]) == 3

    captured = capsys.readouterr()
    assert not captured.out
    assert captured.err.startswith("readiness: ")


@pytest.mark.parametrize("codec", list(CODECS))
def test_every_codec_can_be_rated_without_loss(
    codec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mos", "--delay", "20", "--loss", "0", "--codec", codec, "--json"]) == 0

    assert 3.5 < json.loads(capsys.readouterr().out)["mos"] < 4.5
