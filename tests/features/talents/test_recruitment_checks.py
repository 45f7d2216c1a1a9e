"""What of the people recruited is an anomaly, at the cell that says it."""

from datetime import datetime

import pytest

from tests.call.cofinancing.finance.support import campaign, laureate
from tests.workbook.snapshots import at

CODES = {"cout_reel_a_verifier", "trop_de_recrutes", "contrat_a_l_envers"}
START = datetime(2021, 9, 13)


def recruit(place, **more):
    usual = {"candidature": f"T{place}", "statut": "Retenu", "projet_decide": "101", "debut_contrat": START}
    return usual | more


def told_of(*talents, dossier=None, **cofinancing):
    said = campaign(dossier or laureate("101"), talents=talents, **cofinancing).results.anomalies
    return [(anomaly.code, anomaly.tab, anomaly.cell, anomaly.dossier) for anomaly in said if anomaly.code in CODES]


@pytest.mark.slow
@pytest.mark.parametrize(("cost", "said"), [(61250, 0), (70000, 0), (61249.99, 1), (70000.01, 1)])
def test_a_real_cost_out_of_the_range_of_its_project_is_told_at_its_cell(cost, said):
    told = told_of(recruit(1, cout_reel=cost))
    assert told == [("cout_reel_a_verifier", "Talents", at("talents", "cout_reel"), "101")] * said


def test_the_message_says_the_cost_and_nothing_of_the_dossier():
    """It is read in the candidates' own workbook."""
    [anomaly] = [
        anomaly
        for anomaly in campaign(laureate("101"), talents=[recruit(1, cout_reel=80000)]).results.anomalies
        if anomaly.code in CODES
    ]
    assert anomaly.message.replace("\u202f", " ") == (
        "« Coût réel » : 80 000,00 €, hors des coûts prévus par le projet pour lequel cette personne est retenue."
    )


@pytest.mark.slow
def test_more_recruits_than_asked_for_are_told_at_the_number():
    assert told_of(*(recruit(place, experience=3) for place in (1, 2, 3))) == [
        ("trop_de_recrutes", "Candidatures", at("candidatures", "nombre_eig"), "101")
    ]
    assert told_of(*(recruit(place, experience=3) for place in (1, 2))) == []


def test_a_contract_that_ends_before_it_starts_is_told_at_its_end():
    upside = recruit(1, experience=3, fin_contrat=datetime(2021, 7, 12))
    assert told_of(upside) == [("contrat_a_l_envers", "Talents", at("talents", "fin_contrat"), "101")]
    assert told_of(upside, paid_from=None) == []


@pytest.mark.parametrize("more", [{"demande_cofinancement": "non"}, {"decision": "Désisté"}])
def test_a_project_that_is_paid_nothing_has_none(more):
    people = [recruit(place, cout_reel=80000) for place in (1, 2, 3)]
    assert told_of(*people, dossier=laureate("101", **more)) == []


@pytest.mark.slow
def test_who_is_not_retained_is_not_checked():
    assert told_of(recruit(1, cout_reel=80000, statut="Désisté")) == []


@pytest.mark.slow
def test_a_flat_amount_depends_on_no_cost_nor_contract():
    assert told_of(recruit(1, cout_reel=80000), rule="flat", flat_amount=20000.0) == []
