"""Draws: of the right law, and the same bytes whatever the machine's arithmetic."""

import hashlib
import json
import os
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.scoring.calibration import estimates, sampling
from eig_sheets.call.scoring.calibration.design import build_design
from eig_sheets.call.scoring.calibration.grid import build_grid
from eig_sheets.call.scoring.calibration.sampling import Draws, draw, standard_normals
from tests.call.scoring.calibration.support import NOTE_RANGE, example, frame, run, table
from tests.effort import slow


def test_normals_are_standard_and_never_change():
    normals = standard_normals(np.random.PCG64(5), 200_001)
    assert len(normals) == 200_001
    assert normals.mean() == pytest.approx(0, abs=0.01)
    assert normals.std() == pytest.approx(1, abs=0.01)
    for share, quantile in ((0.05, -1.645), (0.25, -0.674), (0.5, 0), (0.75, 0.674), (0.999, 3.09)):
        assert np.quantile(normals, share) == pytest.approx(quantile, abs=0.08)
    few = standard_normals(np.random.PCG64(5), 4)
    np.testing.assert_allclose(few, [-0.6555979047, -0.1456757078, -0.0633255598, 0.6366408678], atol=1e-9)


def test_drawn_ranks_have_the_exact_expected_ranks():
    design = build_design(example(), {})
    grid = build_grid(design, 5)
    ranks = draw(design, grid, 5).ranks
    assert ranks.shape == (100_000, 15)
    assert (np.sort(ranks, axis=1) == np.arange(1, 16)).all()
    np.testing.assert_allclose(ranks.mean(axis=0), estimates.expected_ranks(design, grid), atol=0.02)


@pytest.mark.slow
def test_the_integrated_probability_is_that_of_the_drawn_ranks_with_less_noise():
    """Beside a count of the same ranks, whose standard error is 0.003; and from one stream to another."""
    design = build_design(example(), {})
    grid = build_grid(design, 5)
    streams = [draw(design, grid, 5, stream) for stream in range(5)]
    np.testing.assert_allclose(streams[0].selected, (streams[0].ranks <= 5).mean(axis=0), atol=0.01)
    integrated = np.array([drawn.selected for drawn in streams])
    assert np.ptp(integrated, axis=0).max() < 0.002
    assert np.ptp([(drawn.ranks <= 5).mean(axis=0) for drawn in streams], axis=0).max() > 0.003
    np.testing.assert_allclose(integrated.sum(axis=1), 5)


@pytest.mark.slow
def test_a_crowd_of_dossiers_has_fewer_draws_and_expected_ranks_from_them():
    """Beyond the pairs' limit, the mean drawn rank stands for the exact one, within the noise of the draws."""
    dice = np.random.default_rng(3)
    count = estimates.MOST_DOSSIERS + 1
    rows = [
        (f"{place:05}", f"jure{juror}", round(float(12 + quality + dice.normal(0, 2)), 1))
        for place, quality in enumerate(dice.normal(0, 2, count))
        for juror in dice.choice(9, 3, replace=False)
    ]
    dossiers = run(frame(rows), places=100).dossiers
    assert dossiers["expected_rank"].sum() == pytest.approx(count * (count + 1) / 2, abs=0.005 * count)
    design = build_design(frame(rows), {})
    np.testing.assert_allclose(
        dossiers.loc[[*design.numbers], "expected_rank"],
        estimates.expected_ranks(design, build_grid(design, NOTE_RANGE)),
        atol=0.01 * count,
    )


def digest(votes):
    """Of all that is published."""
    calibration = run(votes)
    parts = [
        calibration.dossiers.reset_index().to_json(orient="values"),
        calibration.jurors.reset_index().to_json(orient="values"),
    ]
    parts.append(json.dumps([calibration.line, calibration.reliability, calibration.spreads.noise]))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def everything():
    missing_values = [
        [12, 13, None, 8.5],
        [9, None, 8, 7.25],
        [None, 15, 16, 16],
        [10, 11, 9, None],
        [18, 18, None, None],
    ]
    return [
        digest(example().assign(note=lambda rows: rows["note"] * 3)),
        digest(table(missing_values * 12)),
        digest(table([[9, 12], [12, 9], [8, 8]])),
    ]


@st.composite
def drawn_ranks(draw):
    """Ranks (draws, dossiers), and which dossiers are equal."""
    count = draw(st.integers(1, 5))
    ranks = [draw(st.permutations(range(1, count + 1))) for _ in range(draw(st.integers(1, 40)))]
    labels = [draw(st.integers(0, 2)) for _ in range(count)]
    return np.array(ranks, dtype=np.int32), np.unique(labels, return_inverse=True)[1]


def pool(ranks, equals, dossier):
    return sorted(ranks[:, equals == equals[dossier]].ravel().tolist())


def smallest_with(pooled, share):
    return next(rank for rank in pooled if Fraction(sum(other <= rank for other in pooled), len(pooled)) >= share)


@given(drawn_ranks())
def test_a_bound_is_the_smallest_rank_that_reaches_its_share(given_):
    ranks, equals = given_
    intervals = sampling.intervals(ranks, equals)
    for dossier in range(ranks.shape[1]):
        pooled = pool(ranks, equals, dossier)
        assert intervals["interval_50"][dossier] == tuple(smallest_with(pooled, Fraction(n, 4)) for n in (1, 3))
        assert intervals["interval_90"][dossier] == tuple(smallest_with(pooled, Fraction(n, 20)) for n in (1, 19))


@given(drawn_ranks())
def test_what_an_interval_holds_is_counted_and_never_less_than_it_promises(given_):
    ranks, equals = given_
    for name, least in (("interval_50", 0.5), ("interval_90", 0.9)):
        bounds = sampling.intervals(ranks, equals)[name]
        held = sampling.masses(ranks, equals, bounds)
        for dossier, (low, high) in enumerate(bounds):
            pooled = pool(ranks, equals, dossier)
            counted = sum(low <= rank <= high for rank in pooled) / len(pooled)
            assert held[dossier] == pytest.approx(counted, abs=0.0051)
            assert held[dossier] >= least


@given(drawn_ranks())
def test_equals_share_their_probability(given_):
    ranks, equals = given_
    chances = np.linspace(0, 1, ranks.shape[1])
    published = sampling.selection_probabilities(Draws(ranks, chances), equals)
    for dossier, label in enumerate(equals):
        assert abs(published[dossier] - chances[equals == label].mean()) <= 0.00005001


def test_a_zone_holds_its_bounds_on_published_decimals():
    chances = sampling.stable_round(np.array([0.7500499, 0.75005001, 0.25, 0.24995001, 0.2499499]), 4)
    assert chances.tolist() == [0.75, 0.7501, 0.25, 0.25, 0.2499]
    zones = sampling.zones(chances, (0.25, 0.75), 2)
    assert zones == ["deliberation", "retenu", "deliberation", "deliberation", "non_retenu"]
    assert sampling.zones(chances, (0.25, 0.7501), 2)[1] == "deliberation"
    assert sampling.zones(chances, (0.25, 0.75), 5) == [None] * 5


def test_the_line_is_between_the_last_place_and_the_next():
    assert [sampling.line_of(4, places) for places in (1, 3, 4)] == [1.5, 3.5, None]


def test_what_lies_halfway_is_rounded_alike_whichever_side_its_last_bits_are():
    halfway = np.array([12.0625, np.nextafter(12.0625, 13), np.nextafter(12.0625, 12), -1e-12])
    assert sampling.stable_round(halfway, 3).tolist() == [12.062, 12.062, 12.062, 0.0]
    assert not np.signbit(sampling.stable_round(halfway, 3)[3])


MACHINES = [
    {"OPENBLAS_CORETYPE": "Prescott"},  # without AVX nor FMA
    {},
    {"OPENBLAS_NUM_THREADS": "1"},
    {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "2"},
    {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX2 FMA3"},  # other exponentials, sines and sorts
]


@pytest.mark.parametrize("machine", slow(*MACHINES), ids=str)
def test_the_same_bytes_on_any_machine(machine):
    """In a process with other linear algebra: the digests that this suite had wherever it ran."""
    said = "import warnings; warnings.simplefilter('ignore')\n"
    said += "from tests.call.scoring.calibration.test_sampling import everything; print('\\n'.join(everything()))"
    ran = subprocess.run(
        [sys.executable, "-c", said], env=os.environ | machine, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == DIGESTS


DIGESTS = [
    "3f74d1d03acae81e9c8a3b523db02aa9b0c6790f7618f0029da2c5960a80dbcf",
    "33358f6b77be57585662c0d7b5f2ad04994fe023410ccf4f0e4be96528c23bfc",
    "6534216e8c4742bdf8c57a5eb472419020e3655bf81311809aef6e18fad783af",
]
