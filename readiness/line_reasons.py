"""Why the line could not be measured, in words: what every backend and every line probe may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.advice import internet, places
from readiness.model.measurement import Cost, Tip
from readiness.model.text import N_
from readiness.ports import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVER = Tip(
    Cost.ASK, N_("Ask the employer which measuring server to use and whether it is running.")
)
OWNER = Tip(Cost.ASK, N_("Ask whoever runs this network to let such connections through."))
ROUTER = Tip(
    Cost.FREE, N_("Switch the router off for half a minute and on again, and see its lights.")
)

LINE_REASONS: Final[Mapping[str, Reason]] = {
    "no-consent": Reason(
        what=N_("You did not agree to a measurement over the network, so nothing was sent."),
        remedy=N_("Agree to it before the check, if you wish."),
        cost=None,
    ),
    "no-server": Reason(
        what=N_("No measuring server was chosen."),
        remedy=N_("Enter the server that your employer named, or choose a public one."),
        tips=(SERVER,),
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
        where=places.WIFI,
        tips=(SERVER,),
    ),
    "no-network": Reason(
        what=N_("There is no way from this computer to the measuring server."),
        remedy=N_("Check whether this computer is online."),
        where=places.WIFI,
        tips=(ROUTER, internet.PROVIDER),
    ),
    "connection-refused": Reason(
        what=N_("The measuring server does not accept connections at that address."),
        remedy=N_("Check the address and port; ask whether the server is running."),
        tips=(SERVER,),
    ),
    "connection-reset": Reason(
        what=N_("The connection to the measuring server was cut."),
        remedy=N_("Try again; if it stays so, ask your network's administrator or employer."),
        where=places.FIREWALL,
    ),
    "connection-failed": Reason(
        what=N_("The connection to the measuring server failed."),
        remedy=N_("Try again; a firewall on this computer may be in the way."),
        where=places.FIREWALL,
        tips=(internet.VPN_OFF, SERVER),
    ),
    "tls-failure": Reason(
        what=N_("The encrypted connection could not be made safe."),
        remedy=N_(
            "Open a web page first, in case the network asks for a login. "
            "Check this computer's date and time."
        ),
        where=places.CLOCK,
        tips=(internet.VPN_OFF, SERVER),
    ),
    "captive-portal": Reason(
        what=N_("A login or notice page of the network answered instead of the server."),
        remedy=N_("Open a web page, log in to the network, then measure again."),
        tips=(OWNER,),
    ),
    "garbage-answer": Reason(
        what=N_("What answered at that address is not a measuring server."),
        remedy=N_("Check the address; a proxy or filter may be answering instead."),
        where=places.PROXY,
        tips=(SERVER,),
    ),
    "other-protocol": Reason(
        what=N_("The measuring server speaks another version than this program."),
        remedy=N_("Use the same version of the program on both sides."),
        tips=(SERVER,),
    ),
    "refused-by-server": Reason(
        what=N_("The server refused to take part in the measurement."),
        remedy=N_("Try later or choose another server; a figure was not made up instead."),
        tips=(SERVER,),
    ),
    "server-busy": Reason(
        what=N_("The server has too much to do or has had too many requests."),
        remedy=N_("Wait some minutes and measure again."),
        tips=(SERVER,),
    ),
    "stalled": Reason(
        what=N_("Nothing arrived for several seconds, so the measurement was ended."),
        remedy=N_("Check the connection and try again."),
        tips=(internet.NEARER, internet.CABLE, internet.PROVIDER),
    ),
    "truncated": Reason(
        what=N_("The transfer ended before it was complete."),
        remedy=N_("Try again; a proxy or filter may be cutting long transfers."),
        where=places.PROXY,
        tips=(internet.CABLE, internet.PROVIDER),
    ),
    "unconfirmed": Reason(
        what=N_("The server did not confirm that it received any of the data."),
        remedy=N_("Try again or choose another server."),
        tips=(SERVER,),
    ),
    "cached-answer": Reason(
        what=N_("A store of the network answered instead of the measuring server."),
        remedy=N_("Switch a proxy off, or choose a server whose address begins with https."),
        where=places.PROXY,
    ),
    "server-clock": Reason(
        what=N_("The clock of the measuring server does not run as it should."),
        remedy=N_("Choose another server; its figures would be wrong."),
        tips=(SERVER,),
    ),
    "no-method-worked": Reason(
        # Translators: {tried} lists methods and why each failed, e.g. "ndt7: server-busy".
        what=N_("None of the ways that you agreed to worked: {tried}."),
        remedy=N_("Try again later, or name your employer's measuring server."),
        tips=(SERVER,),
    ),
    "iperf3-missing": Reason(
        what=N_("The program iperf3, which this way of measuring needs, is not installed."),
        remedy=N_("Install iperf3, or choose another way of measuring."),
    ),
    "iperf3-failed": Reason(
        what=N_("The program iperf3 ended with an error."),
        remedy=N_("Ask whoever runs the iperf3 server, or choose another way of measuring."),
        cost=Cost.ASK,
    ),
    "no-peer": Reason(
        what=N_("No public measuring server answered properly."),
        remedy=N_("Try later or use your employer's measuring server."),
        tips=(SERVER,),
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
        tips=(SERVER,),
    ),
    "method-has-no-call": Reason(
        what=N_("The chosen way of measuring has nobody at the other end for a test call."),
        remedy=N_("Use your employer's measuring server, if there is one."),
        tips=(SERVER,),
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
        where=places.FIREWALL,
        tips=(internet.VPN_OFF, OWNER),
    ),
    "no-reflector": Reason(
        what=N_("The measuring server has no part for test calls."),
        remedy=N_("Ask whoever runs it to open its UDP port, or to bring it up to date."),
        cost=Cost.ASK,
    ),
    "no-answer": Reason(
        what=N_("No packet of the test call was answered."),
        remedy=N_("Check the address and whether a firewall blocks UDP."),
        where=places.FIREWALL,
        tips=(internet.VPN_OFF, SERVER),
    ),
    "round-trip-only": Reason(
        what=N_("A public server of this kind tells only both directions together."),
        remedy=N_("Use your employer's measuring server, if there is one."),
        tips=(SERVER,),
    ),
    "tcp-hides-loss": Reason(
        what=N_("Over this kind of connection lost packets are sent again and only show as delay."),
        remedy=N_("Use your employer's measuring server, if there is one."),
        tips=(SERVER,),
    ),
    "too-few-answers": Reason(
        what=N_("Too few packets were answered for a reliable figure."),
        remedy=N_("Check the connection and measure again."),
        tips=(internet.NEARER, internet.CABLE, internet.PROVIDER),
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
        tips=(SERVER,),
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
