"""The metrics of the connection, each with its fix ladder."""

from __future__ import annotations

from msgspec import structs

from readiness.advice import internet, places
from readiness.model.measurement import Cause, Cost, Fact, Metric, Shape, Tip
from readiness.model.text import N_

WIFI_IN_USE = Fact("link.kind", "wifi")

KIND = Metric(
    id="link.kind",
    title=N_("Connection"),
    shape=Shape.CHOICE,
    labels={
        "ethernet": N_("network cable"),
        # Translators: a wireless local network.
        "wifi": N_("Wi-Fi"),
        "cellular": N_("mobile network"),
        # Translators: a connection that is neither cable nor Wi-Fi, e.g. a phone's by USB.
        "other": N_("another kind"),
        "unknown": N_("not clear"),
    },
    causes=(
        Cause(
            N_(
                "The computer is connected by Wi-Fi. Walls and other networks disturb it, which a"
                " call shows at once and a web page hardly ever."
            ),
            when=("wifi",),
        ),
        Cause(
            N_(
                "The computer goes online over the mobile network: by a stick, a built-in card or"
                " a telephone."
            ),
            when=("cellular",),
        ),
        Cause(
            N_("A VPN or another program hides how the computer is connected."),
            when=("other", "unknown"),
        ),
        Cause(N_("The computer is connected in another way than is asked.")),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_(
                "See whether a network cable came with the router: it fits into a LAN socket of the"
                " router and into the computer. Then switch Wi-Fi off."
            ),
            when=("wifi",),
            where=places.WIFI,
        ),
        Tip(
            Cost.FREE,
            N_("Connect the computer to the router of your home instead, if you have one."),
            when=("cellular", "ethernet"),
        ),
        Tip(
            Cost.FREE,
            N_("Switch a VPN off for the test, so that the connection can be seen."),
            when=("other", "unknown"),
            where=places.VPN,
        ),
        Tip(
            Cost.CHEAP,
            N_(
                "Connect the computer to the router with a network cable; 20 metres are no trouble."
                " If the computer has no socket for it, a USB network adapter has one."
            ),
        ),
        Tip(
            Cost.ASK,
            N_("Ask a provider which lines your address can have."),
            when=("cellular",),
        ),
        Tip(
            Cost.ASK,
            N_("If no cable can be laid, ask the employer what they accept instead."),
            when=("wifi", "other", "unknown"),
        ),
    ),
)
VPN = Metric(
    id="link.vpn",
    # Translators: virtual private network, a tunnel.
    title=N_("VPN in use"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_("No VPN is switched on, though one is asked."),
            when=(False,),
        ),
        Cause(
            N_(
                "A VPN is switched on. All figures of the line are then those of the way through"
                " it, which is often slower."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Switch the VPN off, then measure again."),
            when=(True,),
            where=places.VPN,
        ),
        Tip(
            Cost.FREE,
            N_("Switch the employer's VPN on, then measure again."),
            when=(False,),
            where=places.VPN,
        ),
        Tip(
            Cost.ASK,
            N_("If it is the employer's VPN, ask them whether to measure with it or without."),
        ),
    ),
)
PROXY = Metric(
    id="link.proxy",
    title=N_("Proxy in use"),
    shape=Shape.YES_NO,
    causes=(
        Cause(N_("No proxy is set, though one is asked."), when=(False,)),
        Cause(
            N_(
                "A proxy is set: web pages take a way round through another computer. Often it was"
                " left over from a school, an office or a program."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("If you set it yourself, switch the proxy off and measure again."),
            when=(True,),
            where=places.PROXY,
        ),
        Tip(
            Cost.FREE,
            N_("Set the proxy as the employer describes it."),
            when=(False,),
            where=places.PROXY,
        ),
        Tip(Cost.ASK, N_("Ask whoever set this computer up whether the proxy is needed.")),
    ),
)
SPEED = Metric(
    id="link.speed",
    # Translators: speed between computer and router, not of the internet connection.
    title=N_("Speed up to the router"),
    unit="Mbit/s",
    resolution=1,
    causes=(
        Cause(
            N_(
                "An old or damaged cable, a slow socket or a weak Wi-Fi holds the connection to the"
                " router back. Another cable or socket shows which."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Push both plugs of the cable in until they click, or try another socket."),
            unless=WIFI_IN_USE,
        ),
        internet.NEARER,
        Tip(Cost.CHEAP, N_("Use a network cable of category 5e or better.")),
        Tip(Cost.ASK, N_("Ask your provider for a newer router if yours is many years old.")),
    ),
)
METERED = Metric(
    id="link.metered",
    # Translators: whether the amount of data on this connection is limited or costs extra.
    title=N_("Metered connection"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "The system holds this connection for one on which data cost extra, as a"
                " telephone's does. It then puts updates off, and long calls may cost money."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("If data cost nothing extra, switch “metered” off in the network settings."),
            where=places.METERED,
        ),
        Tip(Cost.FREE, N_("Use a connection on which data cost nothing extra.")),
        Tip(Cost.ASK, N_("Ask your provider for a contract without a limit on data.")),
    ),
)
_WEAK = (
    Cause(
        N_(
            "Distance, walls or metal stand between computer and router. Carry a laptop towards the"
            " router: if the value rises, that is it."
        )
    ),
)
_NEARER = (
    structs.replace(internet.NEARER, unless=None),
    structs.replace(internet.CABLE, unless=None),
)
SIGNAL = Metric(
    id="link.signal",
    # Translators: how strong the access point's radio is where the computer stands.
    title=N_("Wi-Fi signal, median"),
    unit="dBm",
    resolution=1,
    causes=_WEAK,
    advice=_NEARER,
)
SIGNAL_WORST = Metric(
    id="link.signal_worst",
    title=N_("Wi-Fi signal, weakest"),
    unit="dBm",
    resolution=1,
    causes=_WEAK,
    advice=_NEARER,
)
