"""Tabs and columns are located whatever people did to them; what is missing is reported once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Severity
from eig_sheets.workbook.layout import Layout, Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.ownership import own_headers, squeezed
from tests.workbook.snapshots import (
    DOSSIERS,
    EVALUATIONS,
    JURORS,
    SCHEMA,
    at,
    book,
    dossier,
    evaluation,
    place,
    tab,
    tabs_with,
)


def located(snapshot: Snapshot, **names) -> Layout:
    return locate(snapshot, SCHEMA, Names(**names))


def problems(layout: Layout) -> list[tuple[str, str, str]]:
    assert all(problem.severity is Severity.BLOCKING and problem.cell is None for problem in layout.problems)
    return [(problem.code, problem.tab, problem.message) for problem in layout.problems]


def test_everything_in_its_place():
    layout = located(book())
    assert layout.problems == ()
    assert {name: known.header_row for name, known in layout.tabs.items()} == {
        "candidatures": 1, "jury": 1, "evaluations": 1
    }  # fmt: skip
    assert {name: known.last_row for name, known in layout.tabs.items()} == {
        "candidatures": 3, "jury": 4, "evaluations": 7
    }  # fmt: skip
    assert layout.tabs["candidatures"].available == {field.id for field in SCHEMA.tab("candidatures").fields}
    assert layout.tabs["candidatures"].cell("decision", 3) == at("candidatures", "decision", 2)
    assert layout.robot_tabs == {}


def test_the_other_spelling_of_cofinancement_is_known():
    """Teams that spell it in one word have « Demande de cofinancement » and « Cofinancement »."""
    headers = {"demande_cofinancement": "Demande de cofinancement"}
    layout = located(tabs_with(tab("candidatures", DOSSIERS, headers=headers))).tabs["candidatures"]
    assert layout.columns["demande_cofinancement"] == layout.schema.fields.index(
        layout.schema.field("demande_cofinancement")
    )
    [ours] = [robot for robot in layout.schema.robot_fields if robot.id == "cofinancement"]
    assert squeezed("Cofinancement") in map(squeezed, own_headers(ours))


@pytest.mark.parametrize(
    "header",
    ["n° de dossier", "N°  DE\u00a0DOSSIER ", "Numéro de dossier", "N° de\ndossier", "N°de dossier", "Nº de dossier",
     "N° Dossier", "« N° de dossier » :", "Numero_de_dossier", "DOSSIER"],
)  # fmt: skip
def test_header_however_it_is_spelled(header):
    layout = located(tabs_with(tab("candidatures", DOSSIERS, headers={"numero": header})))
    assert layout.problems == ()
    assert layout.tabs["candidatures"].columns["numero"] == 0


def test_header_is_quoted_as_people_wrote_it():
    headers = {"date_depot": "DATE\nde  dépôt"}
    layout = located(tabs_with(tab("candidatures", DOSSIERS, headers=headers, without=["mentor"]))).tabs["candidatures"]
    assert layout.header("date_depot") == "DATE de dépôt"
    assert (layout.header("mentor"), layout.cell("mentor", 2)) == ("Mentor de haut niveau", None)


@pytest.mark.parametrize("name", ["candidatures", "CANDIDATURES ", "Candidatures\u00a0", "Dossiers", "Projets EIG"])
def test_tab_however_it_is_named(name):
    snapshot = Snapshot((tab("candidatures", DOSSIERS, name=name), *book().tabs[1:]))
    layout = located(snapshot, tabs={"candidatures": ["Les projets", "projets eig"]})
    assert layout.problems == ()
    assert layout.tabs["candidatures"].name == name


def test_headers_and_tabs_that_only_the_config_knows():
    renamed = tab("evaluations", EVALUATIONS, name="Notes du comité", headers={"jure": "Relecteur", "numero": "Réf."})
    snapshot = Snapshot((*book().tabs[:2], renamed))
    names = {"tabs": {"evaluations": ["notes du comite"]}, "headers": {"jure": ["relecteur"], "numero": ["REF"]}}
    assert located(snapshot, **names).problems == ()
    assert [code for code, *_ in problems(located(snapshot))] == ["onglet_absent"]


def test_the_tab_of_our_name_wins_over_an_alias():
    layout = located(Snapshot((*book().tabs, TabSnapshot("Dossiers", [["n’importe quoi"]]))))
    assert layout.problems == ()
    assert layout.tabs["candidatures"].name == "Candidatures"


def test_title_above_the_headers():
    above = [["Appel à projets EIG5"], [], [None, "mis à jour par", "Anne"]]
    layout = located(tabs_with(tab("candidatures", DOSSIERS, above=above))).tabs["candidatures"]
    assert (layout.header_row, layout.last_row) == (4, 6)


def test_headers_too_far_down_are_not_headers():
    above = [["titre"]] * 10
    layout = located(tabs_with(tab("jury", JURORS, above=above)))
    assert problems(layout) == [
        ("onglet_sans_en_tetes", "Jury",
         typographic("L’onglet « Jury » est vide ou n’a pas de ligne d’en-têtes dans ses dix premières lignes."))
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [[], [[]], [[None, None]], [["note", 3.5], [True]]])
def test_empty_tab_of_a_campaign(rows):
    layout = located(tabs_with(TabSnapshot("Jury", rows)))
    assert [code for code, *_ in problems(layout)] == ["onglet_sans_en_tetes"]
    assert "jury" not in layout.tabs


def test_empty_tab_that_the_campaign_can_do_without():
    assert located(Snapshot((*book().tabs, TabSnapshot("Paramètres")))).problems == ()


def test_headers_only():
    layout = located(tabs_with(tab("candidatures")))
    assert layout.problems == ()
    assert layout.tabs["candidatures"].last_row == 1


def test_a_vanished_tab_is_known_by_its_columns_then_by_the_closest_name():
    """None that is another tab of the call: its name would be taken for a remedy."""

    def said(renamed):
        others = (*book().tabs[:2], TabSnapshot("Affectations", [["N° de dossier", "E-mail du juré"]]), renamed)
        [(code, name, sentence)] = problems(located(Snapshot(others)))
        assert (code, name) == ("onglet_absent", "Évaluations")
        return sentence.replace("\u202f", " ").partition("introuvable.")[2].strip()

    own = tab("evaluations", EVALUATIONS, name="Notes du jury")
    assert said(own) == "L’onglet « Notes du jury » en a les colonnes : c’est sans doute lui."
    assert said(TabSnapshot("Evaluation", [["n’importe quoi"]])) == "L’onglet le plus proche est « Evaluation »."
    assert said(TabSnapshot("Brouillon", [["n’importe quoi"]])) == ""


def test_every_vanished_tab_is_reported():
    assert [(code, name) for code, name, _ in problems(located(Snapshot(())))] == [
        ("onglet_absent", "Candidatures"), ("onglet_absent", "Jury"), ("onglet_absent", "Évaluations")
    ]  # fmt: skip


def test_ambiguous_tab():
    copy = tab("jury", JURORS, name="JURY")
    assert problems(located(Snapshot((*book().tabs, copy)))) == [
        ("onglet_ambigu", "Jury", typographic("Plusieurs onglets peuvent être « Jury » : « Jury » et « JURY »."))
    ]  # fmt: skip


def test_two_aliases_are_ambiguous_too():
    tabs = (tab("candidatures", DOSSIERS, name="Dossiers"), tab("candidatures", DOSSIERS, name="Projets"))
    layout = located(Snapshot((*tabs, *book().tabs[1:])), tabs={"candidatures": ["Projets"]})
    assert [code for code, *_ in problems(layout)] == ["onglet_ambigu"]


@pytest.mark.parametrize("missing", ["pertinence", "jure"])
def test_missing_required_column_suggests_the_closest_header(missing):
    header = SCHEMA.tab("evaluations").field(missing).header
    near = {"pertinence": "Pertinence besoin", "jure": "E-mail jurés"}[missing]
    layout = located(tabs_with(tab("evaluations", EVALUATIONS, headers={missing: near})))
    message = f"La colonne obligatoire « {header} » manque dans l’onglet « Évaluations »."
    hint = f" L’en-tête le plus proche est « {near} »."
    assert problems(layout) == [("colonne_obligatoire_absente", "Évaluations", typographic(message + hint))]


def test_missing_required_columns_are_all_reported_and_nothing_far_is_suggested():
    layout = located(tabs_with(tab("evaluations", EVALUATIONS, without=["pertinence", "ouverture", "numero"])))
    assert [message.count("proche") for *_, message in problems(layout)] == [0, 0, 0]
    assert len(layout.problems) == 3


def test_a_header_that_serves_already_is_not_suggested():
    layout = located(
        tabs_with(tab("evaluations", EVALUATIONS, headers={"definition": "Ouverture "}, without=["ouverture"]))
    )
    assert [message.count("proche") for *_, message in problems(layout)] == [0]


def test_duplicate_required_header_names_the_cells():
    layout = located(tabs_with(tab("candidatures", DOSSIERS, extra=["Dossier"])))
    assert layout.problems == ()  # an alias beside the header itself is the staff's own
    layout = located(tabs_with(tab("candidatures", DOSSIERS, headers={"commentaire": "N° de Dossier"})))
    cells = f"A1 et {at('candidatures', 'commentaire', 0)}"
    message = f"Plusieurs colonnes de l’onglet « Candidatures » ont l’en-tête « N° de dossier » : {cells}."
    assert problems(layout) == [("colonne_obligatoire_en_double", "Candidatures", typographic(message))]


def test_two_columns_for_one_optional_field():
    layout = located(tabs_with(tab("candidatures", DOSSIERS, headers={"motif": "Région"})))
    assert layout.problems == ()
    columns = (place("candidatures", "region"), place("candidatures", "motif"))
    assert layout.tabs["candidatures"].repeated == {"region": columns}
    assert layout.tabs["candidatures"].columns["region"] == columns[0]


def test_a_field_s_own_header_wins_over_its_aliases_wherever_it_is():
    headers = {"email_porteur": "Courriel du porteur", "commentaire": "E-mail du porteur"}
    layout = located(tabs_with(tab("candidatures", DOSSIERS, headers=headers))).tabs["candidatures"]
    assert layout.columns["email_porteur"] == place("candidatures", "commentaire")
    assert layout.repeated == {}


def test_staff_s_own_columns_and_tabs_are_nobody_s_business():
    extra = tab("candidatures", DOSSIERS, extra=["Relu par", "Relu par", "Rang"])
    layout = located(Snapshot((TabSnapshot("Budget", [["N° de dossier"]]), extra, *book().tabs[1:])))
    assert layout.problems == ()
    assert layout.tabs["candidatures"].repeated == {}
    assert len(layout.tabs["candidatures"].columns) == len(SCHEMA.tab("candidatures").fields)


def test_header_cells_of_every_kind():
    headers = {"region": None, "mentor": 12.0, "motif": True, "fiche": CellError("#REF!"), "resume": "…"}
    layout = located(tabs_with(tab("candidatures", DOSSIERS, headers=headers)))
    assert layout.problems == ()
    assert layout.tabs["candidatures"].available.isdisjoint(headers)


def test_marked_tab_is_found_under_any_name():
    outbox = replace(tab("emails"), name="Courriers", mark="emails")
    assert located(Snapshot((*book().tabs, outbox))).tabs["emails"].name == "Courriers"


class TestLastRow:
    def last(self, snapshot: Snapshot) -> int:
        return located(snapshot).tabs["evaluations"].last_row

    def test_is_the_last_with_anything_even_in_a_column_of_the_staff(self):
        rows = [*EVALUATIONS, {}, {"Relu": "x"}, {}]
        assert self.last(tabs_with(tab("evaluations", rows, extra=["Relu"]))) == len(EVALUATIONS) + 3

    @pytest.mark.parametrize("value", [0.0, 0, " ", True, CellError("#REF!")])
    def test_counts(self, value):
        rows = [*EVALUATIONS, {}, {"pertinence": value}]
        assert self.last(tabs_with(tab("evaluations", rows))) == len(EVALUATIONS) + 3

    @pytest.mark.parametrize("value", [None, False])
    def test_does_not_count(self, value):
        rows = [*EVALUATIONS, {}, {"deport": value}]
        assert self.last(tabs_with(tab("evaluations", rows))) == len(EVALUATIONS) + 1

    def test_counts_a_formula_that_shows_nothing_in_a_field_and_not_elsewhere(self):
        made = tab("evaluations", EVALUATIONS, extra=["Relu"])
        in_field = replace(made, formulas={(20, place("evaluations", "numero")): 'IF(B20="","",1)'})
        elsewhere = replace(made, formulas={(20, len(SCHEMA.tab("evaluations").fields)): 'IF(B20="","",1)'})
        assert self.last(tabs_with(in_field)) == 20
        assert self.last(tabs_with(elsewhere)) == len(EVALUATIONS) + 1

    def test_of_a_tab_whose_only_formula_is_above_its_headers(self):
        made = replace(tab("evaluations", above=[["Total"]]), formulas={(1, 0): "1+1"})
        assert self.last(tabs_with(made)) == 2


def test_a_tab_with_no_header_at_all_suggests_one_that_comes_close():
    rows = [["N° du dossier", "Nom"], ["101", "BatID"]]
    layout = located(tabs_with(TabSnapshot("Candidatures", rows)))
    assert [(code, "« N° du dossier »" in message.replace("\u202f", " ")) for code, _, message in problems(layout)] == [
        ("onglet_sans_en_tetes", True)
    ]


def test_rows_that_look_like_headers_are_not_taken_for_them():
    rows = [dossier("101", projet="Décision", ministere="Région"), evaluation("101", "anna")]
    assert located(tabs_with(tab("candidatures", rows))).tabs["candidatures"].header_row == 1
