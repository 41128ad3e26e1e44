"""The E-model of ITU-T G.107 (06/2015): how a telephone conversation is rated on paper.

Rating R (0 to 100) and MOS-CQE (1 to 4.5) of a narrow-band connection. G.107 calls itself a tool
for transmission planning, not a prediction of what one listener says. Every term names its clause
of the Recommendation. See ``docs/methods/call-quality.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

LOWEST_STMR, HIGHEST_STMR = 9.0, 20.0
"""Outside these, talker echo and sidetone act on each other, clause 7.4."""

MONOTONIC_R = 6.5
"""Below this R the polynomial of Annex B goes below 1 and turns; it is read as MOS 1."""

HIGHEST_MOS = 4.5


@dataclass(frozen=True, kw_only=True)
class Connection:
    """The parameters of Table 2 with their default values; levels in dB, delays in ms.

    Attributes:
        slr: Send loudness rating.
        rlr: Receive loudness rating.
        stmr: Sidetone masking rating.
        ds: D-value of the telephone, send side.
        dr: D-value of the telephone, receive side.
        telr: Talker echo loudness rating.
        wepl: Weighted echo path loss.
        t: Mean one-way delay of the echo path, ms.
        tr: Round-trip delay in a four-wire loop, ms.
        ta: Absolute delay from mouth to ear in echo-free connections, ms.
        qdu: Quantisation distortion units.
        ie: Equipment impairment factor of the codec.
        bpl: Packet-loss robustness factor of the codec.
        ppl: Packets lost at random, %.
        burst: Burst ratio: mean length of the runs of lost packets over that of random loss.
        nc: Circuit noise at the 0 dBr point, dBm0p.
        nfor: Noise floor at the receive side, dBmp.
        ps: Room noise at the send side, dB(A).
        pr: Room noise at the receive side, dB(A).
        mt: Delay that is just noticed, ms.
        st: Sensitivity to delay.
        a: Advantage of access; 0 for a fixed line.
    """

    slr: float = 8.0
    rlr: float = 2.0
    stmr: float = 15.0
    ds: float = 3.0
    dr: float = 3.0
    telr: float = 65.0
    wepl: float = 110.0
    t: float = 0.0
    tr: float = 0.0
    ta: float = 0.0
    qdu: float = 1.0
    ie: float = 0.0
    bpl: float = 4.3
    ppl: float = 0.0
    burst: float = 1.0
    nc: float = -70.0
    nfor: float = -64.0
    ps: float = 35.0
    pr: float = 35.0
    mt: float = 100.0
    st: float = 1.0
    a: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Rating:
    """What the model gives: R = Ro - Is - Id - Ie,eff + A, clause 7.1."""

    ro: float
    simultaneous: float
    delay: float
    equipment: float
    r: float

    @property
    def mos(self) -> float:
        """MOS-CQE of ``r``."""
        return mos_of(self.r)


def rate(line: Connection) -> Rating:
    """Rate a connection."""
    ro = _basic(line)
    ist = _sidetone(line)
    simultaneous = _too_loud(line) + ist + _quantising(line, ro)
    delay = _talker_echo(line, ist) + _listener_echo(line, ro) + absolute_delay(line)
    equipment = effective_equipment(line)
    r = ro - simultaneous - delay - equipment + line.a
    return Rating(ro=ro, simultaneous=simultaneous, delay=delay, equipment=equipment, r=r)


def mos_of(r: float) -> float:
    """R -> MOS-CQE, Annex B, 1 to 4.5."""
    if r < MONOTONIC_R:
        return 1.0
    if r >= 100:  # noqa: PLR2004 - end of the scale
        return HIGHEST_MOS
    return max(1.0, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)


def _noise(line: Connection) -> float:
    """No: all noise at the 0 dBr point, dBm0p, clause 7.2."""
    olr = line.slr + line.rlr
    lstr = line.stmr + line.dr
    send = line.ps - line.slr - line.ds - 100 + 0.004 * (line.ps - olr - line.ds - 14) ** 2
    room = line.pr + 10 * math.log10(1 + 10 ** ((10 - lstr) / 10))
    receive = line.rlr - 121 + room + 0.008 * (room - 35) ** 2
    floor = line.nfor + line.rlr
    return 10 * math.log10(sum(10 ** (level / 10) for level in (line.nc, send, receive, floor)))


def _basic(line: Connection) -> float:
    """Ro: signal to noise, clause 7.2."""
    return 15 - 1.5 * (line.slr + _noise(line))


def _too_loud(line: Connection) -> float:
    """Iolr: too low a loudness rating, clause 7.3."""
    x = line.slr + line.rlr + 0.2 * (64 + _noise(line) - line.rlr)
    return 20 * (math.pow(1 + (x / 8) ** 8, 1 / 8) - x / 8)


def _sidetone(line: Connection) -> float:
    """Ist: sidetone that is not optimal, clause 7.3."""
    echo = math.exp(-line.t / 4) * 10 ** (-line.telr / 10)
    x = -10 * math.log10(10 ** (-line.stmr / 10) + echo)
    low = 12 * math.pow(1 + ((x - 13) / 6) ** 8, 1 / 8)
    middle = 28 * math.pow(1 + ((x + 1) / 19.4) ** 35, 1 / 35)
    high = 13 * math.pow(1 + ((x - 3) / 33) ** 13, 1 / 13)
    return low - middle - high + 29


def _quantising(line: Connection, ro: float) -> float:
    """Iq: quantising distortion, clause 7.3."""
    q = 37 - 15 * math.log10(line.qdu)
    g = 1.07 + 0.258 * q + 0.0602 * q**2
    y = (ro - 100) / 15 + 46 / 8.4 - g / 9
    z = 46 / 30 - g / 40
    return 15 * math.log10(1 + 10**y + 10**z)


def _talker_echo(line: Connection, ist: float) -> float:
    """Idte: the talker's own echo, clause 7.4."""
    if line.t < 1:
        return 0.0
    later = 40 * math.log10((1 + line.t / 10) / (1 + line.t / 150))
    terv = line.telr - later + 6 * math.exp(-0.3 * line.t**2)
    if line.stmr < LOWEST_STMR:
        terv += ist / 2
    roe = -1.5 * (_noise(line) - line.rlr)
    half = (roe - (80 + 2.5 * (terv - 14))) / 2
    found = (half + math.sqrt(half**2 + 100) - 1) * (1 - math.exp(-line.t))
    return math.hypot(found, ist) if line.stmr > HIGHEST_STMR else found


def _listener_echo(line: Connection, ro: float) -> float:
    """Idle: echo that the listener hears, clause 7.4."""
    rle = 10.5 * (line.wepl + 7) * math.pow(line.tr + 1, -0.25)
    half = (ro - rle) / 2
    return half + math.sqrt(half**2 + 169)


def absolute_delay(line: Connection) -> float:
    """Idd: so late that people interrupt each other, clause 7.4."""
    if line.ta <= line.mt:
        return 0.0
    x = math.log2(line.ta / line.mt)
    power = 6 * line.st
    near = math.pow(1 + math.pow(x, power), 1 / power)
    far = math.pow(1 + math.pow(x / 3, power), 1 / power)
    return 25 * (near - 3 * far + 2)


def effective_equipment(line: Connection) -> float:
    """Ie,eff: the codec and the packets that it lost, clause 7.5."""
    if line.ppl <= 0:
        return line.ie
    return line.ie + (95 - line.ie) * line.ppl / (line.ppl / line.burst + line.bpl)
