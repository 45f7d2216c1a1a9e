"""The rows of `Cofinancement`."""

from __future__ import annotations

import pandas as pd

from eig_sheets.text.french import typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.render import cofinancement
from tests.workbook.render.tables import by_header, column

COFINANCING = pd.DataFrame(
    {
        "numero": ["101", "102"],
        "requested": pd.array([True, None], dtype="boolean"),
        "eligible": pd.array([True, False], dtype="boolean"),
        "status": ["acquis", "sous_reserve"],
        "route": ["decret_transfert", None],
        "payment": ["delegation_gestion", None],
        "programme": ["217", None],
        "missing": [(), ("porteur", "convention")],
        "per_eig_min": [61250.5, None],
        "per_eig_max": [70000.0, None],
        "amount_min": [122501.0, None],
        "amount_max": [140000.0, None],
        "estimated": [False, True],
        "questioned": [True, False],
        "exact": [False, False],
        "reason": ["accueil_direct", "porteur_a_trouver"],
        "source": ["Règlement, article 5", None],
    }
)
DOSSIERS = pd.DataFrame(
    {
        "projet": ["Phare", "Bouée"],
        "administration": ["Direction des phares", "Ville de Brest"],
        "porteur": [None, "Agence"],
        "nombre_eig": [2.0, None],
    }
)


def rows() -> list[dict[str, object]]:
    return by_header(cofinancement.COLUMNS, cofinancement.rows(COFINANCING, DOSSIERS))


def test_a_row_has_the_route_and_the_amounts_of_a_dossier():
    first, _ = rows()
    assert first["N° de dossier"] == "101"
    assert (first["Demandé"], first["Éligible"], first["Statut"]) == ("oui", "oui", "Acquis")
    assert (first["Voie"], first["Versement"], first["Programme"]) == (
        "Décret de transfert", "Délégation de gestion", "217",
    )  # fmt: skip
    assert (first["EIG"], first["Coût d’un EIG – jusqu’à 5 ans"], first["Coût d’un EIG – plus de 5 ans"]) == (
        2, 61250.5, 70000,
    )  # fmt: skip
    assert (first["Montant minimum"], first["Montant maximum"]) == (122501, 140000)
    assert first["Explication"] == "L’administration d’accueil reçoit directement les crédits"
    assert (first["Source"], first["Porteur administratif"]) == ("Règlement, article 5", None)


def test_a_missing_answer_is_blank_and_what_is_missing_is_named():
    _, second = rows()
    assert (second["Demandé"], second["Éligible"], second["Porteur administratif"]) == (None, "non", "Agence")
    assert second["Ce qui manque"] == typographic(
        "Porteur administratif ; convention signée avec le porteur administratif"
    )
    assert (second["Voie"], second["EIG"], second["Montant minimum"]) == (None, None, None)


def test_flags_show_yes_alone():
    first, second = rows()
    assert [(row["Estimé"], row["À vérifier"], row["Exact"]) for row in (first, second)] == [
        (None, "oui", None), ("oui", None, None),
    ]  # fmt: skip


def test_the_statuses_that_need_attention_have_a_colour():
    tones = {word for word, _ in column(cofinancement.COLUMNS, "Statut").tones}
    assert {*words.COFINANCING.values()} - tones == {"Non demandé"}
