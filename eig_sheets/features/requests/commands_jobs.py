"""How a request of officers is done, what is shown before, and the numbers that requests have."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from eig_sheets.campaign.dependencies import AnyAct
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.actions import actions_of
from eig_sheets.features.requests.rules import NUMBER_LENGTH, NUMBER_LETTERS, Recorded
from eig_sheets.features.requests.rules_steps import FREE_ROWS
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.text.french import typographic

LONGEST: Final = 12_000
"""Characters of an answer that a cell can hold twice: for people, and for the robot."""


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


def _without_feature(session: Session, request: Recorded, _: object) -> str:
    """Refuse what was claimed before the call turned its feature off, or lost it. Raises Refusal."""
    label = actions_of(session.campaign).label(request.action)
    raise Refusal(typographic(f"« {label} » n’est plus proposé : cet appel s’en passe."))


NO_LONGER_DONE: Final = Job(_without_feature)
"""How an action is done that nothing does in this call any more."""


def new_numbers(taken: Collection[str] = (), count: int = FREE_ROWS) -> list[str]:
    """So many numbers, none of which is taken."""
    drawn: list[str] = []
    while len(drawn) < count:
        number = "".join(secrets.choice(NUMBER_LETTERS) for _ in range(NUMBER_LENGTH))
        if number not in taken and number not in drawn:
            drawn.append(number)
    return drawn


def free_rows() -> list[dict[str, WrittenValue]]:
    """The rows of a new `Demandes`."""
    return [{"demande": number} for number in new_numbers()]
