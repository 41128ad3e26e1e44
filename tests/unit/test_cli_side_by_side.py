"""``review --side-by-side``: two to six reports in 80 columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from readiness.cli import main
from tests.fakes.trust import PROFILE, answer, invitation, session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

INVITED = [invitation() for _ in range(7)]
JUDGED = ("--profile", "acme.toml", "--side-by-side")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a folder with seven answers, of which the odd ones lack something."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.toml").write_bytes(PROFILE)
    for number, one in enumerate(INVITED):
        runs = session(one).runs
        data = answer(one, runs=runs[:1] if number % 2 else runs)
        (tmp_path / f"{number}.json").write_bytes(data)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(["review", *arguments, "--lang", "en"])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


@pytest.mark.parametrize("number", [2, 6])
def test_all_fit_eighty_columns_with_what_differs_first(run: Run, number: int) -> None:
    status, out, err = run(*(f"{n}.json" for n in range(number)), *JUDGED)

    assert max(map(len, out.splitlines())) <= 80
    assert out.index("== the verdict differs ==") < out.index("== no difference ==")
    assert "cannot be" in out
    assert (status, err) == (2, "")


def test_the_order_is_that_in_which_they_were_named(run: Run) -> None:
    _, out, _ = run("1.json", "0.json", *JUDGED)

    assert out.index("A: 1.json") < out.index("B: 0.json")


def test_conditions_choose_and_sorting_sorts(run: Run) -> None:
    _, out, _ = run(".", *JUDGED, "--where", "verdict=open", "--sort=-file", "--json")

    found = json.loads(out)
    assert [one["report"][-6:] for one in found["reports"]] == ["5.json", "3.json", "1.json"]
    assert {one["difference"] for one in found["lines"]} == {"none"}


def test_a_cell_for_programs_has_value_unit_and_mark(run: Run) -> None:
    _, out, _ = run("0.json", "1.json", *JUDGED, "--json")

    found = json.loads(out)
    (memory,) = (one for one in found["lines"] if one["requirement"] == "memory")
    assert memory["difference"] == "verdict"
    assert memory["cells"] == [
        {
            "verdict": "pass",
            "metric": "machine.memory_usable",
            "value": 15.6,
            "unit": "GiB",
            "uncertainty": None,
            "mark": "reported-by-the-system",
            "standing": None,
        },
        {
            "verdict": "unknown",
            "metric": None,
            "value": None,
            "unit": None,
            "uncertainty": None,
            "mark": "not-measured",
            "standing": None,
        },
    ]


@pytest.mark.parametrize(
    ("arguments", "reference"),
    [
        (("0.json", *JUDGED), "not-side-by-side"),
        ((".", *JUDGED), "not-side-by-side"),
        (("0.json", "1.json", "--side-by-side"), "no-list-for-all"),
        (("0.json", "1.json", *JUDGED, "--csv", "t.csv"), "not-with-side-by-side"),
    ],
)
def test_what_cannot_be_put_side_by_side_is_refused_with_the_reason(
    run: Run, arguments: tuple[str, ...], reference: str
) -> None:
    status, out, err = run(*arguments)

    assert (status, out) == (3, "")
    assert f"[{reference}]" in err


def test_a_file_that_is_refused_is_named_and_the_others_are_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_bytes(b"{")

    status, out, err = run("0.json", "bad.json", "1.json", *JUDGED)

    assert status == 3
    assert "bad.json" in err
    assert "B: 1.json" in out


def test_nothing_is_ever_called_genuine(run: Run) -> None:
    _, out, _ = run("0.json", "1.json", *JUDGED)

    assert not any(word in out.lower() for word in ("authentic", "genuine", "verified", "trusted"))
