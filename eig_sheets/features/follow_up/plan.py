"""What a run adds for the ten months: a row of `Suivi` for each milestone, once, and the tabs of that phase. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from eig_sheets.campaign.phases import is_open
from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.robot_sheets import banner_of, blank_sheet
from eig_sheets.campaign.vanished_rows import with_rows_added
from eig_sheets.features.follow_up import schedule
from eig_sheets.features.follow_up.milestones import named_milestones, schedules_of
from eig_sheets.features.follow_up.schedule import Made, Schedules
from eig_sheets.features.follow_up.tabs import DELIVERABLES, FOLLOW_UP
from eig_sheets.run import people_sheets
from eig_sheets.run.appended_rows import Appended, AppendedRows, with_rows
from eig_sheets.run.init import due_tabs
from eig_sheets.run.refusals import ADDITION_REFUSED
from eig_sheets.spreadsheet.model.cells import WrittenValue, a1
from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import diff, journal
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.display_check import looked_up
from eig_sheets.workbook.fields import PROJECT_NAME, TabSchema
from eig_sheets.workbook.ownership import key_of


def added_by_a_run(reading: Reading, last_run: LastRun, today: date) -> Appended:
    """The rows of milestones that no run made yet, and the tabs whose phase opens: with these rows, or blank."""
    due = {tab.id: tab for tab in due_tabs(reading, last_run, today) if tab.id in (FOLLOW_UP, DELIVERABLES)}
    added, made, refusals = _milestones(reading, last_run.milestones, today, is_due=FOLLOW_UP in due)
    rows = _named(rows_of(added), reading)
    new = {tab_id: _new_tab(tab, rows if tab_id == FOLLOW_UP else (), reading) for tab_id, tab in due.items()}
    appended = [diff.append(reading.layout.tabs[FOLLOW_UP], rows)] if rows and FOLLOW_UP not in due else []
    operations: tuple[AppendRows | CreateTab, ...] = (*appended, *map(CreateTab, new.values()))
    snapshot = reading.snapshot
    for operation in operations:
        snapshot = with_rows(snapshot, _as_shown(operation, rows, reading))
    remembered = replace(last_run, milestones=made)
    if not operations:
        return Appended(reading, remembered, (), refusals)
    foreseen = read(snapshot, reading.configured, known=reading.known).with_linked(reading.linked)
    if foreseen.problems:  # with these rows the workbook would hold more than is read
        return Appended(reading, last_run, (), (*refusals, *foreseen.problems))
    return Appended(foreseen, remembered, operations, refusals)


ROWS: Final = AppendedRows(added_by_a_run)


def _milestones(
    reading: Reading, made: Made, today: date, *, is_due: bool
) -> tuple[Schedules, Made, tuple[Anomaly, ...]]:
    """The rows to add, what to remember then, and what cannot be added. `is_due`: the tab is about to be made."""
    if not (is_due or FOLLOW_UP in reading.layout.tabs) or not is_open(FOLLOW_UP, reading.campaign, today):
        return {}, made, ()
    schedules, named = schedules_of(reading), named_milestones(reading)
    added: Schedules = schedule.never_made(schedules, named, made)
    refusal = _refusal(reading, added)
    if refusal:
        added = {}
    return added, schedule.remembered(schedules, named, made, added), (refusal,) if refusal else ()


def rows_of(added: Schedules) -> list[dict[str, WrittenValue]]:
    """The rows to add, project by project, each by the id of its field."""
    return [
        {
            "numero": number,
            "jalon": milestone.label,
            "echeance": datetime.combine(milestone.due, time.min),
            "responsable": milestone.role,
        }
        for number, planned in added.items()
        for milestone in planned
    ]


def _named(rows: Sequence[dict[str, WrittenValue]], reading: Reading) -> list[dict[str, WrittenValue]]:
    """The rows, each with the name of its project, that the robot's column shows."""
    dossiers = reading.valid_rows("candidatures")
    names = dict(zip(dossiers["numero"], dossiers["projet"], strict=True))
    return [{**row, PROJECT_NAME.id: names.get(row["numero"])} for row in rows]


def _new_tab(tab: TabSchema, rows: Sequence[dict[str, WrittenValue]], reading: Reading) -> Sheet:
    """A tab with its first rows."""
    sources = {robot.source_tab: blank_sheet(robot.source_tab, reading) for robot in tab.robot_fields}
    return people_sheets.sheet(tab, banner_of(reading), sources, rows)


def _as_shown(
    operation: AppendRows | CreateTab, rows: Sequence[dict[str, WrittenValue]], reading: Reading
) -> AppendRows | CreateTab:
    """What will be read of the rows: where the header has the formula of names, what it finds in the robot's tab."""
    if isinstance(operation, CreateTab) or not reading.snapshot.capabilities.header_formulas:
        return operation
    tab = reading.layout.tabs[FOLLOW_UP]
    column = tab.robot_columns.get(PROJECT_NAME.id)
    if column is None:
        return operation
    source = reading.snapshot.tab(reading.layout.robot_tabs.get(PROJECT_NAME.source_tab, ""))
    names = looked_up(tab, PROJECT_NAME, source)
    shown_names = (names.get(key_of(str(row["numero"])).casefold()) for row in rows)
    shown = tuple(
        (*cells, None if name is None else str(name)) for cells, name in zip(operation.rows, shown_names, strict=True)
    )
    return replace(operation, columns=(*operation.columns, column), rows=shown)


def _refusal(reading: Reading, added: Schedules) -> Anomaly | None:
    """Why nothing can be added to the tab, where something would be."""
    tab = reading.layout.tabs.get(FOLLOW_UP)
    if tab is None or not added or tab.name not in reading.snapshot.refused:
        return None
    count = sum(map(len, added.values()))
    what = plural(count, "jalon n’est pas ajouté", "jalons ne sont pas ajoutés")
    cell = a1(tab.last_row + 1, tab.columns[tab.schema.key])
    return anomaly(ADDITION_REFUSED, tab.name, cell, what=what, reason=reading.snapshot.refused[tab.name])


@dataclass(frozen=True, slots=True)
class GenerationRun:
    """What `follow-up generate` does to a workbook, and what to remember once its plan is applied.

    `added`: the milestones, by project; the plan is empty without any. `refused`: none can be added, and why.
    """

    reading: Reading
    added: Schedules
    plan: Plan
    last_run: LastRun
    refused: str = ""


def plan_generation(
    reading: Reading, last_run: LastRun, now: datetime, numbers: Collection[str] | None = None
) -> GenerationRun:
    """The plan that adds every milestone that `Suivi` lacks, those that people deleted included.

    `numbers`: those of the projects concerned, None for all of them. Raises KeyError when there is no such tab.
    """
    tab, schedules, named = reading.layout.tabs[FOLLOW_UP], schedules_of(reading), named_milestones(reading)
    chosen = {number: planned for number, planned in schedules.items() if numbers is None or number in numbers}
    added = schedule.unnamed(chosen, named)
    refusal = _refusal(reading, added)
    if refusal or not added:
        reason = reading.snapshot.refused.get(tab.name, "") if refusal else ""
        return GenerationRun(reading, {}, checked_plan(reading, []), last_run, reason)
    line = journal.line(now, journal.DONE, _sentence(added))
    log = journal_with(reading, last_run, line)
    plan = checked_plan(reading, [diff.append(tab, rows_of(added)), *written(reading, log)])
    made = schedule.remembered(schedules, named, last_run.milestones, added)
    remembered = with_rows_added(remembering(reading, last_run, [log]), reading, plan)
    return GenerationRun(reading, added, plan, replace(remembered, milestones=made))


def _sentence(added: Schedules) -> str:
    counts = plural(sum(map(len, added.values())), "jalon ajouté", "jalons ajoutés")
    return f"Suivi : {counts} pour {listed(added) if len(added) < 4 else plural(len(added), 'projet')}."
