"""Outcomes: which act the service of the applications is asked for each dossier after what people decided, or why none.

The service is Démarche Numérique, and its own state of a dossier is the truth: an act is asked for only where it is
still to be done, and never against what somebody decided there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from eig_sheets.domain.decisions import (
    LAUREATE,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    WAITING,
    WITHDRAWN,
)
from eig_sheets.domain.rules import EmailRules
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.features.outcomes.rules_acts import DECIDED, Act, ActStage, DossierState, stage_after

ACTS: Final[Mapping[str, Act]] = {
    LAUREATE: Act.ACCEPT,
    REFUSED: Act.REFUSE,
    REJECTED_INELIGIBLE: Act.REFUSE,
    REJECTED_INSUFFICIENT: Act.REFUSE,
    WITHDRAWN: Act.DISMISS,
}
"""The act that follows from each word of Décision and Présélection; the others ask for none."""

ANNOUNCED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    LAUREATE: ("laureat", "promotion_liste_attente"),
    REFUSED: ("non_retenu",),
    REJECTED_INELIGIBLE: ("ineligible",),
    REJECTED_INSUFFICIENT: ("non_preselectionne",),
    WITHDRAWN: (),  # the applicants decided that themselves: no message of ours tells them
}
"""The e-mails that may announce each of them: one does."""


class OutcomeStatus(StrEnum):
    """What became of an act, or will."""

    TO_DO = "a_faire"
    DONE = "fait"
    HELD = "retenu"
    CONTRADICTED = "contredit"
    FAILED = "echec"
    UNCERTAIN = "incertain"
    NO_ACT = "sans_acte"


class OutcomeReason(StrEnum):
    """Why an act is held back, contradicted, or not asked for."""

    ABSENT = "absent_du_service"
    AMBIGUOUS = "decision_contradictoire"
    DECIDED_OTHERWISE = "decide_autrement"
    CHANGED_SINCE = "decision_changee"
    UNDECIDED_HERE = "decide_sans_le_classeur"
    REOPENED = "rouvert_dans_le_service"
    STILL_EDITABLE = "encore_en_construction"
    NO_DATE = "annonce_sans_date"
    TOO_EARLY = "avant_annonce"
    NOT_TOLD = "message_non_envoye"
    NO_MOTIVATION = "motivation_vide"
    WAITING_LIST = "liste_attente"
    CALL_OPEN = "appel_ouvert"
    UNREADABLE = "illisible"


@dataclass(frozen=True, slots=True)
class Dossier:
    """What people typed about a dossier, and whether it was told.

    `is_readable`: nothing that the outcome depends on is illegible. `told`: the status of the e-mail that announces it,
    None when there is none yet.
    """

    numero: str
    preselection: str | None = None
    decision: str | None = None
    feedback: str | None = None
    is_readable: bool = True
    told: DeliveryStatus | None = None

    @property
    def word(self) -> str | None:
        """The word that decides; None: nothing is decided, or two words contradict each other."""
        if self.preselection not in (REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT):
            return self.decision
        if self.decision in (None, REFUSED):
            return self.preselection
        return None if self.is_ambiguous else self.decision

    @property
    def is_ambiguous(self) -> bool:
        """Whether it was rejected, then selected or put on the waiting list."""
        rejected = self.preselection in (REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT)
        return rejected and self.decision in (LAUREATE, WAITING)


@dataclass(frozen=True, slots=True)
class DossierOutcome:
    """An act on a dossier, what became of it, and why.

    `state`: that of the dossier; `day`: the first on which it may be known; `refusal`: what the service answered.
    """

    numero: str
    act: Act | None
    status: OutcomeStatus
    reasons: tuple[OutcomeReason, ...] = ()
    state: DossierState | None = None
    motivation: str = ""
    day: date | datetime | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """When outcomes may be known. `by_service`: the service writes to applicants, instead of our own e-mails."""

    rules: EmailRules
    today: date
    by_service: bool = False

    def day(self, word: str) -> date | None:
        """The first day on which the outcome may be known; None: nobody gave it."""
        announced, earlier = self.rules.announced, self.rules.preselection_announced
        if announced is None or word != REJECTED_INSUFFICIENT or earlier is None:
            return announced
        return max(announced, earlier)


def outcome_of(
    dossier: Dossier, state: DossierState | None, last: Act | None, announcement: Announcement
) -> DossierOutcome | None:
    """The outcome of a dossier; None when nothing was decided about it, here or there.

    `state`: that of the service, None when it does not have the dossier; `last`: the last decision that was pushed.
    """
    numero, word = dossier.numero, dossier.word
    if not dossier.is_readable:
        return DossierOutcome(numero, None, OutcomeStatus.HELD, (OutcomeReason.UNREADABLE,), state)
    if dossier.is_ambiguous:
        return DossierOutcome(numero, None, OutcomeStatus.HELD, (OutcomeReason.AMBIGUOUS,), state)
    act = ACTS.get(word or "")
    if act is None or word is None:
        return _without_act(dossier, state)
    if state is None:
        return DossierOutcome(numero, act, OutcomeStatus.HELD, (OutcomeReason.ABSENT,))
    if state is act.result:
        return DossierOutcome(numero, act, OutcomeStatus.DONE, (), state)
    if state in DECIDED:
        why = OutcomeReason.CHANGED_SINCE if last and state is last.result else OutcomeReason.DECIDED_OTHERWISE
        return DossierOutcome(numero, act, OutcomeStatus.CONTRADICTED, (why,), state)
    reasons = (OutcomeReason.REOPENED,) if act is last else (*_obstacles(dossier, word, act, state, announcement),)
    motivation, day = dossier.feedback or "", announcement.day(word)
    return DossierOutcome(
        numero, act, OutcomeStatus.HELD if reasons else OutcomeStatus.TO_DO, reasons, state, motivation, day
    )


def _without_act(dossier: Dossier, state: DossierState | None) -> DossierOutcome | None:
    if state in DECIDED:
        return DossierOutcome(dossier.numero, None, OutcomeStatus.CONTRADICTED, (OutcomeReason.UNDECIDED_HERE,), state)
    if dossier.word == WAITING:
        return DossierOutcome(dossier.numero, None, OutcomeStatus.NO_ACT, (OutcomeReason.WAITING_LIST,), state)
    return None


def _obstacles(
    dossier: Dossier, word: str, act: Act, state: DossierState, announcement: Announcement
) -> Iterator[OutcomeReason]:
    if state is DossierState.EDITABLE:
        yield OutcomeReason.STILL_EDITABLE
    day = announcement.day(word)
    if day is None:
        yield OutcomeReason.NO_DATE
    elif announcement.today < day:
        yield OutcomeReason.TOO_EARLY
    told = dossier.told is DeliveryStatus.SENT or announcement.by_service or not ANNOUNCED_BY[word]
    if not told:
        yield OutcomeReason.NOT_TOLD
    if act.needs_motivation and not dossier.feedback:
        yield OutcomeReason.NO_MOTIVATION


def instruction_of(
    numero: str, state: DossierState | None, done: Collection[Act], closes: datetime, now: datetime
) -> DossierOutcome:
    """The outcome of taking a dossier out of its applicants' hands, which is done once the call is closed."""
    act = Act.INSTRUCT
    if state is None:
        return DossierOutcome(numero, act, OutcomeStatus.HELD, (OutcomeReason.ABSENT,))
    if state is not DossierState.EDITABLE:
        return DossierOutcome(numero, act, OutcomeStatus.DONE, (), state)
    if act in done:
        return DossierOutcome(numero, act, OutcomeStatus.HELD, (OutcomeReason.REOPENED,), state)
    if now <= closes:
        return DossierOutcome(numero, act, OutcomeStatus.HELD, (OutcomeReason.CALL_OPEN,), state, day=closes)
    return DossierOutcome(numero, act, OutcomeStatus.TO_DO, (), state)


def outcome_after(asked: DossierOutcome, state: DossierState | None, refusal: str) -> DossierOutcome:
    """The outcome of an act that the service did not simply do, by the state of its dossier since.

    `refusal`: what the service answered; '' when its answer was lost. « Le dossier est déjà … » is one, too: what the
    dossier is already is read, never guessed from the sentence.
    """
    stage = stage_after(asked.act, state) if asked.act else ActStage.INTENDED
    if stage is ActStage.DONE:
        return replace(asked, status=OutcomeStatus.DONE, state=state)
    if state is None:
        return replace(asked, status=OutcomeStatus.HELD, state=None, reasons=(OutcomeReason.ABSENT,))
    if stage is ActStage.INTENDED:
        return replace(
            asked, status=OutcomeStatus.CONTRADICTED, state=state, reasons=(OutcomeReason.DECIDED_OTHERWISE,)
        )
    return replace(asked, status=OutcomeStatus.FAILED, state=state, reasons=(), refusal=refusal)
