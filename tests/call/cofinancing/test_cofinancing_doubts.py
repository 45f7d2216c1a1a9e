"""A cell that cannot be read or believed settles no co-financing: a range or nothing, and the cell is named."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing import cofinancement
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.cofinancing.commands import TABLE, rows_of
from eig_sheets.call.cofinancing.explain import explain_cofinancing
from eig_sheets.call.cofinancing.finance.lines import lines_of
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.workbook.anomalies import Severity
from tests.call.cofinancing.finance.support import campaign, carried, laureate
from tests.run.tables import by_header
from tests.workbook.snapshots import at

START = datetime(2021, 9, 13)
ERROR = CellError("#REF!")


def recruit(place, **more):
    usual = {
        "candidature": f"T{place}", "statut": "Retenu", "projet_decide": "101", "debut_contrat": START, "experience": 3,
        "prenom": "Alix", "nom": f"Moreau-{place}", "metier": "Designer",
    }  # fmt: skip
    return usual | more


TEAM = (recruit(1), recruit(2))
TEAMS = [(), pytest.param(TEAM, marks=pytest.mark.needs("talents"))]


def plain(text):
    return text.replace("\u202f", " ")


def record(case):
    return TABLE.records(rows_of(case.results))[0]


def tab_row(case):
    results = case.results
    columns = cofinancement.columns_of(results.of(COFINANCING))
    return by_header(
        columns,
        cofinancement.rows(results.of(COFINANCING), results.of(APPLICATIONS).dossiers, results.of(SCORES).ranking),
    )[0]


def assert_held(case, place, *, amounts=(36750, 42000)):
    """The dossier 101 has no exact amount and does not fulfil the conditions, and every output names the cell."""
    money, shown = record(case), tab_row(case)
    assert (money["status"], money["after_recruitment"]) == ("sous_reserve", False)
    assert (money["amount_min"], money["amount_max"]) == amounts
    assert money["missing"]
    assert any(place in cell for cell in money["to_check"])
    assert place in TABLE.lines(rows_of(case.results))[0]["missing"]
    assert (shown["Statut"], shown["À vérifier"]) == ("Sous réserve", "oui")
    assert place in shown["Ce qui manque"]
    explained = explain_cofinancing("101", case.reading, case.results)
    assert any(place in line["formula"] for line in explained)
    assert any(place in cell for cell in lines_of(case.results)[0].to_check)
    tab, _, cell = place.partition("!")
    assert any(
        (anomaly.tab, anomaly.cell) == (tab, cell) or cell in anomaly.message for anomaly in case.results.anomalies
    )


@pytest.mark.needs("talents")
def test_the_usual_team_is_paid_exactly():
    money = record(campaign(laureate("101"), talents=TEAM))
    assert (money["status"], money["after_recruitment"], money["amount_min"]) == ("acquis", True, 36750)
    assert (money["missing"], money["to_check"], money["carried"]) == ([], [], False)


SWAPPED = {"cout_jusqu_a_5_ans": 70000, "cout_plus_de_5_ans": 61250}


@pytest.mark.parametrize("team", TEAMS)
def test_costs_out_of_order_hold_the_amount_and_name_both_cells(team):
    """Otherwise a team of beginners would be paid 42 000 € where 36 750 € are due."""
    case = campaign(laureate("101", **SWAPPED), talents=team)
    both = at("candidatures", "cout_jusqu_a_5_ans"), at("candidatures", "cout_plus_de_5_ans")
    for cell in both:
        assert_held(case, f"Candidatures!{cell}")
    [anomaly] = [anomaly for anomaly in case.results.anomalies if anomaly.code == "couts_inverses"]
    assert (anomaly.severity, anomaly.cell, anomaly.dossier) == (Severity.BLOCKING, both[0], "101")
    assert plain(anomaly.message) == (
        f"« Coût employeur 10 mois – jusqu’à 5 ans » (70 000,00 €, {both[0]}) dépasse « Coût employeur 10 mois – plus "
        f"de 5 ans » (61 250,00 €, {both[1]}) : colonnes inversées ? Le montant reste une fourchette, sous réserve."
    )


def test_the_explanation_takes_each_end_from_the_cell_that_it_comes_from():
    case = campaign(laureate("101", **SWAPPED))
    lines = {line["what"]: line for line in explain_cofinancing("101", case.reading, case.results)}
    assert lines["Montant minimum"]["value"] == 36750
    assert lines["Montant minimum"]["cells"].endswith(at("candidatures", "cout_plus_de_5_ans"))
    assert lines["Montant maximum"]["cells"].endswith(at("candidatures", "cout_jusqu_a_5_ans"))


def test_a_cost_beyond_the_estimate_of_the_other_is_told_alone():
    case = campaign(laureate("101", cout_jusqu_a_5_ans=None, cout_plus_de_5_ans=61000))
    [anomaly] = [anomaly for anomaly in case.results.anomalies if anomaly.code == "couts_inverses"]
    assert anomaly.cell == at("candidatures", "cout_plus_de_5_ans")
    assert "estimé" in anomaly.message


@pytest.mark.parametrize("field", ["cout_jusqu_a_5_ans", "cout_plus_de_5_ans", "nombre_eig"])
@pytest.mark.parametrize("typed", [ERROR, "à voir"])
@pytest.mark.parametrize("team", TEAMS)
def test_a_number_that_cannot_be_read_leaves_no_amount(field, typed, team):
    case = campaign(laureate("101", **{field: typed}), talents=team)
    assert_held(case, f"Candidatures!{at('candidatures', field)}", amounts=(None, None))


@pytest.mark.parametrize("cost", [6125, 612500])
@pytest.mark.needs("talents")
def test_a_cost_that_cannot_be_believed_leaves_the_range(cost):
    case = campaign(laureate("101", cout_plus_de_5_ans=cost), talents=TEAM)
    ends = tuple(sorted((36750.0, cost * 0.6)))
    assert_held(case, f"Candidatures!{at('candidatures', 'cout_plus_de_5_ans')}", amounts=ends)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("convention", "peut-être"), ("convention", ERROR), ("programme", ERROR), ("porteur", ERROR),
        ("type_porteur", "Ministère"), ("type_administration", "Ministère"), ("type_administration", ERROR),
    ],
)  # fmt: skip
@pytest.mark.parametrize("team", TEAMS)
def test_a_route_that_rests_on_what_cannot_be_read_is_held(field, typed, team):
    case = campaign(laureate("101", **{field: typed}), talents=team)
    assert_held(case, f"Candidatures!{at('candidatures', field)}")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("debut_contrat", "13 brumaire"), ("debut_contrat", ERROR), ("fin_contrat", "?"), ("cout_reel", "6O 000"),
        ("experience", "beaucoup"), ("experience", 2015), ("experience", ERROR), ("statut", "Retenuu"),
        ("fin_contrat", datetime(2021, 7, 12)), ("cout_reel", 577500),
    ],
)  # fmt: skip
@pytest.mark.needs("talents")
def test_what_cannot_be_read_of_a_recruit_holds_the_amount(field, typed):
    case = campaign(laureate("101"), talents=(recruit(1, **{field: typed}), recruit(2)))
    assert_held(case, f"Talents!{at('talents', field)}")


@pytest.mark.needs("talents")
def test_somebody_recruited_for_a_number_that_no_dossier_has_is_named():
    people = (recruit(1), recruit(2, projet_decide="1O1"))
    case = campaign(laureate("101", recrutement_clos="oui"), talents=people)
    cell = at("talents", "projet_decide", 2)
    assert_held(case, f"Talents!{cell}")
    [anomaly] = [anomaly for anomaly in case.results.anomalies if anomaly.code == "projet_decide_inconnu"]
    assert (anomaly.severity, anomaly.tab, anomaly.cell, anomaly.dossier) == (Severity.BLOCKING, "Talents", cell, "T2")


@pytest.mark.needs("talents")
def test_somebody_recruited_whose_row_is_left_aside_is_not_nobody():
    people = (recruit(1), recruit(2), recruit(2, projet_decide="102"))
    case = campaign(laureate("101", recrutement_clos="oui"), laureate("102"), talents=people)
    assert_held(case, f"Talents!{at('talents', 'candidature', 2)}")


@pytest.mark.slow
@pytest.mark.needs("talents")
def test_five_years_and_a_half_are_more_than_five():
    years = [("5", 36750.0), (5.5, 39375.0), ("5,5", 39375.0), ("5 ans et demi", 39375.0), ("5 ans", 36750.0)]
    for typed, amount in years:
        case = campaign(laureate("101"), talents=(recruit(1, experience=typed), recruit(2)))
        assert (record(case)["amount_min"], record(case)["after_recruitment"]) == (amount, True), typed
        assert [anomaly for anomaly in case.results.anomalies if anomaly.tab == "Talents"] == []


ELSEWHERE = {"porteur": "Autre ministère fictif", "type_porteur": "Administration centrale"}


@pytest.mark.slow
@pytest.mark.parametrize("convention", ["non", None])
@pytest.mark.needs("talents")
def test_a_carrier_of_another_ministry_awaits_its_convention(convention):
    case = campaign(laureate("101", **ELSEWHERE, convention=convention), talents=TEAM)
    money, shown, line = record(case), tab_row(case), lines_of(case.results)[0]
    assert (money["status"], money["missing"], money["carried"]) == ("sous_reserve", ["convention"], True)
    assert shown["Convention signée"] == convention
    assert shown["Voie"] == "Décret de transfert, par le porteur administratif"
    assert (line.carried, line.receiver) == (True, "Autre ministère fictif")
    signed = campaign(laureate("101", **ELSEWHERE, convention="oui"), talents=TEAM)
    assert (record(signed)["status"], record(signed)["missing"]) == ("acquis", [])


def test_who_carries_their_own_project_needs_no_convention():
    own = {"administration": "Direction des phares", "porteur": "direction des Phares", "convention": "non"}
    money = record(campaign(laureate("101", **own)))
    assert (money["status"], money["carried"]) == ("acquis", False)
    assert record(campaign(carried("101")))["carried"] is True


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("debut_contrat", datetime(2031, 9, 13)), ("debut_contrat", datetime(1921, 9, 13)),
        ("debut_contrat", datetime(2022, 9, 13)), ("debut_contrat", datetime(2020, 9, 13)),
        ("debut_contrat", "13/09/2031"), ("fin_contrat", datetime(2032, 7, 12)),
    ],
)  # fmt: skip
@pytest.mark.needs("talents")
def test_a_contract_beyond_reason_is_a_doubt_and_not_a_contract_of_no_month(field, day):
    """One of two people started in 2031: 18 375 € were paid for two."""
    case = campaign(laureate("101"), talents=(recruit(1, **{field: day}), recruit(2)))
    assert_held(case, f"Talents!{at('talents', field)}")
    [anomaly] = [anomaly for anomaly in case.results.anomalies if anomaly.tab == "Talents"]
    assert (anomaly.code, anomaly.severity) == ("date_improbable", Severity.BLOCKING)


@pytest.mark.parametrize(
    ("more", "amount"),
    [
        ({"debut_contrat": datetime(2022, 1, 3)}, 18375), ({"debut_contrat": datetime(2022, 7, 12)}, 18375),
        ({"debut_contrat": datetime(2021, 8, 23), "fin_contrat": datetime(2022, 8, 22)}, 36750),
        ({"debut_contrat": datetime(2021, 2, 1)}, 30625), ({"fin_contrat": datetime(2021, 9, 30)}, 18375),
    ],
)  # fmt: skip
@pytest.mark.needs("talents")
def test_a_contract_that_the_call_allows_is_paid_what_it_covers(more, amount):
    money = record(campaign(laureate("101"), talents=(recruit(1, **more), recruit(2))))
    assert (money["status"], money["after_recruitment"], money["amount_min"]) == ("acquis", True, amount)
