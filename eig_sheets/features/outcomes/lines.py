"""The outcomes of a run's dossiers: what people typed, what they were told, and what the service says of each. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.catalogue.due import message_id
from eig_sheets.emails.outbox.versions import base
from eig_sheets.features.outcomes import words
from eig_sheets.features.outcomes.rules import (
    ANNOUNCED_BY,
    Announcement,
    Dossier,
    DossierOutcome,
    OutcomeReason,
    OutcomeStatus,
    instruction_of,
    outcome_of,
)
from eig_sheets.features.outcomes.rules_acts import Act, ActStage, DossierState, RecordedAct, last_decision, stage_after
from eig_sheets.run.nightly import Run
from eig_sheets.text.french import day, moment, typographic

States = Mapping[str, DossierState]
"""Number of a dossier → its state in the service."""

Acts = Mapping[tuple[str, Act], RecordedAct]

_ADVANCED: Final = (
    DeliveryStatus.SENT, DeliveryStatus.UNCERTAIN, DeliveryStatus.DRAFTED, DeliveryStatus.RETURNED,
    DeliveryStatus.FAILED,
)  # fmt: skip
"""Statuses that say more of an e-mail than those of its other versions, the first one first."""


@dataclass(frozen=True, slots=True)
class Line:
    """An outcome, with what people know its dossier by; `row`: that of `Candidatures`."""

    outcome: DossierOutcome
    dossier: Dossier
    row: int
    project: str | None
    decided_by: str | None
    decided_on: date | None


def lines_of(run: Run, states: States, acts: Acts, today: date, *, by_service: bool) -> list[Line]:
    """The outcomes of the dossiers on which something was decided, here or in the service, in the order of the tab.

    `by_service`: the service writes to applicants, instead of our own e-mails.
    """
    announcement = Announcement(run.reading.campaign.emails, today, by_service)
    statuses, recorded = _statuses(run), _by_dossier(acts)
    lines = []
    for row in _rows(run):
        dossier = _dossier(row, statuses)
        last = last_decision(recorded.get(dossier.numero, ()))
        outcome = outcome_of(dossier, states.get(dossier.numero), last, announcement)
        if outcome is not None:
            lines.append(_line(row, dossier, outcome))
    return lines


def instruction_lines(run: Run, states: States, acts: Acts, now: datetime) -> list[Line]:
    """The outcome of each dossier when no applicant may edit theirs any more, in the order of the tab."""
    closes = run.reading.campaign.campaign.last_moment
    dossiers = [(row, _dossier(row, {})) for row in _rows(run)]
    return [
        _line(
            row,
            dossier,
            instruction_of(dossier.numero, states.get(dossier.numero), _done(acts, dossier.numero), closes, now),
        )
        for row, dossier in dossiers
    ]


def editable_elsewhere(lines: Iterable[Line], states: States) -> list[str]:
    """The numbers of the dossiers that applicants can still modify in the service, and that no line is about."""
    here = {line.outcome.numero for line in lines}
    return [numero for numero, state in states.items() if state is DossierState.EDITABLE and numero not in here]


def settled(recorded: Iterable[RecordedAct], states: States) -> dict[tuple[str, Act], RecordedAct]:
    """The acts of the ledger; of those that were interrupted, the states of their dossiers tell what became of them."""
    acts = {}
    for act in recorded:
        interrupted = act.stage is ActStage.INTENDED
        stage = stage_after(act.act, states.get(act.numero)) if interrupted else act.stage
        acts[act.numero, act.act] = replace(act, stage=stage)
    return acts


def unchanged(lines: Iterable[Line], chosen: Collection[Line]) -> list[Line]:
    """The chosen lines that are still to be done as they were when they were chosen."""
    as_chosen = {line.outcome for line in chosen}
    return [line for line in lines if line.outcome in as_chosen]


def _done(acts: Acts, numero: str) -> set[Act]:
    recorded = (acts.get((numero, act)) for act in Act)
    return {act.act for act in recorded if act and act.stage is ActStage.DONE}


def _by_dossier(acts: Acts) -> dict[str, list[RecordedAct]]:
    by_dossier: dict[str, list[RecordedAct]] = {}
    for recorded in acts.values():
        by_dossier.setdefault(recorded.numero, []).append(recorded)
    return by_dossier


_FIELDS: Final = ("row", "numero", "projet", "preselection", "decision", "decide_par", "decide_le", "retour")


def _rows(run: Run) -> Iterator[dict[str, Any]]:
    """The rows of the dossiers, one a number, those that an anomaly leaves out included; None for a blank.

    What the last run read of a decision is not enough to act on: an act cannot be taken back.
    """
    table = run.reading.tables["candidatures"]
    has_feedback = "retour" in table.layout.available
    frame = table.frame[table.frame["numero"].notna()].drop_duplicates("numero")
    for row in frame[[*_FIELDS, "unreadable"]].to_dict("records"):
        typed = {name: None if pd.isna(row[name]) else row[name] for name in _FIELDS}
        read = row["row"] not in table.blocked and row["unreadable"].isdisjoint(("preselection", "decision"))
        undecided = typed["preselection"] is None and typed["decision"] is None
        motivated = has_feedback and "retour" not in row["unreadable"]
        yield {**typed, "is_readable": read and (motivated or undecided)}


def _dossier(row: Mapping[str, Any], statuses: Mapping[str, DeliveryStatus]) -> Dossier:
    feedback = (row["retour"] or "").strip() or None
    typed = Dossier(row["numero"], row["preselection"], row["decision"], feedback, row["is_readable"])
    return replace(typed, told=_told(typed, statuses))


def _told(dossier: Dossier, statuses: Mapping[str, DeliveryStatus]) -> DeliveryStatus | None:
    """The status of the e-mail that announces its decision."""
    ids = (message_id(template, dossier.numero) for template in ANNOUNCED_BY.get(dossier.word or "", ()))
    known = [statuses[sending_id] for sending_id in ids if sending_id in statuses]
    return min(known, key=_rank, default=None)


def _statuses(run: Run) -> dict[str, DeliveryStatus]:
    """The status of each e-mail, by the id of its first version: of several, the one that says most."""
    if run.emails is None:
        return {}
    by_id = {line.id: line.state for line in run.emails.lines}
    by_id |= {grouped: by_id[leader] for grouped, leader in run.emails.grouped.items() if leader in by_id}
    by_first_version: dict[str, DeliveryStatus] = {}
    for sending_id, status in by_id.items():
        first = base(sending_id)
        by_first_version[first] = min(status, by_first_version.get(first, status), key=_rank)
    return by_first_version


def _rank(status: DeliveryStatus) -> int:
    return _ADVANCED.index(status) if status in _ADVANCED else len(_ADVANCED)


def _line(row: Mapping[str, Any], dossier: Dossier, outcome: DossierOutcome) -> Line:
    decided_on = row["decide_le"]
    day_of = decided_on.date() if isinstance(decided_on, datetime) else decided_on
    return Line(outcome, dossier, int(row["row"]), row["projet"], row["decide_par"], day_of)


def reason_text(line: Line, reading: Reading) -> str:
    """Why an outcome is as it is, and what to do, as French sentences; '' when there is nothing to say."""
    outcome = line.outcome
    said = [_sentence(line, reading, code) for code in outcome.reasons]
    state = words.STATES[outcome.state].lower() if outcome.state else ""
    if outcome.status is OutcomeStatus.FAILED:
        said.append(
            words.REFUSED_BY_SERVICE.format(said=outcome.refusal)
            if outcome.refusal
            else words.NO_ANSWER.format(state=state)
        )
    if outcome.status is OutcomeStatus.UNCERTAIN:
        said.append(words.UNKNOWN)
    return typographic(" ".join(said))


def _sentence(line: Line, reading: Reading, code: OutcomeReason) -> str:
    tab, dossier, outcome = reading.layout.tabs["candidatures"], line.dossier, line.outcome

    def cell(field: str) -> str:
        return tab.reference(field, line.row) or f"« {tab.header(field)} »"

    return words.REASONS[code].format(
        number_cell=cell("numero"),
        decision_cell=cell("preselection" if dossier.word in _REJECTED else "decision"),
        feedback_cell=cell("retour"),
        feedback_header=tab.header("retour"),
        decision=dossier.decision,
        preselection=dossier.preselection,
        word=dossier.word or words.UNDECIDED,
        state=words.STATES[outcome.state].lower() if outcome.state else "",
        template=" ou ".join(ANNOUNCED_BY.get(dossier.word or "", ())),
        told=words.TOLD.format(status=dossier.told) if dossier.told else words.NOT_DUE,
        day=_day(outcome.day),
    )


_REJECTED: Final = (REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT)


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return moment(value.replace(second=0)) if isinstance(value, datetime) else day(value)
