"""Co-financing where candidates have their own workbook: exact in that of the projects, which says nothing of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests import two_workbooks
from tests.storage.stored_records import stored
from tests.two_workbooks import Pair

pytestmark = pytest.mark.in_memory

OF_CANDIDATES = ("T-7001", "Zélie", "Ormeau", "zelie.ormeau")


@pytest.fixture
def pair(tmp_path) -> Pair:
    """A project that recruited one person of two, and will recruit nobody else."""
    made = two_workbooks.made(tmp_path / "appel")
    made.type_in(made.workbook, "candidatures", "recrutement_clos", 0, "oui")
    made.type_in(made.talents, "talents", "debut_contrat", 0, datetime(2021, 9, 13))
    made.type_in(made.talents, "talents", "cout_reel", 0, 80000.0)
    assert made.sync().code == 0
    return made


@pytest.mark.slow
def test_the_amount_is_that_of_who_is_recruited_in_the_other_workbook(pair):
    records = pair.run("cofinancing", "--format", "json").records
    [dossier] = [record for record in records if record["dossier"] == "90101"]
    assert (dossier["amount_min"], dossier["amount_max"], dossier["after_recruitment"]) == (24000, 24000, True)
    row = pair.tab(pair.workbook, "Cofinancement").rows[0]
    assert (row["Montant minimum"], row["EIG recrutés"], row["Nature du montant"]) == (24000, 1, "Après recrutement")


@pytest.mark.slow
def test_an_explanation_says_in_which_workbook_a_cell_is(pair):
    lines = pair.run("cofinancing", "--explain", "90101", "--format", "json").records
    [cost] = [row for row in lines if row["what"].startswith("EIG T-7001") and "coût" in row["what"]]
    assert cost["value"] == 80000
    cell = pair.tab(pair.talents, "Talents").cell("Coût réel", "T-7001")
    assert cost["cells"] == f"Talents!{cell} (classeur des candidats)"


def test_what_is_wrong_with_a_cost_is_listed_where_it_is_typed(pair):
    said = [
        str(pair.tab(workbook, "Anomalies").rows).count("hors des coûts prévus")
        for workbook in (pair.workbook, pair.talents)
    ]
    assert said == [0, 1]


@pytest.mark.slow
def test_an_amount_says_which_cell_of_the_candidates_it_waits_for(pair):
    pair.type_in(pair.talents, "talents", "cout_reel", 0, 8.0)
    done = pair.run("cofinancing")
    cell = pair.tab(pair.talents, "Talents").cell("Coût réel", "T-7001")
    assert f"Talents!{cell}" in done.err, done.err


@pytest.mark.slow
def test_the_projects_workbook_and_the_files_say_nothing_of_candidates(pair, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for options in (["--to", "f.csv"], ["--programmes"], ["--since", "1"]):
        done = pair.run("cofinancing", *options)
        assert done.code == 0
        assert not [word for word in OF_CANDIDATES if word in done.out + done.err]
    kept = stored(pair.folder / ".eig-sheets", "versions_cofinancement")
    said = str(pair.read().tabs) + (tmp_path / "f.csv").read_text(encoding="utf-8-sig") + kept
    assert not [word for word in OF_CANDIDATES if word in said]
