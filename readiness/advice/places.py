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
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > System > Sound > Output"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Sound > Output"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Sound > Output"),
)

MICROPHONE_PRIVACY: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_(
        "Settings > Privacy & security > Microphone, “Let desktop apps access your microphone”"
        " (Windows 10: Settings > Privacy > Microphone)"
    ),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Privacy & Security > Microphone"),
)
"""GNOME has such a list for sandboxed programs only, which this one is not."""

ENHANCEMENTS: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > System > Sound > Input, your microphone, “Audio enhancements”: Off"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("Control Center in the menu bar, while the check records > Mic Mode: Standard"),
)
"""What the system itself does to the sound; GNOME does nothing."""

MONO: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_(
        "Settings > Accessibility > Audio > “Mono audio” (Windows 10: Settings > Ease of Access >"
        " Audio)"
    ),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Accessibility > Audio > “Play stereo audio as mono”"),
)

SOUND_FORMAT: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > System > Sound > Input, your microphone, “Format”"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("Applications > Utilities > Audio MIDI Setup, your microphone, “Format”"),
)

BLUETOOTH: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > Bluetooth & devices (Windows 10: Settings > Devices)"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Bluetooth"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Bluetooth"),
)

WIFI: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > Network & internet > Wi-Fi"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Wi-Fi"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Wi-Fi"),
)

VPN: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > Network & internet > VPN, or the VPN's own program"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > VPN, or the VPN's own program"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Network > VPN, or the VPN's own program"),
)

PROXY: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > Network & internet > Proxy"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Network, your network, Details > Proxies"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Network > Proxy"),
)

METERED: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_(
        "Settings > Network & internet > Wi-Fi or Ethernet, your network's properties, “Metered"
        " connection”"
    ),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Wi-Fi, your network, Details > “Low data mode”"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Wi-Fi, the wheel beside your network > “Metered connection”"),
)

FIREWALL: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_(
        "Windows Security > Firewall & network protection > “Allow an app through firewall”"
    ),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Network > Firewall > Options"),
)
"""GNOME brings no window for it."""

LOCATION: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_(
        "Settings > Privacy & security > Location, “Let desktop apps access your location”"
        " (Windows 10: Settings > Privacy > Location)"
    ),
)
"""Windows tells the Wi-Fi signal only to programs that may know the location."""

DISPLAYS: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > System > Display"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Displays"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Displays"),
)

UPDATES: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_(
        "Settings > Windows Update (Windows 10: Settings > Update & Security > Windows Update)"
    ),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > General > Software Update"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Software > Updates"),
)

STORAGE: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > System > Storage > Temporary files"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > General > Storage"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Disk Usage Analyzer"),
)

PROGRAMS: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > Apps > Installed apps (Windows 10: Apps & features)"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("Finder > Applications"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Software > Installed"),
)

BUSY: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Task Manager (Ctrl + Shift + Esc), column “CPU”"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("Applications > Utilities > Activity Monitor, column “% CPU”"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("System Monitor, tab “Processes”"),
)
"""Which program keeps the processor busy."""

POWER: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > System > Power & battery > “Power mode” (Windows 10: Power & sleep)"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > Battery > “Low Power Mode”"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > Power > “Power Mode”"),
)

CLOCK: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > Time & language > Date & time"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("System Settings > General > Date & Time"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > System > Date & Time"),
)

ABOUT: Final = Place(
    # Translators: a way through the settings of Windows; see docs/fix-ladder.md.
    windows=N_("Settings > System > About"),
    # Translators: a way through the settings of macOS; see docs/fix-ladder.md.
    macos=N_("Apple menu > About This Mac"),
    # Translators: a way through the settings of GNOME; see docs/fix-ladder.md.
    linux=N_("Settings > System > About"),
)
"""What computer this is: processor, memory, system and its version."""
