"""Requests of officers in `Demandes` and `Réponses`: read, joined with what this machine knows, answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import Remembered
from eig_sheets.campaign.results import Results
from eig_sheets.features.requests.actions import Actions, actions_of, permissions_of
from eig_sheets.features.requests.answers import TAB, TABLE, RequestAnswer, from_text
from eig_sheets.features.requests.rules import Action, Asked, Recorded, Stage, merged
from eig_sheets.features.requests.rules_steps import Situation, situation_of
from eig_sheets.features.requests.tabs import REQUESTS
from eig_sheets.features.requests.words import EDITED_RECORD, answer, unnumbered_answer, waiting_answer
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.text.french import plain
from eig_sheets.workbook.ownership import key_of
from eig_sheets.workbook.records import SealedRow, sealed_rows

LEDGER: Final[Remembered[Iterable[Recorded]]] = Remembered(
    place="eig_sheets.features.requests.files_ledger:recorded_in", nothing=()
)
"""What this machine's ledger says of each request."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The requests of a workbook: its rows, what is recorded of each number, and what follows."""

    reading: Reading
    rows: tuple[Asked, ...]
    recorded: Mapping[str, Recorded]
    situation: Situation

    @property
    def numbers(self) -> frozenset[str]:
        """Every number in use."""
        return frozenset({row.number for row in self.rows} | self.recorded.keys())

    def with_recorded(self, *changed: Recorded) -> Desk:
        """The same rows, with these records."""
        recorded = {**self.recorded, **{record.number: record for record in changed}}
        return replace(self, recorded=recorded, situation=_situation(self.reading, self.rows, recorded))


def desk_of(reading: Reading, kept: Iterable[Recorded] = ()) -> Desk:
    """The requests of a reading; `kept`: what this machine's ledger says of each."""
    rows = tuple(asked_rows(reading))
    name = reading.layout.robot_tabs.get(TAB)
    told = recorded_requests(reading.snapshot.tab(name) if name else None, actions_of(reading.campaign))
    recorded = merged(told, kept)
    return Desk(reading, rows, recorded, _situation(reading, rows, recorded))


def _situation(reading: Reading, rows: Sequence[Asked], recorded: Mapping[str, Recorded]) -> Situation:
    names = {row.row: plain(row.by) for row in rows}
    return situation_of(rows, recorded, permissions_of(reading.campaign), names)


def asked_rows(reading: Reading) -> Iterator[Asked]:
    """The filled rows of `Demandes`, in their order; none when the workbook has no such tab."""
    table, actions = reading.tables.get(REQUESTS), actions_of(reading.campaign)
    for row in table.frame.to_dict("records") if table is not None else ():
        typed = _text(row["action"])
        yield Asked(
            int(row["row"]),
            _text(row["demande"]),
            typed,
            actions.named(typed),
            _text(row["precision"]),
            _text(row["demande_par"]),
            row["confirmer"] is True,
            not row["unreadable"],
            table.layout.row_name(int(row["row"])) if table is not None else 0,
        )


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def recorded_requests(tab: TabSnapshot | None, actions: Actions) -> Iterator[Recorded]:
    """What `Réponses` records. A number whose row somebody edited is interrupted: nothing is done about it again."""
    recorded: dict[str, Recorded] = {}
    for row in sealed_rows(tab, TABLE):
        number = key_of(row.cells["number"])
        if number and row.cells["record"] is not None and (row.genuine or number not in recorded):
            recorded[number] = _recorded(row, number, actions)
    yield from recorded.values()


def _recorded(row: SealedRow, number: str, actions: Actions) -> Recorded:
    recorded = from_text(row.cells["record"]) if row.genuine else None
    if recorded is not None and recorded.number == number:
        return recorded
    action = actions.named(_text(row.cells["action"])) or Action.SYNC
    return Recorded(number, action, _text(row.cells["detail"]), "", Stage.INTERRUPTED, _moment(row), EDITED_RECORD)


def _moment(row: SealedRow) -> datetime:
    moment: CellValue = row.cells["moment"]
    return moment if isinstance(moment, datetime) else datetime(2000, 1, 1)


def answers_of(desk: Desk) -> tuple[RequestAnswer, ...]:
    """The answer to each request: to those that wait for people, then to those that were claimed."""
    situation, actions = desk.situation, actions_of(desk.reading.campaign)
    layout = desk.reading.layout.tabs.get(REQUESTS)
    tab = layout.name if layout else ""
    unnumbered = situation.unnumbered
    return (
        *([RequestAnswer(None, unnumbered_answer(unnumbered, tab))] if unnumbered and tab else []),
        *(RequestAnswer(request.number, waiting_answer(request, actions, tab)) for request in situation.waiting),
        *(
            _of_claim(record, actions.label(record.action), situation.edited.get(number, ()))
            for number, record in desk.recorded.items()
        ),
    )


def _of_claim(record: Recorded, label: str, edited: Sequence[Asked]) -> RequestAnswer:
    return RequestAnswer(record.number, answer(record, label, edited), record, label)


def answers_on(reading: Reading, results: Results) -> tuple[RequestAnswer, ...]:
    """The answers in a run, which this machine's ledger is known in."""
    return answers_of(desk_of(reading, results.recalled(LEDGER)))
