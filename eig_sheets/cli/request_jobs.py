"""How a request of officers is done, and what is shown before it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from eig_sheets.campaign.acts import AnyAct
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.domain.requests import Recorded
from eig_sheets.text.french import plain, typographic

LONGEST: Final = 12_000
"""Characters of an answer that a cell can hold twice: for people, and for the robot."""
_REDO: Final = "refaire"


@dataclass(frozen=True, slots=True)
class Listing:
    """What is shown, and confirmed, before it is done. Without a `digest`, there is nothing to do: `text` says why.

    `digest` differs whenever anything of the list does; `chosen` is what `act` then does.
    """

    text: str
    digest: str = ""
    chosen: Any = None


@dataclass(frozen=True, slots=True)
class Job:
    """How an action is done. `act` takes what its listing chose, if it has one, and returns what is answered.

    It raises what commands raise. `repeatable`: stopped on the way, it may be done again as if it had not begun.
    `acts`: what it does, whose cells in doubt its answer names. `takes_detail`: it goes by the detail of the request,
    which its answer otherwise says that it did not use.
    """

    act: Callable[[Session, Recorded, Any], str]
    listing: Callable[[Session, Recorded], Listing] | None = None
    repeatable: bool = True
    acts: tuple[AnyAct, ...] = ()
    takes_detail: bool = True


def is_anew(detail: str) -> bool:
    """Whether a detail says to make it anew. Raises Refusal when it says anything else."""
    anew = plain(detail) == _REDO
    if detail and not anew:
        raise Refusal(typographic(f"Détail « {detail} » : laissez-le vide, ou écrivez « {_REDO} »."))
    return anew
