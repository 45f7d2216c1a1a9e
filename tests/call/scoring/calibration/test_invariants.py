"""What must hold of any call, from facts of the model and from plain fairness."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.scoring.calibration import Zone
from tests.call.scoring.calibration.support import complete, connected, frame, run
from tests.effort import examples

few = settings(max_examples=examples(2, long=32))  # each is a whole calibration, or two


def same(first, second):
    """Whether two calibrations are equal to the bit."""
    for name in ("dossiers", "jurors", "groups"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name), check_exact=True)
    for name in ("components", "weak_links", "reason", "line", "reliability", "spreads"):
        assert getattr(first, name) == getattr(second, name)


@few
@given(connected(), st.integers(1, 7))
def test_sums_and_bounds(votes, places):
    calibration = run(votes, places)
    table, count = calibration.dossiers, votes["numero"].nunique()
    assert math.isclose(table["expected_rank"].sum(), count * (count + 1) / 2, abs_tol=0.005 * count + 1e-6)
    assert math.isclose(table["p_selected"].sum(), min(places, count), abs_tol=0.0001 * count)
    assert table["p_selected"].between(0, 1).all()
    for (low_50, high_50), (low_90, high_90) in zip(table["interval_50"], table["interval_90"], strict=True):
        assert 1 <= low_90 <= low_50 <= high_50 <= high_90 <= count
    assert (table["corrected_error"] > 0).all()
    assert (calibration.jurors["error"] > 0).all()
    assert 0 < calibration.reliability < 1
    numbers = table.drop(columns=["interval_50", "interval_90", "zone"])
    assert np.isfinite(numbers[["expected_rank", "p_selected", "corrected"]].to_numpy()).all()


@few
@given(connected(), st.integers(1, 7), st.sampled_from([(0.25, 0.75), (0.1, 0.5), (0.0, 1.0)]))
def test_the_zone_is_said_by_the_published_probability(votes, places, bounds):
    calibration = run(votes, places, zone=bounds)
    table = calibration.dossiers
    if places >= len(table):
        assert calibration.line is None
        assert set(table["zone"]) == {None}
        assert set(table["p_selected"]) == {1.0}
        return
    assert calibration.line == places + 0.5
    for zone, chance in zip(table["zone"], table["p_selected"], strict=True):
        assert zone == (Zone.IN if chance > bounds[1] else Zone.OUT if chance < bounds[0] else Zone.DELIBERATION)


@pytest.mark.slow
@few
@given(connected(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_bit(votes, dice):
    rows = list(votes.itertuples(index=False, name=None))
    dice.shuffle(rows)
    same(run(frame(rows)), run(votes))


@pytest.mark.slow
@few
@given(connected(), st.permutations([f"pseudo-{n}" for n in range(4)]))
def test_the_names_of_the_jurors_change_no_bit(votes, names):
    """A ranking is computed again from pseudonyms, once nobody may be named any more."""
    renamed = {f"jure{place}": name for place, name in enumerate(names)}
    before, after = run(votes), run(votes.assign(jure=votes["jure"].map(renamed)))
    pd.testing.assert_frame_equal(before.dossiers, after.dossiers, check_exact=True)
    pd.testing.assert_frame_equal(before.jurors.rename(renamed).sort_index(), after.jurors, check_exact=True)


@few
@given(complete(), st.data())
def test_equal_votes_have_equal_results(votes, data):
    """The same jurors and the same sum: nothing tells the dossiers apart, not even which juror gave which note."""
    rows = list(votes.itertuples(index=False, name=None))
    notes = [note for numero, _, note in rows if numero == "1"]
    again = data.draw(st.permutations(notes))
    rows += [("twin", f"jure{place}", note) for place, note in enumerate(again)]
    dossiers = run(frame(rows)).dossiers
    assert dossiers.loc["1"].tolist() == dossiers.loc["twin"].tolist()


@pytest.mark.slow
@few
@given(complete(), st.sampled_from([-3.0, 1.0, 4.5]))
def test_a_constant_added_to_a_juror_who_scored_everything_changes_no_rank(votes, constant):
    moved = votes.assign(note=votes["note"] + constant * (votes["jure"] == "jure0"))
    before, after = (run(notes).dossiers["expected_rank"] for notes in (votes, moved))
    assert before.rank(method="min").to_dict() == after.rank(method="min").to_dict()


@pytest.mark.slow
@few
@given(connected(), st.integers(-4, 4))
def test_a_constant_added_to_every_note_moves_the_corrected_notes_alone(votes, constant):
    before, after = run(votes), run(votes.assign(note=votes["note"] + constant))
    moved = after.dossiers.assign(corrected=after.dossiers["corrected"] - constant)
    np.testing.assert_allclose(moved["corrected"], before.dossiers["corrected"], atol=0.0015)
    pd.testing.assert_frame_equal(moved.drop(columns="corrected"), before.dossiers.drop(columns="corrected"))
    scale = ["at_ceiling"]  # which does not move: where a note is at its end, nor does what is expected of a juror
    ends = (votes["note"] + shift for shift in (0, constant))
    scale += [] if all(notes.between(5, 20, inclusive="neither").all() for notes in ends) else ["fit_p", "fit_flag"]
    same = before.jurors.columns.difference(scale)
    pd.testing.assert_frame_equal(after.jurors[same], before.jurors[same])


@few
@given(complete())
def test_when_everybody_scored_everything_the_order_is_that_of_the_means(votes):
    dossiers = run(votes).dossiers
    means = votes.groupby("numero")["note"].mean()
    for number in dossiers.index:
        for other in dossiers.index:
            if means[number] > means[other] + 1e-9:
                assert dossiers.at[number, "expected_rank"] <= dossiers.at[other, "expected_rank"]
                assert dossiers.at[number, "corrected"] >= dossiers.at[other, "corrected"]


@pytest.mark.slow
@few
@given(connected(), st.permutations([str(n) for n in range(10, 16)]), st.permutations(list("abcd")))
def test_numbers_and_names_change_no_bit(votes, numbers, names):
    """Nor do those of groups: what people read is a function of the votes."""
    number_of = {str(place): number for place, number in enumerate(numbers, 1)}
    name_of = {f"jure{place}": name for place, name in enumerate(names)}
    groups = {"jure0": "A", "jure1": "B", "jure2": "B", "jure3": "A"}
    renamed = {name_of[juror]: {"A": "Z", "B": "Y"}[group] for juror, group in groups.items()}
    other = votes.assign(numero=votes["numero"].map(number_of), jure=votes["jure"].map(name_of))
    before, after = run(votes, group_of=groups), run(other, group_of=renamed)
    assert before.dossiers.rename(number_of).to_dict("index") == after.dossiers.to_dict("index")
    columns = ["reviews", "severity", "error"]
    assert before.jurors[columns].rename(name_of).to_dict("index") == after.jurors[columns].to_dict("index")


@pytest.mark.slow
@few
@given(connected(), st.integers(1, 5))
def test_another_stream_hardly_moves_a_probability(votes, stream):
    before, after = (run(votes, stream=number).dossiers["p_selected"] for number in (0, stream))
    assert (before - after).abs().max() < 0.004
