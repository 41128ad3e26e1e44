"""What can be said of a device's link: classes, how sure, on what evidence, and the sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Link(StrEnum):
    """The link between computer and headset, as far as it can be seen from the computer."""

    BLUETOOTH = "bluetooth"
    DONGLE = "dongle"
    USB_CORDED = "usb-corded"
    USB_UNKNOWN = "usb-unknown"
    JACK = "jack"
    BUILT_IN = "built-in"
    VIRTUAL = "virtual"
    UNKNOWN = "unknown"


class HowSure(StrEnum):
    """How sure a link class is. Doubtful: likely, but weak evidence speaks against it."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    CANNOT_TELL = "cannot-tell"


class Basis(StrEnum):
    """What a link class rests on, strongest first."""

    SYSTEM = "system"
    USB_TABLE = "usb-table"
    PROFILE_TABLE = "profile-table"
    PRODUCT_NAME = "product-name"
    BATTERY = "battery"
    BANDWIDTH = "bandwidth"
    NOTHING = "nothing"


# Translators: what a statement about the headset's connection rests on.
BASES: Final[Mapping[Basis, str]] = {
    Basis.SYSTEM: N_("the operating system"),
    Basis.USB_TABLE: N_("the table of USB devices"),
    Basis.PROFILE_TABLE: N_("the profile's list of devices"),
    Basis.PRODUCT_NAME: N_("the product's name"),
    Basis.BATTERY: N_("a battery"),
    Basis.BANDWIDTH: N_("the bandwidth of the voice"),
    Basis.NOTHING: N_("nothing"),
}

# Translators: each sentence says why a headset was put into a class (Bluetooth, receiver ...).
WHY: Final[Mapping[str, str]] = {
    "os-bluetooth": N_("The system says that this device is connected by Bluetooth."),
    "os-receiver": N_("The system says that this plug is the receiver of a wireless device."),
    "name-bluetooth": N_("The device's name belongs to a Bluetooth connection."),
    "known-receiver": N_("The USB plug is known as the receiver of a wireless headset."),
    "listed-receiver": N_("The profile lists this plug as the receiver of a wireless headset."),
    "name-receiver": N_("The name of the USB plug is that of a wireless receiver."),
    "known-corded": N_("This USB headset is known and exists only with a cord."),
    "listed-corded": N_("The profile lists this USB headset as one that exists only with a cord."),
    "known-either": N_("This wireless headset also works by cable; which one is not visible."),
    "listed-either": N_("The profile lists this as a wireless headset that also works by cable."),
    "battery": N_("What is plugged in reports a battery, and a corded headset has none."),
    "battery-in-corded": N_(
        "This headset is known as corded, but what is plugged in reports a battery."
    ),
    "usb-no-sign": N_("It is plugged in by USB; the cord itself cannot be seen from here."),
    "jack-port": N_("It is plugged into the round audio socket."),
    "built-in-port": N_("It is built into the computer."),
    "analog-or-built-in": N_(
        "The system does not say whether it is built in or plugged into the audio socket."
    ),
    "sound-processor": N_(
        "The computer's sound processor carries it and does not say how it is connected."
    ),
    "virtual-device": N_("It exists only as software or belongs to another computer."),
    "network-audio": N_("It is reached over the network."),
    "signs-disagree": N_("One sign speaks for a cord and another one for a radio."),
    "narrow-wall": N_("The voice breaks off where a telephone or a radio headset cuts it."),
    "wide-wall": N_("The voice breaks off where many radio headsets cut it, and some corded ones."),
    "not-told": N_("The system does not say how it is connected."),
}

_RESTS_ON: Final[Mapping[str, Basis]] = {
    **dict.fromkeys(("known-receiver", "known-corded", "known-either"), Basis.USB_TABLE),
    **dict.fromkeys(("listed-receiver", "listed-corded", "listed-either"), Basis.PROFILE_TABLE),
    "name-bluetooth": Basis.PRODUCT_NAME,
    "name-receiver": Basis.PRODUCT_NAME,
    "battery": Basis.BATTERY,
    "battery-in-corded": Basis.BATTERY,
    "narrow-wall": Basis.BANDWIDTH,
    "wide-wall": Basis.BANDWIDTH,
    "usb-no-sign": Basis.SYSTEM,
    "not-told": Basis.NOTHING,
}
"""Whatever is not named here rests on what the system tells."""


@dataclass(frozen=True, kw_only=True)
class LinkClass:
    """The verdict on a device's link.

    Attributes:
        value: The class.
        how_sure: How sure that is.
        why: Kebab-case reason; its English source text is ``WHY[why]``.
        product: Name of the recognised product, if it is in a table.
        listed_by: Digests of the profiles whose list this rests on; empty: on none.
        doubt: Reason of the same kind that speaks against the class without changing it.
    """

    value: Link
    how_sure: HowSure
    why: str
    product: str = ""
    listed_by: str = ""
    doubt: str = ""

    @property
    def text(self) -> str:
        """The reason as English source text."""
        return WHY[self.why]

    @property
    def basis(self) -> Basis:
        """The strongest evidence that decided."""
        return _RESTS_ON.get(self.why, Basis.SYSTEM)

    def doubted(self, doubt: str) -> LinkClass:
        """The same class, less sure because of ``doubt``."""
        return replace(self, how_sure=HowSure.DOUBTFUL, doubt=doubt)


def certain(value: Link, why: str) -> LinkClass:
    """A class that the system itself tells."""
    return LinkClass(value=value, how_sure=HowSure.CERTAIN, why=why)


def likely(value: Link, why: str) -> LinkClass:
    """A class that good signs speak for."""
    return LinkClass(value=value, how_sure=HowSure.LIKELY, why=why)


DOUBT: Final = "link_doubt"
"""Summary key: why the measured voice speaks against the cord of the device that recorded it."""


def left_open(value: Link, why: str) -> LinkClass:
    """A class that leaves open what matters."""
    return LinkClass(value=value, how_sure=HowSure.CANNOT_TELL, why=why)
