"""``readiness voice``: the metrics of the voice from recordings made elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.text import Text

from readiness.cli.console import err, print_json
from readiness.cli.root import Exit, cli, exit_of, make_engine, with_json, with_language
from readiness.cli.voice_shown import not_measured, print_hint, print_judged, print_voice
from readiness.foreign import clean
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.storage import write_whole
from readiness.voice_metrics import ECHO, METRICS

if TYPE_CHECKING:
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.recorded_voice import RecordedVoice

LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000
_file = click.Path(path_type=Path)


@cli.command(epilog="Example: readiness voice silence.wav reading.flac --profile typical-voice")
@click.argument("silence", metavar="SILENCE.wav", type=_file)
@click.argument("reading", metavar="SPEECH.wav", type=_file)
@click.option(
    "--played",
    type=_file,
    default=None,
    metavar="P.wav",
    help="What readiness sweep wrote and you played.",
)
@click.option(
    "--heard",
    type=_file,
    default=None,
    metavar="H.wav",
    help="What the microphone heard meanwhile, recorded for two seconds longer.",
)
@click.option(
    "--profile", "reference", default="", metavar="ID|FILE", help="Judge it against this list."
)
@with_json
@with_language
def voice(
    *,
    silence: Path,
    reading: Path,
    played: Path | None,
    heard: Path | None,
    reference: str,
    as_json: bool,
    language: str,
) -> Exit:
    """Measure the voice in recordings made elsewhere.

    SILENCE.wav: five seconds in which nobody speaks. SPEECH.wav: ten seconds of reading aloud, with
    the same microphone and settings. WAV, FLAC or Ogg, 8 to 192 kHz, mono or stereo, unedited.
    """
    if (played is None) != (heard is None):
        raise click.UsageError("--played and --heard belong together: name both or none.")
    sweep = None if played is None or heard is None else (played, heard)
    engine, reader = make_engine(), Reader(language)
    profile = _narrowed(engine.profile(reference)) if reference else None
    found = engine.voice(silence, reading, sweep)
    report = None if profile is None else engine.judge(found.session, profile)
    if as_json:
        print_json(_document(found, report))
    else:
        print_voice(found, reader)
        if report is None or profile is None:
            print_hint(reader)
        else:
            print_judged(report, profile, reader)
    if report is not None:
        return exit_of([report.overall])
    return Exit.OPEN if not_measured(found) else Exit.READY


@cli.command(epilog="Example: readiness sweep sweep.wav --rate 48000")
@click.argument("file", metavar="FILE.wav", type=_file)
@click.option(
    "--rate",
    default=48_000,
    show_default=True,
    type=click.IntRange(LOWEST_RATE, HIGHEST_RATE),
    metavar="HZ",
    help="Samples a second, as of the recording that you make of it.",
)
@with_json
@with_language
def sweep(*, file: Path, rate: int, as_json: bool, language: str) -> Exit:
    """Write the test tone for the echo: play it, record meanwhile.

    Then: readiness voice SILENCE.wav SPEECH.wav --played FILE.wav --heard RECORDED.wav
    """
    write_whole(file, make_engine().sweep(rate))
    if as_json:
        print_json({"written": [str(file)]})
    else:
        said = Reader(language).text(N_("Written: {path}"), path=file)
        err().print(Text(said), soft_wrap=True)
    return Exit.READY


def _narrowed(profile: Profile) -> Profile:
    """The profile with only what recordings can answer."""
    own = {metric.id for metric in (*METRICS, ECHO)}
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
