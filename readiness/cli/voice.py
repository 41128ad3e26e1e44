"""``readiness voice``: the metrics of the voice from recordings made elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readiness.cli.console import out, print_json, print_rows
from readiness.cli.root import Exit, cli, exit_of, make_engine, with_json, with_language
from readiness.foreign import clean
from readiness.locale import Reader
from readiness.model.errors import FailureCode, InputError
from readiness.model.finding import Overall
from readiness.model.text import N_
from readiness.voice_metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.engine import RecordedVoice
    from readiness.model.measurement import Failure, Measurement
    from readiness.model.report import Report
    from readiness.model.requirement import Profile

_file = click.Path(path_type=Path)

SHOWN_ABOVE = {"seconds", "rate_hz"}
"""Facts of the files, which are shown once."""


@cli.command(epilog="Example: readiness voice silence.wav reading.flac --profile typical-voice")
@click.argument("silence", metavar="SILENCE.wav", type=_file)
@click.argument("reading", metavar="SPEECH.wav", type=_file)
@click.option(
    "--profile", "reference", default="", metavar="ID|FILE", help="Judge it against this list."
)
@with_json
@with_language
def voice(*, silence: Path, reading: Path, reference: str, as_json: bool, language: str) -> Exit:
    """Measure the voice in recordings made elsewhere.

    SILENCE.wav: five seconds in which nobody speaks. SPEECH.wav: ten seconds of reading aloud, with
    the same microphone and settings. WAV, FLAC or Ogg, 8 to 192 kHz, mono or stereo, unedited.
    """
    engine, reader = make_engine(), Reader(language)
    profile = _narrowed(engine.profile(reference)) if reference else None
    found = engine.voice(silence, reading)
    report = None if profile is None else engine.judge(found.session, profile)
    if as_json:
        print_json(_document(found, report))
    else:
        _print(found, reader)
        if report is None or profile is None:
            _print_hint(reader)
        else:
            _print_judged(report, profile, reader)
    if report is not None:
        return exit_of([report.overall])
    return Exit.OPEN if _missing(found) else Exit.READY


def _narrowed(profile: Profile) -> Profile:
    """The profile with only what recordings can answer."""
    own = {metric.id for metric in METRICS}
    asked = tuple(
        requirement
        for requirement in profile.requirements
        if msgspec.structs.replace(profile, requirements=(requirement,)).metrics() <= own
    )
    if not asked:
        raise InputError(
            "profile-without-voice",
            N_("The profile {profile} asks nothing of the voice."),
            where="--profile",
            hint=N_("Choose another one, for example typical-voice, or leave the option out."),
            profile=profile.id,
        )
    return msgspec.structs.replace(profile, requirements=asked)


def _missing(found: RecordedVoice) -> list[Failure]:
    """What could not be measured; what was left out on purpose is not missing."""
    return [one for one in found.run.failures if one.failure is not FailureCode.SKIPPED]


# --- one document --------------------------------------------------------------------------------


def _document(found: RecordedVoice, report: Report | None) -> dict[str, object]:
    roles = ("silence", "reading", "played", "heard")
    document: dict[str, object] = {
        "recordings": [
            {
                "role": role,
                "file": clean(path.name),
                "kind": recording.kind,
                "seconds": round(recording.seconds, 3),
                "rate_hz": recording.rate,
                "bits": recording.bits,
                "lossy": recording.lossy,
                "channels": recording.channels,
            }
            for role, (path, recording) in zip(roles, found.files, strict=False)
        ],
        "channel": found.channel,
        "measurements": found.run.measurements,
        "failures": found.run.failures,
    }
    if report is not None:
        document["profile"] = report.profile
        document["overall"] = report.overall
        document["findings"] = report.findings
    return document


# --- for people ----------------------------------------------------------------------------------


def _print(found: RecordedVoice, reader: Reader) -> None:
    console = out()
    console.print(Text(reader.text(N_("Recordings")), style="bold"))
    for line in _files(found, reader):
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print()
    if found.run.measurements:
        console.print(Text(reader.text(N_("The voice")), style="bold"))
        console.print(Padding(_figures(found.run.measurements, reader), (0, 0, 0, 2)))
    missing = _missing(found)
    if missing:
        if found.run.measurements:
            console.print()
        console.print(Text(reader.text(N_("Could not be measured")), style="bold"))
        for title, said in _reasons(missing, reader):
            console.print(Padding(Text(f"? {title}"), (0, 0, 0, 2)))
            console.print(Padding(Text(said), (0, 0, 0, 4)))


def _files(found: RecordedVoice, reader: Reader) -> Iterable[str]:
    for path, recording in found.files:
        parts = [
            reader.quantity(recording.seconds, "s", 0.1),
            reader.quantity(recording.rate / 1000, "kHz", 0.1 if recording.rate % 1000 else 1),
        ]
        if recording.bits is not None:
            parts.append(reader.text(N_("{n} bits"), n=recording.bits))
        parts.append(reader.text(N_("mono") if recording.channels == 1 else N_("stereo")))
        facts = ", ".join(parts)
        yield reader.text(N_("{title}: {value}"), title=clean(path.name), value=facts)
    if any(recording.lossy for _, recording in found.files):
        yield reader.text(
            N_("Compressed with losses: what the compression left out is missing in the figures.")
        )
    if found.channel:
        said = {
            "left": N_("Measured was the left channel, on which the voice is louder."),
            "right": N_("Measured was the right channel, on which the voice is louder."),
        }
        yield reader.text(said[found.channel])


def _figures(measurements: Iterable[Measurement], reader: Reader) -> Table:
    from readiness.report.evidence import cautions, facts
    from readiness.report.values import Vocabulary

    words = Vocabulary(None, reader)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="left", no_wrap=True)
    table.add_column(ratio=1, overflow="fold", style="dim")
    for one in measurements:
        shown, plus_minus = words.found(one, None)
        summary = {k: v for k, v in one.evidence.summary.items() if k not in SHOWN_ABOVE}
        said = [f"{name}: {value}" for name, value in facts(summary, reader)]
        table.add_row(
            Text(words.title(one.metric)),
            Text(shown),
            Text(plus_minus),
            Text("; ".join([*said, *cautions(summary, reader)])),
        )
    return table


def _reasons(missing: Iterable[Failure], reader: Reader) -> Iterable[tuple[str, str]]:
    """Titles and why; what is missing for one reason stands together."""
    from readiness.explain import failure_words
    from readiness.report.values import Vocabulary

    words = Vocabulary(None, reader)
    grouped: dict[str, list[str]] = {}
    for one in missing:
        said = " ".join(failure_words(one, reader))
        grouped.setdefault(said, []).append(words.title(one.metric))
    for said, titles in grouped.items():
        yield ", ".join(titles), said


def _print_judged(report: Report, profile: Profile, reader: Reader) -> None:
    """The rows, under a headline that speaks of the voice alone."""
    from readiness.report.words import headline, rows

    said = {
        Overall.READY: N_("{profile}: what it requires of the voice is met"),
        Overall.NOT_READY: N_("{profile}: something that it requires of the voice is not met"),
        Overall.OPEN: N_("{profile}: something that it requires of the voice is still open"),
    }
    first = reader.text(said[report.overall], profile=clean(reader.local(profile.title)))
    out().print()
    _, counts = headline(report, profile, reader)
    print_rows(rows(report, profile, reader), (first, counts), reader)


def _print_hint(reader: Reader) -> None:
    console = out()
    console.print()
    console.print(
        Text(
            reader.text(
                N_("To see whether that is good enough, name a list: --profile typical-voice")
            )
        )
    )
