"""The acts that move a dossier from state to state in the service, and the record of each attempt at one."""

from __future__ import annotations

from collections.abc import Iterable
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


def last_decision(recorded: Iterable[RecordedAct]) -> Act | None:
    """The last act that decided a dossier; the last recorded, when several have the same moment."""
    done = [record for record in recorded if record.stage is ActStage.DONE and record.act is not Act.INSTRUCT]
    return max(reversed(done), key=lambda record: record.moment).act if done else None


def may_be_asked(act: Act, recorded: Iterable[RecordedAct]) -> bool:
    """Whether an act may be requested: by the records of its dossier, it was not done or another decided since."""
    known = {record.act: record for record in recorded}
    if act not in known or known[act].stage is ActStage.NOT_DONE:
        return True
    return known[act].stage is ActStage.DONE and act is not Act.INSTRUCT and last_decision(known.values()) is not act


def with_past(recorded: Iterable[RecordedAct], past: Iterable[RecordedAct]) -> dict[tuple[str, Act], RecordedAct]:
    """The recorded acts, and those of the `past` that were done since or have no record."""
    known = {(record.numero, record.act): record for record in recorded}
    for record in past:
        before = known.get((record.numero, record.act))
        if before is None or before.moment < record.moment:
            known[record.numero, record.act] = record
    return known


def stage_after(act: Act, state: DossierState | None) -> ActStage:
    """Whether an act that was asked for was done, by the state of its dossier since.

    Nobody knows when the service lost the dossier, or somebody decided otherwise.
    """
    if state is act.result or (act is Act.INSTRUCT and state in DECIDED):
        return ActStage.DONE
    return ActStage.NOT_DONE if state in UNDECIDED else ActStage.INTENDED
