"""The E-model beside published numbers: ``python -m bench.call_quality``.

Published: J. Rozhon, M. Voznak, VSB-TUO course 440-2216, lecture 05, on ITU-T G.107 06/2015; row 2
from G.107 Annex B as quoted in the Mitel MX-ONE guide and in the tables of G.109. Exit status 1
where R is off by more than 0.1 or MOS by more than 0.01.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from readiness.dsp.call_quality import connection
from readiness.dsp.codec import CODECS
from readiness.dsp.e_model import Connection, effective_equipment, mos_of, rate

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_R, MOST_MOS = 0.1, 0.01
Row = tuple[str, str, float, float, float]
"""Number, quantity, published, ours, the most that they may be apart."""


def rows() -> Iterator[Row]:
    """Every published number with ours."""
    plain = rate(Connection())
    yield "1", "Ro, defaults", 94.77, plain.ro, MOST_R
    yield "1", "Is, defaults", 1.41, plain.simultaneous, MOST_R
    yield "1", "Id, defaults", 0.15, plain.delay, MOST_R
    yield "1", "R, defaults", 93.2, plain.r, MOST_R
    yield "1", "MOS, defaults", 4.41, plain.mos, MOST_MOS
    for grade, mos in ((90, 4.34), (80, 4.03), (70, 3.60), (60, 3.10), (50, 2.58)):
        yield "2", f"MOS at R = {grade}", mos, mos_of(grade), MOST_MOS
    for row, name, ie, r, mos in (
        ("4", "g729a-vad", 19.0, 70.5, 3.62),
        ("5", "g711-plc", 7.0, 82.5, 4.12),
    ):
        found = rate(connection(delay_ms=150, loss=2, codec=CODECS[name]))
        if row == "4":
            yield "3", "Id, 150 ms, TELR 65", 3.8, found.delay, MOST_R
        yield row, f"Ie,eff {name}, 2 %, 150 ms", ie, found.equipment, MOST_R
        yield row, f"R {name}, 2 %, 150 ms", r, found.r, MOST_R
        yield row, f"MOS {name}, 2 %, 150 ms", mos, found.mos, MOST_MOS
    for row, name, loss, burst, published in (
        ("6", "g729a-vad", 8, 1, 35.9),
        ("6", "g729a-vad", 16, 1, 49.4),
        ("7", "gsm-efr", 5, 1, 35.0),
        ("7", "g711-plc", 10, 1, 27.1),
        ("7", "g711", 1, 1, 17.9),
        ("8", "g711", 2, 2, 35.8),
        ("8", "g711", 2, 1, 30.2),
        ("8", "g711-plc", 2, 2, 7.3),
        ("8", "g711-plc", 2, 1, 7.0),
    ):
        line = connection(delay_ms=0, loss=loss, burst=burst, codec=CODECS[name])
        quantity = f"Ie,eff {name}, {loss} %, BurstR {burst}"
        yield row, quantity, published, effective_equipment(line), MOST_R
    yield "9", "MOS at R = 3, where the curve turns", 1.0, mos_of(3), MOST_MOS


def main() -> int:
    """Print the table; 1 if something is off."""
    worst = 0
    print("| Row | Quantity | Published | Ours | Apart |")
    print("|---|---|---|---|---|")
    for row, quantity, published, ours, most in rows():
        apart = ours - published
        worst |= abs(apart) > most
        print(f"| {row} | {quantity} | {published:g} | {ours:.3f} | {apart:+.3f} |")
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
