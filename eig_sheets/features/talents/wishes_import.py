"""`Vœux reçus`: the known answers to the form of choices, an import of more, and its undoing. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from eig_sheets.call.applications.importing.plan import ImportPlan
from eig_sheets.call.applications.plan_undo import RecordsApart, RowOfImport, Undo
from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import blank_sheet, is_taken
from eig_sheets.features.talents import wishes_tab as answers_tab
from eig_sheets.features.talents.checks_choices import wish_anomalies
from eig_sheets.features.talents.import_kinds import WISHES, new_answers
from eig_sheets.features.talents.rules_wishes import JudgedAnswer
from eig_sheets.features.talents.wishes import (
    RECEIVED,
    judged_wishes,
    wish_rows,
    wishes_in,
    wishes_tab,
    with_known_wishes,
)
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.imported_dossiers import ImportRecord
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import plural
from eig_sheets.workbook import journal
from eig_sheets.workbook.anomalies import Anomaly


@dataclass(frozen=True, slots=True)
class WishesRun:
    """What an import of answers does, and what to remember once its plan is applied.

    `added`: those that were not known, with what becomes of them; `record`: what to keep before the plan is applied,
    None when it adds nothing. `anomalies`: what people have to look at in all that was received.
    """

    reading: Reading
    imported: ImportPlan
    plan: Plan
    last_run: LastRun
    added: tuple[JudgedAnswer, ...]
    anomalies: tuple[Anomaly, ...]
    record: ImportRecord | None


def can_be_written(reading: Reading) -> bool:
    """Whether the tab is the robot's, or may be made."""
    return answers_tab.TAB in reading.layout.robot_tabs or not is_taken(answers_tab.NAME, reading)


def plan_wishes_run(reading: Reading, imported: ImportPlan, last_run: LastRun, now: datetime, source: str) -> WishesRun:
    """The plan of an import of answers; `reading` has those that are known (`with_known_wishes`)."""
    added = new_answers(imported, reading.of(RECEIVED).answers, now)
    reading = reading.with_read_back(
        RECEIVED, replace(reading.of(RECEIVED), answers=(*reading.of(RECEIVED).answers, *added))
    )
    what = f"Import de « {source} » : {plural(len(added), *WISHES.counted('ajouté'))}."
    plan, remembered = _written(reading, last_run, now, what if added else "")
    seals = {f"{answer.number} {answer.moment:%Y-%m-%d %H:%M}": answers_tab.seal_of_answer(answer) for answer in added}
    record = ImportRecord(now, source, seals, tab=WISHES.tab) if added else None
    new = {answer.key for answer in added}
    judged = tuple(wish for wish in judged_wishes(reading) if wish.answer.key in new)
    return WishesRun(reading, imported, plan, remembered, judged, tuple(wish_anomalies(reading)), record)


def is_there(record: ImportRecord, reading: Reading) -> bool:
    """Whether an answer that an import added is in the tab."""
    in_tab = wishes_in(wishes_tab(reading.snapshot, reading.layout))
    return not {*record.rows.values()}.isdisjoint(map(answers_tab.seal_of_answer, in_tab.answers))


def rows_of(reading: Reading) -> dict[tuple[str, datetime], int]:
    """The 1-based row of each answer that is in the tab, as it is there."""
    rows = answers_tab.read_rows(wishes_tab(reading.snapshot, reading.layout))
    read_answers = ((answers_tab.answer_of(row.cells), row.number) for row in rows if row.genuine)
    return {answer.key: number for answer, number in read_answers if answer is not None}


def undone(reading: Reading, record: ImportRecord, last_run: LastRun, now: datetime) -> Undo:
    """What takes away the answers of an import.

    They are in a robot's tab: the robot takes them away, whoever types in the workbook.
    """
    places = rows_of(reading)
    reading = with_known_wishes(reading, last_run)
    seals = {*record.rows.values()}
    gone = [answer for answer in reading.of(RECEIVED).answers if answers_tab.seal_of_answer(answer) in seals]
    left = tuple(answer for answer in reading.of(RECEIVED).answers if answer not in gone)
    what = f"Import de « {record.source} » défait : {plural(len(gone), 'réponse retirée', 'réponses retirées')}."
    reading = reading.with_read_back(RECEIVED, replace(reading.of(RECEIVED), answers=left))
    plan, remembered = _written(reading, last_run, now, what if gone else "")
    rows = tuple(RowOfImport(answer.number, places.get(answer.key, 0), places.get(answer.key, 0)) for answer in gone)
    return Undo(reading, record, plan, rows, (), last_run, remembered)


def _written(reading: Reading, last_run: LastRun, now: datetime, what: str) -> tuple[Plan, LastRun]:
    """The plan that writes the tab as the reading has it, and `what` in the Journal; '' when nothing changed."""
    if not what:
        return checked_plan(reading, []), last_run
    sheets = [wishes_sheet(reading), journal_with(reading, last_run, journal.line(now, journal.DONE, what))]
    operations = [operation for sheet in sheets for operation in written(reading, sheet)]
    outputs = since_last_run.outputs_of({answers_tab.TAB: sheets[0]})  # whoever wrote since: no other cell holds them
    remembered = remembering(reading, last_run, sheets)
    return checked_plan(reading, operations), replace(remembered, outputs={**remembered.outputs, **outputs})


def wishes_sheet(reading: Reading) -> Sheet:
    """The tab, with the answers that the reading has."""
    return replace(blank_sheet(answers_tab.TAB, reading), rows=wish_rows(reading))


APART: Final = RecordsApart(answers_tab.TAB, is_there, undone)
