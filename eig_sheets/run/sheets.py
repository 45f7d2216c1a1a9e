"""Builds the sheets of the robot's tabs: what each entry of the registry should hold for given results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Final

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.modifications import RECEIVED_CHANGES
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.jury.assignments import RECORDED
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.grilles import PAGE_LINKS
from eig_sheets.call.report.open_points import left_aside
from eig_sheets.call.rules.regles import RECORDED_RULES
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.call.selection.words import moved_texts
from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.notes_recues import COLLECTED
from eig_sheets.config import Campaign
from eig_sheets.emails.outbox.archive import ARCHIVED
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.run import accueil, donnees_graphiques, robot_tabs
from eig_sheets.run.chart_numbers import chart_numbers, charts_left_out
from eig_sheets.run.donnees_graphiques import Numbers
from eig_sheets.run.settings_in_force import settings_in_force
from eig_sheets.run.tab_data import TabData
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import journal
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.envois import Sending
from eig_sheets.workbook.ownership import squeezed
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


def banner_of(reading: Reading) -> tuple[str, ...]:
    """The line at the top of every tab that we make, where tabs can have one."""
    return banner_line(reading.campaign, reading.snapshot.capabilities)


def banner_line(campaign: Campaign, capabilities: Capabilities) -> tuple[str, ...]:
    """The banner of a campaign in a workbook of such capabilities: one line, or none."""
    return (campaign.campaign.banner,) if campaign.campaign.banner and capabilities.title_rows else ()


def blank_sheet(tab_id: str, reading: Reading) -> Sheet:
    """A robot's tab with only its headers, under the name that people gave it, else ours."""
    schema, former = reading.schema, robot_tabs.former_tab(tab_id)
    name = reading.layout.robot_tabs.get(tab_id, schema.robot_tabs[tab_id])
    columns = [column for column in schema.robot_columns[tab_id] if column.header not in _left_out(tab_id, reading)]
    return Sheet(
        tab_id, name, Owner.ROBOT, tuple(columns), (), banner_of(reading),
        former_ids=(former.id,) if former else (),
        hidden=tab_id in schema.hidden_robot_tabs, frozen_columns=schema.frozen_columns[tab_id],
        apart=robot_tabs.apart(tab_id),
    )  # fmt: skip


def _left_out(tab_id: str, reading: Reading) -> frozenset[str]:
    """The headers of a robot's tab that a call has no use of, and that no column of people's tabs shows."""
    if tab_id == donnees_graphiques.TAB_ID:
        without = charts_left_out(reading.campaign)
        forms = (form for form in donnees_graphiques.FORMS if form.id in without)
        return frozenset(column.header for form in forms for column in form.columns)
    if tab_id != "classement":
        return frozenset()
    tabs = (reading.layout.tabs.get(schema.id) for schema in reading.schema.tabs)
    shown = {robot for tab in tabs if tab is not None for robot in (*tab.robot_columns, *tab.lost)}
    unused = (robot for schema in reading.schema.tabs for robot in schema.robot_fields if robot.id in schema.unused)
    return frozenset(robot.source_header for robot in unused if robot.id not in shown)


def result_sheets(
    reading: Reading, results: Results, sendings: Sequence[Sending], numbers: Numbers
) -> dict[str, Sheet]:
    """The tabs that depend only on the data, by id; an optional one without rows only when it is there.

    `numbers`: those of the charts.
    """
    data = _data(reading, results, sendings, numbers)
    used = (tab for tab in _tabs(reading, results) if _is_used(tab, reading))
    sheets = (_filled(tab, data, reading) for tab in used if tab.rows is not None)
    return {sheet.id: sheet for sheet in sheets if _has_its_place(sheet, reading)}


@dataclass(frozen=True, slots=True)
class HomeRefresh:
    """What of a feature brings `Accueil` up to date too, in words: « chaque demande »."""

    words: str


@dataclass(frozen=True, slots=True, eq=False)
class RobotRows:
    """The rows of a robot's tab that a feature adds, by its id.

    `fitted`: its columns as they suit the results; `heading`: lines above the headers, where there can be some.
    """

    tab: str
    rows: Callable[[Reading, Results], Rows]
    fitted: Callable[[Reading, Results, tuple[Column, ...]], tuple[Column, ...]] = lambda _, __, columns: columns
    heading: Callable[[Reading, Results], tuple[str, ...]] = lambda _, __: ()


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


def _tabs(reading: Reading, results: Results) -> Iterator[RobotTab]:
    """The robot's tabs of the call, then those of its features, with their rows where they show results."""
    yield from robot_tabs.ROBOT_TABS
    features = reading.campaign.features
    rows_of = {part.tab: part for part in features.parts(RobotRows)}
    rows_of |= {part.tab: RobotRows(part.tab, partial(_kept, part.tab)) for part in features.parts(KeptRows)}
    for tab in features.parts(RobotTab):
        yield _with_rows(tab, rows_of[tab.id], reading, results) if tab.id in rows_of else tab


def _with_rows(tab: RobotTab, of: RobotRows, reading: Reading, results: Results) -> RobotTab:
    return replace(
        tab,
        rows=lambda _: of.rows(reading, results),
        fitted=lambda _, columns: of.fitted(reading, results, columns),
        heading=lambda _: of.heading(reading, results),
    )


def _is_used(tab: RobotTab, reading: Reading) -> bool:
    """Whether the campaign has the tab, and the workbook what it stands beside."""
    there = reading.layout.robot_tabs.keys() | reading.layout.tabs.keys()
    return tab.id in reading.schema.robot_tabs and (not tab.needs_tab or bool(there & {tab.id, tab.needs_tab}))


def _has_its_place(sheet: Sheet, reading: Reading) -> bool:
    """Whether a tab is there, or is to be made: not an optional one without rows, or whose name is people's."""
    if sheet.id in reading.layout.robot_tabs or sheet.id not in reading.schema.optional_robot_tabs:
        return True
    return bool(sheet.rows) and not is_taken(sheet.name, reading)


def is_taken(name: str, reading: Reading) -> bool:
    """Whether a tab of the workbook has that name."""
    return any(squeezed(tab.name) == squeezed(name) for tab in reading.snapshot.tabs)


def taken_name_anomalies(reading: Reading, results: Results, sendings: Sequence[Sending]) -> list[Anomaly]:
    """An anomaly for each optional tab that has rows, and is not made because a tab of people's has its name."""
    awaited = [
        tab for tab in _tabs(reading, results)
        if tab.id in reading.schema.optional_robot_tabs and tab.id not in reading.layout.robot_tabs
        and tab.rows is not None and _is_used(tab, reading) and is_taken(reading.schema.robot_tabs[tab.id], reading)
    ]  # fmt: skip
    if not awaited:
        return []
    data = _data(reading, results, sendings, chart_numbers(reading, results))
    names = reading.schema.robot_tabs
    return [anomaly(RESERVED_NAME, names[tab.id]) for tab in awaited if tab.rows is not None and tab.rows(data)]


def _filled(tab: RobotTab, data: TabData, reading: Reading) -> Sheet:
    blank = blank_sheet(tab.id, reading)
    heading = tab.heading(data) if reading.snapshot.capabilities.title_rows else ()
    rows = tab.rows(data) if tab.rows and not is_emptied(tab.id, reading.campaign.part) else ()
    if left_out := _left_out(tab.id, reading):
        headers = [column.header for column in reading.schema.robot_columns[tab.id]]
        places = [place for place, header in enumerate(headers) if header not in left_out]
        rows = tuple(tuple(row[place] for place in places) for row in rows)
    sent = tab.sent(rows) if tab.sent else None
    return replace(
        blank, columns=tab.fitted(data, blank.columns), rows=rows, banner=(*blank.banner, *heading), sent=sent
    )


def _data(reading: Reading, results: Results, sendings: Sequence[Sending], numbers: Numbers) -> TabData:
    return TabData(
        criteria=[*reading.campaign.labels.items()],
        header=reading.layout_of("candidatures").header,
        dossiers=results.of(APPLICATIONS).dossiers,
        eligibility=results.of(APPLICATIONS).eligibility,
        ranking=results.of(SCORES).ranking,
        cofinancing=results.of(COFINANCING),
        rules=results.of(RECORDED_RULES),
        anomalies=results.anomalies,
        changes=results.of(RECEIVED_CHANGES),
        sendings=sendings,
        bounds=reading.campaign.ranking.zone,
        places=reading.campaign.campaign.target,
        calibration=results.of(SCORES).calibration,
        settings=settings_in_force(reading.overrides),
        assignments=results.of(RECORDED)[DOSSIERS.tab],
        page_links=results.of(PAGE_LINKS),
        collected=results.of(COLLECTED),
        jurors=reading.valid_rows("jury"),
        archived=results.of(ARCHIVED),
        moved=moved_texts(results.of(SELECTION)),
        left_aside=left_aside(reading) if reading.owns("candidatures") else (),
        numbers=numbers,
    )


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


def journal_sheet(reading: Reading, lines: Sequence[journal.Line]) -> Sheet:
    """The tab `Journal`."""
    return replace(blank_sheet("journal", reading), rows=journal.rows(lines))
