"""`rank --talents --explain`: what each number of a candidate is made of, in which cells, by which rule."""

from __future__ import annotations

import pytest

from eig_sheets.call.results import compute
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.explanation import explain_talent
from tests.features.talents.anomalous_talents import candidate, review, talents
from tests.workbook.snapshots import at, reading

ROWS = [review("T1", "anna", 4, 3.5, 3.75, 4, 3.6), review("T1", "bob", 4, 4, "NSP", 4, 4, numero="102")]


def lines(fields, reviews=ROWS, others=()):
    read = reading(talents([candidate("T1", **fields), *others], reviews))
    explanation = explain_talent("T1", read, compute(read).of(RESULTS))
    return {line["what"].replace("\u202f", " "): line for line in explanation}


def said(line):
    return (line["value"], line["formula"].replace("\u202f", " "), line["cells"])


def talent_cell(*fields):
    return ", ".join(f"Talents!{at('talents', field)}" for field in fields)


def test_eligibility_and_choices_name_their_cells_and_their_rules():
    told = lines({"statut_actuel": "Étudiant en L3", "cv": None, "voeu_1": "102", "voeu_2": "999"})
    assert said(told["Éligibilité"]) == (
        "Inéligible",
        "« CV » : à compléter ; « Statut actuel » : étudiant du premier ou du deuxième cycle",
        talent_cell("cv", "statut_actuel"),
    )
    assert "talents.exclusions" in told["Éligibilité"]["source"]
    undated = "« Vœux reçus le » : date absente, le respect de la date limite n’est pas vérifiable"
    assert said(told["Vœux valables, dans l’ordre"]) == (
        "102",
        f"« Vœu 2 » : dossier inconnu ; {undated}",
        talent_cell("voeu_1", "voeu_2", "voeu_3", "voeux_le"),
    )
    assert told["Vœux valables, dans l’ordre"]["source"].startswith("talents.max_wishes (Règlement, 5\u202f:")


def test_nothing_wrong_and_nothing_chosen_are_said_too():
    told = lines({})
    assert said(told["Éligibilité"]) == ("Éligible", "Rien ne manque, aucune règle n’est enfreinte.", "")
    assert said(told["Vœux valables, dans l’ordre"])[:2] == (None, "Aucun vœu n’est rempli.")


def test_each_note_is_that_of_its_cells():
    told = lines({"voeu_1": "101"})
    first, last = (at("evaluations_talents", field) for field in ("dynamisme", "adequation"))
    anna = said(told["Note /20 de anna@jury.example"])
    assert anna[0] == pytest.approx(18.85)
    assert anna[1:] == (
        "20 × (1 × 4 + 1 × 3,5 + 1 × 3,75 + 1 × 4 + 1 × 3,6) / (4 × 5)", f"Évaluations talents!{first}:{last}"
    )  # fmt: skip
    mean = said(told["Note /20 de la personne"])
    assert mean[:2] == (pytest.approx((18.85 + 20) / 2), "(18,85 + 20) / 2")
    assert told["Moyenne « Sens de l’intérêt général »"]["value"] == 3.75
    assert "trop peu d’évaluations par juré" in told["Note corrigée"]["formula"]


def test_each_rank_says_among_whom_and_for_which_wish():
    others = [candidate("T2", voeu_1="101")]
    told = lines({"voeu_1": "101"}, [*ROWS, review("T2", "anna", *[4.0] * 5)], others)
    rank = "Rang – Projet 101 – Projet 101"
    assert told[rank]["value"] == 2
    assert told[rank]["formula"].replace("\u202f", " ") == (
        "note 18,85 ; 1 personne devant, sur 2 personnes classées ; trop peu d’évaluations complètes ; vœu 1"
    )
    elsewhere = told["Rang – Projet 102 – Projet 102"]
    assert (elsewhere["value"], elsewhere["formula"].rpartition("ses vœux valables")[1]) == (1, "ses vœux valables")
    assert told["Rang – Métier Designer"]["value"] == 2


def test_a_corrected_note_says_its_error():
    others = [candidate(f"T{nth}") for nth in range(2, 7)]
    rows = [
        review(f"T{nth}", name, *[2.0 + nth % 3 / 2] * 5)
        for nth in range(1, 7) for name in ("anna", "bob", "chloe")[nth % 2 : nth % 2 + 2]
    ]  # fmt: skip
    line = lines({}, rows, others)["Note corrigée"]
    assert 10 < line["value"] < 15
    assert line["formula"].startswith("note que donnerait un juré moyen, à ")
