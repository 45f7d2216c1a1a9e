"""The rows of `Cofinancement`."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from eig_sheets.call.cofinancing import cofinancement
from eig_sheets.text.french import typographic
from eig_sheets.workbook import words
from tests.call import builders as build
from tests.run.tables import by_header, column

COFINANCING = pd.DataFrame(
    {
        "numero": ["101", "102"],
        "requested": pd.array([True, None], dtype="boolean"),
        "eligible": pd.array([True, False], dtype="boolean"),
        "status": ["acquis", "sous_reserve"],
        "route": ["decret_transfert", "portage"],
        "payment": ["decret_transfert", None],
        "programme": ["217", None],
        "missing": [(), ("porteur", "convention")],
        "carried": [False, True],
        "to_check": [(), ()],
        "months": [3.0, None],
        "one_min": [61250.5, None],
        "one_max": [70000.0, None],
        "per_eig_min": [61250.5, None],
        "per_eig_max": [70000.0, None],
        "amount_min": [122501.0, None],
        "amount_max": [140000.0, None],
        "estimated": [False, True],
        "questioned": [True, False],
        "exact": [False, False],
        "settled": [False, False],
        "recruited": [0, 0],
        "paid_months": [None, None],
        "range_min": [122501.0, None],
        "range_max": [140000.0, None],
        "awaited": [(), ()],
        "reason": ["accueil_direct", "porteur_a_trouver"],
        "source": ["Règlement, article 5", None],
    }
)
DOSSIERS = pd.DataFrame(
    {
        "numero": ["101", "102"],
        "decision": ["Lauréat", None],
        "decide_le": [pd.Timestamp(2021, 5, 6), pd.NaT],
        "convention": pd.array([True, False], dtype="boolean"),
        "siret": ["13002526500013", None],
        "email_gestion": ["gestion@example.org", None],
        "projet": ["Phare", "Bouée"],
        "administration": ["Direction des phares", "Ville de Brest"],
        "porteur": [None, "Agence"],
        "nombre_eig": [2.0, None],
    }
)


RANKING = pd.DataFrame(
    {"numero": ["102", "101"], "proposal": ["non_retenu", "laureat"], "proposal_reserves": [(), ("a_instruire",)]}
)


def rows(**changes: list[object]) -> list[dict[str, object]]:
    cofinancing = COFINANCING.assign(**changes)
    return by_header(cofinancement.columns_of(cofinancing), cofinancement.rows(cofinancing, DOSSIERS, RANKING))


def test_a_row_has_what_the_finance_department_needs():
    first, _ = rows()
    assert (first["N° de dossier"], first["Statut"]) == ("101", "Conditions réunies")
    assert (first["Proposition"], first["Décision"]) == ("Lauréat (sous réserve)", "Lauréat")
    assert first["Décidé le"] == datetime(2021, 5, 6)
    assert (first["Voie"], first["Programme"]) == ("Décret de transfert", "217")
    assert (first["SIRET"], first["Contact gestion"]) == ("13002526500013", "gestion@example.org")
    assert (first["EIG"], first["Mois"]) == (2, 3)
    assert (first["Coût d’un EIG – jusqu’à 5 ans"], first["Coût d’un EIG – plus de 5 ans"]) == (61250.5, 70000)
    assert (first["Pour un EIG – minimum"], first["Pour un EIG – maximum"]) == (61250.5, 70000)
    assert (first["Montant minimum"], first["Montant maximum"]) == (122501, 140000)
    assert first["Explication"] == "L’administration d’accueil reçoit directement les crédits"
    assert (first["Source"], first["Porteur administratif"]) == ("Règlement, article 5", None)


def test_a_missing_answer_is_blank_and_what_is_missing_is_named():
    _, second = rows()
    assert (second["Décision"], second["Décidé le"], second["Porteur administratif"]) == (None, None, "Agence")
    assert second["Ce qui manque"] == typographic(
        "Porteur administratif ; convention signée avec le porteur administratif"
    )
    assert (second["EIG"], second["Montant minimum"], second["SIRET"]) == (None, None, None)


def test_the_convention_is_told_where_there_is_a_porteur_alone():
    assert [row["Convention signée"] for row in rows()] == [None, "non"]


@pytest.mark.parametrize(
    ("status", "amount", "exact", "nature"),
    [
        ("acquis", 1.0, False, "Prévisionnel"), ("acquis", 1.0, True, "Après recrutement"),
        ("sous_reserve", 1.0, False, "Prévisionnel"), ("acquis", None, False, None), ("non", 0.0, False, None),
        ("sans_objet", None, False, None),
    ],
)  # fmt: skip
def test_an_amount_is_provisional_until_recruitment(status, amount, exact, nature):
    assert cofinancement.amount_nature(status, amount, exact=exact) == nature
    first, _ = rows(status=[status, "non"], amount_max=[amount, None], exact=[exact, False])
    assert first["Nature du montant"] == nature


def test_nothing_of_the_tab_changes_before_anybody_is_recruited():
    assert cofinancement.columns_of(COFINANCING) == cofinancement.COLUMNS
    assert not {column.header for column in cofinancement.RECRUITMENT} & {*rows()[0]}


def test_after_recruitment_the_amount_is_beside_what_was_foreseen():
    settled = {
        "settled": [True, False], "exact": [True, False], "recruited": [2, 1], "paid_months": [5.5, None],
        "amount_min": [141000.5, None], "amount_max": [141000.5, None], "awaited": [(), ("debut_contrat",)],
    }  # fmt: skip
    first, second = rows(**settled)
    assert [first[column.header] for column in cofinancement.RECRUITMENT] == [2, 5.5, 122501, 140000, 1000.5, None]
    assert (first["Nature du montant"], first["Montant maximum"]) == ("Après recrutement", 141000.5)
    assert [second[column.header] for column in cofinancement.RECRUITMENT] == [
        1, None, None, None, None,
        typographic("Contrat d’un EIG à saisir : Début du contrat, et une Fin du contrat lisible s’il y en a une"),
    ]  # fmt: skip


@pytest.mark.parametrize(("amount", "gap"), [(122501.0, 0), (130000.0, 0), (140000.01, 0.01), (122500.5, -0.5)])
def test_the_gap_is_what_is_out_of_the_range(amount, gap):
    first, _ = rows(settled=[True, False], recruited=[2, 0], amount_min=[amount, None], amount_max=[amount, None])
    assert first["Écart avec le prévisionnel"] == gap


def test_flags_show_yes_alone():
    assert [(row["Estimé"], row["À vérifier"]) for row in rows()] == [(None, "oui"), ("oui", None)]


def test_the_statuses_that_need_attention_have_a_colour():
    tones = {word for word, _ in column(cofinancement.COLUMNS, "Statut").tones}
    assert {*words.COFINANCING.values()} - tones == {"Non demandé"}


def test_one_text_tells_how_the_credits_arrive_whoever_receives_them():
    sheet = build.dossiers(
        *(
            {
                "administration": "A", "type_administration": host, "porteur": name, "type_porteur": carrier,
                "demande_cofinancement": asked,
            }
            for name in ("P", "A")
            for host in (*build.TYPES, None)
            for carrier in (*build.TYPES, None)
            for asked in (True, False, None)
        )
    )  # fmt: skip
    cofinancing = build.cofinance(sheet)
    texts = [words.credit_route(*each) for each in cofinancing[["route", "payment", "carried"]].itertuples(index=False)]
    assert {*texts} == {*words.CREDIT_ROUTES.values(), None}
    untold = sheet["demande_cofinancement"].isna() | (
        sheet["type_administration"].isna() & sheet["demande_cofinancement"].eq(other=True)
    )
    assert [text is None for text in texts] == untold.tolist()
