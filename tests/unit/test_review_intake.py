"""The intake: files, folders and ZIPs; each bad file with its reason, and the others go through."""

from __future__ import annotations

import stat
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from readiness.report.codec import encode_report
from readiness.review.folders import is_link
from readiness.review.intake import Limits, Received, Refused, intake
from readiness.trust.keys import new_keys
from readiness.trust.sealing import seal_to
from tests.fakes.heap import pdf_with, taken, zipped
from tests.fakes.trust import answer, invitation, report, session

if TYPE_CHECKING:
    import os
    from pathlib import Path

INVITED = invitation()
ADA, BEN = answer(INVITED), answer(invitation())


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """Two reports, one of them a folder further down."""
    folder = tmp_path / "heap"
    (folder / "more").mkdir(parents=True)
    (folder / "ben.readiness.json").write_bytes(BEN)
    (folder / "more" / "ada.readiness.json").write_bytes(ADA)
    return folder


def test_a_folder_is_read_with_those_below_it(heap: Path) -> None:
    assert taken(heap) == (["heap/ben.readiness.json", "heap/more/ada.readiness.json"], {})


def test_files_of_a_folder_come_in_the_order_of_their_names(heap: Path) -> None:
    for name in ("c.json", "a.json", "b.json"):
        (heap / name).write_bytes(ADA)

    read, _ = taken(heap)

    assert read[:4] == [f"heap/{n}" for n in ("a.json", "b.json", "ben.readiness.json", "c.json")]


def test_a_zip_is_read_without_being_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "mail.zip"
    path.write_bytes(zipped({"in/ada.json": ADA, "ben.readiness.json": BEN}))

    assert taken(path) == (["mail.zip: in/ada.json", "mail.zip: ben.readiness.json"], {})
    assert [one.name for one in tmp_path.iterdir()] == ["mail.zip"]


def test_a_zip_is_known_by_its_bytes_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "attachment"
    path.write_bytes(zipped({"ada.json": ADA}))

    assert taken(path) == (["attachment: ada.json"], {})


def test_what_is_read_is_the_report_with_its_envelope(tmp_path: Path) -> None:
    path = tmp_path / "ada.readiness.json"
    path.write_bytes(ADA)

    (found,) = intake([path])

    assert isinstance(found, Received)
    assert found.arrived.report == report(session(INVITED))
    assert found.arrived.opened is not None
    assert found.arrived.opened.keyids == (INVITED.answer_keyid,)


def test_a_report_without_a_signature_is_taken_in_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plain.json"
    path.write_bytes(encode_report(report(session(None))))

    (found,) = intake([path])

    assert isinstance(found, Received)
    assert (found.arrived.opened, found.arrived.report) == (None, None)


def test_a_pdf_gives_the_data_that_it_carries(tmp_path: Path) -> None:
    path = tmp_path / "ada.pdf"
    path.write_bytes(pdf_with(ADA))

    assert taken(path) == (["ada.pdf"], {})


def test_one_bad_file_does_not_keep_the_others_out(heap: Path) -> None:
    (heap / "an.json").write_bytes(b"{")

    read, refused = taken(heap, heap / "gone.json", heap / "ben.readiness.json")

    assert read == [
        "heap/ben.readiness.json",
        "heap/more/ada.readiness.json",
        "ben.readiness.json",
    ]
    assert refused == {"heap/an.json": "report-not-json", "gone.json": "cannot-read"}


def test_a_page_is_set_aside_kindly(heap: Path) -> None:
    (heap / "ada.readiness.html").write_text("<!doctype html>")

    (found,) = (one for one in intake([heap]) if isinstance(one, Refused))

    assert (found.reference, found.aside) == ("report-for-reading", True)
    assert found.hint


def test_what_is_no_report_by_its_name_is_set_aside_in_a_folder(heap: Path) -> None:
    for name in ("notes.txt", "Thumbs.db", ".hidden.json", "noending"):
        (heap / name).write_bytes(ADA)

    found = [one for one in intake([heap]) if isinstance(one, Refused)]

    assert {one.reference for one in found} == {"no-report-by-its-name"}
    assert all(one.aside for one in found)
    assert len(found) == 4


def test_what_is_named_is_looked_into_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "attachment.dat"
    path.write_bytes(ADA)

    assert taken(path) == (["attachment.dat"], {})


def test_a_sealed_answer_needs_the_keys(tmp_path: Path) -> None:
    keys = new_keys()
    path = tmp_path / "ada.readiness-sealed"
    path.write_bytes(seal_to(keys.public.sealing, ADA))

    assert taken(path) == ([], {"ada.readiness-sealed": "report-sealed"})
    assert taken(path, keys=new_keys()) == ([], {"ada.readiness-sealed": "sealed-to-another"})
    assert taken(path, keys=keys) == (["ada.readiness-sealed"], {})


def test_an_unsealed_report_is_read_with_keys_too(heap: Path) -> None:
    assert len(taken(heap, keys=new_keys())[0]) == 2


def test_nothing_is_read_before_it_is_asked_for(heap: Path) -> None:
    found = intake([heap / "ben.readiness.json", heap / "more"])
    first = next(found)
    (heap / "more" / "ada.readiness.json").write_bytes(b"")

    assert isinstance(first, Received)
    assert isinstance(next(found), Refused)


def test_a_refusal_names_file_place_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "half.json"
    path.write_bytes(b'{"schema": "readiness-report/1", "created": 5}')

    (found,) = intake([path])

    assert isinstance(found, Refused)
    assert str(found.error()).startswith("half.json: ")
    assert "[report-invalid]" in str(found.error())


def test_a_refusal_does_not_hold_on_to_what_was_read(tmp_path: Path) -> None:
    """A traceback would hold every frame, and so the bytes of every bad file."""
    path = tmp_path / "half.json"
    path.write_bytes(ADA[:500])

    (found,) = intake([path])

    assert isinstance(found, Refused)
    assert found.error().__traceback__ is None
    assert not any(isinstance(value, BaseException | bytes) for value in found.values.values())


def test_no_path_at_all_gives_nothing() -> None:
    assert taken() == ([], {})


def test_the_usual_limits_take_what_this_program_writes() -> None:
    """Ten thousand reports in one ZIP, with names as the program gives them and Info-ZIP's extras.

    An entry of the table of contents is 46 bytes, the name and the extras (APPNOTE.TXT 4.3.12).
    """
    name = "answers/readiness-germany-eu-2026-11-23-1405-1234.readiness.json"
    entry = 46 + len(name) + 24

    assert entry * 10_000 <= Limits().contents


@pytest.mark.parametrize(
    ("tag", "linked"),
    [
        (0xA0000003, True),  # IO_REPARSE_TAG_MOUNT_POINT, [MS-FSCC] 2.1.2.1
        (0xA000000C, True),  # IO_REPARSE_TAG_SYMLINK
        (0x9000001A, False),  # IO_REPARSE_TAG_CLOUD: a folder that a cloud keeps
        (0, False),
    ],
)
def test_a_mount_point_on_windows_is_a_link_and_a_cloud_folder_is_none(
    tag: int, *, linked: bool
) -> None:
    state = SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=tag)

    assert is_link(cast("os.stat_result", state)) is linked
