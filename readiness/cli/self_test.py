"""``readiness --self-test``: whether this installation is whole.

Needs no screen, no network, no sound and no standard streams, and touches nothing of the person's:
whatever it writes lies in a folder that is gone afterwards.
"""

from __future__ import annotations

import logging
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.text import Text

from readiness.cli.console import out, print_json
from readiness.cli.root import Exit, run_command, with_json, with_language
from readiness.cli.self_test_steps import STEPS, Place, Step
from readiness.engine import Engine
from readiness.foreign import clean
from readiness.locale import Reader
from readiness.log import Nameless
from readiness.model.text import N_
from readiness.storage import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from readiness.cli.self_test_steps import Fact, ShowWindow

log = logging.getLogger(__name__)

DOCUMENT = "readiness-self-test/1"
GOOD, BAD = "\N{CHECK MARK}", "\N{MULTIPLICATION X}"


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of one step.

    Attributes:
        step: Which one.
        seconds: How long it took.
        facts: What it found; empty if it failed.
        fault: Why it failed, naming nobody; empty if it did not.
    """

    step: Step
    seconds: float
    facts: dict[str, Fact] = field(default_factory=dict)
    fault: str = ""


def main(arguments: Sequence[str], show_window: ShowWindow) -> int:
    """Test the installation; returns the exit status, never raises.

    Args:
        arguments: Those behind ``--self-test``.
        show_window: Opens the real window and says what it found; the terminal knows no window.
    """
    return run_command(self_test, arguments, name="readiness --self-test", given=show_window)


@click.command(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Example: readiness --self-test --json",
)
@click.option("--on-screen", is_flag=True, help="Open the window on this computer's screen.")
@click.option(
    "--out",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the JSON document into a file too.",
)
@with_json
@with_language
@click.pass_obj
def self_test(
    show_window: ShowWindow,
    *,
    on_screen: bool,
    file: Path | None,
    as_json: bool,
    language: str,
) -> Exit:
    """Test whether this installation is whole.

    Opens the window off-screen, loads everything that belongs to the program, judges a check and
    writes its report into a folder that is gone afterwards. Nothing is sent or recorded.
    """
    reader = Reader(language)
    done: list[Done] = []
    # A file that a system still holds open is no reason to call the installation broken.
    with tempfile.TemporaryDirectory(prefix="readiness-", ignore_cleanup_errors=True) as folder:
        place = Place(
            folder=Path(folder),
            engine=Engine(Path(folder) / "home"),
            show_window=show_window,
            on_screen=on_screen,
        )
        for one in run_steps(STEPS, place):
            done.append(one)
            if not as_json:
                out().print(_line(one, reader), soft_wrap=True)
    document = _document(done)
    if file is not None:
        write_whole(file, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
    if as_json:
        print_json(document)
    else:
        out().print(Text(_verdict(done, reader), style="bold"), soft_wrap=True)
    return Exit.FAULT if any(one.fault for one in done) else Exit.READY


def run_steps(steps: Iterable[Step], place: Place) -> Iterator[Done]:
    """Do one step after the other; one that fails keeps none from being done."""
    for step in steps:
        begin = time.monotonic()
        try:
            facts = step.work(place)
        except Exception as error:  # whatever breaks is what was looked for
            log.exception("self-test: %s", step.id)
            facts, fault = {}, _nameless(f"{type(error).__name__}: {error}")
        else:
            fault = ""
        seconds = round(time.monotonic() - begin, 3)
        yield Done(step=step, seconds=seconds, facts=facts, fault=fault)


def _nameless(text: str) -> str:
    """Without the names that paths hold: a person may send this to somebody."""
    return Nameless("%(message)s").format(logging.makeLogRecord({"msg": text}))


def _line(done: Done, reader: Reader) -> Text:
    if done.fault:
        # Translators: a part of the program ("the window") and a technical message.
        said = reader.text(N_("{part}: {fault}"), part=done.step.id, fault=clean(done.fault))
        return Text(f"{BAD} {said}", style="red")
    return Text(f"{GOOD} {reader.text(done.step.said, **_shown(done.facts))}")


def _shown(facts: dict[str, Fact]) -> dict[str, str]:
    """Facts as they are put into a sentence: lists with commas."""
    return {
        name: ", ".join(map(str, fact)) if isinstance(fact, list) else str(fact)
        for name, fact in facts.items()
    }


def _verdict(done: Sequence[Done], reader: Reader) -> str:
    broken = [one.step.id for one in done if one.fault]
    if not broken:
        return reader.text(N_("This installation is whole."))
    return reader.text(
        N_("This installation is not whole: {parts}. Please install the program again."),
        parts=", ".join(broken),
    )


def _document(done: Sequence[Done]) -> dict[str, object]:
    return {
        "schema": DOCUMENT,
        "whole": not any(one.fault for one in done),
        "steps": [
            {"id": one.step.id, "seconds": one.seconds, "facts": one.facts, "fault": one.fault}
            for one in done
        ],
    }
