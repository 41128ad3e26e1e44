"""Where a setting stands, in the words on each system's screen.

Windows 11 and, where it differs, Windows 10, after Microsoft's help pages; macOS 13 and later after
Apple's Mac User Guide; GNOME after its help. What those pages are, and what the same places are
called in German and Spanish, stands in ``docs/fix-ladder.md``.

Place names are never translated by ear: they must be those of the system's own language.
"""

from __future__ import annotations

from typing import Final

from readiness.model.measurement import Place
from readiness.model.text import N_

# Translators: every text in this file is a way through the settings of Windows, macOS or the Linux
# desktop GNOME. Use the names that stand on that system's screen in your language; the file
# docs/fix-ladder.md lists them.

SOUND_INPUT: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > System > Sound > Input"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Sound > Input"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Sound > Input"),
)
"""Choice of the microphone and its input volume."""

SOUND_OUTPUT: Final = Place(
    windows=N_("Settings > System > Sound > Output"),
    macos=N_("System Settings > Sound > Output"),
    linux=N_("Settings > Sound > Output"),
)

MICROPHONE_PRIVACY: Final = Place(
    windows=N_(
        "Settings > Privacy & security > Microphone, “Let desktop apps access your microphone”"
        " (Windows 10: Settings > Privacy > Microphone)"
    ),
    macos=N_("System Settings > Privacy & Security > Microphone"),
)
"""GNOME has such a list for sandboxed programs only, which this one is not."""

ENHANCEMENTS: Final = Place(
    windows=N_("Settings > System > Sound > Input, your microphone, “Audio enhancements”: Off"),
    macos=N_("Control Center in the menu bar, while the check records > Mic Mode: Standard"),
)
"""What the system itself does to the sound; GNOME does nothing."""

MONO: Final = Place(
    windows=N_(
        "Settings > Accessibility > Audio > “Mono audio” (Windows 10: Settings > Ease of Access >"
        " Audio)"
    ),
    macos=N_("System Settings > Accessibility > Audio > “Play stereo audio as mono”"),
)

SOUND_FORMAT: Final = Place(
    windows=N_("Settings > System > Sound > Input, your microphone, “Format”"),
    macos=N_("Applications > Utilities > Audio MIDI Setup, your microphone, “Format”"),
)

BLUETOOTH: Final = Place(
    windows=N_("Settings > Bluetooth & devices (Windows 10: Settings > Devices)"),
    macos=N_("System Settings > Bluetooth"),
    linux=N_("Settings > Bluetooth"),
)

WIFI: Final = Place(
    windows=N_("Settings > Network & internet > Wi-Fi"),
    macos=N_("System Settings > Wi-Fi"),
    linux=N_("Settings > Wi-Fi"),
)

VPN: Final = Place(
    windows=N_("Settings > Network & internet > VPN, or the VPN's own program"),
    macos=N_("System Settings > VPN, or the VPN's own program"),
    linux=N_("Settings > Network > VPN, or the VPN's own program"),
)

PROXY: Final = Place(
    windows=N_("Settings > Network & internet > Proxy"),
    macos=N_("System Settings > Network, your network, Details > Proxies"),
    linux=N_("Settings > Network > Proxy"),
)

METERED: Final = Place(
    windows=N_(
        "Settings > Network & internet > Wi-Fi or Ethernet, your network's properties, “Metered"
        " connection”"
    ),
    macos=N_("System Settings > Wi-Fi, your network, Details > “Low data mode”"),
    linux=N_("Settings > Wi-Fi, the wheel beside your network > “Metered connection”"),
)

FIREWALL: Final = Place(
    windows=N_(
        "Windows Security > Firewall & network protection > “Allow an app through firewall”"
    ),
    macos=N_("System Settings > Network > Firewall > Options"),
)
"""GNOME brings no window for it."""

LOCATION: Final = Place(
    windows=N_(
        "Settings > Privacy & security > Location, “Let desktop apps access your location”"
        " (Windows 10: Settings > Privacy > Location)"
    ),
)
"""Windows tells the Wi-Fi signal only to programs that may know the location."""

DISPLAYS: Final = Place(
    windows=N_("Settings > System > Display"),
    macos=N_("System Settings > Displays"),
    linux=N_("Settings > Displays"),
)

UPDATES: Final = Place(
    windows=N_(
        "Settings > Windows Update (Windows 10: Settings > Update & Security > Windows Update)"
    ),
    macos=N_("System Settings > General > Software Update"),
    linux=N_("Software > Updates"),
)

STORAGE: Final = Place(
    windows=N_("Settings > System > Storage > Temporary files"),
    macos=N_("System Settings > General > Storage"),
    linux=N_("Disk Usage Analyzer"),
)

PROGRAMS: Final = Place(
    windows=N_("Settings > Apps > Installed apps (Windows 10: Apps & features)"),
    macos=N_("Finder > Applications"),
    linux=N_("Software > Installed"),
)

BUSY: Final = Place(
    windows=N_("Task Manager (Ctrl + Shift + Esc), column “CPU”"),
    macos=N_("Applications > Utilities > Activity Monitor, column “% CPU”"),
    linux=N_("System Monitor, tab “Processes”"),
)
"""Which program keeps the processor busy."""

POWER: Final = Place(
    windows=N_("Settings > System > Power & battery > “Power mode” (Windows 10: Power & sleep)"),
    macos=N_("System Settings > Battery > “Low Power Mode”"),
    linux=N_("Settings > Power > “Power Mode”"),
)

CLOCK: Final = Place(
    windows=N_("Settings > Time & language > Date & time"),
    macos=N_("System Settings > General > Date & Time"),
    linux=N_("Settings > System > Date & Time"),
)

ABOUT: Final = Place(
    windows=N_("Settings > System > About"),
    macos=N_("Apple menu > About This Mac"),
    linux=N_("Settings > System > About"),
)
"""What computer this is: processor, memory, system and its version."""
