"""Notes of candidates: those of a dossier's evaluation, by candidate and by project heard for."""

from __future__ import annotations

import pandas as pd
import pytest

from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from eig_sheets.features.talents.rules_scoring import score
from tests.features.talents.builders import CRITERIA, RULES, review, reviews, rules

NUMBERS = pd.Series(["T1", "T2", "T3"], dtype=object)


def found(*rows, of=RULES):
    return score(reviews(*rows), NUMBERS, of)


def test_the_note_is_the_sum_out_of_twenty():
    scores = found(review("T1", "a", 4, 3.5, 3.75, 4, 3.6), review("T2", "a", 4, 3.5, "NSP", 4, 3.6))
    assert scores.by_candidate["note"].tolist() == pytest.approx([18.85, 18.875, float("nan")], nan_ok=True)
    assert scores.by_candidate["nsp"].tolist() == [0, 1, 0]


def test_weights_are_those_of_the_criteria_of_candidates():
    weighted = tuple({**one.model_dump(), "weight": 3.0 if one.id == "adequation" else 1.0} for one in RULES.criteria)
    scores = found(review("T1", "a", 4, 4, 4, 4, 1), of=rules(criteria=weighted))
    assert scores.by_candidate.loc["T1", "note"] == pytest.approx(20 * (16 + 3) / (4 * 7))


def test_a_candidate_has_the_mean_of_all_and_one_for_each_project():
    elsewhere = (review("T1", "c", 1, numero="102"), review("T1", "d", 3, numero=None))
    scores = found(review("T1", "a", 4), review("T1", "b", 2), *elsewhere)
    row = scores.by_candidate.loc["T1"]
    assert (row["note"], row["reviews"], row["dynamisme"]) == (12.5, 4, 2.5)
    assert row["stdev"] == pytest.approx(pd.Series([20, 10, 5, 15]).std())
    assert scores.by_project["note"].to_dict() == {("T1", "101"): 15.0, ("T1", "102"): 5.0}
    assert pd.isna(scores.by_project.loc[("T1", "102"), "stdev"])


def test_blanks_abstentions_and_deports_count_as_for_dossiers():
    scores = found(
        review("T1", "a", 4),
        review("T1", "b", None, 1, 1, 1, 1),
        review("T1", "c", "NSP"),
        review("T1", "d", 1, deport=True),
    )
    row = scores.by_candidate.loc["T1"]
    assert (row["note"], row["reviews"], row["incomplete"], row["nsp"]) == (20.0, 1, 1, len(CRITERIA))
    aside = found(review("T1", "a", 4), review("T1", "b", None, numero="102", deport=True)).by_project
    assert [*aside.index] == [("T1", "101")]  # nobody is heard by who steps aside
    assert [EvaluationStatus(one) for one in scores.evaluated["status"]] == [
        EvaluationStatus.INCLUDED, EvaluationStatus.INCOMPLETE, EvaluationStatus.NO_SCORE, EvaluationStatus.RECUSED,
    ]  # fmt: skip


def test_without_evaluations_nobody_has_a_note():
    scores = score(reviews(), NUMBERS, RULES)
    assert scores.by_candidate["note"].isna().all()
    assert scores.by_candidate["reviews"].tolist() == [0, 0, 0]
    assert scores.by_project.empty


def test_an_evaluation_of_nobody_counts_for_nobody():
    scores = found(review("T9", "a", 4))
    assert (len(scores.evaluated), len(scores.by_project), [*scores.by_candidate.index]) == (1, 0, [*NUMBERS])
