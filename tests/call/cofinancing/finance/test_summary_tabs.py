"""The tabs beside the table: the décret by programme, délégations, conventions, and the sentences that sum them up."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.call.cofinancing.finance.lines import lines_of, programme_table
from eig_sheets.call.cofinancing.finance.summary_tabs import (
    agreements_text,
    decree_text,
    delegations_text,
    summary_tabs,
)
from tests.call.cofinancing.finance.support import campaign, laureate
from tests.columns import EIG5


def plain(text):
    return text.replace("\u202f", " ") if isinstance(text, str) else text


@pytest.fixture(scope="module")
def lines():
    return lines_of(campaign().results)


def rows(lines, name):
    [tab] = [tab for tab in summary_tabs(lines, EIG5.cofinancing) if tab.name == name]
    headers = [column.header for column in tab.columns]
    return [dict(zip(headers, map(plain, row), strict=True)) for row in tab.rows]


def test_each_programme_has_its_line_and_the_total_is_what_is_given_up(lines):
    *programmes, total = rows(lines, "Programmes")
    assert [(row["Mission"], row["Programme"], row["Titre"], row["EIG"], row["Minimum (€)"]) for row in programmes] == [
        ("à compléter", "113", "2", 6, 110250),
        ("Écologie, développement et mobilité durables", "217", "2", 2, 36750),
        ("à compléter", "à compléter", "2", 2, 36750),
    ]
    assert (total["Intitulé"], total["À savoir"]) == (
        "Annulé sur le programme 352", "Mission : Transformation et fonction publiques.",
    )  # fmt: skip
    for header in ("EIG", "Minimum (€)", "Maximum (€)"):
        assert total[header] == sum(row[header] for row in programmes)
    assert {row["Nature"] for row in (*programmes, total)} == {"Prévisionnel"}


def test_delegations_are_apart(lines):
    first, second, total = rows(lines, "Délégations")
    assert (first["N° de dossier"], first["Délégataire"], first["Pour"]) == ("105", "Direction 105", None)
    assert (second["N° de dossier"], second["Délégataire"], second["Pour"]) == ("107", "Ministère 107", "Direction 107")
    assert (total["EIG"], total["Montant minimum"], total["Montant maximum"]) == (4, 73500, 84000)


def test_conventions_are_by_porteur_with_their_state(lines):
    assert [
        (row["Porteur administratif"], row["Convention"], row["N° de dossier"], row["Crédits par"])
        for row in rows(lines, "Conventions")
    ] == [
        ("Ministère 106", "signée", "106", "Décret de transfert"),
        ("Ministère 107", "à signer", "107", "Délégation de gestion"),
        ("à compléter", "signée ou non ?", "108", "à compléter"),
    ]


def test_a_route_that_nobody_goes_by_has_no_row():
    assert [tab.rows for tab in summary_tabs((), EIG5.cofinancing)] == [(), (), ()]
    assert (agreements_text(()), delegations_text(()), decree_text(programme_table((), EIG5.cofinancing))) == ("",) * 3


def test_the_sentences(lines):
    assert plain(decree_text(programme_table(lines, EIG5.cofinancing))) == (
        "Décret de transfert : de 183 750 € à 210 000 € annulés sur le programme 352 (mission « Transformation et "
        "fonction publiques »), pour 10 EIG, 3 programmes crédités."
    )
    assert plain(delegations_text(lines)) == (
        "À part, 2 délégations de gestion : de 73 500,00 € à 84 000,00 €, pour 4 EIG."
    )
    assert plain(agreements_text(lines)) == (
        "Conventions de portage : 1 signée, 2 à signer ou à préciser : Ministère 107 (107) et porteur à trouver (108)."
    )


def test_after_recruitment_a_line_counts_who_was_recruited():
    people = [
        {"candidature": "T1", "statut": "Retenu", "projet_decide": "101", "cout_reel": 60000.5,
         "debut_contrat": datetime(2021, 9, 13)}
    ]  # fmt: skip
    call = campaign(laureate("101", recrutement_clos="oui"), laureate("102"), talents=people)
    line, total = rows(lines_of(call.results)[:1], "Programmes")
    assert (line["EIG"], line["Minimum (€)"], line["Maximum (€)"], line["Nature"]) == (
        1, 18000, 18000, "Après recrutement",
    )  # fmt: skip
    assert total["Nature"] == "Après recrutement"
