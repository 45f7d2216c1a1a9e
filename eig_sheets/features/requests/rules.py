"""Requests of officers: what a row asks, what is recorded of a number, and which record is right. Pure.

Rule (issue 17, point 3): each number is done once, whatever is sorted, inserted, duplicated, edited or run twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

NUMBER_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants: no word, no digit that dragging a cell counts up, no « 12E34 » that is read as a number."""
NUMBER_LENGTH: Final = 7
"""A billion numbers: none is drawn twice in the life of a workbook, deleted rows included."""
LONGEST_TYPED: Final = 1_000
"""Characters of what a row asks, detail and name together: a cell has to hold them again, with the answer."""


class Action(StrEnum):
    """What can be asked for of the call itself, as the configuration names it; features add others, by their ids."""

    SYNC = "synchroniser"
    IMPORT = "importer"
    UNDO = "defaire_import"
    DRAFTS = "brouillons"
    REPORT = "rapport"
    MINUTES = "proces_verbal"
    ASSIGN = "affecter"
    BALLOTS = "grilles"
    COLLECT = "relever"
    ASSIGN_CANDIDATES = "affecter_candidats"
    BALLOTS_CANDIDATES = "grilles_candidats"
    COLLECT_CANDIDATES = "relever_candidats"
    EXPLAIN = "expliquer"
    SELECT = "selection"
    FINANCE = "cofinancement"
    SEND = "envoyer"
    SETTLE = "trancher"
    ARCHIVE = "ranger"


class Stage(StrEnum):
    """How far a request went. `RESERVED`: a claim that was not begun, which only this machine knows for sure."""

    RESERVED = "reserved"
    TO_CONFIRM = "to_confirm"
    CLAIMED = "claimed"
    DONE = "done"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


ENDED: Final = frozenset({Stage.DONE, Stage.REFUSED, Stage.INTERRUPTED})
_PROGRESS: Final = {Stage.RESERVED: 0, Stage.TO_CONFIRM: 1, Stage.CLAIMED: 2, **dict.fromkeys(ENDED, 3)}


def has_word(typed: str) -> bool:
    """Whether a text could be meant as an action: the number that a row of totals shows could not."""
    return any(character.isalpha() for character in typed)


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of `Demandes` as typed: `action`: the id of the one that its text means, None for none.

    `row`: its 1-based number, `name` the one by which people know it; `number` is '' when it lacks one; `readable`:
    every cell could be read.
    """

    row: int
    number: str
    typed: str = ""
    action: str | None = None
    detail: str = ""
    by: str = ""
    confirmed: bool = False
    readable: bool = True
    name: int = 0

    @property
    def is_free(self) -> bool:
        """Whether nothing is asked in it."""
        return self.readable and not (self.typed or self.detail or self.by or self.confirmed)

    @property
    def is_request(self) -> bool:
        """Whether something is asked: neither a free row nor one that people added (a total, a remark)."""
        return not self.is_free and (self.has_own_number or has_word(self.typed))

    @property
    def has_own_number(self) -> bool:
        """Whether its number has the form of those that the robot gives: one typed in another case is not it."""
        return len(self.number) == NUMBER_LENGTH and set(self.number) <= set(NUMBER_LETTERS)

    @property
    def is_too_long(self) -> bool:
        """Whether what it says is longer than can be kept with its answer."""
        return len(self.detail) + len(self.by) > LONGEST_TYPED

    @property
    def content(self) -> tuple[str, str, str]:
        """What tells two rows of one number apart."""
        return (self.action or self.typed, self.detail, self.by)

    def is_still(self, recorded: Recorded) -> bool:
        """Whether the row says what was claimed."""
        return (self.action, self.detail) == (recorded.action, recorded.detail)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of one number: what was claimed, and what became of it.

    `moment` is naive, in the campaign's zone. `words`: what was answered. `token` names one claim of one machine.
    `shown`: the digest of the list to confirm; `armed`: the tick was seen off since that list was shown.
    """

    number: str
    action: str
    detail: str
    by: str
    stage: Stage
    moment: datetime
    words: str = ""
    token: str = ""
    shown: str = ""
    armed: bool = False
    attempts: int = 0


def merged(shown: Iterable[Recorded], kept: Iterable[Recorded]) -> dict[str, Recorded]:
    """What is known of each number: `shown` in the workbook, `kept` by this machine; who went further is right.

    A claim that is shown and that this machine reserved itself, and did not begin, stays RESERVED.
    """
    known = {request.number: request for request in shown}
    for request in kept:
        already_known = known.get(request.number)
        if request.stage is Stage.RESERVED:
            if (
                already_known is not None
                and already_known.token == request.token
                and already_known.stage is Stage.CLAIMED
            ):
                known[request.number] = request
        elif already_known is None or _PROGRESS[request.stage] > _PROGRESS[already_known.stage]:
            known[request.number] = request
        elif request.stage is already_known.stage is Stage.CLAIMED and request.token == already_known.token:
            known[request.number] = request  # it alone counts the attempts
    return known
