"""What is said of who may read a workbook, and of whom: the words, and how many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.model.access import AccessState, Account, Reader, Role
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.workbook.alterations import STOPPING
from eig_sheets.workbook.anomalies import Anomaly, Severity, grouped
from eig_sheets.workbook.layout import Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.readers import ACCESS, access_anomalies, unknown_accounts
from tests.workbook.anomalous_access import CLOSED, known
from tests.workbook.snapshots import EVALUATIONS, SCHEMA, book, dossier, evaluation, reading


def said(state: AccessState, snapshot: Snapshot | None = None) -> list[Anomaly]:
    made = known(snapshot or book(), state)
    return [anomaly for anomaly in reading(made).anomalies if anomaly.kind in {*ACCESS, *STOPPING}]


def test_each_account_that_reads_nothing_is_named_once():
    accounts = (Account("a@example.org"), Account("b@example.org"), Account("own@example.org", owns=True))
    state = replace(CLOSED, accounts=accounts)
    assert unknown_accounts(state) == ["a@example.org", "b@example.org"]
    assert ["a@example.org" in anomaly.message for anomaly in said(state)] == [True, False]
    for role in Role:
        assert unknown_accounts(replace(state, readers=frozenset({Reader("a@example.org", role)}))) == ["b@example.org"]


def test_rules_that_are_not_as_written_are_one_anomaly_that_blocks_and_quotes_them():
    [anomaly] = said(replace(CLOSED, altered=("la formule « role » de EIG_Acces", "« eig-sheets : qui lit » (Jury)")))
    assert (anomaly.code, anomaly.severity) == ("acces_altere", Severity.BLOCKING)
    assert "la formule" in anomaly.message
    assert "qui lit" in anomaly.message


def test_an_open_workbook_is_said_to_be_open_and_nothing_else():
    opened = AccessState(accounts=(Account("a@example.org"),), public=True, altered=("x",))
    assert [anomaly.code for anomaly in said(opened)] == ["acces_ouvert"]


def test_a_row_that_is_not_seen_names_the_address_by_which_its_juror_signs_in():
    rows = [{**EVALUATIONS[0], "jure": "Anna@jury.example "}, *EVALUATIONS[1:]]
    [anomaly] = said(CLOSED, book(evaluations=rows))
    assert anomaly.code == "ligne_non_vue"
    assert ", anna@jury.example" in anomaly.message


def test_rows_that_a_juror_does_not_see_are_one_line():
    rows = [{**evaluation(str(number), "anna"), "jure": "anna@jury.example "} for number in range(101, 105)]
    [anomaly] = grouped(said(CLOSED, book([dossier(row["numero"]) for row in rows], evaluations=rows)))
    assert (anomaly.code, len(anomaly.cells)) == ("ligne_non_vue", len(rows))


@pytest.mark.parametrize("capable", [True, False])
def test_a_workbook_that_cannot_be_closed_is_not_said_to_be_open(capable):
    snapshot = replace(book(), capabilities=Capabilities(row_access=capable))
    assert any(anomaly.code == "acces_ouvert" for anomaly in reading(snapshot).anomalies) == capable


def test_of_a_workbook_without_a_jury_others_say_what_is_wrong():
    snapshot = replace(book(), capabilities=Capabilities(row_access=True))
    layout = locate(snapshot, SCHEMA, Names())
    without = replace(layout, tabs={name: tab for name, tab in layout.tabs.items() if name != "jury"})
    assert [*access_anomalies(snapshot, without, {})] == []
