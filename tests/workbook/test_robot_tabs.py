"""The registry of the robot's tabs: an entry is all that a tab needs to be made, filled, found again and kept ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from eig_sheets import config
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.results import compute
from eig_sheets.campaign.plans import tab_of
from eig_sheets.campaign.robot_sheets import RobotRows
from eig_sheets.config import Campaign
from eig_sheets.installed import FEATURES
from eig_sheets.registry import Feature
from eig_sheets.run.init import plan_init
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import Run, plan_sync, reading_for
from eig_sheets.run.robot_tabs import ROWS
from eig_sheets.run.robot_tabs import TABS as ROBOT_TABS
from eig_sheets.spreadsheet.model.plan import CreateTab, Operation, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.robot_tab import RobotTab
from tests.emails.drafting.support import TEXTS
from tests.robot_sheets import sheets_of
from tests.workbook.snapshots import EIG5, SCHEMA, book, dossier, evaluation, reading, shown, tabs_with

PROJECTS = RobotTab(
    "essai",
    "Essai",
    lambda *_: (Column("N° de dossier"), Column("Nom du projet", width=40)),
)
PROJECT_ROWS = RobotRows("essai", lambda _, results: named(results.of(APPLICATIONS).dossiers))
SHOWN = (("101", "Projet 101"), ("102", "Projet 102"))
TRIAL = Feature(id="essai", title="un essai", page="essai.fr.md", parts=lambda: (PROJECTS, PROJECT_ROWS))
ONE_MORE = config.load(config.packaged(), features=replace(FEATURES, on=(*FEATURES.on, TRIAL)))


def named(dossiers: pd.DataFrame) -> Rows:
    return tuple(zip(dossiers["numero"], dossiers["projet"], strict=True))


def synced(snapshot: Snapshot, last_run: LastRun | None = None, campaign: Campaign = EIG5) -> Run:
    last_run, clock = last_run or LastRun(), Clock(datetime(2021, 4, 30, 9), date(2021, 4, 30))
    return plan_sync(reading_for(snapshot, campaign, last_run), Known(last_run=last_run, texts=TEXTS), clock)


def made(operations: tuple[Operation, ...]) -> dict[str, Sheet]:
    return {operation.sheet.id: operation.sheet for operation in operations if isinstance(operation, CreateTab)}


def test_every_tab_has_an_id_and_a_name_of_its_own():
    assert len({tab.id for tab in ROBOT_TABS}) == len(ROBOT_TABS)
    names = [*(tab.name for tab in ROBOT_TABS), *(tab.name for tab in SCHEMA.tabs)]
    assert len(set(map(squeezed, names))) == len(names)


def test_each_row_has_a_cell_for_each_column():
    read = reading(book())
    results = compute(read)
    sheets = sheets_of(read, results)
    filled = {part.tab for part in ROWS}
    with_rows = [tab.id for tab in ROBOT_TABS if tab.id in filled and not (tab.optional or tab.needs_tab)]
    assert [*sheets] == [*with_rows, "donnees_graphiques"]
    for tab_id, sheet in sheets.items():
        assert [column.header for column in sheet.columns] == [column.header for column in SCHEMA.robot_columns[tab_id]]
        assert {len(row) for row in sheet.rows} <= {len(sheet.columns)}


TIED = [evaluation(str(place), "anna") for place in range(21)]
CROWD = [dossier(str(place)) for place in range(21)]


@pytest.mark.slow
def test_what_holds_of_most_rows_is_a_line_above_the_headers_until_it_does_not():
    run = synced(book(CROWD, evaluations=TIED))
    sheet = made(run.plan.operations)["classement"]
    [said] = sheet.banner[len(BANNER) :]
    assert said.startswith("21 des 21 dossiers classés sont ex aequo")
    assert not any("ex aequo" in str(cell).lower() for row in sheet.rows for cell in row)
    marked = shown(sheet, mark="classement")
    again = synced(with_tab(book(CROWD, evaluations=TIED), marked), run.last_run)
    assert [name for name in changed_tabs(again) if name == "Classement"] == []
    assert not [anomaly for anomaly in again.results.anomalies if anomaly.tab == "Classement"]
    better = [evaluation(str(place), "anna", *[1 + place / 10] * 5) for place in range(21)]
    after = synced(with_tab(book(CROWD, evaluations=better), marked), run.last_run)
    [replaced] = [operation.sheet for operation in after.plan.operations if isinstance(operation, ReplaceTab)]
    assert replaced.banner == BANNER


def with_tab(snapshot: Snapshot, tab: TabSnapshot) -> Snapshot:
    return replace(snapshot, tabs=(*snapshot.tabs, tab))


def changed_tabs(run: Run) -> list[str]:
    return [tab_of(operation) for operation in run.plan.operations]


class TestOneMoreTab:
    def test_is_made_by_init_with_its_headers(self):
        plan, problems = plan_init(Snapshot(()), ONE_MORE, date(2021, 4, 30))
        assert problems == ()
        columns = PROJECTS.columns((), (1, 4))
        assert made(plan.operations)["essai"] == Sheet("essai", "Essai", Owner.ROBOT, columns, (), BANNER)

    @pytest.mark.slow
    def test_is_filled_by_sync_found_again_and_left_when_it_is_right(self):
        run = synced(book(), campaign=ONE_MORE)
        sheet = made(run.plan.operations)["essai"]
        assert sheet.rows == SHOWN
        assert run.last_run is not None
        assert run.last_run.outputs["essai"][1:] == [*SHOWN]
        renamed = shown(Sheet("essai", "À nous", Owner.ROBOT, sheet.columns, sheet.rows, sheet.banner), mark="essai")
        again = synced(tabs_with(renamed), campaign=ONE_MORE)
        assert again.reading.layout.robot_tabs["essai"] == "À nous"
        assert not any(getattr(item, "sheet", None) and item.sheet.id == "essai" for item in again.plan.operations)

    def test_stops_at_a_tab_of_people_s_that_has_its_name(self):
        [problem] = synced(tabs_with(TabSnapshot("Essai", [["à nous"]])), campaign=ONE_MORE).problems
        assert (problem.code, problem.tab) == ("nom_pris", "Essai")


BANNER = (EIG5.campaign.banner,) if EIG5.campaign.banner else ()
