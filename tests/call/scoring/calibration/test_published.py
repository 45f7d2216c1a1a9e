"""The example that Heyard et al. 2022 publish with the R package ERforResearch."""

import pytest

from tests.call.scoring.calibration.support import example, run

EXPECTED_RANKS = [2.44, 4.06, 4.09, 4.12, 5.08, 6.19, 7.34, 7.26, 8.43, 9.42, 10.4, 11.4, 13.0, 13.0, 13.7]
SUCRA = [0.90, 0.78, 0.78, 0.78, 0.71, 0.63, 0.55, 0.55, 0.47, 0.40, 0.33, 0.25, 0.15, 0.14, 0.09]


def test_the_published_expected_ranks_and_sucra():
    """Ours integrates the standard deviation of the jurors' effects, theirs holds it at 0.5: 0.15 apart at most."""
    found = run(example(), places=5, note_range=5)
    for place, (rank, sucra) in enumerate(zip(EXPECTED_RANKS, SUCRA, strict=True), 1):
        assert found.dossiers.at[str(place), "expected_rank"] == pytest.approx(rank, abs=0.15)
        assert found.dossiers.at[str(place), "sucra"] == pytest.approx(sucra, abs=0.02)
