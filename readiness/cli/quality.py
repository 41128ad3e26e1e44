"""The call-quality estimate alone: ``mos``."""

from __future__ import annotations

import click
from rich.text import Text

from readiness.cli.console import key_values, out, print_json
from readiness.cli.root import Exit, cli, with_json, with_language
from readiness.dsp.call_quality import connection, within_model
from readiness.dsp.codec import CODECS, G711_PLC, Codec
from readiness.dsp.e_model import Rating, rate
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.text import N_

LONGEST_MS, LARGEST_BURST = 10_000.0, 1000.0


@cli.command(epilog="Example: readiness mos --delay 150 --loss 2 --codec g711-plc")
@click.option(
    "--delay",
    required=True,
    type=click.FloatRange(0, LONGEST_MS),
    metavar="MS",
    help="One way, from mouth to ear, in milliseconds.",
)
@click.option(
    "--loss",
    required=True,
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Packets lost or too late, in percent.",
)
@click.option(
    "--burst",
    default=1.0,
    show_default=True,
    type=click.FloatRange(1, LARGEST_BURST),
    metavar="R",
    help="Burst ratio: 1 is loss at random.",
)
@click.option(
    "--codec",
    "name",
    default=G711_PLC.name,
    show_default=True,
    type=click.Choice(list(CODECS)),
    metavar="NAME",
    help=f"One of {', '.join(CODECS)}.",
)
@with_json
@with_language
def mos(
    *, delay: float, loss: float, burst: float, name: str, as_json: bool, language: str
) -> Exit:
    """Estimate the quality of a call after ITU-T G.107.

    For transmission planning: it does not say what one person thinks of one call.
    """
    codec = CODECS[name]
    for option, value in (("--delay", delay), ("--loss", loss), ("--burst", burst)):
        _finite(option, value)
    rating = _rated(delay, loss, burst, codec)
    valid = within_model(loss, burst)
    if as_json:
        print_json(_document(rating, codec, delay=delay, loss=loss, burst=burst, valid=valid))
        return Exit.READY
    reader = Reader(language)
    rows = [
        (reader.text(N_("MOS, estimated")), reader.quantity(rating.mos, "-", 0.01)),
        (reader.text(N_("Rating R")), reader.quantity(rating.r, "-", 0.1)),
        (reader.text(N_("Codec")), codec.title),
        (reader.text(N_("Source of the codec's values")), codec.source),
    ]
    out().print(key_values(rows))
    if not valid:
        out().print(
            Text(reader.text(N_("G.107 does not answer for bursts like these; take it as a hint.")))
        )
    return Exit.READY


def _finite(option: str, value: float) -> None:
    """Not-a-number passes click's ranges."""
    if value != value:  # noqa: PLR0124 - only not-a-number differs from itself
        raise InputError(
            "mos-number",
            N_("This is no number."),
            where=option,
            hint=N_("Write digits, for example 150 or 0.5."),
        )


def _rated(delay: float, loss: float, burst: float, codec: Codec) -> Rating:
    try:
        return rate(connection(delay_ms=delay, loss=loss, burst=burst, codec=codec))
    except ValueError as error:
        raise InputError(
            "mos-codec-without-loss",
            N_("How {codec} bears lost packets is not published, so it is not estimated."),
            where=f"--codec {codec.name}",
            hint=N_("Use --loss 0, or another codec."),
            codec=codec.title,
        ) from error


def _document(
    rating: Rating, codec: Codec, *, delay: float, loss: float, burst: float, valid: bool
) -> dict[str, object]:
    return {
        "mos": round(rating.mos, 4),
        "r": round(rating.r, 3),
        "ro": round(rating.ro, 3),
        "is": round(rating.simultaneous, 3),
        "id": round(rating.delay, 3),
        "ie_eff": round(rating.equipment, 3),
        "codec": codec.name,
        "codec_title": codec.title,
        "codec_source": codec.source,
        "delay_ms": delay,
        "loss_percent": loss,
        "burst_ratio": burst,
        "within_model": valid,
    }
