"""What a page that follows the meeting says of its own freshness, in French."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.text.french import NARROW, typographic

RELOAD_SECONDS: Final = 10
"""How often the page loads itself again in the browser; the file is read where it is, without any network."""


@dataclass(frozen=True, slots=True)
class Live:
    """The state of a page that follows the workbook: when it was last read, and what prevents it since.

    `problem`: '' while all is well. `ended`: nobody writes the page any more, so that it does not load itself again.
    """

    read_at: datetime
    problem: str = ""
    ended: bool = False

    @property
    def text(self) -> str:
        """The sentence of the page."""
        at = hour(self.read_at)
        if self.ended:
            return typographic(f"Séance terminée : état lu à {at}. Cette page ne change plus.")
        if self.problem:
            return typographic(f"Dernier état lu à {at} : le classeur ne peut plus être lu. {self.problem}")
        return typographic(f"À jour à {at}.")

    @property
    def seconds(self) -> int:
        """After how many seconds the page loads itself again; 0: never."""
        return 0 if self.ended else RELOAD_SECONDS


def hour(moment: datetime) -> str:
    """14:32 → 14 h 32, with the no-break spaces of an hour."""
    return f"{moment.hour}{NARROW}h{NARROW}{moment.minute:02d}"
