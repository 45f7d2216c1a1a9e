"""What someone typed in the robot's tabs and columns: reported, replaced, listed a week, and nothing else is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from eig_sheets.spreadsheet.model.cells import a1
from tests.columns import cell_of
from tests.effort import first
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

HOUR = timedelta(hours=1)
CODE = "saisie_dans_onglet_robot"


@pytest.fixture
def robot(demo):
    return Robot(demo)


def reported(robot):
    lines = [line for line in robot.tab("Anomalies").rows if line["Code"] == CODE]
    return [(line["Onglet"], line["Cellule"], line["Gravité"]) for line in lines]


def said(robot):
    [line] = [line for line in robot.tab("Anomalies").rows if line["Code"] == CODE]
    return line["Ce qui ne va pas"].replace("\u202f", " ").replace("\xa0", " ")


def cell(robot, tab, header, key):
    return robot.tab(tab).cell(header, key, "N° de dossier")


@pytest.mark.slow
def test_a_note_typed_in_the_ranking(robot):
    before = robot.read().tab("Classement").rows
    place = cell(robot, "Classement", "Note /20", "3713503")
    type_in(robot.campaign.workbook, "Classement", place, 20)
    robot.sync(later=HOUR)
    assert robot.read().tab("Classement").rows == before
    assert reported(robot) == [("Classement", place, "Avertissement")]
    [line] = [line for line in robot.tab("Anomalies").rows if line["Code"] == CODE]
    assert "20" in line["Ce qui ne va pas"]
    assert line["Que faire"]
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_what_writes_left_that_were_killed_before_they_were_stored_was_typed_by_nobody(robot):
    """As the killed send that had just said « Incertain » in `Envois` and in the outbox; and another one after it."""
    number, before = "3713503", robot.state.load_last_run()
    headers, *rows = before.outputs["classement"]
    place = headers.index("Note /20")
    left = [(*row[:place], 20.0, *row[place + 1 :]) if number in row else row for row in rows]
    rank = {**before.columns["candidatures.rang"], number: 99.0}
    robot.state.save_intended(replace(before, outputs={**before.outputs, "classement": [headers, *left]}))
    robot.state.save_intended(replace(before, columns={**before.columns, "candidatures.rang": rank}))
    type_in(robot.campaign.workbook, "Classement", cell(robot, "Classement", "Note /20", number), 20)
    type_in(robot.campaign.workbook, "Candidatures", cell(robot, "Candidatures", "Rang", number), 99)
    typed = cell(robot, "Candidatures", "Rang", "3715400")
    type_in(robot.campaign.workbook, "Candidatures", typed, 98)
    robot.sync(later=HOUR)
    assert reported(robot) == [("Candidatures", typed, "Avertissement")]


@pytest.mark.slow
def test_it_is_listed_for_seven_days(robot):
    place = cell(robot, "Classement", "Décision", "3713503")
    type_in(robot.campaign.workbook, "Classement", place, "Lauréat")
    robot.sync()
    for _ in range(6):
        robot.sync(later=24 * HOUR)
        assert reported(robot) == [("Classement", place, "Avertissement")]
    robot.sync(later=24 * HOUR)
    assert reported(robot) == []


@pytest.mark.slow
def test_check_does_not_forget_what_the_last_sync_found(robot):
    """`check` keeps nothing of its own: it lists what is in the cells, and the sheet keeps the rest."""
    place = cell(robot, "Classement", "Décision", "3713503")
    type_in(robot.campaign.workbook, "Classement", place, "Lauréat")
    robot.sync()
    written = robot.campaign.bytes
    robot.campaign.run("check")
    assert robot.campaign.bytes == written
    assert reported(robot) != []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "value"),
    first(2, [("Rang", 1), ("Note /20", "20"), ("Éligibilité", "Éligible !"), ("Proposition", "Lauréat")]),
)
def test_a_value_typed_in_a_robot_s_column(robot, header, value):
    numero = "3724481" if header != "Rang" else "3715400"
    place = cell(robot, "Candidatures", header, numero)
    before = people(robot.campaign.workbook)
    shown = robot.tab("Candidatures").rows
    type_in(robot.campaign.workbook, "Candidatures", place, value)
    robot.sync(later=HOUR)
    assert robot.tab("Candidatures").rows == shown
    assert before.lost(people(robot.campaign.workbook)) == []
    assert reported(robot) == [("Candidatures", place, "Avertissement")]
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_another_file_s_names_pasted_over_a_robot_s_column_are_one_anomaly_of_that_column(robot):
    """As whoever pastes the whole of another workbook does: a hundred sentences, once, that blamed the tab."""
    shown = robot.tab("Évaluations").rows
    column = robot.tab("Évaluations").cell("Nom du projet", shown[0]["N° de dossier"], "N° de dossier")[:-1]
    first = shown[0]["row"]
    for row in range(first, first + 30):
        type_in(robot.campaign.workbook, "Évaluations", f"{column}{row}", f"Projet {row}")
    robot.sync(later=HOUR)
    assert robot.tab("Évaluations").rows == shown
    assert reported(robot) == [("Évaluations", f"{column}{first}", "Avertissement")]
    assert said(robot).startswith(
        f"« Projet {first} » a été saisi dans la colonne « Nom du projet » de « Évaluations », que"
    )
    assert f"De même : {column}{first + 1} « Projet {first + 1} »," in said(robot)
    assert said(robot).endswith("et 19 autres cellules.")
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_a_row_typed_under_the_ranking(robot):
    table = robot.tab("Classement")
    row = len(table.snapshot.rows) + 2
    edit(robot.campaign.workbook, "set", tab="Classement", cell=f"C{row}", value="Mon projet")
    edit(robot.campaign.workbook, "set", tab="Classement", cell=f"E{row}", value=19)
    robot.sync(later=HOUR)
    assert [(tab, place) for tab, place, _ in reported(robot)] == [("Classement", f"C{row}")]
    assert "« Mon projet » a été saisi dans l’onglet « Classement », que" in said(robot)
    assert f"De même : E{row} « 19 »." in said(robot)
    assert len(robot.tab("Classement").snapshot.rows) < row
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_a_remark_beside_the_ranking(robot):
    edit(robot.campaign.workbook, "set", tab="Classement", cell="Z5", value="à rediscuter")
    robot.sync(later=HOUR)
    assert [(tab, place) for tab, place, _ in reported(robot)] == [("Classement", "Z5")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "value"),
    first(2, [("C1", "Réunion du 4 mai"), ("Y2", "Nos remarques"), ("A1", "Notre classement"), ("C2", "Projet")]),
)
def test_what_is_typed_above_the_rows(robot, place, value):
    before = robot.read().tab("Classement").rows
    edit(robot.campaign.workbook, "set", tab="Classement", cell=place, value=value)
    robot.sync(later=HOUR)
    assert [(tab, cell) for tab, cell, _ in reported(robot)] == [("Classement", place)]
    assert robot.read().tab("Classement").rows == before
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
@pytest.mark.parametrize("tab", first(1, ["Accueil", "Journal", "Éligibilité"]))
def test_what_is_typed_on_the_banner_of_each_tab(robot, tab):
    edit(robot.campaign.workbook, "set", tab=tab, cell="A1", value="À nous")
    robot.sync(later=HOUR)
    assert reported(robot) == [(tab, "A1", "Avertissement")]
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_a_moved_column_is_not_typing_and_hides_nothing(robot):
    before = robot.read().tab("Classement").rows
    place = cell(robot, "Classement", "Décision", "3713503")
    type_in(robot.campaign.workbook, "Classement", place, "Lauréat")
    edit(robot.campaign.workbook, "move_column", tab="Classement", header="Décision", to=1)
    edit(robot.campaign.workbook, "move_column", tab="Classement", header="Note /20", to=9)
    robot.sync(later=HOUR)
    assert [(tab, cell) for tab, cell, _ in reported(robot)] == [("Classement", "B3")]
    assert robot.read().tab("Classement").rows == before


@pytest.mark.slow
def test_another_banner_is_not_typing(robot):
    robot.campaign.set_config("⚠ Campagne de démonstration", "⚠ Essai")
    again = Robot(robot.campaign)
    again.sync(later=HOUR)
    assert str(again.read().tab("Classement").value(1, 0)).startswith("⚠ Essai")
    assert reported(again) == []


class TestJournal:
    def lines(self, robot):
        return robot.read().tab("Journal").rows

    @pytest.mark.slow
    def test_words_changed_in_a_line(self, robot):
        before = self.lines(robot)
        edit(robot.campaign.workbook, "set", tab="Journal", cell="C3", value="tout va bien")
        robot.sync(later=HOUR)
        assert reported(robot) == [("Journal", "C3", "Avertissement")]
        assert self.lines(robot)[3:] == before[2:]
        assert not robot.sync(later=HOUR).plan

    @pytest.mark.slow
    def test_a_remark_under_the_lines(self, robot):
        before = self.lines(robot)
        edit(robot.campaign.workbook, "set", tab="Journal", cell="C9", value="voir avec Paul")
        robot.sync(later=HOUR)
        assert reported(robot) == [("Journal", "C9", "Avertissement")]
        assert self.lines(robot)[3:] == before[2:]

    @pytest.mark.slow
    def test_deleted_lines_are_back(self, robot):
        type_in(robot.campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
        robot.sync(later=HOUR)
        before = self.lines(robot)
        edit(robot.campaign.workbook, "delete_row", tab="Journal", at=4)
        robot.sync(later=HOUR)
        assert self.lines(robot)[3:] == before[2:]

    @pytest.mark.slow
    def test_a_renamed_header_loses_no_line(self, robot):
        before = self.lines(robot)
        edit(robot.campaign.workbook, "rename_header", tab="Journal", **{"from": "Date", "to": "Quand"})
        for path in robot.state.folder.glob("etat.sqlite3*"):
            path.unlink()
        robot.sync(later=HOUR)
        assert self.lines(robot)[3:] == before[2:]


@pytest.mark.slow
def test_what_is_typed_in_a_tab_that_lost_its_headers(robot):
    """Without them nothing tells whose a cell is: what the robot did not write is told before the tab is made anew."""
    before = robot.read().tab("Classement").rows
    header_row = next(row for row, cells in enumerate(before, 1) if "Rang" in cells)
    width = len(before[header_row - 1])
    for column in range(width):
        type_in(robot.campaign.workbook, "Classement", a1(header_row, column), None)
    type_in(robot.campaign.workbook, "Classement", a1(header_row, 1), "Notre ordre")
    type_in(robot.campaign.workbook, "Classement", a1(len(before), width), "à revoir avec le jury")
    robot.sync(later=HOUR)
    assert robot.read().tab("Classement").rows == before
    assert reported(robot) == [("Classement", a1(header_row, 1), "Avertissement")]
    assert f"De même : {a1(len(before), width)} « à revoir avec le jury »." in said(robot)


@pytest.mark.slow
def test_a_blanked_cell_is_filled_again(robot):
    before = robot.read().tab("Classement").rows
    place = cell(robot, "Classement", "Nom du projet", "3713503")
    type_in(robot.campaign.workbook, "Classement", place, None)
    robot.sync(later=HOUR)
    assert robot.read().tab("Classement").rows == before
    assert reported(robot) == []


@pytest.mark.slow
@pytest.mark.parametrize("tab", first(2, ["Classement", "Envois", "Cofinancement", "Anomalies"]))
def test_sorting_is_not_typing(robot, tab):
    before = robot.read().tab(tab).rows
    header = {"Anomalies": "Code", "Envois": "État"}.get(tab, "Nom du projet")
    edit(robot.campaign.workbook, "sort", tab=tab, by=header)
    assert robot.read().tab(tab).rows != before
    robot.sync(later=HOUR)
    assert robot.read().tab(tab).rows == before
    assert reported(robot) == []
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_changed_data_is_not_typing(robot):
    for row in (83, 84, 90):
        type_in(robot.campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", row), 1)
    edit(robot.campaign.workbook, "delete_row", tab="Candidatures", at=8)
    edit(robot.campaign.workbook, "sort", tab="Candidatures", by="Nom du projet")
    robot.sync(later=HOUR)
    assert reported(robot) == []


@pytest.mark.slow
def test_a_sorted_tab_with_something_typed_names_where_it_is_now(robot):
    place = cell(robot, "Classement", "Note /20", "3713503")
    type_in(robot.campaign.workbook, "Classement", place, 20)
    edit(robot.campaign.workbook, "sort", tab="Classement", by="Nom du projet", descending=True)
    now = cell(robot, "Classement", "Note /20", "3713503")
    assert now != place
    robot.sync(later=HOUR)
    assert reported(robot) == [("Classement", now, "Avertissement")]


@pytest.mark.slow
def test_another_machine_in_between_reports_nothing_wrongly(robot, tmp_path):
    """A state that missed a run cannot tell the robot's own new values from typed ones: it says nothing."""
    kept = robot.state.load_last_run()
    type_in(robot.campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    robot.sync(later=HOUR)
    robot.state.save_last_run(kept)
    robot.sync(later=HOUR)
    assert reported(robot) == []


def test_a_lost_state_reports_nothing_and_writes_nothing(robot):
    for path in robot.state.folder.glob("etat.sqlite3*"):
        path.unlink()
    written = robot.campaign.bytes
    assert not robot.sync(later=HOUR).plan
    assert robot.campaign.bytes == written


@pytest.mark.slow
def test_the_day_of_the_clock_counts_not_the_day_of_the_e_mails(robot):
    robot.today = date(2021, 2, 1)
    place = cell(robot, "Classement", "Décision", "3713503")
    type_in(robot.campaign.workbook, "Classement", place, "Lauréat")
    robot.sync(later=HOUR)
    robot.today = date(2021, 7, 1)
    robot.sync(later=HOUR)
    assert len(reported(robot)) == 1
