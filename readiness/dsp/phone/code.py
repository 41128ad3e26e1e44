"""A code that is pressed on a telephone, heard while it is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readiness.dsp.phone.dtmf import DtmfDecoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readiness.dsp.phone.dtmf import Digit

    Samples = NDArray[np.floating[Any]]

SILENT_AFTER_S = 5.0
"""So long after the last of enough wrong digits nothing more is waited for."""


class CodeListener:
    """Decodes block by block until the code was heard, or as many other digits and then silence.

    Attributes:
        digits: What was heard so far.
    """

    def __init__(self, code: str, rate: int) -> None:
        """Wait for ``code`` in sound of ``rate`` samples a second.

        Raises:
            ValueError: The rate is not between 8000 and 192000.
        """
        self.digits: tuple[Digit, ...] = ()
        self._code = code
        self._rate = rate
        self._decoder = DtmfDecoder(rate)
        self._fed = 0

    def enough(self, samples: Samples) -> bool:
        """Listen to the next block; true if nothing more needs to be heard."""
        self._fed += samples.size
        self.digits += self._decoder.feed(samples)
        if holds_code(self.digits, self._code):
            return True
        if len(self.digits) < len(self._code):
            return False
        last = self.digits[-1]
        return self._fed / self._rate - (last.at_s + last.seconds) > SILENT_AFTER_S


def holds_code(digits: tuple[Digit, ...], code: str) -> bool:
    """Whether the digits of the code were heard one after the other, with none between them."""
    return bool(code) and code in "".join(digit.symbol for digit in digits)
