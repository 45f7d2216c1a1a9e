"""What `init` creates: tabs, headers, robot's columns that the workbook lacks; never a change to what is there."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.config import Campaign
from eig_sheets.reading import Reading, read
from eig_sheets.show import banner_of
from eig_sheets.workbook import diff
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.fields import TabSchema
from eig_sheets.workbook.layout import TabLayout, closest_header
from eig_sheets.workbook.ownership import is_blank, squeezed
from eig_sheets.workbook.plan import AddColumn, CreateTab, Operation, Plan
from eig_sheets.workbook.prove import prove
from eig_sheets.workbook.render import (
    anomalies,
    classement,
    cofinancement,
    eligibilite,
    envois,
    journal,
    people,
    tableau,
)
from eig_sheets.workbook.schema import Schema
from eig_sheets.workbook.sheet import Column, Owner, Sheet
from eig_sheets.workbook.snapshot import Snapshot, TabSnapshot

_MENDED = {"onglet_absent", "onglet_sans_en_tetes"}


def plan_init(snapshot: Snapshot, campaign: Campaign) -> tuple[Plan, tuple[Anomaly, ...]]:
    """The plan, and the structural problems that only a person can solve; with any of these the plan is empty. Pure."""
    reading = read(snapshot, campaign)
    blank = {tab.name for tab in snapshot.tabs if is_blank(tab)}
    problems = tuple(
        one
        for one in reading.problems
        if one.code not in _MENDED or (one.code == "onglet_sans_en_tetes" and one.tab not in blank)
    )
    operations = () if problems else tuple(_operations(reading, campaign))
    plan = Plan(snapshot.version, operations)
    prove(plan, snapshot, reading.layout, reading.schema)
    return plan, problems


def _operations(reading: Reading, campaign: Campaign) -> Iterator[Operation]:
    robots = {
        sheet.id: sheet for sheet in robot_sheets(reading.schema, campaign) if sheet.id not in reading.layout.robot_tabs
    }
    if not reading.snapshot.tabs and "tableau_de_bord" in robots:  # a new workbook opens on the dashboard
        yield CreateTab(robots.pop("tableau_de_bord"))
    for tab in reading.schema.tabs:
        yield from _tab(tab, reading, campaign)
    yield from (CreateTab(sheet) for sheet in robots.values())


def _tab(tab: TabSchema, reading: Reading, campaign: Campaign) -> Iterator[Operation]:
    located = reading.layout.tabs.get(tab.id)
    if located is not None:
        yield from _lacking(located)
        return
    empty = next((one for one in reading.snapshot.tabs if squeezed(one.name) == squeezed(tab.name)), None)
    if empty is None:
        yield CreateTab(people.sheet(tab, banner_of(campaign)))
    else:
        looks = [*((one.column(), None) for one in tab.fields), *((robot.look, robot.id) for robot in tab.robot_fields)]
        yield from (AddColumn(empty.name, 1, column, look, mark) for column, (look, mark) in enumerate(looks))


def _lacking(tab: TabLayout) -> Iterator[AddColumn]:
    """Headers that a tab lacks, to the right of what it has; none that another header comes close to."""
    first_free = _width(tab.tab)
    places = {field_id: (column,) for field_id, column in tab.columns.items()}
    lacking: list[Column] = [
        one.column()
        for one in tab.schema.fields
        if one.id not in tab.columns and not closest_header(one, tab.tab, tab.header_row, places)
    ]
    for place, look in enumerate(lacking):
        yield AddColumn(tab.name, tab.header_row, first_free + place, look)
    yield from diff.missing_robot_columns(tab, first_free + len(lacking))


def _width(tab: TabSnapshot) -> int:
    """How many columns hold anything, be it a formula that shows nothing."""
    filled = {column for row in tab.rows for column, value in enumerate(row) if value is not None}
    return max(filled | {column for _, column in tab.formulas}, default=-1) + 1


def robot_sheets(schema: Schema, campaign: Campaign) -> Iterator[Sheet]:
    """The robot's tabs before the first sync: headers only."""
    columns = {
        "tableau_de_bord": tableau.COLUMNS,
        "classement": classement.columns([*campaign.labels.items()], campaign.scale),
        "cofinancement": cofinancement.COLUMNS,
        "eligibilite": eligibilite.COLUMNS,
        "anomalies": anomalies.COLUMNS,
        "envois": envois.COLUMNS,
        "journal": journal.COLUMNS,
    }
    for tab_id, name in schema.robot_tabs.items():
        yield Sheet(tab_id, name, Owner.ROBOT, columns[tab_id], (), banner_of(campaign))
