"""How a ranking did: campaigns small enough for every number to be worked out by hand."""

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from eig_sheets.call.scoring.calibration.performance import EDGES, CampaignOutcome, outcome, performance


def said_of(best, corrected, raw, missed, said):
    """A CampaignOutcome of four dossiers: the places that are best, corrected, raw; those that are not covered."""
    masks = (np.isin(np.arange(4), places) for places in (best, corrected, raw))
    return CampaignOutcome(*masks, ~np.isin(np.arange(4), missed), np.array(said))


FIRST = (
    said_of([0, 2], [0, 2], [1, 2], [1], [0.97, 0.05, 0.9, 0.08]),
    said_of([0, 2], [0, 1], [0, 2], [], [0.95, 0.5, 0.45, 0.1]),
)
SECOND = (
    said_of([1, 2], [1, 2], [1, 2], [0, 3], [0.02, 0.98, 0.98, 0.02]),
    said_of([1, 2], [1, 2], [1, 2], [2], [0.04, 1.0, 0.06, 0.9]),
)


def close(estimate):
    return pytest.approx((estimate.value, estimate.error), nan_ok=True)


def test_one_campaign_beside_its_truth():
    """The true ranks are 1, 3, 2, 4; the mean notes put the second dossier first."""
    table = pd.DataFrame(
        {
            "expected_rank": [1.2, 2.6, 2.2, 3.9],
            "interval_90": [(1, 2), (1, 2), (2, 3), (3, 4)],
            "p_selected": [0.97, 0.05, 0.9, 0.08],
        }
    )
    campaign = outcome(np.array([3.0, 1.0, 2.0, 0.0]), np.array([10.0, 12.0, 11.0, 9.0]), table, 2)
    assert campaign.best.tolist() == [True, False, True, False]
    assert campaign.corrected.tolist() == [True, False, True, False]
    assert campaign.raw.tolist() == [False, True, True, False]
    assert campaign.covered.tolist() == [True, False, True, True]
    assert campaign.said.tolist() == [0.97, 0.05, 0.9, 0.08]


def test_equal_notes_take_no_more_places_than_there_are():
    table = pd.DataFrame({"expected_rank": [2.0] * 3, "interval_90": [(1, 3)] * 3, "p_selected": [0.3333] * 3})
    campaign = outcome(np.array([1.0, 2.0, 3.0]), np.array([20.0] * 3), table, 1)
    assert (campaign.raw.sum(), campaign.corrected.sum(), campaign.best.tolist()) == (1, 1, [False, False, True])


def test_means_over_campaigns_and_errors_over_clusters():
    """For instance the corrected hits: 2 + 1 and 2 + 2 in two clusters of two; residuals −½ and ½; √(2 × ½) / 4."""
    measured = performance([FIRST, SECOND])
    assert measured.campaigns == 4
    assert close(measured.corrected) == (7 / 4, 1 / 4)
    assert close(measured.raw) == (7 / 4, 1 / 4)
    assert close(measured.corrected_common) == (3 / 2, 1 / 2)
    assert close(measured.raw_common) == (3 / 2, 1 / 2)
    assert close(measured.coverage) == (12 / 16, 2 / 16)
    unlikely = measured.unlikely
    assert (unlikely.low, unlikely.high, unlikely.count) == (0.02, 0.1, 6)
    assert unlikely.said == pytest.approx(0.27 / 6)
    assert close(unlikely.came_true) == (1 / 6, 1 / 9)


def test_every_dossier_is_in_one_bin():
    bins = performance([FIRST, SECOND]).bins
    assert [(part.low, part.high) for part in bins] == list(pairwise(EDGES))
    assert [part.count for part in bins] == [0, 6, 1, 1, 1, 0, 4, 3]
    assert math.isnan(bins[0].said)


def test_the_gap_counts_each_bin_by_its_dossiers():
    """0.3 was said of two dossiers, of which half came true; 0.7 of two, of which all did."""
    measured = performance([(said_of([0, 2, 3], [], [], [], [0.3, 0.3, 0.7, 0.7]),)])
    assert measured.calibration_gap == pytest.approx((2 * 0.2 + 2 * 0.3) / 4)


def test_one_cluster_has_no_error_and_one_jury_nothing_in_common():
    measured = performance([FIRST[:1]])
    assert close(measured.corrected) == (2, math.nan)
    assert close(measured.corrected_common) == (math.nan, math.nan)
