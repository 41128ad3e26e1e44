"""A voice that breaks off as a telephone's does: then a cord that is known is no longer sure.

The headset is looked at before anybody speaks. What the voice tells later can take confidence away
from its link, and never adds any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from readiness.audio_link_words import DOUBT, HowSure, Link
from readiness.model.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.measurement import Failure

LINK: Final = "headset.link"
VOICE: Final = "voice.bandwidth"
NARROW: Final = "narrow-wall"
"""Only this one: wide walls are those of some corded headsets too."""


def doubted(
    found: Mapping[str, Measurement | Failure],
) -> Mapping[str, Measurement | Failure]:
    """The facts, with a known cord turned into one that cannot be seen where the voice says so."""
    link, voice = found.get(LINK), found.get(VOICE)
    if not (isinstance(link, Measurement) and isinstance(voice, Measurement)):
        return found
    if link.value != Link.USB_CORDED or voice.evidence.summary.get(DOUBT) != NARROW:
        return found
    summary = {**link.evidence.summary, "how_sure": HowSure.CANNOT_TELL.value, "why": NARROW}
    return {
        **found,
        LINK: msgspec.structs.replace(
            link,
            value=Link.USB_UNKNOWN.value,
            evidence=msgspec.structs.replace(link.evidence, summary=summary),
        ),
    }
