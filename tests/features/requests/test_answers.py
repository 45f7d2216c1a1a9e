"""`Réponses`: what is recorded of a request is read back as it was, and what somebody edited is not believed."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.requests.actions import LABELS, Actions
from eig_sheets.features.requests.answers import TABLE, RequestAnswer, as_text, from_text, rows
from eig_sheets.features.requests.desk import recorded_requests
from eig_sheets.features.requests.rules import Action, Recorded, Stage
from eig_sheets.spreadsheet.model.cells import as_read
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot

MOMENT = datetime(2021, 5, 6, 12, 0, 7)
ONE = Recorded("BCDFGHJ", Action.REPORT, "a", "Ada", Stage.DONE, MOMENT, "Voilà.", "jeton")
ACTIONS = Actions(LABELS, tuple(LABELS))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


def tab(*answers, edited=None):
    lines = [list(TABLE.sheet_headers), *([as_read(cell) for cell in row] for row in rows(answers))]
    for (row, header), value in (edited or {}).items():
        lines[row][TABLE.sheet_headers.index(header)] = value
    return TabSnapshot("Réponses", lines)


@given(
    st.builds(
        Recorded,
        st.just("BCD"),
        st.sampled_from(Action),
        TEXT,
        TEXT,
        st.sampled_from([stage for stage in Stage if stage is not Stage.RESERVED]),
        st.just(MOMENT),
        TEXT,
        TEXT,
        TEXT,
        st.booleans(),
        st.integers(0, 3),
    )
)
def test_a_record_is_read_as_it_was_written(record):
    assert from_text(as_text(record)) == record


def test_a_claim_that_only_this_machine_knows_not_to_have_begun_is_shown_as_one():
    assert from_text(as_text(replace(ONE, stage=Stage.RESERVED))) == replace(ONE, stage=Stage.CLAIMED)


@pytest.mark.parametrize("text", ["", "{}", "[]", "3", '{"action": "rapport"}', '{"number": "B", "action": "danser"}'])
def test_what_is_no_record_is_none(text):
    assert from_text(text) is None


def test_the_last_is_first_after_what_waits():
    later = replace(ONE, number="KLM", moment=datetime(2021, 5, 7))
    made = rows(
        [
            RequestAnswer("BCDFGHJ", "x", ONE),
            RequestAnswer("KLM", "y", later),
            RequestAnswer("NPQ", "attend"),
            RequestAnswer(None, "?"),
        ]
    )
    assert [row[0] for row in made] == ["NPQ", None, "KLM", "BCDFGHJ"]


def test_what_waits_is_not_recorded():
    shown = tab(RequestAnswer("BCDFGHJ", "x", ONE), RequestAnswer("NPQ", "attend"))
    assert [*recorded_requests(shown, ACTIONS)] == [ONE]
    assert [*recorded_requests(None, ACTIONS)] == []


@pytest.mark.parametrize("header", ["Action", "Détail", "État", "Réponse", "Le", "Pour le robot"])
def test_a_row_that_somebody_edited_is_never_done_again(header):
    edited = tab(RequestAnswer("BCDFGHJ", "x", ONE, "Rapport du jury"), edited={(1, header): "autre chose"})
    [request] = recorded_requests(edited, ACTIONS)
    assert (request.number, request.stage) == ("BCDFGHJ", Stage.INTERRUPTED)


def test_a_copy_of_a_row_under_another_number_is_not_believed():
    snapshot = tab(RequestAnswer("BCDFGHJ", "x", ONE))
    copy = TabSnapshot("Réponses", [*snapshot.rows, ["AUTRE", *snapshot.rows[1][1:]]])
    assert {request.number: request.stage for request in recorded_requests(copy, ACTIONS)} == {
        "BCDFGHJ": Stage.DONE, "AUTRE": Stage.INTERRUPTED
    }  # fmt: skip
