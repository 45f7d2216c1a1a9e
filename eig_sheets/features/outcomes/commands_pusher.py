"""Pushes outcomes to Démarche Numérique: the intent of each act is on the disk before it, its end after.

An act that the service does not simply do, or whose answer is lost, is decided by the state of its dossier, read again.
Wherever a push is stopped, the next one first reads every state, which tells what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.call.applications.demarche.errors import DemarcheError, UnknownOutcomeError
from eig_sheets.cli import interruption
from eig_sheets.cli.emails.recheck import Recheck
from eig_sheets.cli.pipeline import planned_sync, refuse
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import refuse_altered, refuse_copy
from eig_sheets.features.outcomes.files_ledger import OutcomeLedger
from eig_sheets.features.outcomes.lines import Acts, Line, States, settled, unchanged
from eig_sheets.features.outcomes.rules import DossierOutcome, OutcomeStatus, outcome_after
from eig_sheets.features.outcomes.rules_acts import UNDECIDED, Act, ActStage, RecordedAct, stage_after, with_past
from eig_sheets.features.outcomes.services import Demarche, ServiceDossier
from eig_sheets.run.nightly import Run
from eig_sheets.spreadsheet.model.snapshot import Snapshot

ATTEMPTS: Final = 3
"""Times that an act is asked for when its answer is lost and its dossier, read again, did not change."""

LinesOf = Callable[["Run", "States", "Acts"], "list[Line]"]


def planned(session: Session, snapshot: Snapshot | None = None) -> Run:
    """The run of a sync now, from which outcomes are read. Raises Refusal when it cannot be read, or was altered."""
    run = planned_sync(session, snapshot=snapshot)
    refuse(run.problems)
    refuse_copy(session, run.reading.snapshot.identity)
    refuse_altered(run.reading)
    return run


@dataclass(frozen=True, slots=True)
class Seen:
    """What is read before anything is pushed: the run, the outcomes, and what the service and the ledger say."""

    run: Run
    lines: Sequence[Line]
    states: States
    ids: Mapping[str, str]
    acts: Acts


class OutcomePusher:
    """Pushes the outcomes that `lines_of` finds. `notify`: the service writes to the applicants.

    `pushed`: what became of each that was begun; `failure`: what stopped the push, if anything.
    """

    def __init__(self, session: Session, demarche: Demarche, lines_of: LinesOf, *, notify: bool) -> None:
        self._session, self._demarche, self._lines_of, self._notify = session, demarche, lines_of, notify
        self.pushed: list[Line] = []
        self.failure: DemarcheError | None = None

    @cached_property
    def _ledger(self) -> OutcomeLedger:
        return OutcomeLedger(self._session.state.folder, self._session.known.key)

    def look(self) -> Seen:
        """The outcomes as they are now. Raises DemarcheError, Refusal."""
        with self._session.step("Lecture des dossiers dans Démarche Numérique"):
            dossiers = self._demarche.dossiers()
        states = {numero: dossier.state for numero, dossier in dossiers.items()}
        recorded = settled(self._ledger.acts().values(), states)
        acts = with_past(recorded.values(), _undone(dossiers, self._session.campaign.zone))
        run = planned(self._session)
        return Seen(
            run,
            self._lines_of(run, states, acts),
            states,
            {numero: dossier.id for numero, dossier in dossiers.items()},
            acts,
        )

    def push(self, seen: Seen, chosen: Sequence[Line]) -> None:
        """Push the chosen outcomes of `seen`, under the locks of the session; what people changed since is left out."""
        self._record_settled(seen.acts)

        def still_chosen(snapshot: Snapshot, lines: Sequence[Line]) -> Sequence[Line]:
            return unchanged(self._lines_of(planned(self._session, snapshot), seen.states, seen.acts), lines)

        recheck: Recheck[Line] = Recheck(self._session, still_chosen, seen.run.reading.snapshot.version)
        try:
            instructeur = self._demarche.instructeur_id()
            while chosen and (chosen := recheck.unchanged_since_chosen(chosen)):
                interruption.raise_if_interrupted()
                line, chosen = chosen[0], chosen[1:]
                with self._session.step(f"Dossier {line.outcome.numero}"):
                    self._push(line, seen.ids[line.outcome.numero], instructeur)
        except DemarcheError as error:
            self.failure = error

    def _record_settled(self, acts: Acts) -> None:
        before = self._ledger.acts()
        for key, recorded in acts.items():
            if recorded != before.get(key):
                self._ledger.record_end(recorded)

    def _push(self, line: Line, dossier_id: str, instructeur: str) -> None:
        """Do one act. Raises DemarcheError when no other can be done, after what is known of this one is recorded."""
        after = self._attempt(line, dossier_id, instructeur)
        for _ in range(ATTEMPTS - 1):
            if after.status is not OutcomeStatus.FAILED or after.refusal:
                break
            after = self._attempt(line, dossier_id, instructeur)
        self.pushed.append(replace(line, outcome=after))

    def _attempt(self, line: Line, dossier_id: str, instructeur: str) -> DossierOutcome:
        outcome = line.outcome
        act = acted(outcome)
        self._ledger.record_intent(outcome.numero, act, self._session.clock.now)
        try:
            refusal = self._demarche.do(act, dossier_id, instructeur, outcome.motivation, notify=self._notify)
        except UnknownOutcomeError:
            return self._after(line, "")
        except DemarcheError as error:
            self._record_end(outcome, ActStage.NOT_DONE, str(error))
            raise
        if refusal is not None:
            return self._after(line, refusal)
        self._record_end(outcome, ActStage.DONE)
        return replace(outcome, status=OutcomeStatus.DONE, state=act.result)

    def _after(self, line: Line, refusal: str) -> DossierOutcome:
        """What became of an act by the state of its dossier; `refusal`: the answer, '' when it was lost."""
        outcome = line.outcome
        try:
            state = self._demarche.dossier(outcome.numero).state
        except DemarcheError:
            self.pushed.append(replace(line, outcome=replace(outcome, status=OutcomeStatus.UNCERTAIN)))
            raise
        stage = stage_after(acted(outcome), state)
        refused = bool(refusal) and stage is ActStage.INTENDED
        self._record_end(outcome, ActStage.NOT_DONE if refused else stage, refusal)
        return outcome_after(outcome, state, refusal)

    def _record_end(self, outcome: DossierOutcome, stage: ActStage, detail: str = "") -> None:
        recorded = RecordedAct(outcome.numero, acted(outcome), stage, self._session.clock.now, detail)
        self._ledger.record_end(recorded)


def _undone(dossiers: Mapping[str, ServiceDossier], zone: ZoneInfo) -> Iterator[RecordedAct]:
    """The decisions of dossiers that were opened again since: the ledger may be lost, or another machine's."""
    for numero, dossier in dossiers.items():
        if dossier.state in UNDECIDED:
            for act, moment in dossier.decisions:
                yield RecordedAct(numero, act, ActStage.DONE, moment.astimezone(zone).replace(tzinfo=None))


def acted(outcome: DossierOutcome) -> Act:
    """The act of an outcome that is to be done."""
    if outcome.act is None:
        raise ValueError("an outcome that is to be done has an act")
    return outcome.act
