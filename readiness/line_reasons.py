"""Why the line could not be measured, in words: what every backend and every line probe may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.model.text import N_
from readiness.ports import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_REASONS: Final[Mapping[str, Reason]] = {
    "no-consent": Reason(
        what=N_("You did not agree to a measurement over the network, so nothing was sent."),
        remedy=N_("Agree to it before the check, if you wish."),
    ),
    "no-server": Reason(
        what=N_("No measuring server was chosen."),
        remedy=N_("Enter the server that your employer named, or choose a public one."),
    ),
    "unknown-method": Reason(
        what=N_("This program cannot measure with the chosen method."),
        remedy=N_("Choose another one; “readiness check --help” names them."),
    ),
    "bad-address": Reason(
        what=N_("The address of the measuring server cannot be read."),
        remedy=N_("Write it like http://example.org:8080 or https://example.org."),
    ),
    "budget-spent": Reason(
        what=N_("The allowed amount of data was used up before there was a reliable figure."),
        remedy=N_("Allow more data for the measurement."),
    ),
    "dns-failure": Reason(
        what=N_("The name of the measuring server could not be found."),
        remedy=N_("Check the name and whether this computer is online."),
    ),
    "no-network": Reason(
        what=N_("There is no way from this computer to the measuring server."),
        remedy=N_("Check whether this computer is online."),
    ),
    "connection-refused": Reason(
        what=N_("The measuring server does not accept connections at that address."),
        remedy=N_("Check the address and port; ask whether the server is running."),
    ),
    "connection-reset": Reason(
        what=N_("The connection to the measuring server was cut."),
        remedy=N_("Try again; if it stays so, ask your network's administrator or employer."),
    ),
    "connection-failed": Reason(
        what=N_("The connection to the measuring server failed."),
        remedy=N_("Try again; a firewall on this computer may be in the way."),
    ),
    "tls-failure": Reason(
        what=N_("The encrypted connection could not be made safe."),
        remedy=N_(
            "Open a web page first, in case the network asks for a login. "
            "Check this computer's date and time."
        ),
    ),
    "captive-portal": Reason(
        what=N_("A login or notice page of the network answered instead of the server."),
        remedy=N_("Open a web page, log in to the network, then measure again."),
    ),
    "garbage-answer": Reason(
        what=N_("What answered at that address is not a measuring server."),
        remedy=N_("Check the address; a proxy or filter may be answering instead."),
    ),
    "other-protocol": Reason(
        what=N_("The measuring server speaks another version than this program."),
        remedy=N_("Use the same version of the program on both sides."),
    ),
    "refused-by-server": Reason(
        what=N_("The server refused to take part in the measurement."),
        remedy=N_("Try later or choose another server; a figure was not made up instead."),
    ),
    "server-busy": Reason(
        what=N_("The server has too much to do or has had too many requests."),
        remedy=N_("Wait some minutes and measure again."),
    ),
    "stalled": Reason(
        what=N_("Nothing arrived for several seconds, so the measurement was ended."),
        remedy=N_("Check the connection and try again."),
    ),
    "truncated": Reason(
        what=N_("The transfer ended before it was complete."),
        remedy=N_("Try again; a proxy or filter may be cutting long transfers."),
    ),
    "unconfirmed": Reason(
        what=N_("The server did not confirm that it received any of the data."),
        remedy=N_("Try again or choose another server."),
    ),
    "cached-answer": Reason(
        what=N_("A store of the network answered instead of the measuring server."),
        remedy=N_("Switch a proxy off, or choose a server whose address begins with https."),
    ),
    "server-clock": Reason(
        what=N_("The clock of the measuring server does not run as it should."),
        remedy=N_("Choose another server; its figures would be wrong."),
    ),
    "no-method-worked": Reason(
        # Translators: {tried} lists methods and why each failed, e.g. "ndt7: server-busy".
        what=N_("None of the ways that you agreed to worked: {tried}."),
        remedy=N_("Try again later, or name your employer's measuring server."),
    ),
    "iperf3-missing": Reason(
        what=N_("The program iperf3, which this way of measuring needs, is not installed."),
        remedy=N_("Install iperf3, or choose another way of measuring."),
    ),
    "iperf3-failed": Reason(
        what=N_("The program iperf3 ended with an error."),
        remedy=N_("Ask whoever runs the iperf3 server, or choose another way of measuring."),
    ),
    "no-peer": Reason(
        what=N_("No public measuring server answered properly."),
        remedy=N_("Try later or use your employer's measuring server."),
    ),
    "helper-ended": Reason(
        what=N_("The part of the program that measures the line ended unexpectedly."),
        remedy=N_("Try again; the log has the details."),
    ),
}

# Translators: "packet" is a small piece of data, many of which make up a call.
CALL_REASONS: Final[Mapping[str, Reason]] = {
    "no-call-beside": Reason(
        what=N_("This way of measuring sends no call while data flows."),
        remedy=N_("Use your employer's measuring server, if there is one."),
    ),
    "method-has-no-call": Reason(
        what=N_("The chosen way of measuring has nobody at the other end for a test call."),
        remedy=N_("Use your employer's measuring server, if there is one."),
    ),
    "udp-blocked": Reason(
        what=N_(
            "The small packets of a call (UDP) do not pass between this computer and the server, "
            "though web pages do. Calls over the internet may fail here."
        ),
        remedy=N_(
            "Look whether a firewall, VPN or guest network is in the way, then measure again; "
            "show this to your employer."
        ),
    ),
    "no-reflector": Reason(
        what=N_("The measuring server has no part for test calls."),
        remedy=N_("Ask whoever runs it to open its UDP port, or to bring it up to date."),
    ),
    "no-answer": Reason(
        what=N_("No packet of the test call was answered."),
        remedy=N_("Check the address and whether a firewall blocks UDP."),
    ),
    "round-trip-only": Reason(
        what=N_("A public server of this kind tells only both directions together."),
        remedy=N_("Use your employer's measuring server, if there is one."),
    ),
    "tcp-hides-loss": Reason(
        what=N_("Over this kind of connection lost packets are sent again and only show as delay."),
        remedy=N_("Use your employer's measuring server, if there is one."),
    ),
    "too-few-answers": Reason(
        what=N_("Too few packets were answered for a reliable figure."),
        remedy=N_("Check the connection and measure again."),
    ),
    "peer-clock-wrong": Reason(
        what=N_("The server's times contradict each other, so nothing was worked out from them."),
        remedy=N_("Measure again; if it stays so, tell whoever runs the server."),
    ),
    "report-missing": Reason(
        what=N_("The server did not say which packets reached it."),
        remedy=N_("Measure again; if it stays so, tell whoever runs the server."),
    ),
    "report-wrong": Reason(
        what=N_("The server's account of the packets contradicts what was seen here."),
        remedy=N_("Measure again; if it stays so, tell whoever runs the server."),
    ),
    "reflector-stateless": Reason(
        what=N_("The server does not count packets, so the directions cannot be told apart."),
        remedy=N_("Use a measuring server that counts, such as this program's own."),
    ),
    "numbers-unclear": Reason(
        what=N_("The server's counting leaves open in which direction packets were lost."),
        remedy=N_("Measure again, or use this program's own measuring server."),
    ),
    "shorter-than-15-s": Reason(
        what=N_("The test call lasted less than 15 seconds."),
        remedy=N_("Measure again for longer."),
    ),
}
"""What only a test call can fail with, or cannot tell."""
