"""The amount of a project, redone by hand from the costs of who was recruited."""

from __future__ import annotations

from datetime import datetime

from eig_sheets.call.cofinancing import rules_explain
from eig_sheets.call.cofinancing.rules_costs import exact, to_cent
from eig_sheets.call.cofinancing.rules_recruits import Origin
from tests.call import builders as build
from tests.call.scoring.test_rules_explain import amount_terms


def test_recruits_are_listed_with_the_origin_of_their_cost():
    sheet = build.dossiers({"nombre_eig": 3, "cout_jusqu_a_5_ans": 60000.0, "demande_cofinancement": True})
    start = {"debut_contrat": datetime(2021, 9, 13)}
    talents = build.talents(
        start | {"cout_reel": 65000.5}, start | {"experience": 5}, start | {"experience": 6}, {"statut": "Non retenu"}
    )
    terms, found = amount_terms(sheet, talents)
    assert [(one.talent, one.cost, one.origin) for one in terms.recruits] == [
        ("T1", 65000.5, Origin.REAL),
        ("T2", 60000, Origin.SIMULATED),
        ("T3", 70000, Origin.ESTIMATED),
    ]
    assert found["amount_min"] == found["amount_max"] == to_cent((exact(65000.5) + 60000 + 70000) * 3 / 10)
    assert (found["estimated"], found["exact"]) == (True, False)


def test_a_recruit_of_unknown_cost_is_listed_too():
    sheet = build.dossiers({"nombre_eig": 1, "demande_cofinancement": True})
    terms, _ = amount_terms(sheet, build.talents({}))
    assert terms.recruits == (rules_explain.RecruitTerms("T1", None, None, None, None, None, 2),)
