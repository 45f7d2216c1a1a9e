"""The tabs that a run makes once their phase opens, and those that it leaves for later. Pure.

A tab of people's is made once: if they delete it, it stays away, unless `init` is asked for it. A robot's comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from eig_sheets.campaign.phases import has_phase, is_open
from eig_sheets.campaign.reading import Reading
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.sheets import banner_of, is_taken
from eig_sheets.sync.target import TargetState
from eig_sheets.workbook.fields import TabSchema
from eig_sheets.workbook.model.plan import CreateTab
from eig_sheets.workbook.render import people


def of_the_day(target: TargetState, last_run: LastRun, today: date) -> TargetState:
    """The target state without the robot's tabs that are not there and whose phase is not open; with people's due."""
    there = target.reading.layout.robot_tabs
    campaign = target.reading.campaign
    sheets = {
        tab_id: sheet for tab_id, sheet in target.sheets.items() if tab_id in there or is_open(tab_id, campaign, today)
    }
    early = target.sheets.keys() - sheets.keys()
    kept = (
        operation
        for operation in target.operations
        if not (isinstance(operation, CreateTab) and operation.sheet.id in early)
    )
    due = due_tabs(target.reading, last_run, today)
    created = (CreateTab(people.sheet(tab, banner_of(target.reading), target.sheets)) for tab in due)
    return replace(target, sheets=sheets, operations=(*kept, *created))


def due_tabs(reading: Reading, last_run: LastRun, today: date) -> Iterator[TabSchema]:
    """People's tabs that the workbook never had, whose phase is open and whose name is free."""
    if last_run.made is None:
        return
    for tab in reading.schema.tabs:
        is_awaited = has_phase(tab.id, reading.campaign) and tab.id not in (*last_run.made, *reading.layout.tabs)
        if is_awaited and is_open(tab.id, reading.campaign, today) and not is_taken(tab.name, reading):
            yield tab


def made(target: TargetState, last_run: LastRun) -> tuple[str, ...] | None:
    """The people's tabs that the workbook has had, to remember once the plan is applied."""
    if last_run.made is None:
        return None
    created = (operation.sheet.id for operation in target.operations if isinstance(operation, CreateTab))
    schemas = {tab.id for tab in target.reading.schema.tabs}
    return tuple(sorted({*last_run.made, *target.reading.layout.tabs, *created} & schemas))
