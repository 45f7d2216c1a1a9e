"""Remedies name the action that officers may ask for, where they may."""

from __future__ import annotations

import pytest

from eig_sheets.cli import cli
from eig_sheets.features.requests.actions import known_labels
from eig_sheets.features.requests.instead import ACTIONS, INSTEAD
from tests.columns import EIG5, cell_of
from tests.nightly import Table
from tests.people_cells import type_in
from tests.workbook.snapshots import book, reading

pytestmark = pytest.mark.in_memory


def test_each_is_a_command_and_an_action():
    for begun, action in ACTIONS.items():
        group, *rest = begun.removeprefix("--talents ").split()
        command = cli.commands[group]
        assert not rest or rest[0] in command.commands, begun
        assert action in known_labels(EIG5), begun


def test_a_workbook_without_the_tab_offers_none():
    """A file of before the feature: nobody is sent to a tab that is not there."""
    assert INSTEAD.of(reading(book())) == {}


@pytest.mark.slow
def test_an_assignment_that_lapsed_sends_officers_to_demandes(demo):
    assert demo.run("jury", "assign").code == 0
    jury, assigned = Table(demo.read().tab("Jury")), Table(demo.read().tab("Affectations")).rows[0]
    [row] = [row["row"] for row in jury.rows if row["E-mail"] == assigned["E-mail du juré"]]
    type_in(demo.workbook, "Jury", cell_of("jury", "deports", int(str(row))), assigned["N° de dossier"])
    assert demo.run("sync").code == 0
    remedies = [str(row["Que faire"]).replace("\u202f", " ") for row in Table(demo.read().tab("Anomalies")).rows]
    lapsed = [remedy for remedy in remedies if "jury assign --adjust" in remedy]
    assert lapsed
    assert all("« Affectations des jurés », dans Demandes, fait de même." in remedy for remedy in lapsed)
    assert not any("« eig-sheets jury assign --adjust » est à demander" in remedy for remedy in lapsed)
