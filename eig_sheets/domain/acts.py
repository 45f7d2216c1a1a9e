"""The acts that move a dossier from state to state in the service, and the record of each attempt at one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class DossierState(StrEnum):
    """The state of a dossier, as the service names it."""

    EDITABLE = "en_construction"
    IN_INSTRUCTION = "en_instruction"
    ACCEPTED = "accepte"
    REFUSED = "refuse"
    DISMISSED = "sans_suite"


UNDECIDED: Final = frozenset({DossierState.EDITABLE, DossierState.IN_INSTRUCTION})
DECIDED: Final = frozenset(DossierState) - UNDECIDED


class Act(StrEnum):
    """What an instructeur does to a dossier."""

    INSTRUCT = "passer_en_instruction"
    ACCEPT = "accepter"
    REFUSE = "refuser"
    DISMISS = "classer_sans_suite"

    @property
    def result(self) -> DossierState:
        """The state of a dossier once this act is done."""
        return _RESULTS[self]

    @property
    def needs_motivation(self) -> bool:
        """Whether the service requires a motivation."""
        return self in (Act.REFUSE, Act.DISMISS)


_RESULTS: Final = {
    Act.INSTRUCT: DossierState.IN_INSTRUCTION,
    Act.ACCEPT: DossierState.ACCEPTED,
    Act.REFUSE: DossierState.REFUSED,
    Act.DISMISS: DossierState.DISMISSED,
}


class ActStage(StrEnum):
    """The stage of an act in the ledger. What stays INTENDED may have been done: the service's state tells."""

    INTENDED = "intended"
    DONE = "done"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """The last attempt at an act on a dossier; `moment` is naive, in the campaign's time zone."""

    numero: str
    act: Act
    stage: ActStage
    moment: datetime
    detail: str = ""


def stage_after(act: Act, state: DossierState | None) -> ActStage:
    """Whether an act that was asked for was done, by the state of its dossier since.

    Of a dossier that the service lost, or that somebody decided otherwise, nobody knows.
    """
    if state is act.result or (act is Act.INSTRUCT and state in DECIDED):
        return ActStage.DONE
    return ActStage.NOT_DONE if state in UNDECIDED else ActStage.INTENDED
