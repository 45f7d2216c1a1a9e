"""`cofinancing --explain` after recruitment: cost and months of each EIG by their cells, why the range is left."""

from datetime import datetime

import pytest

from tests.call.scoring.test_explain import Cells, fill, lines, value_of

pytestmark = pytest.mark.in_memory


def plain(text):
    return text.replace("\u202f", " ")


@pytest.mark.slow
@pytest.mark.needs("talents")
def test_recruited_talents_give_the_exact_amount(demo):
    fill(
        demo, "Talents",
        {"N° de candidature": "T1", "Années d’expérience": 7, "Statut": "Retenu", "Projet décidé": "3713503",
         "Coût réel": 61000, "Début du contrat": datetime(2021, 9, 13)},
        {"N° de candidature": "T2", "Années d’expérience": 2, "Statut": "Retenu", "Projet décidé": "3713503",
         "Début du contrat": datetime(2021, 9, 13)},
    )  # fmt: skip
    [row] = [row for row in demo.run("cofinancing", "--format", "json").records if row["dossier"] == "3713503"]
    by_label = {line["what"]: line for line in lines(demo, "cofinancing", "3713503")}
    line = by_label["Montant exact"]
    assert line["value"] == row["amount_min"] == row["amount_max"] == round((61000 + 57750) * 3 / 10, 2)
    assert round(value_of(line["formula"]), 2) == line["value"]
    assert Cells(demo).named(line["cells"]) == [61000, 2]
    first, months = by_label["EIG T1 : coût"], by_label["EIG T2 : mois payés"]
    assert (first["value"], first["formula"], Cells(demo).named(first["cells"])) == (61000, "coût réel, saisi", [61000])
    assert (months["value"], Cells(demo).named(months["cells"])) == (3, [datetime(2021, 9, 13), None])
    assert plain(months["formula"]) == (
        "contrat du 13/09/2021 pour 10 mois, faute de fin saisie ; mois payés du 01/10/2021 au 31/12/2021 : "
        "90 trentièmes de mois"
    )
    assert months["source"].startswith("cofinancing.paid_from (Cahier, 4.2")
    gap = by_label["Écart avec le prévisionnel"]
    assert (gap["value"], plain(gap["formula"])) == (0, "prévu : de 34 650 € à 39 600 € ; dans la fourchette")


@pytest.mark.needs("talents")
def test_a_late_contract_and_a_dear_one_are_explained(demo):
    start = {"Statut": "Retenu", "Projet décidé": "3713503"}
    fill(
        demo, "Talents",
        start | {"N° de candidature": "T1", "Coût réel": 90000, "Début du contrat": datetime(2021, 9, 13)},
        start | {"N° de candidature": "T2", "Coût réel": 90000, "Début du contrat": datetime(2021, 10, 15)},
    )  # fmt: skip
    by_label = {line["what"]: line for line in lines(demo, "cofinancing", "3713503")}
    exact = by_label["Montant exact"]
    assert exact["value"] == 49800  # 90 000 × (90 + 76) / 300
    assert value_of(exact["formula"]) == exact["value"]
    assert plain(by_label["Écart avec le prévisionnel"]["formula"]) == (
        "prévu : de 34 650 € à 39 600 € ; 10 200 € de plus que le maximum ; 1 contrat plus court que les mois payés ; "
        "coût réel hors des simulations : T1, T2"
    )


@pytest.mark.needs("talents")
def test_what_keeps_an_amount_a_range_is_said(demo):
    fill(
        demo, "Talents",
        {"N° de candidature": "T1", "Statut": "Retenu", "Projet décidé": "3713503", "Coût réel": 61000},
    )  # fmt: skip
    by_label = {line["what"]: line for line in lines(demo, "cofinancing", "3713503")}
    assert "Montant exact" not in by_label
    recruitment = by_label["Recrutement"]
    assert plain(recruitment["value"]) == "1 EIG recruté sur 2 demandés"
    assert plain(recruitment["formula"]) == (
        "Moins d’EIG recrutés que demandés : recrutez, ou saisissez « oui » dans Recrutement clos ; contrat d’un EIG à "
        "saisir : Début du contrat, et une Fin du contrat lisible s’il y en a une"
    )
    assert by_label["EIG T1 : mois payés"]["value"] is None
