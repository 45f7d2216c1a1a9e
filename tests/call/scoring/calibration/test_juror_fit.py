"""Who votes unlike what the others and the model expect is found; honest jurors are not; doubt is said."""

import numpy as np
import pytest

from eig_sheets.call.scoring.calibration import Fit
from eig_sheets.call.scoring.calibration.design import build_design
from eig_sheets.call.scoring.calibration.grid import build_grid
from eig_sheets.call.scoring.calibration.juror_fit import juror_fit
from eig_sheets.call.scoring.calibration.juror_prediction import predictions
from tests.call.scoring.calibration.juries import jury
from tests.call.scoring.calibration.support import NOTE_RANGE, frame, run, table
from tests.effort import examples, first, slow


def fit_of(votes):
    design = build_design(votes, {})
    return juror_fit(design, build_grid(design, NOTE_RANGE), votes, NOTE_RANGE, {})


def far(fits):
    return set(fits.index[fits["fit_flag"] == Fit.FAR])


def test_predictions_are_those_of_the_dense_gaussian_without_the_juror():
    votes = jury(3, dossiers=7, jurors=5, reads=3)
    design = build_design(votes, {})
    node = build_grid(design, NOTE_RANGE).nodes[0]
    predicted = dict(predictions(design, node, votes, NOTE_RANGE))
    dossier, juror, note = (votes[name].to_numpy() for name in ("numero", "jure", "note"))
    same_dossier, same_juror = dossier[:, None] == dossier, juror[:, None] == juror
    level = 1e5 * np.ones((len(votes), len(votes)))
    total = level + node.dossier**2 * same_dossier + node.juror**2 * same_juror + np.eye(len(votes))
    assert len(predicted) == 5
    for place, prediction in predicted.items():
        own = juror == design.jurors[place]
        gain = total[np.ix_(own, ~own)] @ np.linalg.inv(total[np.ix_(~own, ~own)])
        others = note[~own] - note.mean()
        gap = note[own] - note.mean() - gain @ others
        covariance = total[np.ix_(own, own)] - gain @ total[np.ix_(~own, own)]
        noise = np.sqrt(others @ np.linalg.solve(total[np.ix_(~own, ~own)], others) / (len(others) - 1))
        order = np.argsort([design.numbers.index(number) for number in dossier[own]])
        assert (prediction.residuals * prediction.scale)[np.argsort(order)] == pytest.approx(gap - gap.mean(), abs=1e-4)
        center = np.eye(own.sum()) - 1 / own.sum()
        exact = noise**2 * np.diag(center @ covariance @ center)
        assert prediction.scale[np.argsort(order)] ** 2 * (1 - 1 / own.sum()) == pytest.approx(exact, rel=0.1)


@pytest.mark.parametrize("kind", first(1, ["model", "ceiling", "heavy"]))
def test_an_honest_jury_has_a_flag_one_time_in_twenty_at_most(kind):
    flags = sum(bool(far(fit_of(jury(seed, kind=kind)))) for seed in range(6))
    assert flags <= 1


@pytest.mark.slow
def test_a_juror_who_votes_at_random_is_found_with_a_dozen_reads():
    flagged = [far(fit_of(jury(seed, reads=8, random_juror=4))) for seed in range(3)]
    assert sum("j04" in jurors for jurors in flagged) >= 2
    assert all(jurors <= {"j04"} for jurors in flagged)


CAMPAIGNS = examples(20, 200)
_SURELY = 2 * (0.05 * 0.95 / CAMPAIGNS) ** 0.5


@pytest.mark.parametrize(
    ("kind", "size"),
    slow(
        ("model", (30, 22, 4)),
        ("ceiling", (30, 22, 4)),
        ("heavy", (30, 22, 4)),
        ("ceiling", (60, 22, 8)),  # many votes: who is severe is cut least, and was accused of it
    ),
)
def test_honest_juries_by_the_hundred(kind, size):
    flagged = np.mean([bool(far(fit_of(jury(seed, *size, kind=kind)))) for seed in range(CAMPAIGNS)])
    assert flagged <= 0.05 + _SURELY


@pytest.mark.parametrize(("reads", "noise", "power"), slow((4, 1.0, 0.7), (4, 1.5, 0.45), (8, 1.5, 0.85)))
def test_power_by_the_hundred(reads, noise, power):
    """That of docs/classement.fr.md."""
    flagged = [
        "j04" in far(fit_of(jury(seed, reads=reads, noise=noise, random_juror=4))) for seed in range(CAMPAIGNS // 2)
    ]
    assert np.mean(flagged) >= power


@pytest.mark.parametrize("seed", [0, 10])
def test_a_juror_s_own_votes_do_not_excuse_them(seed):
    """Wild votes make heavy tails, by which nobody is far: whoever typed them is held against those of the others."""
    assert far(fit_of(jury(seed, random_juror=4))) == {"j04"}


def test_who_votes_at_random_does_not_hide_the_others():
    """Alone, their votes would make the noise of the whole jury, and everybody else « too few votes to tell »."""
    fits = fit_of(jury(1, dossiers=24, jurors=6, noise=1.0, random_juror=4))
    assert far(fits) == {"j04"}
    assert set(fits["fit_flag"].drop("j04")) == {Fit.FOLLOWS}
    assert 0.6 < fits["fit"].drop("j04").mean() < 1.4


def test_severity_is_not_misfit():
    votes = jury(1, reads=6)
    severe = votes.assign(note=votes["note"].where(votes["jure"] != "j03", votes["note"] - 6))
    before, after = fit_of(votes), fit_of(severe)
    assert far(after) == far(before) == set()
    assert after.at["j03", "fit"] == pytest.approx(before.at["j03", "fit"], abs=0.15)


def test_neither_the_order_of_the_rows_nor_names_change_anything():
    votes = jury(2, reads=6, random_juror=4)
    fits = fit_of(votes)
    renamed = fit_of(votes.assign(jure="x" + votes["jure"].str[::-1]).iloc[::-1])
    assert sorted(map(tuple, renamed.to_numpy())) == sorted(map(tuple, fits.to_numpy()))
    assert renamed.at["x40j", "fit"] == fits.at["j04", "fit"]


def test_who_could_vote_at_random_unseen_is_never_said_to_follow():
    fits = fit_of(jury(5, noise=2.5))
    assert set(fits["fit_flag"]) == {Fit.TOO_FEW}
    assert fits["fit"].notna().all()
    assert set(fit_of(jury(5, reads=12))["fit_flag"]) == {Fit.FOLLOWS}


@pytest.mark.parametrize(
    "votes",
    [
        table([[12.0], [13.0], [18.0]]),
        table([[12.0, 13.0]] * 2),
        frame([("1", "a", 12.0), ("1", "b", 14.0)]),
        frame([("1", "a", 12.0), ("1", "a", 14.0), ("2", "a", 11.0), ("2", "b", 10.0), ("1", "b", 12.0)] * 4),
    ],
)
def test_where_nothing_can_be_told_nothing_is(votes):
    fits = fit_of(votes)
    assert set(fits["fit_flag"]) == {Fit.TOO_FEW}
    assert fits[["fit", "fit_p"]].isna().all(axis=None)


def test_a_jury_of_one_mind_accuses_nobody():
    assert far(fit_of(table([[14.0] * 6] * 12))) == set()
    assert far(fit_of(table([[note] * 6 for note in (19.0, 16.0, 13.0, 10.0, 7.0)] * 3))) == set()


def test_calibration_has_it_for_each_juror():
    votes = jury(8, reads=8, random_juror=4)
    jurors = run(votes, places=10).jurors
    assert jurors.index[jurors["fit_flag"] == Fit.FAR].tolist() == ["j04"]
    assert jurors.at["j04", "fit_p"] < 0.05 < jurors["fit_p"].drop("j04").min()
    assert jurors.at["j04", "fit"] == jurors["fit"].max() > 2
