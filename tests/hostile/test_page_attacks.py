"""Web pages that carry a report: each attack is refused by its name, and the honest one is read."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from readiness.model.errors import InputError
from readiness.report.files import envelope_in
from readiness.report.html_intake import MAX_PAGE, carried_report
from readiness.review.intake import Limits, Received, Refused, intake
from tests.fakes.heap import taken, zipped
from tests.hostile.heap_attacks import GOOD
from tests.hostile.page_attacks import HONEST, MARK, ON_PAGES, TAKEN, page

if TYPE_CHECKING:
    from pathlib import Path

CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.mark.parametrize("name", ON_PAGES)
def test_a_hostile_page_is_refused_and_the_honest_report_is_read(name: str, tmp_path: Path) -> None:
    make, reference = ON_PAGES[name]
    (tmp_path / "bad.html").write_bytes(make())
    (tmp_path / "zoe.json").write_bytes(GOOD)

    read, refused = taken(tmp_path)

    assert [one.rpartition("/")[2] for one in read] == ["zoe.json"]
    assert list(refused.values()) == [reference]


@pytest.mark.parametrize("name", TAKEN)
def test_of_a_page_the_data_are_taken_and_nothing_else(name: str, tmp_path: Path) -> None:
    path = tmp_path / "ada.html"
    path.write_bytes(TAKEN[name]())

    (found,) = intake([path])

    assert isinstance(found, Received)


def test_a_page_in_an_archive_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "mail.zip"
    path.write_bytes(zipped({"ada.HTM": HONEST}))

    assert taken(path) == (["mail.zip: ada.HTM"], {})


def test_only_what_is_called_a_page_is_set_aside_where_it_carries_nothing(tmp_path: Path) -> None:
    """A mail filter may put a page in a report's place: that is to be seen."""
    (tmp_path / "a.html").write_bytes(page())
    (tmp_path / "b.json").write_bytes(page())

    found = [one for one in intake([tmp_path]) if isinstance(one, Refused)]

    assert [(one.reference, one.aside) for one in found] == [
        ("report-for-reading", True),
        ("report-for-reading", False),
    ]


def test_a_page_that_is_larger_than_one_can_be_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page(GOOD, body=b" " * 3000))

    assert list(taken(tmp_path, limits=Limits(page=2000))[1].values()) == ["too-large"]


def test_a_page_under_another_name_has_the_same_limit() -> None:
    with pytest.raises(InputError, match="page-too-large"):
        carried_report(HONEST + b" " * MAX_PAGE)


def test_very_many_marks_are_looked_for_once() -> None:
    with pytest.raises(InputError, match="page-carries-several"):
        carried_report(MARK * (MAX_PAGE // len(MARK)))


@CALM
@given(
    place=some.integers(min_value=0, max_value=len(HONEST) - 1),
    byte=some.integers(min_value=0, max_value=255),
)
def test_no_changed_byte_of_a_page_brings_the_program_down(place: int, byte: int) -> None:
    with contextlib.suppress(InputError):
        payload, opened = envelope_in(HONEST[:place] + bytes([byte]) + HONEST[place + 1 :])
        assert opened is None or payload


@CALM
@given(data=some.binary(max_size=500))
def test_no_bytes_behind_the_mark_bring_the_program_down(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(carried_report(b"<p>" + MARK + data), bytes)
