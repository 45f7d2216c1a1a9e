"""What a version says: what amounts depend on, and counts of people, never who they are."""

from __future__ import annotations

from datetime import date, datetime

from eig_sheets.call.cofinancing.finance.versions import RULES, SALARIES, Version, content_of
from tests.call.cofinancing.finance.support import campaign, laureate


def test_a_version_has_the_amounts_and_what_they_depend_on():
    people = [
        {"candidature": "T1", "statut": "Retenu", "projet_decide": "101", "cout_reel": 60000.0,
         "debut_contrat": datetime(2021, 9, 13)},
        {"candidature": "T2", "statut": "Retenu", "projet_decide": "101", "experience": 3},
    ]  # fmt: skip
    call = campaign(laureate("101", programme="0217"), talents=people)
    content = content_of(call.reading, call.results)
    assert content["dossiers"]["101"] == {
        "status": "acquis", "reason": "accueil_direct", "payment": "decret_transfert", "programme": "217",
        "decision": "Lauréat", "eig": 2, "least": 36750, "most": 42000, "exact": False, "recruited": 2,
        "months": None, "cost_low": 61250, "cost_high": 70000, "real_costs": 1, "dated": 1,
    }  # fmt: skip
    assert {*content["rules"]} == {*(f"cofinancing.{key}" for key in RULES), *(f"salaries.{key}" for key in SALARIES)}
    assert content["rules"]["cofinancing.paid_from"] == "2021-10-01"


def test_a_version_says_its_number_and_day():
    assert Version(2, date(2021, 10, 4), "").text == "Version 2, données du lundi 4 octobre 2021"
