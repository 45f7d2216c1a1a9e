"""Whatever people decide, in any order, under any limits: what is proposed keeps them, or what to relax is said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.domain.decisions import LAUREATE, REFUSED, WAITING, WITHDRAWN
from tests.effort import examples
from tests.workbook.anomalous_selections import campaign, workbook
from tests.workbook.snapshots import reading

LIMITS = st.fixed_dictionaries(
    {"column": st.sampled_from(["ministere", "Ministère de rattachement", "Nombre d’EIG demandés"])},
    optional={"value": st.sampled_from(["interieur", "Justice", "Outre-mer", 2, True])},
).flatmap(
    lambda limit: st.one_of(
        st.integers(0, 3).map(lambda most: {**limit, "max": most}),
        st.integers(0, 3).map(lambda least: {**limit, "min": least}),
    )
)
DECISIONS = st.sampled_from([None, LAUREATE, WAITING, REFUSED, WITHDRAWN])
ENVELOPES = st.none() | st.sampled_from([0.0, 45_000.0, 1e6])


@pytest.mark.slow
@settings(max_examples=examples(5))
@given(st.tuples(*[DECISIONS] * 4), LIMITS, st.integers(1, 5), ENVELOPES)
def test_proposals_keep_the_limits_and_the_decisions(decisions, limit, places, envelope):
    results = compute(reading(workbook(decisions), campaign(limit, places=places, envelope=envelope)))
    selection = results.of(SELECTION)
    proposed = dict(zip(results.of(SCORES).ranking["numero"], results.of(SCORES).ranking["proposal"], strict=True))
    chosen = {*selection.numbers(selection.outcome.selected)}
    called = {
        *selection.numbers([successor.dossier for successor in selection.successors if successor.dossier is not None])
    }
    assert {numero for numero, proposal in proposed.items() if proposal == "laureat"} <= chosen | called
    for numero, decision in zip(("101", "102", "103", "104"), decisions, strict=True):
        assert (numero in chosen) or decision != LAUREATE
        assert (numero not in chosen) or decision in (LAUREATE, None)
        assert proposed[numero] != "laureat" or decision != REFUSED
        assert (proposed[numero] is None) == (decision == WITHDRAWN)
    with_called = selection.outcome.selected | np.isin(selection.problem.numbers, [*called])
    totals = selection.problem.totals(with_called)
    broken = [bound.excess(total) for bound, total in zip(selection.problem.bounds, totals, strict=True)]
    assert any(broken) == bool(selection.outcome.relaxed)


def test_undecided_dossiers_give_way_to_the_waiting_list_once_all_places_were_given():
    results = compute(reading(workbook((LAUREATE, WITHDRAWN, None, WAITING)), campaign(places=2)))
    proposals = dict(zip(results.of(SCORES).ranking["numero"], results.of(SCORES).ranking["proposal"], strict=True))
    assert proposals == {"101": "laureat", "102": None, "103": "liste_attente", "104": "laureat"}


def test_a_withdrawal_calls_the_one_who_keeps_a_minimum_again():
    decisions = (LAUREATE, WITHDRAWN, WAITING, WAITING)
    limit = {"column": "ministere", "value": "Justice", "min": 1}
    results = compute(reading(workbook(decisions), campaign(limit)))
    selection = results.of(SELECTION)
    (successor,) = selection.successors
    assert selection.problem.numbers[successor.dossier] == "104"
    assert [(selection.problem.numbers[place], bound.value) for place, (bound,) in successor.passed] == [
        ("103", "Justice")
    ]
    assert not selection.outcome.relaxed
    proposals = dict(zip(results.of(SCORES).ranking["numero"], results.of(SCORES).ranking["proposal"], strict=True))
    assert proposals == {"101": "laureat", "102": None, "103": "liste_attente", "104": "laureat"}


def test_a_withdrawal_that_breaks_a_minimum_for_good_calls_the_next_one_and_says_what_to_relax():
    decisions = (LAUREATE, WITHDRAWN, WAITING, WAITING)
    limit = {"column": "ministere", "value": "Justice", "min": 2}
    selection = compute(reading(workbook(decisions), campaign(limit))).of(SELECTION)
    (successor,) = selection.successors
    assert selection.problem.numbers[successor.dossier] == "103"
    (relaxed,) = selection.outcome.relaxed
    assert (relaxed.bound.value, relaxed.level) == ("Justice", 0)
