"""The short facts of the evidence in words: one table for window, terminal, HTML and PDF.

Probes and line methods write ``summary`` keys; a test reads their sources and fails for a key that
is not here. What a newer or older program wrote and this table does not know is shown as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from readiness.audio_link_words import BASES, DOUBT, WHY
from readiness.model.line_method import LINE_METHODS
from readiness.model.measurement import NO_UNIT
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.measurement import Scalar


@dataclass(frozen=True, kw_only=True)
class Word:
    """How one key is shown; all texts are English source text.

    Attributes:
        title: A noun that stands before the value.
        unit: Unit of a number.
        scale: What a number is multiplied with to be in ``unit``.
        step: Smallest step worth showing, in ``unit``.
        codes: What stored codes mean; others are shown with spaces instead of hyphens.
        dull: The value that goes without saying.
    """

    title: str
    unit: str = NO_UNIT
    scale: float = 1
    step: float = 1
    codes: Mapping[str, str] = field(default_factory=dict)
    dull: Scalar | None = None


LOW, HIGH = "interval_low_percent", "interval_high_percent"
"""Both ends of the 95 % interval of a share, %; shown as the interval, not as facts."""

FELL_BACK, TRIED = "fell_back", "tried"
"""``method: why it failed`` of what was tried before, joined by semicolons."""

REPEATED = "repeated"
"""``step: why it could not be used`` of the attempts before, joined by semicolons."""

_NOT_TOLD_APART = N_("both directions together")

WORDS: Final[Mapping[str, Word]] = {
    # --- who was at the other end, and over what
    "server": Word(
        # Translators: what kind of server took part in the measurement.
        title=N_("Other end"),
        codes={
            **{method.id: method.title for method in LINE_METHODS},
            "serve": N_("a measuring server (readiness serve)"),
            "reflector": N_("a STAMP reflector"),
            "stun": N_("a public STUN server"),
            "any": N_("any server that takes connections"),
        },
    ),
    "protocol": Word(
        title=N_("Protocol"),
        codes={
            "stamp over udp": "STAMP, UDP",
            "stun over udp": "STUN, UDP",
            "http over tcp": "HTTP, TCP",
            "tcp handshake": N_("connections by TCP"),
        },
    ),
    "receipt": Word(
        # Translators: a receipt that the measuring server signs for what it saw itself.
        title=N_("Receipt of the measuring server"),
        codes={"given": N_("given"), "not-given": N_("not given")},
    ),
    "encrypted": Word(title=N_("Encrypted")),
    "method": Word(title=N_("Way of measuring")),
    # --- a call
    "direction": Word(
        # Translators: outgoing, incoming, or there and back.
        title=N_("Direction"),
        codes={
            "up": N_("outgoing"),
            "down": N_("incoming"),
            "round trip": N_("there and back"),
        },
    ),
    "sent": Word(title=N_("Packets sent")),
    "interval_ms": Word(
        # Translators: a duration follows, e.g. 20 ms
        title=N_("One packet every"),
        unit="ms",
        step=0.1,
    ),
    "payload_octets": Word(title=N_("Bytes in a packet")),
    "seconds": Word(title=N_("Duration"), unit="s", step=0.1),
    "lost": Word(title=N_("Packets lost this way")),
    "carried": Word(title=N_("Packets that went this way")),
    "directions_by": Word(
        title=N_("Directions told apart by"),
        codes={
            "report": N_("the server's own list of packets"),
            "sequence-numbers": N_("the server's numbering of packets"),
            "report-missing": _NOT_TOLD_APART,
            "report-wrong": _NOT_TOLD_APART,
            "reflector-stateless": _NOT_TOLD_APART,
            "numbers-unclear": _NOT_TOLD_APART,
        },
    ),
    "times_by": Word(
        # Translators: who looked at the clock when a packet arrived.
        title=N_("Arrival timed by"),
        codes={"system": N_("the operating system"), "program": N_("this program")},
    ),
    "peer_keeps_ms": Word(title=N_("Time at the server, taken off"), unit="ms", step=0.01),
    "longest_pause_ms": Word(title=N_("Longest pause between packets"), unit="ms", step=1),
    "strange_answers": Word(title=N_("Answers that did not fit, ignored"), dull=0),
    "not_sent": Word(title=N_("Packets that could not be sent"), dull=0),
    # --- the estimate of call quality
    "codec": Word(
        # Translators: the way in which speech is coded for a call.
        title=N_("Codec")
    ),
    "rating_r": Word(title=N_("Rating R of G.107"), step=0.1),
    "one_way_delay_ms": Word(title=N_("Delay from mouth to ear"), unit="ms", step=1),
    "loss_and_late_percent": Word(title=N_("Lost or too late"), unit="%", step=0.01),
    "burst_ratio": Word(
        # Translators: 1 if packets are lost at random, more if they are lost in runs.
        title=N_("Burst ratio"),
        step=0.01,
    ),
    "jitter_buffer_ms": Word(title=N_("Jitter buffer assumed"), unit="ms"),
    "packet_ms": Word(title=N_("Speech in a packet"), unit="ms"),
    # --- a transfer
    "streams": Word(title=N_("Connections at once")),
    "counted_by": Word(
        title=N_("Data counted by"),
        codes={"receiver": N_("the receiver"), "sender": N_("the sender, as confirmed")},
    ),
    "bytes": Word(title=N_("Data moved"), unit="MB", scale=1e-6, step=0.1),
    "warm_up_seconds": Word(title=N_("Left out at the start"), unit="s", step=0.1),
    "congestion_control": Word(
        # Translators: the rule by which the server's system sends faster or slower, e.g. cubic.
        title=N_("Congestion control of the server"),
        dull="unknown",
    ),
    "call_beside_mbit": Word(
        title=N_("Of it for the packets of a call beside"), unit="Mbit/s", step=0.01
    ),
    "processor_percent": Word(title=N_("Used of one processor core"), unit="%", step=0.1),
    # --- a long watch
    "transport": Word(
        title=N_("Kind of packets"),
        codes={
            "stamp": "STAMP, UDP",
            "stun": "STUN, UDP",
            "http": "HTTP, TCP",
            "tcp": N_("connections by TCP"),
        },
    ),
    "shortest_s": Word(
        # Translators: a shorter silence of the line does not count as a drop-out.
        title=N_("Shortest drop-out counted"),
        unit="s",
        step=0.1,
    ),
    "dropouts_at": Word(
        # Translators: when drop-outs began and how long they lasted, e.g. "63 s: 2.1 s".
        title=N_("Drop-outs at")
    ),
    "opened_anew": Word(title=N_("Connections opened anew"), dull=0),
    "depth_db": Word(
        # Translators: how far a radio signal must fall to count as a dip.
        title=N_("Depth of a dip"),
        unit="dB",
    ),
    "weakest_dbm": Word(title=N_("Weakest signal"), unit="dBm"),
    # --- the connection
    "evidence": Word(
        # Translators: the kind of device that a connection goes through.
        title=N_("Seen"),
        codes={
            "network-card": N_("a network card"),
            "wireless-device": N_("a Wi-Fi adapter"),
            "modem": N_("a modem for mobile networks"),
            "phone-by-usb": N_("a phone connected by USB"),
            "phone-or-adapter-by-usb": N_("a phone or an adapter connected by USB"),
            "no-hardware": N_("an adapter without hardware"),
            "virtual-machine": N_("the adapter of a virtual machine"),
            "vpn-adapter": N_("the adapter of a VPN"),
            "interface-down": N_("an adapter that is switched off"),
            "system-disagrees": N_("the system contradicts itself"),
        },
    ),
    "route": Word(
        # Translators: whose way through the network was looked at.
        title=N_("Way looked at"),
        codes={
            "server": N_("to the measuring server"),
            "default": N_("to the internet"),
        },
    ),
    "tunnel_over": Word(
        title=N_("Below the VPN"),
        codes={
            "ethernet": N_("network cable"),
            "wifi": N_("Wi-Fi"),
            "cellular": N_("mobile network"),
        },
    ),
    "vpn": Word(title=N_("Kind of VPN")),
    "source": Word(title=N_("Told by")),
    "asked": Word(title=N_("Settings asked")),
    "environment": Word(title=N_("Found in the environment")),
    "system": Word(title=N_("Found in the system's settings")),
    # --- interference on the way
    "issuer": Word(title=N_("Issuer of the certificate")),
    "hosts": Word(title=N_("Hosts looked at")),
    "proved": Word(title=N_("Hosts that proved to be themselves")),
    "replaced": Word(title=N_("Hosts in whose place another one answered")),
    # --- the computer
    "text": Word(title=N_("As the system words it")),
    "name": Word(title=N_("As the system names it")),
    "kind": Word(title=N_("Kind")),
    "model": Word(title=N_("Processor")),
    "until": Word(title=N_("Supported until")),
    "basis": Word(title=N_("By the table of")),
    "note": Word(title=N_("Note")),
    "screens": Word(title=N_("Screens")),
    "devices": Word(title=N_("Devices")),
    "buses": Word(title=N_("Connected by")),
    "product": Word(title=N_("Known as")),
    "rests_on": Word(
        # Translators: what the statement about the headset's connection rests on follows.
        title=N_("Rests on"),
        codes={basis.value: said for basis, said in BASES.items()},
    ),
    "highest_ghz": Word(title=N_("Highest clock"), unit="GHz", step=0.1),
    # --- the microphone
    "rate_hz": Word(title=N_("Samples a second")),
    "activity_percent": Word(title=N_("Share of speech"), unit="%"),
    "longest_ms": Word(title=N_("Longest interruption"), unit="ms"),
    "suppressed_db": Word(
        # Translators: how far the noise is held down while nobody speaks; was taken off the value.
        title=N_("Taken off for noise suppression"),
        unit="dB",
        step=0.1,
    ),
    "band": Word(
        # Translators: the class of telephony that a voice belongs to.
        title=N_("Sounds like"),
        codes={
            "narrow": N_("an old telephone (narrowband)"),
            "wide": N_("a good telephone (wideband)"),
            "super-wide": N_("a good video call (super-wideband)"),
            "full": N_("the voice itself (full band)"),
        },
    ),
    "fall_db": Word(
        # Translators: how steeply the sound ends at the upper end of its frequencies.
        title=N_("Steepest fall over 0.5 kHz"),
        unit="dB",
    ),
    "mains_hz": Word(title=N_("Frequency of the mains"), unit="Hz"),
    "dead_channel": Word(
        title=N_("Channel that carries nothing"),
        codes={"left": N_("left"), "right": N_("right"), "both": N_("both")},
    ),
    "link": Word(title=N_("Kind of connection"), codes={}),
    "least_db": Word(
        # Translators: a sound must stand out of the room's noise by so much to be counted.
        title=N_("Counted from"),
        unit="dB",
        step=0.1,
    ),
    "noises_at": Word(
        # Translators: when noises began, how long they lasted and how far they stood out of the
        # rest, e.g. "12.4 s: 0.8 s, +21 dB".
        title=N_("Noises at")
    ),
    "loss_db": Word(
        # Translators: how much weaker the echo of a tone was than the tone.
        title=N_("Loss on the way from earphone to microphone"),
        unit="dB",
        step=0.1,
    ),
    "at_least_db": Word(
        # Translators: an echo that is weaker than the tone by more than this is not noticed.
        title=N_("An echo would be noticed up to a loss of"),
        unit="dB",
        step=0.1,
    ),
    "delay_ms": Word(title=N_("Delay of the echo, the computer's included"), unit="ms"),
    "louder_side": Word(
        title=N_("Side with the louder echo"), codes={"left": N_("left"), "right": N_("right")}
    ),
    "output_volume_percent": Word(title=N_("Volume setting of the headset"), unit="%"),
    "gone_after_s": Word(title=N_("Seen to go after"), unit="s", step=0.1),
    "back_after_s": Word(title=N_("Seen to come back after"), unit="s", step=0.1),
    "seen": Word(
        title=N_("Seen while waiting"),
        codes={"still-there": N_("the headset, all the time")},
    ),
    # --- a telephone
    "tones_hz": Word(
        # Translators: the frequencies of a dial tone in hertz, e.g. "350 + 440".
        title=N_("Frequencies in Hz")
    ),
    "rhythm": Word(
        # Translators: whether a dial tone sounds without end or is interrupted.
        title=N_("Rhythm"),
        codes={
            "continuous": N_("without pauses"),
            "cadenced": N_("with the pauses of its country"),
        },
        dull="continuous",
    ),
    "tone_countries": Word(
        # Translators: two-letter codes of countries whose dial tone sounds like this.
        title=N_("Sounds so in")
    ),
    "tone_above_noise_db": Word(title=N_("Tone above the noise"), unit="dB", step=0.1),
    "keys_heard": Word(title=N_("Keys heard")),
    "tones_off_percent": Word(
        # Translators: how far the tones of telephone keys were off their nominal frequencies.
        title=N_("Tones off their frequency by at most"),
        unit="%",
        step=0.1,
    ),
    # --- skills to practise
    "practised_in": Word(
        # Translators: stands before the language that somebody practised in.
        title=N_("Language"),
        codes={"en": N_("English"), "de": N_("German"), "es": N_("Spanish")},
    ),
    "typed_characters": Word(title=N_("Characters typed")),
    "typed_errors": Word(title=N_("Errors left in the text")),
    "typed_s": Word(title=N_("Time of typing"), unit="s"),
    "typing_ended": Word(
        title=N_("Typing ended"),
        codes={"by-person": N_("by the person"), "time-over": N_("when the time was over")},
    ),
    "right_answers": Word(title=N_("Right answers")),
    # --- what went wrong
    "status": Word(title=N_("Status")),
    "errno": Word(title=N_("Number of the system's error"), dull=0),
    "hresult": Word(title=N_("Number of the system's error")),
    "tool": Word(title=N_("Program that was asked")),
    "topic": Word(title=N_("Asked for")),
    "error": Word(title=N_("Kind of error")),
}

SILENT: Final = frozenset(
    {
        # The sentence of the method, or a caution, says it already.
        "indicative",
        "single_stream",
        "silent",
        "unreached",
        "how_sure",
        "why",
        "listed_by",
        "ended_by",
        "limited_by_this_computer",
        "udp",
        "call_beside",
        "within_model",
        "echo_found",
        "hum_found",
        "suppressed",
        "codec_wall",
        DOUBT,
        "no_end_found",
        "pauses_gated",
        # The name of a text that nobody else knows.
        "passage",
        # Between two parts of the program only.
        "public_roots",
        # Shown in sentences of their own.
        LOW,
        HIGH,
        FELL_BACK,
        TRIED,
        REPEATED,
    }
)
"""Keys that are no facts of their own in front of people; the data file has them all."""

CAUTIONS: Final[Mapping[tuple[str, Scalar], str]] = {
    ("limited_by_this_computer", True): N_(
        "This computer was busy and may have been the limit instead of the line."
    ),
    ("suppressed", False): N_("No noise suppression was found."),
    ("suppressed", True): N_(
        "A program or the headset holds the noise down while nobody speaks. A caller hears more of "
        "it while you do."
    ),
    ("codec_wall", True): N_(
        "The sound ends so steeply that something digital cuts it off: a codec or a low sampling "
        "rate."
    ),
    (DOUBT, "narrow-wall"): WHY["narrow-wall"],
    (DOUBT, "wide-wall"): WHY["wide-wall"],
    ("no_end_found", True): N_(
        "No end was found: this is half of the sampling rate, above which there is nothing."
    ),
    ("hum_found", False): N_(
        "No hum was found. The range is where it may be: a louder one would have been found."
    ),
    ("echo_found", False): N_(
        "No echo was found. The range is where it may be: a louder one would have been found."
    ),
    ("pauses_gated", True): N_(
        "Between the words there is nothing at all, so there may be more than were found."
    ),
    ("ended_by", "budget"): N_("Ended early: the agreed amount of data was used up."),
    ("ended_by", "certain"): N_("Ended early: the answer was certain."),
    ("ended_by", "stopped"): N_("Stopped before its time."),
    ("ended_by", "server"): N_("The server ended the transfer."),
    ("udp", "udp-blocked"): N_(
        "Packets as in a call (UDP) did not come through, so web requests were timed instead."
    ),
    ("udp", "no-reflector"): N_(
        "The server has no part for test calls, so web requests were timed instead."
    ),
    ("within_model", False): N_(
        "So many packets are lost in such long runs that the model does not answer for it."
    ),
}
"""Key and value -> what a reader must know before believing the figure."""

GOES_WITHOUT_SAYING: Final = frozenset({"time", "through"})
"""How a measurement ends that was not ended by anything."""

# Translators: {why} is a sentence without its full stop.
ENDED_SAID: Final = N_("Ended early: {why}.")

# Translators: {why} is a sentence without its full stop.
ALONE_SAID: Final = N_("Without packets of a call beside it: {why}.")

# Translators: {tried} lists ways of measuring and why each failed.
FELL_BACK_SAID: Final = N_("Tried before, without success: {tried}")

# Translators: {steps} lists steps of a recording and why each was repeated.
REPEATED_SAID: Final = N_("Repeated before: {steps}")

HOST_OUTCOMES: Final[Mapping[str, str]] = {
    "reached": N_("reached"),
    "sent": N_("sent, without an answer"),
    "connection-refused": N_("refused"),
    "connection-reset": N_("cut off"),
    "connection-failed": N_("no connection"),
    "stalled": N_("no answer"),
    "dns-failure": N_("name not found"),
    "no-network": N_("no way to it"),
    "certificate-expired": N_("certificate out of date"),
    "certificate-name": N_("certificate of another host"),
    "certificate-untrusted": N_("certificate not trusted"),
    "tls-failure": N_("no encryption"),
}
"""How a host that was tried fared, in a few words."""
