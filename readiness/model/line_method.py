"""The ways to measure a line: who is at the other end, what they learn, what they publish.

What a person agrees to before any of it is contacted. ``docs/methods/backends.md`` has the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from readiness.model.text import N_

STUN_SERVERS = "stun.cloudflare.com:3478,stun.l.google.com:19302"
"""With public methods the stream of a call goes to the first of these that answers."""

PUBLIC_INTRODUCTION = N_(
    "Public servers are tried in this order until one works. For the call quality, small packets "
    "go to Cloudflare and Google (stun.cloudflare.com, stun.l.google.com), which see your internet "
    "address too."
)


@dataclass(frozen=True, kw_only=True)
class LineMethod:
    """One method; all texts are English source text.

    Attributes:
        id: As ``--method`` and the evidence name it.
        title: Short name.
        evidence: How its figures come about, one sentence.
        who: Who runs its public servers; empty where it has none.
        learns: What they learn.
        publishes: What they publish.
        takes_server: Whether a server can be named.
        needs_server: Whether one must be.
        suggested: Whether it is chosen before the person has said anything.
    """

    id: str
    title: str
    evidence: str
    who: str = ""
    learns: str = ""
    publishes: str = ""
    takes_server: bool = True
    needs_server: bool = True
    suggested: bool = False


LINE_METHODS: tuple[LineMethod, ...] = (
    LineMethod(
        id="serve",
        title="readiness serve",
        evidence=N_(
            "Several connections at once to a measuring server; data counted where it arrives"
        ),
    ),
    LineMethod(
        id="cloudflare",
        title="Cloudflare",
        evidence=N_(
            "Several connections at once to a Cloudflare-like server; an upload is counted by "
            "confirmed parts"
        ),
        who=N_("Run by Cloudflare, Inc."),
        learns=N_("It sees your internet address and when you measured."),
        publishes=N_("This program reports no results to it; it publishes sums for whole regions."),
        needs_server=False,
        suggested=True,
    ),
    LineMethod(
        id="ndt7",
        title="M-Lab (ndt7)",
        evidence=N_("A single connection after ndt7; reads low above about 200 Mbit/s"),
        who=N_("Run by Measurement Lab with Google and many hosts of servers."),
        learns=N_("It sees your internet address and your results."),
        publishes=N_(
            "It publishes every result together with your internet address, for everyone, forever."
        ),
        needs_server=False,
    ),
    LineMethod(
        id="librespeed",
        title="LibreSpeed",
        evidence=N_(
            "Several connections at once to a LibreSpeed server; an upload is counted by "
            "confirmed parts"
        ),
    ),
    LineMethod(
        id="iperf3",
        title="iperf3",
        evidence=N_("The program iperf3 with several connections; data counted where it arrives"),
    ),
    LineMethod(
        id="speedtest-cli",
        title="speedtest.net",
        evidence=N_(
            "Indicative: the package speedtest-cli and a public server; reads low on fast lines"
        ),
        who=N_("Run by Ookla and its partners; often reads low."),
        learns=N_("They see your internet address and your kind of system."),
        publishes=N_("This program reports no results to them."),
        takes_server=False,
        needs_server=False,
        suggested=True,
    ),
)
"""Of the public ones the best first."""

PUBLIC_METHODS = tuple(method for method in LINE_METHODS if method.who)
SERVER_METHODS = tuple(method for method in LINE_METHODS if method.takes_server)


def line_method(method_id: str) -> LineMethod | None:
    """The method of that id; none if there is no such."""
    return next((method for method in LINE_METHODS if method.id == method_id), None)
