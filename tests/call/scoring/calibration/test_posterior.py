"""The grid, its weights, means, errors and expected ranks beside the dense reference on the same nodes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.scoring.calibration.design import build_design
from eig_sheets.call.scoring.calibration.estimates import expected_ranks, moments
from eig_sheets.call.scoring.calibration.grid import PRIOR_SHARE, Grid, build_grid
from eig_sheets.call.scoring.calibration.posterior import Node, likelihood
from tests.call.scoring.calibration import reference
from tests.call.scoring.calibration.support import NOTE_RANGE, connected, example, frame, run, table

pytestmark = pytest.mark.newest

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
    ratios = [(grid.nodes[place], grid.sigmas[other]) for place, other in chosen]
    nodes = [(node.dossier * sigma, node.juror * sigma, node.panel * sigma, sigma) for node, sigma in ratios]
    powers = 5 if design.panels else 4
    prior = [np.log(node.dossier * node.juror * (node.panel or 1) * sigma**powers) for node, sigma in ratios]
    used = group_of if design.panels else None
    truth = reference.posterior(list(votes.itertuples(index=False, name=None)), nodes, np.array(prior), used)
    return design, grid, chosen, truth


@given(connected(), GROUPS)
def test_the_likelihood_of_each_node_is_the_dense_one(votes, group_of):
    design, grid, chosen, truth = the_long_way(votes, group_of)
    panels = np.array(sorted({node.panel for node in grid.nodes})) if design.panels else np.ones(1)
    pairs = list(dict.fromkeys((node.dossier, node.juror) for node in grid.nodes))
    likelihoods = likelihood(design, *np.array(pairs).T, panels)
    densities = likelihoods.log_density(design, np.log(grid.sigmas))
    place_of = {node: place for place, node in enumerate(likelihoods.nodes)}
    logs = np.array([densities[place_of[grid.nodes[place]], other] for place, other in chosen])
    ours = np.exp(logs - logs.max())
    np.testing.assert_allclose(ours / ours.sum(), truth.weights, rtol=2e-3, atol=1e-6)


@given(connected(), GROUPS)
def test_one_node_gives_the_dense_means_errors_and_ranks(votes, group_of):
    """One node alone, so that nothing is averaged."""
    design = build_design(votes, group_of)
    tau, omega, panel_sd, sigma = 2.0, 1.0, 0.7, 1.5
    node = Node(tau / sigma, omega / sigma, panel_sd / sigma if design.panels else 0.0)
    grid = Grid((node,), np.array([sigma]), np.ones((1, 1)))
    used = group_of if design.panels else None
    rows = list(votes.itertuples(index=False, name=None))
    truth = reference.posterior(rows, [(tau, omega, panel_sd, sigma)], np.zeros(1), used)
    ranks = expected_ranks(design, grid)
    np.testing.assert_allclose(ranks, [truth.expected_ranks[name] for name in design.numbers], atol=1e-4)
    estimated = moments(design, grid)
    of_groups = truth.groups or {group_of[name]: truth.severity[name] for name in design.jurors if group_of.get(name)}
    for names, told, expected, center in (
        (design.numbers, estimated.corrected, truth.corrected, design.center),
        (design.jurors, estimated.jurors, truth.severity, 0),
        (design.groups, estimated.groups, of_groups, 0),  # without panels, groups are of one juror each
    ):
        np.testing.assert_allclose(told.means + center, [expected[name][0] for name in names], atol=1e-4)
        np.testing.assert_allclose(told.errors, [expected[name][1] for name in names], rtol=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("votes", "apart"),
    [
        (example().assign(note=lambda rows: rows["note"] * 3), 0.02),
        (table([[12, 13, None], [9, None, 8], [None, 15, 16], [10, 11, 9]]), 0.02),
        (table([[12.0, 13.0], [13.0, 9.0], [18.0, 15.0]]), 0.1),  # little but the priors, cut at their bound
    ],
)
def test_the_grid_is_fine_enough(votes, apart):
    """Beside a plain grid of the three standard deviations, uniform priors, the noise's proportional to it."""
    side = (np.arange(16) + 0.5) * PRIOR_SHARE * NOTE_RANGE / 16
    nodes = [(tau, omega, 1.0, sigma) for tau in side for omega in side for sigma in side]
    prior = np.log([sigma for *_, sigma in nodes])
    truth = reference.posterior(list(votes.itertuples(index=False, name=None)), nodes, prior)
    calibration = run(votes)
    assert calibration.dossiers["expected_rank"].to_dict() == pytest.approx(truth.expected_ranks, abs=0.03)
    for name, (mean, error) in truth.corrected.items():
        assert calibration.dossiers.at[name, "corrected"] == pytest.approx(mean, abs=apart)
        assert calibration.dossiers.at[name, "corrected_error"] == pytest.approx(error, rel=apart)
    for name, (mean, error) in truth.severity.items():
        assert calibration.jurors.at[name, "severity"] == pytest.approx(mean, abs=apart)
        assert calibration.jurors.at[name, "error"] == pytest.approx(error, rel=apart)


def test_a_harsh_juror_is_severe_and_a_project_is_not_blamed_for_meeting_them():
    rows = [("1", "dur", 8.0), ("1", "b", 14.0), ("2", "dur", 10.0), ("2", "c", 16.0), ("3", "b", 14.0)]
    rows += [("3", "c", 14.5), ("4", "dur", 7.0), ("4", "c", 13.0), ("5", "b", 12.0), ("5", "c", 12.5)]
    calibration = run(frame(rows))
    severity = calibration.jurors["severity"]
    assert severity["dur"] > 1 > severity[["b", "c"]].max()
    raw = frame(rows).groupby("numero")["note"].mean()
    assert raw["2"] < raw["3"]
    assert calibration.dossiers.at["2", "corrected"] > calibration.dossiers.at["3", "corrected"]
    assert calibration.dossiers.at["2", "expected_rank"] < calibration.dossiers.at["3", "expected_rank"]


def test_a_severe_panel_is_estimated_as_a_panel():
    votes = table(
        [[8, 9, 14, 15], [10, 9, 16, 15], [12, 11, 17, None], [7, None, 13, 12], [None, 10, None, 14], [9, 9, 15, 14]]
    )
    panels = {"jure0": "Nord", "jure1": "Nord", "jure2": "Sud", "jure3": "Sud"}
    calibration = run(votes, group_of=panels)
    assert calibration.groups["jurors"].to_dict() == {"Nord": 2, "Sud": 2}
    assert calibration.groups.at["Nord", "severity"] > 1.5
    assert calibration.groups.at["Sud", "severity"] < -1.5
    assert calibration.jurors["groupe"].to_dict() == panels
    mean = calibration.jurors["severity"].groupby(calibration.jurors["groupe"]).mean()
    assert mean.to_dict() == pytest.approx(calibration.groups["severity"].to_dict(), abs=0.001)


def test_the_worked_example_of_the_guide():
    """docs/classement.fr.md: known standard deviations of 2, 1 and 2, and a calculator."""
    votes = frame(
        (numero, juror, note)
        for numero, *notes in (("Phare", 16, 14), ("Grue", 12, 12), ("Quai", 11, 7))
        for juror, note in zip(("Ana", "Ben"), notes, strict=True)
    )
    design = build_design(votes, {})
    grid = Grid((Node(1.0, 0.5, 0.0),), np.array([2.0]), np.ones((1, 1)))
    estimated = moments(design, grid)
    corrected = dict(zip(design.numbers, design.center + estimated.corrected.means, strict=True))
    assert corrected == pytest.approx({"Phare": 14, "Grue": 12, "Quai": 10})
    assert dict(zip(design.jurors, estimated.jurors.means, strict=True)) == pytest.approx({"Ana": -3 / 7, "Ben": 3 / 7})
    ranks = dict(zip(design.numbers, expected_ranks(design, grid), strict=True))
    assert ranks == pytest.approx({"Phare": 1.12, "Grue": 2, "Quai": 2.88}, abs=0.005)
