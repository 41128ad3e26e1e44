"""How the terminal shows the voice of recordings: files, figures, what is missing, verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.padding import Padding
from rich.text import Text

from readiness.cli.console import out, print_rows
from readiness.foreign import clean
from readiness.model.finding import Overall
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from readiness.locale import Reader
    from readiness.model.measurement import Failure, Measurement
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.recorded_voice import RecordedVoice

NOT_HANDED_OVER = {"no-sweep", "one-channel"}
"""Details of figures that these recordings are not meant to tell."""

SHOWN_ABOVE = {"seconds", "rate_hz"}
"""Facts of the files, which are shown once."""


def not_measured(found: RecordedVoice) -> list[Failure]:
    """What could not be measured; what was not handed over is not missing."""
    return [one for one in found.run.failures if one.detail not in NOT_HANDED_OVER]


def print_voice(found: RecordedVoice, reader: Reader) -> None:
    """Print the files, the figures, and what could not be measured."""
    console = out()
    console.print(Text(reader.text(N_("Recordings")), style="bold"))
    for said in _files(found, reader):
        console.print(Padding(Text(said), (0, 0, 0, 2)))
    console.print()
    if found.run.measurements:
        console.print(Text(reader.text(N_("The voice")), style="bold"))
        for line in _figures(found.run.measurements, reader):
            console.print(line)
    missing = not_measured(found)
    if missing:
        if found.run.measurements:
            console.print()
        console.print(Text(reader.text(N_("Could not be measured")), style="bold"))
        for title, why in _reasons(missing, reader):
            console.print(Padding(Text(f"? {title}"), (0, 0, 0, 2)))
            console.print(Padding(Text(why), (0, 0, 0, 4)))


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


def _figures(measurements: Sequence[Measurement], reader: Reader) -> Iterable[RenderableType]:
    """A line for each value, its columns under each other, and below it what belongs to it."""
    from readiness.report.evidence import cautions, facts
    from readiness.report.values import Vocabulary

    words = Vocabulary(None, reader)
    titles = [words.title(one.metric) for one in measurements]
    values = [words.found(one, None) for one in measurements]
    wide, long = max(map(cell_len, titles)), max(cell_len(shown) for shown, _ in values)
    for one, title, (shown, plus_minus) in zip(measurements, titles, values, strict=True):
        space = " " * (wide - cell_len(title) + long - cell_len(shown))
        yield Padding(Text(f"{title}{space}  {shown}  {plus_minus}"), (0, 0, 0, 2))
        summary = {k: v for k, v in one.evidence.summary.items() if k not in SHOWN_ABOVE}
        said = "; ".join(f"{name}: {value}" for name, value in facts(summary, reader))
        for line in (said, *cautions(summary, reader)):
            if line:
                yield Padding(Text(line, style="dim"), (0, 0, 0, 4))


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


def print_judged(report: Report, profile: Profile, reader: Reader) -> None:
    """Print the rows, under a headline that speaks of the voice alone."""
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


def print_hint(reader: Reader) -> None:
    """Print how to have it judged."""
    console = out()
    console.print()
    console.print(
        Text(
            reader.text(
                N_("To see whether that is good enough, name a list: --profile typical-voice")
            )
        )
    )
