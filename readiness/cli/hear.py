"""Hear yourself, in the terminal: after the check, on the headset, and saved only if asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err
from readiness.explain import detail_reason
from readiness.hearing import Ear
from readiness.model.errors import CannotMeasure, StorageError
from readiness.model.text import N_

if TYPE_CHECKING:
    from readiness.hearing import OwnVoice
    from readiness.locale import Reader

EARS = {"1": Ear.OWN, "2": Ear.A_LAW, "3": Ear.MU_LAW}
SAVE = "w"
# Translators: what can be chosen after a check; the numbers and the letter are typed.
CHOICES = (
    N_("Hear yourself? The recording is in memory only and is gone afterwards."),
    N_("  1 as recorded"),
    N_("  2 as the customer hears it, on a telephone line in Europe (A-law)"),
    N_("  3 as the customer hears it, in North America or Japan (µ-law)"),
    N_("  w save it as a WAV file"),
)


def offer_hearing(voice: OwnVoice, reader: Reader) -> None:
    """Play or save the recording as often as the person likes; Enter goes on."""
    heard = Ear.OWN
    for line in CHOICES:
        err().print(Text(reader.text(line)))
    ask = reader.text(N_("Type one of these and press Enter, or press Enter alone to go on"))
    while said := click.prompt(ask, default="", show_default=False, err=True).strip().lower():
        if said in EARS:
            heard = EARS[said]
            _play(voice, heard, reader)
        elif said == SAVE:
            _save(voice, heard, reader)


def _play(voice: OwnVoice, ear: Ear, reader: Reader) -> None:
    """Play to the end; Ctrl+C ends the playing and nothing else."""
    try:
        voice.playing(ear)()
    except KeyboardInterrupt:
        voice.stop()
    except CannotMeasure as why:
        reason = detail_reason(why.detail)
        words = [reason.what, reason.remedy] if reason is not None else [N_("It does not play.")]
        err().print(Text(" ".join(map(reader.text, words))))


def _save(voice: OwnVoice, ear: Ear, reader: Reader) -> None:
    ask = reader.text(N_("File"))
    written = click.prompt(ask, default="my-voice.wav", err=True)
    path = Path(os.path.expanduser(written))  # noqa: PTH111 - "~somebody" unknown stays as it is
    try:
        voice.save(path, ear)
    except StorageError as error:
        err().print(Text(str(error)))
    else:
        err().print(Text(reader.text(N_("Saved: {path}"), path=path)))
