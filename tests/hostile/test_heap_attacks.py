"""Every named attack on the heap is refused under its own name, and the honest files go through."""

from __future__ import annotations

import os
import socket
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from readiness.review.archives import FoundMember, members
from readiness.review.intake import Limits, Received, intake
from readiness.review.received import NAMELESS
from tests.fakes.heap import pdf_with, taken, zipped
from tests.hostile.heap_attacks import FILE, GOOD, ON_ARCHIVES, ON_FILES, STRANGE_NAMES

CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
ARCHIVE = zipped({"a.json": b"[1]", "b/c.json": b"{}" * 40, "d.html": b"<p>"})


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """A folder with one honest report in it, which comes last."""
    folder = tmp_path / "heap"
    folder.mkdir()
    (folder / "zoe.readiness.json").write_bytes(GOOD)
    return folder


@pytest.mark.parametrize("name", ON_FILES)
def test_a_hostile_file_is_refused_and_the_honest_one_is_read(name: str, heap: Path) -> None:
    make, reference = ON_FILES[name]
    (heap / "bad.json").write_bytes(make())

    assert taken(heap) == (["heap/zoe.readiness.json"], {"heap/bad.json": reference})


@pytest.mark.parametrize("name", ON_ARCHIVES)
def test_a_hostile_archive_is_refused_and_the_honest_file_is_read(name: str, heap: Path) -> None:
    make, reference = ON_ARCHIVES[name]
    (heap / "bad.zip").write_bytes(make())
    before = sorted(heap.parent.rglob("*"))

    read, refused = taken(heap)

    assert read == ["heap/zoe.readiness.json"]
    assert set(refused.values()) == {reference}
    assert sorted(heap.parent.rglob("*")) == before


def test_a_damaged_entry_does_not_keep_the_next_one_out() -> None:
    good = zipped({FILE: GOOD, "zoe.json": GOOD}, packed=0)
    place = good.index(b"payloadType")
    found = members(BytesIO(good[:place] + b"q" + good[place + 1 :]), "x.zip", Limits())

    assert [type(one).__name__ for one in found] == ["Refused", "FoundMember"]


def test_what_unfolds_is_counted_over_the_whole_archive(heap: Path) -> None:
    """Three files of 0.6 MiB each; the archive may unfold to one MiB."""
    (heap / "three.zip").write_bytes(
        zipped({f"{n}.json": GOOD + b" " * 600_000 for n in range(3)} | {"zoe.json": GOOD})
    )

    _, refused = taken(heap, limits=Limits(unpacked=1024 * 1024))

    assert refused["heap/three.zip"] == "archive-too-much"
    assert "heap/three.zip: zoe.json" not in refused


def test_damaged_files_are_counted_too(heap: Path) -> None:
    """Else ten thousand files that break off at their end would unfold to terabytes."""
    data = zipped({f"{n}.json": GOOD + b" " * 600_000 for n in range(3)})
    places = [at for at in range(len(data)) if data[at : at + 4] == b"PK\3\4"]
    for crc in {data[at + 14 : at + 18] for at in places}:
        data = data.replace(crc, b"\0\0\0\0")
    (heap / "three.zip").write_bytes(data)

    _, refused = taken(heap, limits=Limits(unpacked=1024 * 1024))

    assert refused["heap/three.zip: 0.json"] == "archive-broken"
    assert refused["heap/three.zip"] == "archive-too-much"


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_a_strange_name_is_shown_without_what_it_hides(name: str, heap: Path) -> None:
    (heap / "bad.zip").write_bytes(zipped({name: GOOD, f"{name}.7z": b""}))
    (heap / name.replace("/", "_")).write_bytes(GOOD)

    for found in intake([heap]):
        assert not any(unicodedata.category(char).startswith("C") for char in found.file)
        assert found.file.startswith("heap/")


def test_a_name_of_which_nothing_can_be_shown_still_has_a_sign(tmp_path: Path) -> None:
    path = tmp_path / "\u200b\u2067"
    path.write_bytes(GOOD)

    assert taken(path) == ([NAMELESS], {})


def test_a_name_that_is_no_text_is_read(heap: Path) -> None:
    os.close(os.open(os.fsencode(heap) + b"/\xff.json", os.O_CREAT | os.O_WRONLY))

    assert taken(heap)[1] == {"heap/.json": "report-not-json"}


def test_what_macos_puts_beside_files_is_set_aside(heap: Path) -> None:
    (heap / "mac.zip").write_bytes(zipped({"__MACOSX/._zoe.json": b"\0\5\x16\7", "zoe.json": GOOD}))

    read, refused = taken(heap)

    assert read == ["heap/mac.zip: zoe.json", "heap/zoe.readiness.json"]
    assert set(refused.values()) == {"no-report-by-its-name"}


def test_links_to_files_and_folders_are_not_followed(heap: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_bytes(GOOD)
    (heap / "file.json").symlink_to(tmp_path / "secret.json")
    (heap / "up").symlink_to(tmp_path, target_is_directory=True)
    (heap / "zero.json").symlink_to("/dev/zero")
    (heap / "nowhere.json").symlink_to(tmp_path / "gone")

    read, refused = taken(heap)

    assert read == ["heap/zoe.readiness.json"]
    assert refused == {
        f"heap/{name}": "not-a-file" for name in ("file.json", "nowhere.json", "up", "zero.json")
    }


def test_a_link_is_not_followed_where_it_is_named_itself(heap: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(heap, target_is_directory=True)

    assert taken(tmp_path / "link") == ([], {"link": "not-a-file"})


def test_a_pipe_and_a_socket_are_not_waited_for(heap: Path) -> None:
    os.mkfifo(heap / "pipe.json")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(heap / "s.json"))
        read, refused = taken(heap, heap / "pipe.json")

    assert read == ["heap/zoe.readiness.json"]
    assert set(refused.values()) == {"not-a-file"}


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom"])
def test_a_device_that_is_named_is_not_read(device: str) -> None:

    assert set(taken(Path(device))[1].values()) == {"not-a-file"}


def test_a_file_of_a_tebibyte_is_not_read(heap: Path) -> None:
    for name in ("huge.json", "huge.zip", "huge.pdf"):
        with (heap / name).open("wb") as stream:
            stream.truncate(1 << 40)

    assert set(taken(heap)[1].values()) == {"too-large"}


def test_a_folder_without_end_is_read_in_part_and_said_so(heap: Path) -> None:
    for number in range(8):
        (heap / f"{number}.txt").write_bytes(b"")

    _, refused = taken(heap, limits=Limits(names=4))

    assert refused["heap"] == "folder-too-full"
    assert len(refused) in (4, 5)


def test_folders_without_end_are_left_at_some_depth(heap: Path) -> None:
    deep = heap / "a" / "b" / "c" / "d"
    deep.mkdir(parents=True)
    (deep / "ada.json").write_bytes(GOOD)

    read, refused = taken(heap, limits=Limits(depth=3))

    assert read == ["heap/zoe.readiness.json"]
    assert refused == {"heap/a/b/c": "folder-too-deep"}


def test_a_path_with_a_null_is_no_file(tmp_path: Path) -> None:
    assert list(taken(tmp_path / "a\0b")[1].values()) == ["no-file"]


def test_a_pdf_that_is_none_is_refused(heap: Path) -> None:
    (heap / "bad.pdf").write_bytes(b"%PDF-1.7\n" + b"<<" * 400)

    assert taken(heap)[1] == {"heap/bad.pdf": "pdf-unreadable"}


def test_after_pdfs_that_keep_the_reader_busy_the_others_get_less_time(heap: Path) -> None:
    """With no time at all every PDF is too slow; the hurry is what the next one gets."""
    for name in ("a.pdf", "b.pdf"):
        (heap / name).write_bytes(pdf_with(GOOD))

    read, refused = taken(heap, limits=Limits(seconds=0.0, patience=1, hurry=60.0))

    assert refused == {"heap/a.pdf": "pdf-too-much"}
    assert read == ["heap/b.pdf", "heap/zoe.readiness.json"]


def test_an_archive_full_of_pdfs_that_keep_the_reader_busy_is_given_up(heap: Path) -> None:
    """Ten thousand of them at some seconds each would take half a day."""
    files = {f"{n}.pdf": pdf_with(GOOD) for n in range(3)}
    (heap / "many.zip").write_bytes(zipped(files | {"z.json": GOOD}))

    read, refused = taken(heap, limits=Limits(seconds=0.0, hurry=0.0, patience=1))

    assert list(refused.values()) == ["pdf-too-much", "pdf-not-tried", "pdf-not-tried"]
    assert read == ["heap/many.zip: z.json", "heap/zoe.readiness.json"]


@CALM
@given(
    place=some.integers(min_value=0, max_value=1 << 20),
    byte=some.integers(min_value=0, max_value=255),
)
@example(place=0, byte=0)
def test_no_changed_byte_of_an_archive_brings_the_program_down(place: int, byte: int) -> None:
    at = place % len(ARCHIVE)
    data = ARCHIVE[:at] + bytes([byte]) + ARCHIVE[at + 1 :]

    for found in members(BytesIO(data), "x.zip", Limits()):
        assert found.name if isinstance(found, FoundMember) else found.reference


@CALM
@given(data=some.binary(max_size=600), cut=some.integers(min_value=0, max_value=len(ARCHIVE)))
def test_no_bytes_in_an_archive_bring_the_program_down(data: bytes, cut: int) -> None:
    for found in members(BytesIO(ARCHIVE[:cut] + data + ARCHIVE[cut:]), "x.zip", Limits()):
        assert found.name if isinstance(found, FoundMember) else found.reference


@CALM
@given(data=some.binary(max_size=2000))
def test_no_bytes_of_a_file_bring_the_program_down(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.dat"
    path.write_bytes(data.replace(b"%PDF-", b"%pdf-"))  # a process for each would take minutes

    assert all(found.file for found in intake([path]))


def test_two_reports_from_one_heap_are_never_in_memory_together(heap: Path) -> None:
    """The generator hands out one and keeps none."""
    import gc
    import weakref

    (heap / "amy.json").write_bytes(GOOD)
    found = intake([heap])
    first = next(found)
    assert isinstance(first, Received)
    assert first.arrived.report is not None
    gone = weakref.ref(first.arrived)
    del first
    next(found)
    gc.collect()

    assert gone() is None
