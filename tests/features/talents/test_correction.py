"""Corrected notes: those of the model of dossiers where there are votes enough, else the reason why there are none."""

from __future__ import annotations

import pandas as pd
import pytest

from eig_sheets.call.scoring.calibration import Uncorrected, calibrate, corrected_notes
from eig_sheets.features.talents.rules_scoring import FEW_VOTES, correct, score
from tests.features.talents.builders import RULES, review, reviews, rules

SEVERE = {"a": 0.0, "b": -0.5, "c": 0.5}


def evaluated(*rows):
    table = reviews(*rows)
    return score(table, table["candidature"].drop_duplicates(), RULES).evaluated


def connected(jurors=("a", "b", "c"), count=8):
    """Each candidate is heard by two of the jurors, of whom one is severe and one kind."""
    pairs = [(jurors[nth % len(jurors)], jurors[(nth + 1) % len(jurors)]) for nth in range(count)]
    return [
        review(f"T{nth}", juror, 2.0 + nth % 3 / 2 + SEVERE[juror]) for nth, pair in enumerate(pairs) for juror in pair
    ]


def test_corrected_notes_are_those_of_the_model_of_dossiers():
    votes = evaluated(*connected())
    found = correct(votes, RULES, {})
    assert found.reason is None
    same = calibrate(votes.assign(numero=votes["candidature"]), {*votes["candidature"]}, 8, 15.0).dossiers
    expected = same[["corrected", "corrected_error"]].rename_axis("candidature")
    pd.testing.assert_frame_equal(found.notes, expected)
    raw = votes.groupby("candidature")["note"].mean()
    assert (found.notes["corrected"] - raw).abs().max() > 0.5


def test_no_corrected_note_is_beyond_what_a_juror_can_give():
    best = [review(f"T{nth}", "a", 4.0) for nth in range(3)]  # by a juror who is two points severer
    rows = [review(f"T{nth}", juror, 2.0 if juror == "a" else 4.0) for nth in range(3, 9) for juror in "abc"]
    votes = evaluated(*best, *rows)
    free = corrected_notes(votes.assign(numero=votes["candidature"]), 15.0)
    assert free["corrected"].max() > 20.0
    assert correct(votes, RULES, {}).notes["corrected"].max() == 20.0


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], Uncorrected.WITHOUT_EVALUATION),
        ([review("T1", "a", None, 1, 1, 1, 1)], Uncorrected.WITHOUT_EVALUATION),
        ([review(f"T{nth}", juror, 3) for nth in range(4) for juror in (f"x{nth}", f"y{nth}")], FEW_VOTES),
        ([review(f"T{nth}", "a", 3) for nth in range(4)], Uncorrected.COLLECTIVE),
        (
            [review(f"T{nth}", juror, 3) for nth in range(8) for juror in ("ab" if nth < 4 else "cd")],
            Uncorrected.DISCONNECTED,
        ),
    ],
)
def test_where_nothing_can_be_corrected_honestly_the_reason_is_given(rows, reason):
    found = correct(evaluated(*rows), RULES, {})
    assert (found.reason, found.notes.empty) == (reason, True)


def test_the_votes_that_a_juror_must_have_given_are_the_call_s():
    votes = evaluated(*connected(count=9))  # eighteen votes of three jurors
    assert [correct(votes, rules(min_votes=least), {}).reason for least in (6, 7)] == [None, FEW_VOTES]


def test_panels_that_heard_nobody_in_common_are_compared_where_groups_name_them():
    rows = [review(f"T{nth}", juror, 2 + nth % 3) for nth in range(8) for juror in ("ab" if nth < 4 else "cd")]
    assert correct(evaluated(*rows), RULES, dict(zip("abcd", "1122", strict=True))).reason is None
