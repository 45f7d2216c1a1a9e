"""The tab `Classement des talents`: its columns, its rows in French, what is said once of all."""

from __future__ import annotations

import pytest

from eig_sheets.call.results import compute
from eig_sheets.features.talents import ranking_tab as classement_talents
from eig_sheets.text.french import typographic
from tests.features.talents.anomalous_talents import candidate, review, talents
from tests.robot_sheets import sheets_of
from tests.workbook.snapshots import EIG5, book, reading


def sheet(snapshot):
    read = reading(snapshot)
    return sheets_of(read, compute(read)).get(classement_talents.TAB_ID)


def said(*parts):
    return typographic(" ; ".join(parts))


def test_the_columns_have_the_criteria_of_candidates_and_their_scale():
    columns = classement_talents.columns([*EIG5.talents.labels.items()], EIG5.talents.scale)
    assert [column.header for column in columns] == [
        "Liste", "Projet ou métier", "Rang", "N° de candidature", "Prénom", "Nom", "Métier", "Vœu", "Note /20",
        *EIG5.talents.labels.values(), "Évaluations", "Écart-type", "Note corrigée", "Rang corrigé", "Éligibilité",
        "Statut", "Alertes",
    ]  # fmt: skip
    assert {column.scale for column in columns if column.header in EIG5.talents.labels.values()} == {(1, 4)}


@pytest.mark.slow
def test_one_row_for_each_candidate_of_each_list():
    rows = [review("T1"), review("T1", "bob"), review("T2", "anna", *[4.0] * 5)]
    people = [candidate("T1", voeu_1="101"), candidate("T2", voeu_1="102", prenom="Noa", cv=None)]
    shown = sheet(talents(people, rows))
    few, doubtful = "Trop peu d’évaluations complètes", "éligibilité à instruire"
    elsewhere = "Non classé : pas entendu pour ce projet (note d’ensemble)"
    assert [[value for place, value in enumerate(row) if place not in range(9, 14)] for row in shown.rows] == [
        ["Projet", "101 – Projet 101", 1, "T2", "Noa", "Moreau-T2", "Designer", None, 20, 1, None, None, None,
         "À instruire", None, said(few, doubtful, "projet que la personne n’a pas choisi")],
        ["Projet", "101 – Projet 101", 2, "T1", "Alix", "Moreau-T1", "Designer", 1, 15, 2, 0, None, None,
         "Éligible", None,
         None],
        ["Projet", "102 – Projet 102", None, "T2", "Noa", "Moreau-T2", "Designer", 1, 20, 1, None, None, None,
         "À instruire", None, said(elsewhere, doubtful)],
        ["Métier", "Designer", 1, "T2", "Noa", "Moreau-T2", "Designer", None, 20, 1, None, None, None,
         "À instruire", None,
         said(few, doubtful)],
        ["Métier", "Designer", 2, "T1", "Alix", "Moreau-T1", "Designer", None, 15, 2, 0, None, None, "Éligible", None,
         None],
    ]  # fmt: skip


@pytest.mark.slow
def test_why_nothing_is_corrected_is_said_once_and_on_the_blank_columns():
    shown = sheet(talents([candidate("T1", voeu_1="101")], [review("T1")]))
    reason = "Notes brutes seules, trop peu d’évaluations pour corriger honnêtement"
    assert shown.banner[-1].replace("\u202f", " ").startswith(reason)
    notes = {column.header: column.note for column in shown.columns}
    assert [header for header, note in notes.items() if reason in note] == ["Note corrigée", "Rang corrigé"]


@pytest.mark.slow
def test_where_notes_are_corrected_nothing_is_said_of_it():
    people = [candidate(f"T{nth}") for nth in range(1, 7)]
    rows = [
        review(f"T{nth}", name, *[2.0 + nth % 3 / 2] * 5)
        for nth in range(1, 7) for name in ("anna", "bob", "chloe")[nth % 2 : nth % 2 + 2]
    ]  # fmt: skip
    shown = sheet(talents(people, rows))
    assert shown.banner == ()
    place = [column.header for column in shown.columns].index("Note corrigée")
    assert all(isinstance(row[place], float) for row in shown.rows)


@pytest.mark.slow
def test_the_tab_is_there_only_once_it_has_rows():
    assert sheet(book()) is None
    assert sheet(talents([candidate(statut="À évaluer")])) is None
    assert sheet(talents([candidate(statut="Présélectionné")])).hidden
