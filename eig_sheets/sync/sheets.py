"""Builds the sheets of the robot's tabs: what each entry of the registry should hold for given results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.settings_in_force import settings_in_force
from eig_sheets.config import Campaign
from eig_sheets.sync.dashboard import indicators
from eig_sheets.workbook import robot_tabs
from eig_sheets.workbook.model.capabilities import Capabilities
from eig_sheets.workbook.model.sheet import Owner, Sheet
from eig_sheets.workbook.render import journal, tableau
from eig_sheets.workbook.render.envois import Sending
from eig_sheets.workbook.robot_tabs import RobotTab, TabData


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The time of the last successful run, and the present one: naive, in the campaign's zone."""

    last_success: datetime
    now: datetime


def banner_of(reading: Reading) -> tuple[str, ...]:
    """The line at the top of every tab that we make, where tabs can have one."""
    return banner_line(reading.campaign, reading.snapshot.capabilities)


def banner_line(campaign: Campaign, capabilities: Capabilities) -> tuple[str, ...]:
    """The banner of a campaign in a workbook of such capabilities: one line, or none."""
    return (campaign.campaign.banner,) if campaign.campaign.banner and capabilities.title_rows else ()


def blank_sheet(tab_id: str, reading: Reading) -> Sheet:
    """A robot's tab with only its headers, under the name that people gave it, else ours."""
    name = reading.layout.robot_tabs.get(tab_id, reading.schema.robot_tabs[tab_id])
    return Sheet(tab_id, name, Owner.ROBOT, reading.schema.robot_columns[tab_id], (), banner_of(reading))


def result_sheets(reading: Reading, results: Results, sendings: Sequence[Sending]) -> dict[str, Sheet]:
    """The tabs that depend only on the data, by id."""
    data = _data(reading, results, sendings)
    return {tab.id: _filled(tab, data, reading) for tab in robot_tabs.ROBOT_TABS if tab.rows is not None}


def _filled(tab: RobotTab, data: TabData, reading: Reading) -> Sheet:
    blank = blank_sheet(tab.id, reading)
    heading = tab.heading(data) if reading.snapshot.capabilities.title_rows else ()
    rows = tab.rows(data) if tab.rows else ()
    return replace(blank, columns=tab.fitted(data, blank.columns), rows=rows, banner=(*blank.banner, *heading))


def _data(reading: Reading, results: Results, sendings: Sequence[Sending]) -> TabData:
    return TabData(
        criteria=[*reading.campaign.labels.items()],
        header=reading.layout.tabs["candidatures"].header,
        dossiers=results.dossiers,
        eligibility=results.eligibility,
        ranking=results.ranking,
        cofinancing=results.cofinancing,
        rules=results.rules,
        anomalies=results.anomalies,
        changes=results.changes,
        sendings=sendings,
        bounds=reading.campaign.ranking.zone,
        places=reading.campaign.campaign.target,
        calibration=results.calibration,
        settings=settings_in_force(reading.overrides),
    )


def dashboard_sheet(reading: Reading, results: Results, sendings: Sequence[Sending], heartbeat: Heartbeat) -> Sheet:
    """The tab `Tableau de bord`."""
    lines = indicators(reading, results, sendings)
    sheet = tableau.filled(blank_sheet("tableau_de_bord", reading), lines, heartbeat.last_success)
    if not reading.snapshot.capabilities.title_rows:
        return sheet
    return tableau.with_status(sheet, heartbeat.last_success, heartbeat.now)


def journal_sheet(reading: Reading, lines: Sequence[journal.Line]) -> Sheet:
    """The tab `Journal`."""
    return replace(blank_sheet("journal", reading), rows=journal.rows(lines))
