"""Whatever people decide, in any order, under any limits: what is proposed keeps them, or what to relax is said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.campaign.dependencies import OF_LIMITS, Act, columns_of, meanwhile
from eig_sheets.campaign.unused_columns import unused_columns
from eig_sheets.config import with_sections
from eig_sheets.domain.decisions import LAUREATE, REFUSED, WAITING, WITHDRAWN
from eig_sheets.spreadsheet.model.cells import CellError
from tests.columns import EIG5
from tests.effort import examples
from tests.workbook.anomalous_selections import NAMES, NUMBERS, campaign, workbook
from tests.workbook.snapshots import book, dossier, evaluation, reading

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


REF = CellError("#REF!")


def under(limit, ministries, **fields):
    """The numbers that are selected of four dossiers, from the best to the least good, of these ministries."""
    selection = compute(reading(workbook(ministries=ministries, **fields), campaign(limit))).of(SELECTION)
    return selection.numbers(selection.outcome.selected)


def test_a_dossier_whose_value_cannot_be_read_may_be_of_any_it_takes_a_place_of_each_maximum():
    most = {"column": "ministere", "max": 1}
    assert under(most, ("Intérieur", None, "Intérieur", "Justice")) == ["101", "102"]
    assert under(most, ("Intérieur", REF, "Intérieur", "Justice")) == ["101", "104"]
    assert under({**most, "value": "Justice"}, ("Justice", REF, "Intérieur", "Justice")) == ["101", "103"]


def test_so_it_is_in_a_column_of_lists():
    most = {"column": "profils", "value": "Designer", "max": 1}
    asked = [["Designer"], CellError("#REF!"), ["Designer"], ["Juriste"]]
    rows = [
        dossier(numero, profils=", ".join(profiles) if isinstance(profiles, list) else profiles)
        for numero, profiles in zip(NUMBERS, asked, strict=True)
    ]
    scores = [
        evaluation(numero, name, *[4.0 - place / 2] * 5) for place, numero in enumerate(NUMBERS) for name in NAMES
    ]
    selection = compute(reading(book(rows, evaluations=scores), campaign(most))).of(SELECTION)
    assert selection.numbers(selection.outcome.selected) == ["101", "104"]


def test_it_is_counted_under_no_minimum():
    least = {"column": "ministere", "value": "Justice", "min": 1}
    assert under(least, ("Intérieur", "Justice", "Intérieur", "Justice")) == ["101", "102"]
    assert under(least, ("Intérieur", REF, "Intérieur", "Justice")) == ["101", "104"]


def test_the_selection_rests_on_the_columns_of_its_limits_and_says_what_it_does_meanwhile():
    call = campaign({"column": "Ministère de rattachement", "max": 1}, {"column": "Thème", "max": 1})
    assert "ministere" in columns_of(call, Act.SELECTION)["candidatures"]
    assert "ministere" not in columns_of(EIG5, Act.SELECTION)["candidatures"]
    assert meanwhile(call, "candidatures", "ministere") == OF_LIMITS
    assert meanwhile(EIG5, "candidatures", "ministere") == ""


def test_a_column_under_a_limit_cannot_be_left_out():
    limit = {"column": "ministere", "max": 1}
    left_out = {"workbook": {"without_columns": ("ministere",)}}
    assert "ministere" in unused_columns(with_sections(EIG5, left_out), ())
    assert "ministere" not in unused_columns(with_sections(campaign(limit), left_out), ())
