"""Data with little or nothing to say: honest numbers, or a reason; never NaN where there is a number."""

import numpy as np
import pytest

from eig_sheets.domain.calibration import Uncorrected, calibrate, model
from tests.domain.calibration.support import frame, run, table


def reason_of(votes, numbers=None):
    found = calibrate(votes, numbers or set(votes["numero"]), 2, 15)
    assert found.dossiers[["expected_rank", "p_selected", "corrected", "sucra", "pcer"]].isna().all(axis=None)
    assert set(found.dossiers["zone"]) | set(found.dossiers["interval_50"]) <= {None}
    assert found.jurors["severity"].isna().all()
    assert (found.line, found.reliability, found.spreads) == (None, None, None)
    return found


def test_nobody_scored():
    found = reason_of(frame([]), {"1", "2"})
    assert found.reason is Uncorrected.WITHOUT_EVALUATION
    assert found.dossiers.index.tolist() == ["1", "2"]
    assert (len(found.jurors), found.components) == (0, ())


def test_no_dossier_at_all():
    found = calibrate(frame([]), [], 2, 15)
    assert found.reason is Uncorrected.WITHOUT_EVALUATION
    assert len(found.dossiers) == 0


def test_collective_grids_are_one_a_dossier():
    found = reason_of(frame([("1", "a", 12), ("2", "a", 13), ("3", "b", 14), ("4", "c", 11)]))
    assert found.reason is Uncorrected.COLLECTIVE
    assert found.jurors["reviews"].to_dict() == {"a": 2, "b": 1, "c": 1}


def test_groups_that_nothing_links_are_named():
    rows = [
        ("1", "a", 12),
        ("1", "b", 13),
        ("2", "a", 9),
        ("3", "c", 14),
        ("3", "d", 15),
        ("4", "d", 11),
        ("5", "d", 9),
        ("5", "c", 9),
    ]
    found = reason_of(frame(rows))
    assert found.reason is Uncorrected.DISCONNECTED
    assert [one.dossiers for one in found.components] == [("3", "4", "5"), ("1", "2")]
    assert [one.jurors for one in found.components] == [("c", "d"), ("a", "b")]


def test_panels_that_nothing_links_are_ranked_together_when_groups_say_what_they_are():
    rows = [(f"{panel}{place}", f"{panel}-{juror}", 8 + place + juror + (panel == "N")) for panel in "NS"
            for place in range(4) for juror in range(3)]  # fmt: skip
    votes, groups = frame(rows), {f"{panel}-{juror}": panel for panel in "NS" for juror in range(3)}
    assert reason_of(votes).reason is Uncorrected.DISCONNECTED
    found = run(votes, group_of=groups)
    assert (found.reason, len(found.components), found.weak_links) == (None, 2, ())
    assert found.groups["mean"].to_dict() == {"N": 11.5, "S": 10.5}
    assert found.spreads.panels > 0
    for partly in ({**groups, "S-0": None}, {**groups, "S-0": "N"}, dict.fromkeys(groups, "tous")):
        assert run(votes, group_of=partly).reason is Uncorrected.DISCONNECTED


def test_a_dossier_in_ten_and_three_at_least_have_two_evaluations():
    once = [(str(place), f"j{place % 4}", 10 + place % 7) for place in range(40)]
    again = [(str(place), f"j{(place + 1) % 4}", 11 + place % 5) for place in range(4)]
    assert reason_of(frame(once)).reason is Uncorrected.COLLECTIVE
    assert reason_of(frame(once + again[:3])).reason is Uncorrected.FEW_REPEATED
    assert run(frame(once + again)).reason is None
    assert reason_of(frame(once[:3] + again[:2])).reason is Uncorrected.FEW_REPEATED
    assert run(frame(once[:3] + again[:3])).reason is None


def test_more_jurors_than_can_be_compared():
    rows = [(str(n), f"j{place}", 10 + place % 5) for place in range(model.MOST_JURORS + 1) for n in range(3)]
    assert reason_of(frame(rows)).reason is Uncorrected.TOO_MANY_JURORS


def test_evaluations_of_dossiers_that_are_not_ranked_do_not_count():
    rows = [(number, juror, 12) for number in "123" for juror in "ab"] + [("out", "c", 4), ("out", "a", 4)]
    found = calibrate(frame(rows), {"1", "2", "3"}, 1, 15)
    assert found.reason is None
    assert found.jurors.index.tolist() == ["a", "b"]
    assert found.dossiers.index.tolist() == ["1", "2", "3"]


@pytest.mark.parametrize("votes", [[[12]], [[12, 14, 9]], [[12], [13], [18], [9]], [[12, 14], [13, 9]]])
def test_what_cannot_tell_dossiers_from_noise_is_not_corrected(votes):
    found = reason_of(table(votes))
    assert found.reason in (Uncorrected.COLLECTIVE, Uncorrected.FEW_REPEATED)
    assert len(found.dossiers) == len(votes)


@pytest.mark.parametrize("jurors", [2, 5])
@pytest.mark.parametrize("dossiers", [3, 7, 40])
def test_all_equal(jurors, dossiers):
    found = run(table([[14.0] * jurors] * dossiers), places=1)
    assert set(found.dossiers["expected_rank"]) == {(dossiers + 1) / 2}
    assert set(found.dossiers["corrected"]) == {14.0}
    assert set(found.jurors["severity"]) == {0.0}
    assert len(set(found.dossiers["interval_90"])) == 1
    low, high = found.dossiers["interval_90"].iloc[0]
    assert high - low >= 0.85 * (dossiers - 1)
    chance = round(1 / dossiers, 4)
    assert set(found.dossiers["p_selected"]) == {chance}
    assert set(found.dossiers["zone"]) == {"deliberation" if chance >= 0.25 else "non_retenu"}


def test_a_jury_of_one_mind_is_sure():
    found = run(table([[note] * 3 for note in (19, 16, 13, 10, 7)]), places=2)
    assert found.dossiers["expected_rank"].tolist() == [1, 2, 3, 4, 5]
    assert found.dossiers["p_selected"].tolist() == [1, 1, 0, 0, 0]
    assert found.dossiers["zone"].tolist() == ["retenu", "retenu", "non_retenu", "non_retenu", "non_retenu"]
    assert found.line == 2.5


def test_notes_further_apart_than_the_prior_foresees():
    """300 dossiers of either 5 or 20: their spread is beyond the bound, and nothing underflows."""
    found = run(table([[20.0, 20.0, 19.5]] * 150 + [[5.0, 5.0, 5.5]] * 150), places=150)
    assert found.dossiers["p_selected"].to_dict() == {str(place): float(place <= 150) for place in range(1, 301)}


def test_as_many_places_as_dossiers():
    found = run(table([[12, 14], [13, 9], [10, 10]]), places=3)
    assert found.dossiers["p_selected"].tolist() == [1, 1, 1]
    assert found.dossiers["zone"].tolist() == [None, None, None]
    assert found.line is None


def test_two_votes_of_one_juror_on_one_dossier_count_twice():
    found = run(
        frame(
            [
                ("1", "a", 12),
                ("1", "a", 14),
                ("2", "a", 11),
                ("2", "b", 10),
                ("1", "b", 12),
                *(("3", juror, 9) for juror in "ab"),
            ]
        )
    )
    assert found.jurors["reviews"].to_dict() == {"a": 4, "b": 3}
    assert found.dossiers.at["1", "expected_rank"] < found.dossiers.at["2", "expected_rank"]


def test_reliability_counts_jurors_and_panels_where_dossiers_have_others():
    """Whoever read everything moves all means alike; a panel moves those of its own dossiers, whatever its size."""
    dice = np.random.default_rng(1)
    notes = 12 + dice.normal(0, 2, (12, 1)) + dice.normal(0, 1, (12, 4))
    severe = notes - [0, 0, 0, 6]
    assert run(table(severe)).reliability == pytest.approx(run(table(notes)).reliability, abs=0.05)
    panels = frame(
        (f"{panel}{dossier}", f"{panel}{juror}", notes[place, juror] + shift)
        for panel, shift in enumerate((-3, 0, 3))
        for dossier, place in enumerate(range(4 * panel, 4 * panel + 4))
        for juror in range(4)
    )
    groups = {juror: juror[0] for juror in panels["jure"]}
    assert run(panels, group_of=groups).reliability < 0.4  # 0.53 if a panel counted as so many jurors
