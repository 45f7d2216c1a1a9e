"""What an import of candidates leaves in the workbook, whatever officers and applicants did in between."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.features.talents.import_kinds import CANDIDATES
from eig_sheets.storage.last_run import LastRun
from tests.call.applications.import_desk import ACTS, Desk, check_lines
from tests.call.applications.importing.support import HEADERS_OF_TALENTS
from tests.effort import examples
from tests.workbook.snapshots import tab

OTHERS = (tab("talents"),)


def desk_of(platform, **fields):
    return Desk(platform, CANDIDATES, HEADERS_OF_TALENTS, others=OTHERS, **fields)


@pytest.mark.parametrize(
    ("now", "remarks"),
    [(datetime(2021, 5, 2, 23, 58), ()), (datetime(2021, 5, 2, 23, 59), ("Reçue après la clôture.",))],
)
def test_a_candidate_s_change_is_late_by_the_closing_of_their_own_call(now, remarks):
    """2 May 2021, 23:59; that of projects closed on 7 April. A minute passes with each import."""
    desk = desk_of({"501": {"prenom": "Ada", "nom": "Lovelace", "email": "ada@candidat.example"}})
    desk.import_()
    desk.platform["501"]["nom"] = "Byron"
    desk.now = now
    assert desk.import_().changes.lines[0].remarks == remarks


@pytest.mark.slow
def test_candidates_and_dossiers_of_the_same_number_are_told_apart():
    desk = Desk({"101": {"projet": "Alpha", "nombre_eig": "2"}}, others=OTHERS)
    desk.import_()
    other = desk_of({"101": {"nom": "Lovelace", "experience": "4"}}, storage=desk.storage, last_run=desk.last_run)
    other.import_()
    desk.last_run = other.last_run
    desk.platform["101"]["projet"], other.platform["101"]["nom"] = "Bêta", "Byron"
    desk.import_()
    other.last_run = desk.last_run
    other.import_()
    assert [line[:2] + line[3:] for line in desk.lines] == [
        ("101", "Nom du projet", "Alpha", "Bêta"),
        ("101", "Nom", "Lovelace", "Byron"),
    ]
    other.last_run = LastRun()  # another machine believes the tab, of both
    other.type("101", "nom", "Byron")
    other.refresh()
    assert [line[1] for line in desk.lines] == ["Nom du projet"]


@pytest.mark.slow
@settings(max_examples=examples(8, long=60))
@given(st.lists(ACTS, max_size=14))
def test_lines_stand_as_the_rule_says_whatever_is_done_in_any_order(acts):
    check_lines(desk_of({}), {"Nom": "nom", "Années d’expérience": "experience"}, acts)
