"""The robot's tabs of a call: blank, with their headers, and the parts by which steps and features fill them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.workbook import journal
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.robot_tab import former_tab


@dataclass(frozen=True, slots=True, eq=False)
class RobotRows:
    """The rows of a robot's tab, by its id.

    `fitted`: its columns as they suit the results; `heading`: lines above the headers, where there can be some.
    """

    tab: str
    rows: Callable[[Reading, Results], Rows]
    fitted: Callable[[Reading, Results, tuple[Column, ...]], tuple[Column, ...]] = lambda _, __, columns: columns
    heading: Callable[[Reading, Results], tuple[str, ...]] = lambda _, __: ()


@dataclass(frozen=True, slots=True, eq=False)
class LeftOutColumns:
    """The headers of a robot's tab, by its id, that a call has no use of."""

    tab: str
    headers: Callable[[Reading], frozenset[str]]


def banner_of(reading: Reading) -> tuple[str, ...]:
    """The line at the top of every tab that we make, where tabs can have one."""
    return banner_line(reading.campaign, reading.snapshot.capabilities)


def banner_line(campaign: Campaign, capabilities: Capabilities) -> tuple[str, ...]:
    """The banner of a campaign in a workbook of such capabilities: one line, or none."""
    return (campaign.campaign.banner,) if campaign.campaign.banner and capabilities.title_rows else ()


def blank_sheet(tab_id: str, reading: Reading) -> Sheet:
    """A robot's tab with only its headers, under the name that people gave it, else ours."""
    schema, former = reading.schema, former_tab(tab_id)
    name = reading.layout.robot_tabs.get(tab_id, schema.robot_tabs[tab_id])
    columns = [column for column in schema.robot_columns[tab_id] if column.header not in left_out(tab_id, reading)]
    return Sheet(
        tab_id, name, Owner.ROBOT, tuple(columns), (), banner_of(reading),
        former_ids=(former.id,) if former else (),
        hidden=tab_id in schema.hidden_robot_tabs, frozen_columns=schema.frozen_columns[tab_id],
        apart=schema.apart.get(tab_id),
    )  # fmt: skip


def left_out(tab_id: str, reading: Reading) -> frozenset[str]:
    """The headers of a robot's tab that a call has no use of, and that no column of people's tabs shows."""
    parts = reading.campaign.features.parts(LeftOutColumns)
    return frozenset(header for part in parts if part.tab == tab_id for header in part.headers(reading))


def is_taken(name: str, reading: Reading) -> bool:
    """Whether a tab of the workbook has that name."""
    return any(squeezed(tab.name) == squeezed(name) for tab in reading.snapshot.tabs)


def journal_sheet(reading: Reading, lines: Sequence[journal.Line]) -> Sheet:
    """The tab `Journal`."""
    return replace(blank_sheet("journal", reading), rows=journal.rows(lines))
