"""Report files: whole or not at all, never over another, read with suspicion."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import sys
import zlib
from typing import TYPE_CHECKING, NoReturn

import pytest

from readiness.locale import Reader
from readiness.model.errors import InputError, StorageError
from readiness.report.codec import encode_report
from readiness.report.files import read_report, read_sealed, write_report
from readiness.report.pdf_intake import attached_report
from readiness.report.seal import seal
from tests.fakes import reports as made

if TYPE_CHECKING:
    from pathlib import Path

READER = Reader("en")
ALL = ("json", "html", "pdf")


def write(folder: Path, *formats: str, stem: str | None = None) -> tuple[Path, ...]:
    return write_report(
        made.report(), made.profile(), folder, formats=formats, reader=READER, stem=stem
    )


def test_names_say_profile_day_and_time(tmp_path: Path) -> None:
    names = [path.name for path in write(tmp_path, *ALL)]

    pattern = r"readiness-example-voice-2026-11-2[234]-\d{4}\.readiness\.(json|html|pdf)"
    assert all(re.fullmatch(pattern, name) for name in names)
    assert [name.rsplit(".", 1)[1] for name in names] == list(ALL)


def test_the_folder_holds_these_files_and_no_remains(tmp_path: Path) -> None:
    written = write(tmp_path, *ALL)

    assert sorted(written) == sorted(tmp_path.iterdir())


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    (path,) = write(tmp_path / "new" / "er", "json")

    assert path.is_file()


def test_another_file_is_never_replaced(tmp_path: Path) -> None:
    (first,) = write(tmp_path, "json", stem="mine")
    before = first.read_bytes()

    second = write(tmp_path, "html", "json", stem="mine")

    assert [path.name for path in second] == ["mine-2.readiness.html", "mine-2.readiness.json"]
    assert first.read_bytes() == before
    assert not (tmp_path / "mine.readiness.html").exists()


def test_what_was_written_can_be_read(tmp_path: Path) -> None:
    (path,) = write(tmp_path, "json")

    report, opened = read_sealed(path)

    assert report == made.report()
    assert opened is not None
    assert opened.intact


def test_a_pdf_gives_the_same_report_as_the_data_file(tmp_path: Path) -> None:
    data, pdf = write(tmp_path, "json", "pdf")

    assert read_report(pdf) == read_report(data)


def test_a_page_gives_the_same_report_as_the_data_file(tmp_path: Path) -> None:
    data, page = write(tmp_path, "json", "html")

    assert read_sealed(page) == read_sealed(data)


def test_plain_json_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "plain.json"
    path.write_bytes(encode_report(made.report()))

    report, opened = read_sealed(path)

    assert report == made.report()
    assert opened is None


def test_a_changed_payload_is_read_but_not_called_intact(tmp_path: Path) -> None:
    other = json.loads(seal(encode_report(made.large_report(1))))
    spoiled = json.loads(seal(encode_report(made.report()))) | {"payload": other["payload"]}
    path = tmp_path / "spoiled.readiness.json"
    path.write_text(json.dumps(spoiled), encoding="utf-8")

    _, opened = read_sealed(path)

    assert opened is not None
    assert not opened.intact


def test_what_was_changed_after_sealing_is_not_taken_for_a_report(tmp_path: Path) -> None:
    """Else it could be judged or rendered, and would leave with a good seal on it."""
    other = json.loads(seal(encode_report(made.large_report(1))))
    spoiled = json.loads(seal(encode_report(made.report()))) | {"payload": other["payload"]}
    path = tmp_path / "spoiled.readiness.json"
    path.write_text(json.dumps(spoiled), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_report(path)

    assert caught.value.reference == "report-seal-broken"


def test_ctrl_c_while_writing_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, "json", "html")

    assert list(tmp_path.iterdir()) == []


def test_the_file_and_the_key_of_a_fault_are_named(tmp_path: Path) -> None:
    spoiled = json.loads(encode_report(made.report()))
    spoiled["findings"][0]["level"] = "perhaps"
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(spoiled), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_report(path)

    assert caught.value.where == "bad.json: findings[0].level"
    assert caught.value.hint


def test_a_missing_file_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_report(tmp_path / "nowhere.readiness.json")


def test_a_folder_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_report(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are no files there")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.readiness.json"
    os.mkfifo(pipe)

    with pytest.raises(InputError):
        read_report(pipe)


def test_an_envelope_around_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "invitation.readiness.json"
    path.write_bytes(seal(b"{}", payload_type="application/vnd.readiness.invitation+json"))

    with pytest.raises(InputError) as caught:
        read_report(path)

    assert caught.value.reference == "envelope-of-something-else"


@pytest.mark.parametrize(
    ("data", "reference"),
    [
        (b"%PDF-1.7\nnonsense", "pdf-unreadable"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "pdf-unreadable"),
    ],
)
def test_a_damaged_pdf_is_refused(tmp_path: Path, data: bytes, reference: str) -> None:
    path = tmp_path / "bad.readiness.pdf"
    path.write_bytes(data)

    with pytest.raises(InputError) as caught:
        read_report(path)

    assert caught.value.reference == reference
    assert caught.value.where == "bad.readiness.pdf"


def test_a_pdf_without_data_says_so() -> None:
    from io import BytesIO

    from pypdf import PdfWriter

    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_attachment("other.json", b"{}")
    writer.write(out)

    with pytest.raises(InputError) as caught:
        attached_report(out.getvalue())

    assert caught.value.reference == "pdf-without-report"


def bomb(size: int) -> bytes:
    """A PDF whose attachment ``report.json`` unfolds to that many bytes out of a few."""
    content = zlib.compress(b" " * size, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(report.json) 3 0 R]>>>>>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Type/Filespec/F(report.json)/UF(report.json)/EF<</F 4 0 R>>>>",
        b"<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(content), content),
    ]
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%b\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def test_an_attachment_that_unfolds_is_taken_while_it_is_small() -> None:
    assert attached_report(bomb(1000)) == b" " * 1000


@pytest.mark.parametrize("size", [9_000_000, 90_000_000])
def test_an_attachment_that_unfolds_without_end_is_refused(size: int) -> None:
    with pytest.raises(InputError) as caught:
        attached_report(bomb(size))

    assert caught.value.reference in ("pdf-too-much", "pdf-unreadable")


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    (path,) = write(tmp_path, "pdf")

    with pytest.raises(InputError) as caught:
        attached_report(path.read_bytes(), seconds=0)

    assert caught.value.reference == "pdf-too-much"


def test_a_full_disk_leaves_no_half_file_and_the_others_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full for whatever is larger than the data file; the error names what failed."""
    real = os.replace

    def replace(source: str, target: Path) -> None:
        if str(target).endswith(".html"):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)

    with pytest.raises(StorageError) as caught:
        write(tmp_path, *ALL, stem="mine")

    assert caught.value.where == str(tmp_path / "mine.readiness.html")
    assert caught.value.hint
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "mine.readiness.json",
        "mine.readiness.pdf",
    ]


def test_a_place_that_cannot_be_a_folder_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StorageError) as caught:
        write(tmp_path / "file", "json")

    assert caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_only_the_person_can_read_what_was_saved(tmp_path: Path) -> None:
    (path,) = write(tmp_path, "json")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_profile_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    import msgspec

    report = msgspec.structs.replace(made.report(), profile="../../etc/passwd\x00")

    (path,) = write_report(report, None, tmp_path, formats=("json",), reader=READER)

    assert path.parent == tmp_path
    assert path.name.startswith("readiness-etc-passwd-2026")
