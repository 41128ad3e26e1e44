"""Codecs for which ITU-T G.113 publishes planning values; no other gets one here.

There is no value for Opus: G.113 has none, and figures published elsewhere stand on another scale
(fullband, R up to 148) that must not be mixed with this one.
"""

from __future__ import annotations

from dataclasses import dataclass

G113 = "ITU-T G.113 (2024), Appendix I"


@dataclass(frozen=True, kw_only=True)
class Codec:
    """One row of the tables.

    Attributes:
        name: What it is asked for by.
        title: Its name for people; not translated.
        ie: Equipment impairment factor.
        bpl: Packet-loss robustness factor; none where none is published: it can be rated without
            loss only.
        packet_ms: Speech in one packet, ms, for which ``bpl`` holds or which is usual.
        source: Where the values stand.
    """

    name: str
    title: str
    ie: float
    bpl: float | None
    packet_ms: float
    source: str = G113


G711_PLC = Codec(
    name="g711-plc", title="G.711 with packet loss concealment", ie=0, bpl=25.1, packet_ms=20
)
CODECS = {
    codec.name: codec
    for codec in (
        G711_PLC,
        Codec(
            name="g711",
            title="G.711 without packet loss concealment",
            ie=0,
            bpl=4.3,
            packet_ms=10,
        ),
        Codec(name="g726-32", title="G.726 at 32 kbit/s", ie=7, bpl=None, packet_ms=20),
        Codec(name="g728", title="G.728", ie=7, bpl=None, packet_ms=20),
        Codec(name="g729a", title="G.729A", ie=10, bpl=None, packet_ms=20),
        Codec(name="g729a-vad", title="G.729A with VAD", ie=11, bpl=19.0, packet_ms=20),
        Codec(
            name="g723.1-6.3-vad",
            title="G.723.1 at 6.3 kbit/s with VAD",
            ie=15,
            bpl=16.1,
            packet_ms=30,
        ),
        Codec(name="g723.1-5.3", title="G.723.1 at 5.3 kbit/s", ie=19, bpl=None, packet_ms=30),
        Codec(name="gsm-efr", title="GSM-EFR", ie=5, bpl=10.0, packet_ms=20),
    )
}
