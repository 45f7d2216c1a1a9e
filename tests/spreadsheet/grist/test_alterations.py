"""What others made of the definitions of our tables: found by formulas and types, whatever the values."""

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist.document import KeptTypes
from eig_sheets.spreadsheet.grist.own_tables import marks_of
from eig_sheets.spreadsheet.grist.reading import alterations
from eig_sheets.spreadsheet.model.snapshot import Alteration
from tests.spreadsheet.grist.documents import campaign, column, people, table

NUMBER = column(21, "N°", id="numero")


def alterations_of(document):
    return [*alterations(document, marks_of(document))]


def ranked(rank, **more):
    return replace(campaign(ranking=table(2, "Classement", [NUMBER, rank], {1: ("a", 1)})), **more)


def test_a_document_as_we_left_it_has_none():
    assert alterations_of(campaign()) == []
    assert alterations_of(ranked(column(22, "Rang", "Numeric", formula="None", is_formula=False))) == []


@pytest.mark.parametrize("change", [{"formula": "1"}, {"formula": "1", "is_formula": False}, {"formula": "None"}])
def test_a_column_of_ours_that_computes(change):
    [alteration] = alterations_of(ranked(column(22, "Le  rang", **change)))
    assert alteration == Alteration("table_alteree", "Classement", "Le rang", change["formula"])


@pytest.mark.parametrize("rank", [column(22, "Rang", "Text"), column(22, "Rang", "Numeric", is_formula=True)])
def test_a_column_of_ours_of_another_type_than_we_gave_it(rank):
    types = {2: KeptTypes(9, 2, {"Rang": "Numeric"})}
    assert [(alteration.code, alteration.column) for alteration in alterations_of(ranked(rank, types=types))] == [
        ("table_alteree", "Rang")
    ]
    assert alterations_of(ranked(rank, types=types, finished=False)) == [], "a write of ours was interrupted"
    assert alterations_of(ranked(rank)) == [], "a document of an older version"


def test_columns_of_people_s_that_compute_are_told_but_for_the_robot_s():
    columns = (*people().columns, column(13, "Décision", formula="'Lauréat'"), column(14, "Valider", formula="True"))
    dossiers = replace(people(), columns=columns)
    document = replace(campaign(), tables=(dossiers,))
    assert [(alteration.code, alteration.tab, alteration.column) for alteration in alterations_of(document)] == [
        ("colonne_en_formule", "Candidatures", "Décision"), ("colonne_en_formule", "Candidatures", "Valider"),
    ]  # fmt: skip


def test_published_forms_are_told_of_our_tables():
    other = table(7, "À nous", [column(71, "x", formula="1")])
    document = replace(campaign(other), forms=frozenset({1, 2, 7}))
    assert [(alteration.code, alteration.tab) for alteration in alterations_of(document)] == [
        ("formulaire_publie", "Candidatures"), ("formulaire_publie", "Classement"),
    ]  # fmt: skip
