"""The nightly job: what it writes, when it writes nothing, when it refuses and how it says so."""

from datetime import date, timedelta

import pytest

from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab, ReplaceTab, SetCells
from tests.columns import cell_of
from tests.effort import first
from tests.in_memory import storage_at
from tests.nightly import DAY, Robot
from tests.people_cells import ROBOT_TABS, clear_rows, people, type_in
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

HOUR = timedelta(hours=1)


@pytest.fixture
def robot(demo):
    """The demo's nightly job; its last success was just now."""
    return Robot(demo)


def journal(robot):
    return robot.tab("Journal").rows


def touched(run):
    return [
        operation.sheet.name if isinstance(operation, (CreateTab, ReplaceTab)) else operation.tab
        for operation in run.plan.operations
    ]


class TestNothingToDo:
    @pytest.mark.slow
    def test_writes_nothing(self, robot):
        before = robot.campaign.bytes
        assert not robot.sync().plan
        assert not robot.sync(later=11.9 * HOUR).plan
        assert robot.campaign.bytes == before

    @pytest.mark.slow
    def test_on_another_day_it_tells_what_is_no_longer_due_then_nothing(self, robot):
        for day in (date(2021, 5, 1), date(2021, 7, 20), date(2022, 8, 1)):
            robot.today = day
            robot.sync(later=HOUR)
            assert not robot.sync(later=HOUR).plan

    def test_before_anything_is_due_what_is_there_stays(self, robot):
        before = people(robot.campaign.workbook)
        robot.today = date(2021, 2, 1)
        robot.sync()
        assert before.lost(people(robot.campaign.workbook)) == []
        assert len(robot.tab("E-mails à envoyer").rows) == 30

    def test_rules_were_recorded_on_the_day_that_the_run_was_told(self, robot):
        assert {row["Enregistré le"].date() for row in robot.tab("Règles du jeu").rows} == {DAY}

    @pytest.mark.slow
    def test_beats_every_twelve_hours(self, robot):
        first, lines = robot.heartbeat, journal(robot)
        run = robot.sync(later=12 * HOUR)
        assert touched(run) == ["Accueil"]
        beat = robot.tab("Accueil").cell("Date", "Dernière synchronisation réussie", "Quoi")
        assert [change.cell for change in run.plan.changes(run.reading.snapshot)] == [beat]
        assert robot.heartbeat == first + 12 * HOUR
        assert journal(robot) == lines
        assert not robot.sync(later=11 * HOUR).plan

    @pytest.mark.slow
    def test_a_clock_that_is_a_little_behind_that_of_another_machine_writes_nothing(self, robot):
        assert not robot.sync(later=-9 * HOUR / 60).plan

    @pytest.mark.slow
    def test_a_clock_that_went_back_beats_again(self, robot):
        assert touched(robot.sync(later=-48 * HOUR)) == ["Accueil"]
        assert not robot.sync(later=HOUR).plan


class TestSomethingChanged:
    @pytest.mark.slow
    def test_one_line_in_the_journal(self, robot):
        before = journal(robot)
        type_in(robot.campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
        robot.sync(later=HOUR)
        [first, *others] = journal(robot)
        assert [{**row, "row": 0} for row in others] == [{**row, "row": 0} for row in before]
        assert (first["Date"], first["Résultat"], first["Que faire"]) == (robot.now, "Réussi", None)
        assert first["Ce qui s’est passé"] == (
            "31 dossiers, 121 évaluations et 19 anomalies, dont 15 bloquantes. "
            "Mis à jour\u202f: Candidatures et Classement."
        )
        assert robot.heartbeat == robot.now

    @pytest.mark.slow
    @pytest.mark.on_a_file
    def test_a_whole_run_is_one_write(self, robot):
        type_in(robot.campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
        versions = robot.state.versions
        before = len(list(versions.iterdir()))
        robot.sync(later=HOUR)
        assert len(list(versions.iterdir())) == before + 1

    @pytest.mark.slow
    def test_it_only_touches_what_differs(self, robot):
        type_in(robot.campaign.workbook, "Candidatures", cell_of("candidatures", "commentaire", 6), "À rappeler")
        assert not robot.sync(later=HOUR).plan

    @pytest.mark.slow
    def test_anomalies_lead_to_their_cell(self, robot):
        place = cell_of("evaluations", "definition", 84)
        type_in(robot.campaign.workbook, "Évaluations", place, "quatre ?")
        robot.sync(later=HOUR)
        [line] = [row for row in robot.tab("Anomalies").rows if row["Cellule"] == place]
        assert (line["Gravité"], line["Onglet"]) == ("Bloquant", "Évaluations")
        type_in(robot.campaign.workbook, "Évaluations", place, 4)
        robot.sync(later=HOUR)
        assert [row for row in robot.tab("Anomalies").rows if row["Cellule"] == place] == []


class TestFailing:
    def break_it(self, robot):
        edit(robot.campaign.workbook, "rename_header", tab="Évaluations", **{"from": "Définition", "to": "Déf."})

    def test_nothing_but_the_line_of_failure(self, robot):
        self.break_it(robot)
        type_in(robot.campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 84), 1)
        before, results = people(robot.campaign.workbook), robot.tab("Classement").rows
        run = robot.sync(later=HOUR)
        assert run.results is None
        assert touched(run) == ["Journal"]
        first, second, *_ = journal(robot)
        assert (first["Date"], first["Résultat"]) == (robot.now, "Échec")
        assert "Définition" in first["Ce qui s’est passé"]
        assert "Évaluations" in first["Ce qui s’est passé"]
        assert first["Que faire"]
        assert second["Résultat"] == "Réussi"
        assert robot.tab("Classement").rows == results
        after = people(robot.campaign.workbook)
        assert (before.lost(after), before.added(after)) == ([], set())

    def test_once_a_day_for_the_same_cause(self, robot):
        self.break_it(robot)
        robot.now = robot.now.replace(hour=1)
        robot.sync()
        written = robot.campaign.bytes
        assert not robot.sync(later=HOUR).plan
        assert not robot.sync(later=20 * HOUR).plan
        assert robot.campaign.bytes == written
        assert robot.sync(later=3 * HOUR).plan
        assert [row["Résultat"] for row in journal(robot)][:3] == ["Échec", "Échec", "Réussi"]

    def test_at_once_for_another_cause(self, robot):
        self.break_it(robot)
        robot.sync()
        edit(robot.campaign.workbook, "rename_header", tab="Évaluations", **{"from": "Ouverture", "to": "Quoi"})
        assert robot.sync().plan
        assert [row["Résultat"] for row in journal(robot)][:3] == ["Échec", "Échec", "Réussi"]

    @pytest.mark.slow
    def test_it_resumes_once_mended(self, robot):
        self.break_it(robot)
        robot.sync()
        edit(robot.campaign.workbook, "rename_header", tab="Évaluations", **{"from": "Déf.", "to": "Définition"})
        run = robot.sync(later=HOUR)
        assert run.results is not None
        assert touched(run) == ["Journal", "Accueil"]  # which said that the last run failed
        assert not robot.sync(later=HOUR).plan
        assert [row["Résultat"] for row in journal(robot)][:3] == ["Réussi", "Échec", "Réussi"]

    @pytest.mark.slow
    def test_a_success_long_after_a_failure_is_told_too(self, robot):
        self.break_it(robot)
        robot.sync()
        edit(robot.campaign.workbook, "rename_header", tab="Évaluations", **{"from": "Déf.", "to": "Définition"})
        robot.sync(later=72 * HOUR)
        assert [row["Résultat"] for row in journal(robot)][:2] == ["Réussi", "Échec"]
        assert not robot.sync(later=HOUR).plan

    def test_a_people_s_tab_that_vanished(self, robot):
        edit(robot.campaign.workbook, "delete_tab", tab="Jury")
        before = robot.tab("Classement").rows
        run = robot.sync(later=HOUR)
        assert touched(run) == ["Journal"]
        assert "L’onglet « Jury » est introuvable." in journal(robot)[0]["Ce qui s’est passé"].replace("\u202f", " ")
        assert robot.tab("Classement").rows == before

    @pytest.mark.slow
    def test_a_people_s_tab_of_ours_may_be_renamed(self, robot):
        edit(robot.campaign.workbook, "rename_tab", tab="Évaluations", to="Notes du jury")
        run = robot.sync(later=HOUR)
        assert run.problems == ()
        assert {row["Onglet"] for row in robot.tab("Anomalies").rows} == {"Candidatures", "Notes du jury"}
        assert not robot.sync(later=HOUR).plan

    def test_the_staff_s_own_tab_of_the_robot_s_name(self, robot):
        edit(robot.campaign.workbook, "delete_tab", tab="Classement")
        edit(robot.campaign.workbook, "rename_tab", tab="Paramètres", to="Classement")
        before = people_of(robot, "Classement")
        run = robot.sync(later=HOUR)
        assert touched(run) == ["Journal"]
        assert people_of(robot, "Classement") == before
        assert "« Classement »" in journal(robot)[0]["Ce qui s’est passé"].replace("\u202f", " ")

    def test_the_staff_s_own_tab_called_journal(self, robot):
        edit(robot.campaign.workbook, "delete_tab", tab="Journal")
        edit(robot.campaign.workbook, "rename_tab", tab="Paramètres", to="JOURNAL ")
        before = robot.campaign.bytes
        run = robot.sync(later=HOUR)
        assert run.problems
        assert robot.campaign.bytes == before


def people_of(robot, name):
    return list(robot.read().tab(name).rows)


class TestFuse:
    def empty(self, robot, tab, first, last):
        clear_rows(robot.campaign.workbook, tab, first, last)

    def test_many_lost_rows_stop_the_run(self, robot):
        self.empty(robot, "Jury", 3, 11)
        results = {name: robot.tab(name).rows for name in ("Classement", "Anomalies")}
        run = robot.sync(later=HOUR)
        assert touched(run) == ["Journal"]
        assert {name: robot.tab(name).rows for name in results} == results
        [line, *_] = journal(robot)
        assert line["Résultat"] == "Échec"
        assert "Jury" in line["Ce qui s’est passé"]
        assert "--force" in line["Que faire"]
        assert not robot.sync(later=HOUR).plan or line["Date"].date() != robot.now.date()

    @pytest.mark.slow
    def test_force_accepts_it_for_good(self, robot):
        self.empty(robot, "Jury", 3, 11)
        assert robot.sync(later=HOUR).results is None
        assert robot.sync(force=True, later=HOUR).results is not None
        assert not robot.sync(later=HOUR).plan
        assert journal(robot)[0]["Résultat"] == "Réussi"

    @pytest.mark.slow
    def test_rows_that_come_back_lift_it(self, robot):
        stored = storage_at(robot.campaign.workbook)
        kept = stored.tabs
        self.empty(robot, "Jury", 3, 11)
        assert robot.sync(later=HOUR).results is None
        stored.save(kept)
        assert robot.sync(later=HOUR).results is not None

    @pytest.mark.slow
    def test_a_few_lost_rows_are_everyday_life(self, robot):
        self.empty(robot, "Jury", 3, 6)
        assert robot.sync(later=HOUR).results is not None
        self.empty(robot, "Évaluations", 3, 20)
        assert robot.sync(later=HOUR).results is not None


class TestRobotsTabs:
    @pytest.mark.slow
    @pytest.mark.parametrize("name", first(1, ["Envois", "Accueil", "Journal"]))
    def test_deleted_it_is_back(self, robot, name):
        before = {tab: robot.tab(tab).rows for tab in ROBOT_TABS if tab != "Journal"}
        edit(robot.campaign.workbook, "delete_tab", tab=name)
        robot.sync(later=HOUR)
        after = {tab: robot.tab(tab).rows for tab in before}
        beat = before["Accueil"][0]
        assert {**after, "Accueil": [beat, *after["Accueil"][1:]]} == before
        assert not robot.sync(later=HOUR).plan

    @pytest.mark.slow
    def test_all_deleted_they_are_back_and_no_e_mail_comes_twice(self, robot):
        ids = [row["Id"] for row in robot.tab("E-mails à envoyer").rows]
        before = robot.tab("Classement").rows
        for name in ROBOT_TABS:
            edit(robot.campaign.workbook, "delete_tab", tab=name)
        robot.sync(later=HOUR)
        assert robot.tab("Classement").rows == before
        assert [row["Id"] for row in robot.tab("E-mails à envoyer").rows] == ids
        assert not robot.sync(later=HOUR).plan

    @pytest.mark.slow
    def test_renamed_they_stay_the_robot_s_under_their_new_names(self, robot):
        for place, name in enumerate(ROBOT_TABS):
            edit(robot.campaign.workbook, "rename_tab", tab=name, to=f"À moi {place}")
        type_in(robot.campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
        tabs = [tab.name for tab in robot.read().tabs]
        robot.sync(later=HOUR)
        assert [tab.name for tab in robot.read().tabs] == tabs
        assert robot.tab("À moi 1").rows[0]["N° de dossier"] == "3716741"
        assert not robot.sync(later=HOUR).plan

    @pytest.mark.slow
    def test_columns_moved_in_it_are_put_back(self, robot):
        before = robot.read().tab("Classement").rows
        edit(robot.campaign.workbook, "move_column", tab="Classement", header="Note /20", to=0)
        edit(robot.campaign.workbook, "rename_header", tab="Classement", **{"from": "Rang", "to": "Rg"})
        robot.sync(later=HOUR)
        assert robot.read().tab("Classement").rows == before
        assert not robot.sync(later=HOUR).plan


class TestRobotsColumns:
    def shown(self, robot, header="Rang"):
        return {row["N° de dossier"]: row.get(header) for row in robot.tab("Candidatures").rows}

    @pytest.mark.slow
    def test_moved_it_is_filled_where_it_is(self, robot):
        before = self.shown(robot)
        edit(robot.campaign.workbook, "move_column", tab="Candidatures", header="Rang", to=2)
        type_in(robot.campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
        held = people(robot.campaign.workbook)
        robot.sync(later=HOUR)
        assert robot.tab("Candidatures").headers["Rang"] == 2
        assert self.shown(robot) != before
        assert self.shown(robot)["3713503"] == 5
        assert held.lost(people(robot.campaign.workbook)) == []
        assert not robot.sync(later=HOUR).plan

    @pytest.mark.slow
    def test_rows_sorted_values_follow_their_dossier(self, robot):
        before = self.shown(robot)
        edit(robot.campaign.workbook, "sort", tab="Candidatures", by="Nom du projet", descending=True)
        run = robot.sync(later=HOUR)
        assert self.shown(robot) == before
        assert not any(isinstance(operation, SetCells) for operation in run.plan.operations)

    @pytest.mark.slow
    def test_deleted_it_stays_away_until_init(self, robot):
        edit(robot.campaign.workbook, "delete_column", tab="Candidatures", header="Rang")
        robot.sync(later=HOUR)
        assert "Rang" not in robot.tab("Candidatures").headers
        assert robot.campaign.run("init").code == 0
        robot.sync(later=HOUR)
        assert self.shown(robot)["3713503"] == 1
        assert not robot.sync(later=HOUR).plan

    @pytest.mark.slow
    def test_a_new_row_gets_its_results(self, robot):
        table = robot.tab("Candidatures")
        row = len(table.snapshot.rows) + 1
        edit(
            robot.campaign.workbook,
            "set",
            tab="Candidatures",
            cell=cell_of("candidatures", "numero", row),
            value="3790001",
        )
        robot.sync(later=HOUR)
        assert self.shown(robot, "Éligibilité")["3790001"] == "À instruire"
        assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_the_outbox_that_vanished_comes_back_with_what_is_due(robot):
    edit(robot.campaign.workbook, "delete_tab", tab="E-mails à envoyer")
    assert [problem.code for problem in robot.sync(later=HOUR).problems] == ["onglet_ampute"]  # it had e-mails
    run = robot.sync(later=HOUR, force=True)
    assert not any(isinstance(operation, AppendRows) for operation in run.plan.operations)
    assert robot.tab("E-mails à envoyer").rows == []
    assert {row["État"] for row in robot.tab("Envois").rows} == {"Retiré", "Bloqué"}
    assert not robot.sync(later=HOUR).plan
