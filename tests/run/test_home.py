"""`Accueil` in a campaign's workbook: what waits today, the way to each tab, and nothing written twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

import pytest

from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.run.accueil import Pending, Urgency
from eig_sheets.run.home import OTHERS as OTHERS_BY_ID
from eig_sheets.run.home import by_person
from eig_sheets.run.robot_tabs import TABS as ROBOT_TABS
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.workbook.envois import TABLE
from eig_sheets.workbook.journal import FAILED
from eig_sheets.workbook.robot_tab import RobotTab
from tests.columns import EIG5, cell_of
from tests.effort import first
from tests.in_memory import storage_at
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

HOUR = timedelta(hours=1)
TODAY, OTHERS = "Aujourd’hui", "Autres onglets"


@pytest.fixture
def robot(demo):
    """The demo's nightly job; its last success was just now."""
    return Robot(demo)


def home(robot, section=TODAY):
    return [row for row in robot.tab("Accueil").rows if row["Rubrique"] == section]


def records_of(robot):
    """The dossiers that no anomaly leaves out."""
    return robot.campaign.run("rank", "--format", "json").records


def line(robot, words):
    [found] = [row for row in home(robot) if words in str(row["Quoi"])]
    return found


def test_pressing_lines_come_first_each_with_its_count_and_a_place(robot):
    beat, *waiting = home(robot)
    assert beat["Quoi"] == "Dernière synchronisation réussie"
    signs = [row["État"] for row in waiting]
    assert signs == sorted(signs, key=["▲ urgent", "● à faire", "○ à savoir"].index)
    assert len({*signs}) > 1
    whose = [(row["État"], row["Pour qui"]) for row in waiting]
    assert [each for each, _ in groupby(whose)] == [*dict.fromkeys(whose)]
    for row in waiting:
        assert str(row["Quoi"]).startswith(f"{row['Nombre']:.0f} ")
        assert row["Y aller"]
        assert row["Pour qui"] in ("Camille", "Sacha", "Lou", "Équipe", "Jury", "Opérateur")


def test_what_awaits_one_person_stands_together_and_urgent_lines_first():
    lines = [
        Pending("Sacha", "a"),
        Pending("Lou", "b"),
        Pending("Sacha", "c"),
        Pending("Lou", "d", urgency=Urgency.URGENT),
    ]
    assert [line.what for line in by_person(lines)] == ["d", "a", "c", "b"]


def test_each_place_leads_to_a_tab_that_is_there(robot):
    names = {tab.name for tab in robot.read().tabs}
    places = [str(row["Y aller"]) for row in robot.tab("Accueil").rows if row["Y aller"]]
    assert {place.partition("!")[0] for place in places} <= names
    others = {row["Y aller"] for row in home(robot, OTHERS)}
    assert {"Envois", "Journal", "Paramètres", "Règles du jeu", "Données des graphiques"} <= others <= names


@pytest.mark.slow
def test_every_tab_that_is_made_hidden_has_its_way(robot):
    schema = robot.sync(later=HOUR).reading.schema
    added = (*EIG5.features.parts(PeopleTab), *EIG5.features.parts(RobotTab))
    of_features = {tab.id for tab in added if tab.contents}
    robots = schema.hidden_robot_tabs & ({tab.id for tab in ROBOT_TABS} | of_features)
    assert {*OTHERS_BY_ID, *of_features} == {*robots, *(tab.id for tab in schema.tabs if tab.hidden)}
    for row in robot.tab("Accueil").rows:
        if row["Y aller"]:
            leads_to = robot.read().tab(str(row["Y aller"]).partition("!")[0])
            assert ("masqué" in str(row["Précision"])) is leads_to.hidden
    assert "masqué" in line(robot, "bloqué")["Précision"]


@pytest.mark.slow
def test_a_line_that_leads_to_a_folded_column_says_how_to_unfold_it(robot):
    robot.today = date(2021, 4, 30)
    robot.sync(later=HOUR)
    schema = robot.sync(later=HOUR).reading.schema.tab("candidatures")
    folded = {cell_of("candidatures", field.id, 1)[:-1] for field in schema.fields if field.group}
    leading = [row for row in home(robot) if str(row["Y aller"]).startswith("Candidatures!")]
    told = ["repliée" in str(row["Précision"]) for row in leading]
    assert told == [row["Y aller"].partition("!")[2].rstrip("0123456789") in folded for row in leading]
    assert {True, False} == {*told}


@pytest.mark.slow
def test_e_mails_to_approve_lead_to_the_first_box_that_is_not_ticked(robot):
    waiting = line(robot, "à valider")
    boxes = robot.tab("E-mails à envoyer")
    assert waiting["Nombre"] == len(boxes.rows)
    top = boxes.rows[0]["row"]
    assert waiting["Y aller"] == f"E-mails à envoyer!{cell_of('emails', 'valider', top)}"
    edit(robot.campaign.workbook, "set", tab="E-mails à envoyer", cell=cell_of("emails", "valider", top), value="oui")
    robot.sync(later=HOUR)
    left = line(robot, "à valider")
    assert left["Nombre"] == waiting["Nombre"] - 1
    assert left["Y aller"] == f"E-mails à envoyer!{cell_of('emails', 'valider', top + 1)}"


@pytest.mark.slow
def test_e_mails_that_this_run_adds_are_where_it_says(robot):
    for row in robot.tab("E-mails à envoyer").rows:
        type_in(robot.campaign.workbook, "E-mails à envoyer", cell_of("emails", "valider", row["row"]), "oui")
    robot.today = date(2021, 5, 20)
    robot.sync(later=HOUR)
    added = next(row["row"] for row in robot.tab("E-mails à envoyer").rows if not row["Valider"])
    assert line(robot, "à valider")["Y aller"] == f"E-mails à envoyer!{cell_of('emails', 'valider', added)}"
    assert not robot.sync(later=HOUR).plan


def test_e_mails_that_are_blocked_lead_to_the_first_of_them_in_envois(robot):
    blocked = next(row["row"] for row in robot.tab("Envois").rows if row["État"] == "Bloqué")
    assert line(robot, "bloqué")["Y aller"] == f"Envois!{a1(blocked, TABLE.sheet_headers.index('État'))}"


DAYS = (date(2021, 5, 20), date(2021, 2, 10), date(2021, 4, 12), date(2021, 12, 1))


@pytest.mark.slow
@pytest.mark.parametrize("day", first(1, DAYS))
def test_on_any_day_each_line_leads_somewhere_and_a_second_run_writes_nothing(robot, day):
    robot.today = day
    robot.sync(later=HOUR)
    assert [row["Quoi"] for row in home(robot)[1:] if row["Nombre"] and not row["Y aller"]] == []
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_a_run_that_failed_is_told_for_a_day_once_it_is_over(robot):
    header = {"tab": "Évaluations", "from": "Définition", "to": "Déf."}
    edit(robot.campaign.workbook, "rename_header", **header)
    robot.sync(later=HOUR)
    failed = robot.now
    assert robot.tab("Journal").rows[0]["Résultat"] == FAILED
    edit(robot.campaign.workbook, "rename_header", **{**header, "from": "Déf.", "to": "Définition"})
    robot.sync(later=HOUR)
    told = line(robot, "a échoué")
    assert (told["Pour qui"], told["Nombre"], told["Y aller"]) == ("Opérateur", None, "Journal")
    assert not robot.sync(later=HOUR).plan
    robot.now = datetime.combine(failed.date() + timedelta(days=1), time(23))
    robot.sync()
    assert line(robot, "a échoué")["Pour qui"] == "Opérateur"
    robot.sync(later=48 * HOUR)
    assert [row for row in home(robot) if "a échoué" in str(row["Quoi"])] == []
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_names_of_suivi_par_are_counted(robot):
    for row, name in ((3, "Zoé"), (4, "Anouk"), (5, "zoe ")):
        type_in(robot.campaign.workbook, "Candidatures", cell_of("candidatures", "suivi_par", row), name)
    before = people(robot.campaign.workbook)
    robot.sync(later=HOUR)
    counts = {row["Quoi"]: row["Nombre"] for row in home(robot, "Suivi par")}
    assert (counts["Zoé"], counts["Anouk"]) == (2, 1)
    assert [*counts] == ["Anouk", "Camille", "Lou", "Sacha", "Zoé"]
    assert sum(counts.values()) == sum(one["left_aside"] is None for one in records_of(robot))
    after = people(robot.campaign.workbook)
    assert (before.lost(after), before.added(after)) == ([], set())
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_the_tab_of_an_older_version_goes_on_under_the_name_that_people_see(robot):
    storage = storage_at(robot.campaign.workbook)
    storage.save([_older(tab) for tab in storage.tabs if tab.name != "Données des graphiques"])
    order = [tab.name for tab in storage.tabs]
    robot.sync(later=HOUR)
    tabs = {tab.name: tab for tab in robot.read().tabs}
    assert [*tabs] == [*order, "Données des graphiques"]
    assert tabs["Tableau de bord"].mark == "accueil"
    assert robot.tab("Tableau de bord").rows[0]["Quoi"] == "Dernière synchronisation réussie"
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_what_people_typed_in_the_tab_of_an_older_version_is_reported_before_it_is_replaced(robot):
    storage = storage_at(robot.campaign.workbook)
    storage.save([_older(tab) for tab in storage.tabs])
    written = [["Rubrique", "Indicateur", "Nombre", "Avancement", "Montant", "Date", "Précision"], ["Dossiers"]]
    last_run = robot.state.load_last_run()
    outputs = {tab_id: rows for tab_id, rows in last_run.outputs.items() if tab_id != "accueil"}
    outputs["tableau_de_bord"] = [(*row, *[None] * (7 - len(row))) for row in written]
    robot.state.save_last_run(replace(last_run, outputs=outputs))
    for cell in ("C3", "B9"):
        type_in(robot.campaign.workbook, "Tableau de bord", cell, "à rappeler")
    for _ in range(2):
        robot.sync(later=HOUR)
        told = [one for one in robot.tab("Anomalies").rows if one["Code"] == "saisie_dans_onglet_robot"]
        text = told[0]["Ce qui ne va pas"].replace("\u202f", " ")
        assert ([one["Onglet"] for one in told], len(told)) == (["Tableau de bord"], 1)
        assert ("C3 « à rappeler »" in text, "B9 « à rappeler »" in text) == (True, True)
    assert not robot.sync(later=HOUR).plan


def _older(tab):
    """The tab as the version before this one made it."""
    if tab.name != "Accueil":
        return tab
    headers = ["Rubrique", "Indicateur", "Nombre", "Avancement", "Montant", "Date", "Précision"]
    return replace(
        tab, name="Tableau de bord", mark="tableau_de_bord", rows=[["Ancien"], headers, ["Dossiers"]], formulas={}
    )


def test_dossiers_on_which_the_jury_has_to_deliberate_are_counted(robot):
    near = [record for record in records_of(robot) if record["zone"] == "deliberation"]
    [shown] = [row for row in home(robot, "Sélection") if row["Quoi"] == "Dans la zone de délibération"]
    assert shown["Nombre"] == len(near) >= 5


@pytest.mark.slow
def test_how_far_each_stage_is_comes_before_the_figures(robot):
    """One line a stage, each with its bar, right below what awaits people."""
    robot.sync()
    rows = [row for row in robot.tab("Accueil").rows if row["Rubrique"] != "Aujourd’hui"]
    stages = [(row["Rubrique"], row["Quoi"]) for row in rows[:3]]
    assert stages == [("Dossiers", "Éligible"), ("Jury", "Évaluations complètes"), ("Sélection", "Décisions saisies")]
    assert all(row["Avancement"] is not None for row in rows[:3])
    assert stages[0] not in [(row["Rubrique"], row["Quoi"]) for row in rows[3:]]
