"""Marking English source text for translation, beside the code that it belongs to.

The engine stores identifiers, codes and numbers, never sentences. A sentence is an English source
text marked with :func:`N_`; it becomes words in the reader's language only when it is shown
(see ``readiness.locale``).
"""

from __future__ import annotations

from typing import TypeAlias

LocalText: TypeAlias = dict[str, str]
"""Text that came with data (a profile): language tag -> words. Holds at least one language."""


def N_(source: str) -> str:  # noqa: N802 - the name that gettext tools and translators expect
    """Return ``source`` unchanged, marked for extraction into the translation catalogue."""
    return source
