"""The grid, its weights, means, errors and expected ranks beside the dense reference on the same nodes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.calibration.design import build_design
from eig_sheets.domain.calibration.estimates import expected_ranks, moments
from eig_sheets.domain.calibration.grid import PRIOR_SHARE, Grid, build_grid
from eig_sheets.domain.calibration.posterior import likelihood_nodes
from tests.domain.calibration import reference
from tests.domain.calibration.support import NOTE_RANGE, connected, example, frame, run, table

GROUPS = st.dictionaries(st.sampled_from([f"jure{n}" for n in range(4)]), st.sampled_from(["A", "B"]), max_size=4)


def the_long_way(votes, group_of=None, sigmas=7):
    """The truth on the nodes of our grid, every third σ, and the weights that we give to these."""
    design = build_design(votes, group_of or {})
    grid = build_grid(design, NOTE_RANGE)
    step = max(1, len(grid.nodes) // sigmas)
    chosen = [
        (place, other)
        for place in range(0, len(grid.nodes), step)
        for other in range(0, len(grid.sigmas), 3)
        if grid.weights[place, other] > 0
    ]
    ratios = [(grid.nodes[place].dossier, grid.nodes[place].juror, grid.sigmas[other]) for place, other in chosen]
    nodes = [(dossier * sigma, juror * sigma, sigma) for dossier, juror, sigma in ratios]
    prior = [np.log(dossier * juror * sigma**4) for dossier, juror, sigma in ratios]
    used = group_of if design.groups else None
    truth = reference.posterior(list(votes.itertuples(index=False, name=None)), nodes, np.array(prior), used)
    return design, grid, chosen, truth


@given(connected(), GROUPS)
def test_the_likelihood_of_each_node_is_the_dense_one(votes, group_of):
    design, grid, chosen, truth = the_long_way(votes, group_of)
    logs = np.array([grid.nodes[place].log_density(design, grid.sigmas[[other]])[0] for place, other in chosen])
    ours = np.exp(logs - logs.max())
    np.testing.assert_allclose(ours / ours.sum(), truth.weights, rtol=2e-3, atol=1e-6)


@given(connected(), GROUPS)
def test_one_node_gives_the_dense_means_errors_and_ranks(votes, group_of):
    """One node alone, so that nothing is averaged."""
    design = build_design(votes, group_of)
    tau, omega, sigma = 2.0, 1.0, 1.5
    grid = Grid(
        tuple(likelihood_nodes(design, np.array([tau / sigma]), np.array([omega / sigma]))),
        np.array([sigma]),
        np.ones((1, 1)),
    )
    used = group_of if design.groups else None
    rows = list(votes.itertuples(index=False, name=None))
    truth = reference.posterior(rows, [(tau, omega, sigma)], np.zeros(1), used)
    ranks = expected_ranks(design, grid)
    np.testing.assert_allclose(ranks, [truth.expected_ranks[name] for name in design.numbers], atol=1e-4)
    found = moments(design, grid)
    for names, told, expected, center in (
        (design.numbers, found.corrected, truth.corrected, design.center),
        (design.jurors, found.jurors, truth.severity, 0),
        (design.groups, found.groups, truth.groups, 0),
    ):
        np.testing.assert_allclose(told.means + center, [expected[name][0] for name in names], atol=1e-4)
        np.testing.assert_allclose(told.errors, [expected[name][1] for name in names], rtol=1e-4)


@pytest.mark.parametrize(
    ("votes", "apart"),
    [
        (example().assign(note=lambda rows: rows["note"] * 3), 0.02),
        (table([[12, 13, None], [9, None, 8], [None, 15, 16], [10, 11, 9]]), 0.02),
        (table([[12.0], [13.0], [18.0]]), 0.1),  # nothing but the priors, cut at their bound, says where errors end
    ],
)
def test_the_grid_is_fine_enough(votes, apart):
    """Beside a plain grid of the three standard deviations, uniform priors, the noise's proportional to it."""
    side = (np.arange(16) + 0.5) * PRIOR_SHARE * NOTE_RANGE / 16
    nodes = [(tau, omega, sigma) for tau in side for omega in side for sigma in side]
    prior = np.log([sigma for *_, sigma in nodes])
    truth = reference.posterior(list(votes.itertuples(index=False, name=None)), nodes, prior)
    found = run(votes)
    assert found.dossiers["expected_rank"].to_dict() == pytest.approx(truth.expected_ranks, abs=0.03)
    for name, (mean, error) in truth.corrected.items():
        assert found.dossiers.at[name, "corrected"] == pytest.approx(mean, abs=apart)
        assert found.dossiers.at[name, "corrected_error"] == pytest.approx(error, rel=apart)
    for name, (mean, error) in truth.severity.items():
        assert found.jurors.at[name, "severity"] == pytest.approx(mean, abs=apart)
        assert found.jurors.at[name, "error"] == pytest.approx(error, rel=apart)


def test_a_harsh_juror_is_severe_and_a_project_is_not_blamed_for_meeting_them():
    rows = [("1", "dur", 8.0), ("1", "b", 14.0), ("2", "dur", 10.0), ("2", "c", 16.0), ("3", "b", 14.0)]
    rows += [("3", "c", 14.5), ("4", "dur", 7.0), ("4", "c", 13.0), ("5", "b", 12.0), ("5", "c", 12.5)]
    found = run(frame(rows))
    severity = found.jurors["severity"]
    assert severity["dur"] > 1 > severity[["b", "c"]].max()
    raw = frame(rows).groupby("numero")["note"].mean()
    assert raw["2"] < raw["3"]
    assert found.dossiers.at["2", "corrected"] > found.dossiers.at["3", "corrected"]
    assert found.dossiers.at["2", "expected_rank"] < found.dossiers.at["3", "expected_rank"]


def test_a_severe_panel_is_estimated_as_a_panel():
    votes = table(
        [[8, 9, 14, 15], [10, 9, 16, 15], [12, 11, 17, None], [7, None, 13, 12], [None, 10, None, 14], [9, 9, 15, 14]]
    )
    panels = {"jure0": "Nord", "jure1": "Nord", "jure2": "Sud", "jure3": "Sud"}
    found = run(votes, group_of=panels)
    assert found.groups["jurors"].to_dict() == {"Nord": 2, "Sud": 2}
    assert found.groups.at["Nord", "severity"] > 1.5
    assert found.groups.at["Sud", "severity"] < -1.5
    assert found.jurors["groupe"].to_dict() == panels
    mean = found.jurors["severity"].groupby(found.jurors["groupe"]).mean()
    assert mean.to_dict() == pytest.approx(found.groups["severity"].to_dict(), abs=0.001)
