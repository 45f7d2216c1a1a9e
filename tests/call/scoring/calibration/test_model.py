"""Data with little or nothing to say: honest numbers, or a reason; never NaN where there is a number."""

import numpy as np
import pytest

from eig_sheets.call.scoring.calibration import Uncorrected, calibrate, model
from tests.call.scoring.calibration.support import frame, run, table


def reason_of(votes, numbers=None):
    calibration = calibrate(votes, numbers or set(votes["numero"]), 2, 15)
    assert calibration.dossiers[["expected_rank", "p_selected", "corrected", "sucra", "pcer"]].isna().all(axis=None)
    assert set(calibration.dossiers["zone"]) | set(calibration.dossiers["interval_50"]) <= {None}
    assert calibration.jurors["severity"].isna().all()
    assert (calibration.line, calibration.reliability, calibration.spreads) == (None, None, None)
    return calibration


def test_nobody_scored():
    calibration = reason_of(frame([]), {"1", "2"})
    assert calibration.reason is Uncorrected.WITHOUT_EVALUATION
    assert calibration.dossiers.index.tolist() == ["1", "2"]
    assert (len(calibration.jurors), calibration.components) == (0, ())


def test_no_dossier_at_all():
    calibration = calibrate(frame([]), [], 2, 15)
    assert calibration.reason is Uncorrected.WITHOUT_EVALUATION
    assert len(calibration.dossiers) == 0


def test_collective_grids_are_one_a_dossier():
    calibration = reason_of(frame([("1", "a", 12), ("2", "a", 13), ("3", "b", 14), ("4", "c", 11)]))
    assert calibration.reason is Uncorrected.COLLECTIVE
    assert calibration.jurors["reviews"].to_dict() == {"a": 2, "b": 1, "c": 1}


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
    calibration = reason_of(frame(rows))
    assert calibration.reason is Uncorrected.DISCONNECTED
    assert [part.dossiers for part in calibration.components] == [("3", "4", "5"), ("1", "2")]
    assert [part.jurors for part in calibration.components] == [("c", "d"), ("a", "b")]


def test_panels_that_nothing_links_are_ranked_together_when_groups_say_what_they_are():
    rows = [(f"{panel}{place}", f"{panel}-{juror}", 8 + place + juror + (panel == "N")) for panel in "NS"
            for place in range(4) for juror in range(3)]  # fmt: skip
    votes, groups = frame(rows), {f"{panel}-{juror}": panel for panel in "NS" for juror in range(3)}
    assert reason_of(votes).reason is Uncorrected.DISCONNECTED
    calibration = run(votes, group_of=groups)
    assert (calibration.reason, len(calibration.components), calibration.weak_links) == (None, 2, ())
    assert calibration.groups["mean"].to_dict() == {"N": 11.5, "S": 10.5}
    assert calibration.spreads.panels > 0
    for partly in ({**groups, "S-0": None}, {**groups, "S-0": "N"}, dict.fromkeys(groups, "tous")):
        assert run(votes, group_of=partly).reason is Uncorrected.DISCONNECTED


@pytest.mark.slow
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
    calibration = calibrate(frame(rows), {"1", "2", "3"}, 1, 15)
    assert calibration.reason is None
    assert calibration.jurors.index.tolist() == ["a", "b"]
    assert calibration.dossiers.index.tolist() == ["1", "2", "3"]


@pytest.mark.parametrize("votes", [[[12]], [[12, 14, 9]], [[12], [13], [18], [9]], [[12, 14], [13, 9]]])
def test_what_cannot_tell_dossiers_from_noise_is_not_corrected(votes):
    calibration = reason_of(table(votes))
    assert calibration.reason in (Uncorrected.COLLECTIVE, Uncorrected.FEW_REPEATED)
    assert len(calibration.dossiers) == len(votes)


@pytest.mark.parametrize("jurors", [2, 5])
@pytest.mark.parametrize("dossiers", [3, 7, 40])
def test_all_equal(jurors, dossiers):
    calibration = run(table([[14.0] * jurors] * dossiers), places=1)
    assert set(calibration.dossiers["expected_rank"]) == {(dossiers + 1) / 2}
    assert set(calibration.dossiers["corrected"]) == {14.0}
    assert set(calibration.jurors["severity"]) == {0.0}
    assert len(set(calibration.dossiers["interval_90"])) == 1
    low, high = calibration.dossiers["interval_90"].iloc[0]
    assert high - low >= 0.85 * (dossiers - 1)
    chance = round(1 / dossiers, 4)
    assert set(calibration.dossiers["p_selected"]) == {chance}
    assert set(calibration.dossiers["zone"]) == {"deliberation" if chance >= 0.25 else "non_retenu"}


def test_a_jury_of_one_mind_is_sure():
    calibration = run(table([[note] * 3 for note in (19, 16, 13, 10, 7)]), places=2)
    assert calibration.dossiers["expected_rank"].tolist() == [1, 2, 3, 4, 5]
    assert calibration.dossiers["p_selected"].tolist() == [1, 1, 0, 0, 0]
    assert calibration.dossiers["zone"].tolist() == ["retenu", "retenu", "non_retenu", "non_retenu", "non_retenu"]
    assert calibration.line == 2.5


@pytest.mark.slow
def test_notes_further_apart_than_the_prior_foresees():
    """300 dossiers of either 5 or 20: their spread is beyond the bound, and nothing underflows."""
    calibration = run(table([[20.0, 20.0, 19.5]] * 150 + [[5.0, 5.0, 5.5]] * 150), places=150)
    assert calibration.dossiers["p_selected"].to_dict() == {str(place): float(place <= 150) for place in range(1, 301)}


def test_as_many_places_as_dossiers():
    calibration = run(table([[12, 14], [13, 9], [10, 10]]), places=3)
    assert calibration.dossiers["p_selected"].tolist() == [1, 1, 1]
    assert calibration.dossiers["zone"].tolist() == [None, None, None]
    assert calibration.line is None


def test_two_votes_of_one_juror_on_one_dossier_count_twice():
    calibration = run(
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
    assert calibration.jurors["reviews"].to_dict() == {"a": 4, "b": 3}
    assert calibration.dossiers.at["1", "expected_rank"] < calibration.dossiers.at["2", "expected_rank"]


@pytest.mark.slow
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
