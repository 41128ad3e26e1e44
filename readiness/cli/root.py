"""The command itself: its subcommands, its errors and their exit status."""

from __future__ import annotations

import codecs
import logging
import sys
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from readiness import __version__
from readiness.cli.console import err
from readiness.cli.streams import forgiving_streams
from readiness.engine import Engine
from readiness.foreign import clean
from readiness.locale import Reader, languages, preferred_language
from readiness.log import start_log
from readiness.model.errors import CannotMeasure, InputError, ReadinessError
from readiness.model.finding import Overall
from readiness.model.measurement import Failure
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from readiness.packages import Piece

log = logging.getLogger(__name__)

PLAIN_SIGNS = {
    "\N{NARROW NO-BREAK SPACE}": " ",
    "\N{NO-BREAK SPACE}": " ",
    "\N{FIRST STRONG ISOLATE}": "",
    "\N{POP DIRECTIONAL ISOLATE}": "",
    "\N{CHECK MARK}": "+",
    "\N{MULTIPLICATION X}": "x",
    "\N{ALMOST EQUAL TO}": "~",
    "\N{PLUS-MINUS SIGN}": "+-",
    "\N{EN DASH}": "-",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
}
"""What old terminals get instead of signs that they cannot show."""


class Exit(IntEnum):
    """The exit status of every subcommand."""

    READY = 0
    NOT_READY = 1
    OPEN = 2
    BAD_INPUT = 3
    FAULT = 4


def exit_of(outcomes: Iterable[Overall]) -> Exit:
    """Any not ready: 1; else any open: 2; else 0."""
    found = set(outcomes)
    if Overall.NOT_READY in found:
        return Exit.NOT_READY
    return Exit.OPEN if Overall.OPEN in found else Exit.READY


def make_engine() -> Engine:
    """The engine on this computer."""
    return Engine()


def with_language(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a subcommand ``--lang``."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(languages()),
        default=preferred_language,
        show_default="the system's language",
        help="Language of everything for people.",
    )(command)


def with_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a subcommand ``--json``."""
    return click.option(
        "--json", "as_json", is_flag=True, help="One JSON document on standard output."
    )(command)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Example: readiness check --profile typical-voice --out reports",
)
@click.version_option(__version__, prog_name="readiness")
def cli() -> None:
    """Is this home office ready for call-centre work?

    Measures the computer, the line, the headset and the voice, asks what only you know, and judges
    it against employers' requirements. Without a subcommand the window opens.

    "readiness --self-test" tells whether this installation is whole.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status, never raises."""
    from readiness.cli import (  # noqa: F401 - each adds its subcommands
        check,
        drafts,
        invite,
        keys,
        kit,
        look,
        quality,
        reports,
        review,
        serving,
        steady,
        verify,
        voice,
    )

    start_log(make_engine().home)
    return run_command(cli, sys.argv[1:] if arguments is None else arguments)


def run_command(
    command: click.Command,
    arguments: Sequence[str],
    *,
    name: str = "readiness",
    given: object = None,
) -> int:
    """Run a command with these arguments; returns the exit status, never raises.

    Args:
        command: What is run.
        arguments: Its own.
        name: How it is called in its help.
        given: What it gets by ``click.pass_obj``.
    """
    _speak_plainly()
    reader = Reader(_asked_language(list(arguments)))
    with forgiving_streams():
        return _guarded(
            lambda: command.main(
                args=list(arguments), prog_name=name, standalone_mode=False, obj=given
            ),
            reader,
        )


def _guarded(command: Callable[[], object], reader: Reader) -> int:
    """Run it; whatever is raised becomes one line for the person and an exit status."""
    try:
        status = _run(command, reader)
        sys.stdout.flush()
    except ReadinessError as wrong:
        _say(explain_error(wrong, reader))
        return Exit.BAD_INPUT if isinstance(wrong, InputError) else Exit.FAULT
    except Exception:  # the program's last door: one line for the person, the rest in the log
        log.exception("fault of the program")
        _say(
            reader.text(
                N_("readiness: a fault of the program. Details are in {log}."),
                log=make_engine().home / "readiness.log",
            )
        )
        return Exit.FAULT
    return status


def no_screen() -> Exit:
    """Say that no window can be shown here, and what to do instead."""
    wrong = InputError(
        "no-screen",
        N_("There is no screen here for the window."),
        hint=N_("Use the terminal: readiness check. Or start it where there is a screen."),
    )
    _say(explain_error(wrong, Reader(preferred_language())))
    return Exit.BAD_INPUT


def no_libraries(lacking: Sequence[Piece]) -> Exit:
    """Say which libraries of the system the window lacks, and how they are installed."""
    import shlex

    from readiness.packages import install_command, installer

    command, tool, release = "", installer(), Path("/etc/os-release")
    if tool is not None:
        told = release.read_text(encoding="utf-8") if release.is_file() else ""
        command = shlex.join(install_command(tool, lacking, environments=False, release=told))
    wrong = InputError(
        "libraries-missing",
        N_("The window needs these libraries of the system: {names}."),
        hint=N_("Please install them: {command}")
        if command
        else N_("Please install them with your system's package tool."),
        names=", ".join(piece.name for piece in lacking),
        command=f"sudo {command}",
    )
    _say(explain_error(wrong, Reader(preferred_language())))
    return Exit.BAD_INPUT


def _asked_language(arguments: list[str]) -> str:
    """The language of errors, also of those in the command line itself."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
    return preferred_language()


def _run(command: Callable[[], object], reader: Reader) -> int:
    """Let click run it; its own ways of ending become our exit status."""
    try:
        result = command()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.Abort, KeyboardInterrupt):
        return Exit.OPEN
    except click.ClickException as wrong:
        _say(f"readiness: {wrong.format_message()} {_help_hint(wrong, reader)}")
        return Exit.BAD_INPUT
    except CannotMeasure as found:
        _say(f"readiness: {' '.join(_cannot(found, reader))}")
        return Exit.OPEN
    return int(result) if isinstance(result, int) else Exit.READY


def _cannot(found: CannotMeasure, reader: Reader) -> tuple[str, str]:
    """Why something could not be measured and what to do, in the reader's language."""
    from readiness.explain import failure_words

    failure = Failure(
        metric="-",
        failure=found.code,
        detail=found.detail,
        summary=found.summary,
        at=datetime.now(UTC),
    )
    return failure_words(failure, reader)


def explain_error(wrong: ReadinessError, reader: Reader) -> str:
    """One line: where, what happened, what to do, the searchable reference."""
    said = [reader.text(wrong.what, **wrong.values)]
    if wrong.hint:
        said.append(reader.text(wrong.hint, **wrong.values))
    place = f"{wrong.where}: " if wrong.where else ""
    return _one_line(f"readiness: {place}{' '.join(said)} [{wrong.reference}]")


def _one_line(text: str) -> str:
    """Without line breaks or anything else from a file that could turn or recolour a terminal."""
    return " ".join(clean(word) for word in text.split(" "))


def _help_hint(wrong: click.ClickException, reader: Reader) -> str:
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context is not None else "readiness"
    return reader.text(N_("Try: {command} --help"), command=path)


def _say(line: str) -> None:
    err().print(Text(_one_line(line)), soft_wrap=True)


def _speak_plainly() -> None:
    """Terminals without UTF-8 get the nearest plain sign, at worst a question mark."""
    codecs.register_error("readiness-plain", _plainly)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="readiness-plain")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """The codec's error handler: what stands for the signs that it cannot write."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(PLAIN_SIGNS.get(sign, "?") for sign in signs), error.end
