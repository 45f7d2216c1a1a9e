"""What is said of each account, from what it was found to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from eig_sheets.spreadsheet.grist.access import state_of
from eig_sheets.spreadsheet.grist.access_proof import findings
from eig_sheets.spreadsheet.model.access import Account
from eig_sheets.spreadsheet.model.diagnosis import Finding, FindingStatus
from tests.spreadsheet.grist.closed_documents import ADA, ANNA, closed, notes, open_document, scores

BOB, OWNER = "bob@example.org", "own@example.org"
DOCUMENT = closed(open_document(), ADA, ANNA)
ACCOUNTS = (Account(ADA.address), Account(ANNA.address), Account(BOB), Account(OWNER, owns=True))
OWN, OTHER = {"jure": "Anna@jury.example"}, {"jure": "ivo@jury.example"}


def told(seen: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]], *accounts: Account) -> list[Finding]:
    """The findings about accounts, where these see these rows of tables, and nothing else."""
    state = state_of(DOCUMENT, accounts or ACCOUNTS, False)
    findings_of_all = findings(DOCUMENT, state, lambda who, table, _: seen.get((who, table), ()))
    return [finding for finding in findings_of_all if "identifiant" not in finding.message]


def test_each_account_sees_what_it_should():
    seen = {(ADA.address, "Candidatures"): [{}], (ANNA.address, "Evaluations"): [OWN, OWN]}
    findings_of_all = told(seen)
    assert [finding.status for finding in findings_of_all] == [
        FindingStatus.OK,
        FindingStatus.OK,
        FindingStatus.ATTENTION,
        FindingStatus.OK,
    ]
    officer, juror, nobody, owner = (finding.message.replace("\u202f", " ") for finding in findings_of_all)
    assert "responsable : lit tout, saisit, décide et valide. Voit 1 table remplie." in officer
    assert juror.endswith("Voit 2 lignes, toutes siennes, et rien d’autre.")
    assert "n’y lit rien" in nobody
    assert "propriétaire" in owner


@pytest.mark.parametrize(
    ("who", "table", "row", "where"),
    [
        (ANNA.address, "Evaluations", OTHER, "Évaluations (lignes d’autres)"), (ANNA.address, "Jury", {}, "Jury"),
        (ANNA.address, "EIG_Acces", {}, "EIG_Acces"), (BOB, "Evaluations", {"jure": BOB}, "Évaluations"),
        (BOB, "Classement", {}, "Classement"),
    ],
)  # fmt: skip
def test_what_an_account_sees_beyond_is_an_error_that_names_it(who, table, row, where):
    [finding] = told({(who, table): [row]}, Account(who))
    assert (finding.status, finding.message) == (
        FindingStatus.ERROR,
        f"{who} voit ce qu’il ne doit pas\u202f: {where}.",
    )
    assert "eig-sheets init" in finding.remedy


def test_a_document_that_is_open_is_one_error():
    document = open_document()
    [finding] = findings(document, state_of(document, ACCOUNTS, True), lambda *_: [{}])
    assert finding.status is FindingStatus.ERROR


def test_whoever_has_the_link_and_columns_that_two_tables_name_alike():
    shared = replace(DOCUMENT, tables=(scores(), notes(), replace(notes(), ref=6, id="Autre", title="Autre")))
    link, columns = [*findings(shared, state_of(shared, (), True), lambda *_: ())][::-1]
    assert "lien" in link.message
    assert columns.message.startswith("4 colonnes portent le même identifiant")
    assert "Notes, A" in columns.message
