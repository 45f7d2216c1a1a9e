"""Builds the sheets of the robot's tabs: what each entry of the registry should hold for given results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Final

from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.robot_sheets import RobotRows, blank_sheet, is_taken, left_out
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.run import accueil, donnees_graphiques
from eig_sheets.run.donnees_graphiques import Numbers
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import journal
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.schema import is_emptied

RESERVED_NAME: Final = warning(
    "nom_reserve",
    "L’onglet « {tab} » porte le nom d’un onglet que le robot a de quoi remplir : le sien n’est pas créé, et rien "
    "de ce qu’il dirait ne se voit.",
    "Renommez votre onglet ; le robot créera le sien à la prochaine synchronisation.",
)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The time of the last successful run, and the present one: naive, in the campaign's zone."""

    last_success: datetime
    now: datetime


def result_sheets(reading: Reading, results: Results) -> dict[str, Sheet]:
    """The tabs that depend only on the data, by id; an optional one without rows only when it is there."""
    rows_of = _rows_of(reading)
    used = (tab for tab in reading.campaign.features.parts(RobotTab) if tab.id in rows_of and _is_used(tab, reading))
    sheets = (_filled(tab, rows_of[tab.id], reading, results) for tab in used)
    return {sheet.id: sheet for sheet in sheets if _has_its_place(sheet, reading)}


@dataclass(frozen=True, slots=True)
class HomeRefresh:
    """What of a feature brings `Accueil` up to date too, in words: « chaque demande »."""

    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows of a tab as they stand on a day, and what of them is no longer so."""

    rows: Rows = ()
    anomalies: tuple[Anomaly, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class KeptRows:
    """The rows of a robot's tab of a feature, by its id, that go on from those which the last run left.

    `standing`: given what the last run remembers, what became of e-mails, and the day.
    """

    tab: str
    standing: Callable[[Reading, Results, LastRun, PreviousState, date], Standing]


def with_kept_rows(
    reading: Reading, results: Results, last_run: LastRun, previous: PreviousState, today: date
) -> Results:
    """The results with the rows that features keep, and the anomalies of these rows."""
    kept = {
        part.tab: part.standing(reading, results, last_run, previous, today)
        for part in reading.campaign.features.parts(KeptRows)
    }
    more = [anomaly for standing in kept.values() for anomaly in standing.anomalies]
    return replace(
        results,
        kept_rows={tab: standing.rows for tab, standing in kept.items()},
        anomalies=in_order(reading, (*results.anomalies, *more)) if more else results.anomalies,
    )


def _kept(tab_id: str, _reading: Reading, results: Results) -> Rows:
    return results.kept_rows.get(tab_id, ())


def _rows_of(reading: Reading) -> dict[str, RobotRows]:
    """How the robot's tabs are filled that show results, by their ids."""
    features = reading.campaign.features
    rows_of = {part.tab: part for part in features.parts(RobotRows)}
    return rows_of | {part.tab: RobotRows(part.tab, partial(_kept, part.tab)) for part in features.parts(KeptRows)}


def _is_used(tab: RobotTab, reading: Reading) -> bool:
    """Whether the campaign has the tab, and the workbook what it stands beside."""
    there = reading.layout.robot_tabs.keys() | reading.layout.tabs.keys()
    return tab.id in reading.schema.robot_tabs and (not tab.needs_tab or bool(there & {tab.id, tab.needs_tab}))


def _has_its_place(sheet: Sheet, reading: Reading) -> bool:
    """Whether a tab is there, or is to be made: not an optional one without rows, or whose name is people's."""
    if sheet.id in reading.layout.robot_tabs or sheet.id not in reading.schema.optional_robot_tabs:
        return True
    return bool(sheet.rows) and not is_taken(sheet.name, reading)


def taken_name_anomalies(reading: Reading, results: Results) -> list[Anomaly]:
    """An anomaly for each optional tab that has rows, and is not made because a tab of people's has its name."""
    rows_of, schema = _rows_of(reading), reading.schema
    return [
        anomaly(RESERVED_NAME, schema.robot_tabs[tab.id])
        for tab in reading.campaign.features.parts(RobotTab)
        if tab.id in schema.optional_robot_tabs and tab.id not in reading.layout.robot_tabs
        and tab.id in rows_of and _is_used(tab, reading) and is_taken(schema.robot_tabs[tab.id], reading)
        and rows_of[tab.id].rows(reading, results)
    ]  # fmt: skip


def _filled(tab: RobotTab, of: RobotRows, reading: Reading, results: Results) -> Sheet:
    blank = blank_sheet(tab.id, reading)
    heading = of.heading(reading, results) if reading.snapshot.capabilities.title_rows else ()
    rows = () if is_emptied(tab.id, reading.campaign.part) else of.rows(reading, results)
    if without := left_out(tab.id, reading):
        headers = [column.header for column in reading.schema.robot_columns[tab.id]]
        places = [place for place, header in enumerate(headers) if header not in without]
        rows = tuple(tuple(row[place] for place in places) for row in rows)
    sent = tab.sent(rows) if tab.sent else None
    columns = of.fitted(reading, results, blank.columns)
    return replace(blank, columns=columns, rows=rows, banner=(*blank.banner, *heading), sent=sent)


def home_sheet(
    reading: Reading, lines: accueil.HomeLines, heartbeat: Heartbeat, log: Sheet, data: Sheet | None, numbers: Numbers
) -> Sheet:
    """The tab `Accueil`; `log` is the Journal, `data` the tab of the charts' `numbers`, None without any."""
    causes = [part.words for part in reading.campaign.features.parts(HomeRefresh)]
    sheet = accueil.filled(blank_sheet("accueil", reading), lines, heartbeat.last_success, refreshed_by=causes)
    charts = donnees_graphiques.charts(numbers, data, sheet) if data is not None else ()
    sheet = replace(sheet, charts=charts)
    if not reading.snapshot.capabilities.title_rows:
        return sheet
    return accueil.with_status(sheet, heartbeat.last_success, heartbeat.now, journal.newest_line(log))
