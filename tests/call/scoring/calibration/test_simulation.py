"""The simulation of a call, beside the same computed the long way, dossier by dossier."""

from itertools import pairwise

import numpy as np
import pytest

from eig_sheets.call.scoring.calibration import Spreads
from eig_sheets.call.scoring.calibration.performance import EDGES, campaign_pairs, simulate
from eig_sheets.call.scoring.calibration.simulated_campaigns import Situation, draws, layout_of, notes_of
from tests.call.scoring.calibration.support import NOTE_RANGE, frame, run, table

NOTES = [[12, 13, None, 8.5], [9, None, 8, 7.25], [None, 15, 16, 16], [10, 11, 9, None], [18, 18, None, 11]]
PLACES, PAIRS = 2, 1


@pytest.fixture(scope="module")
def votes():
    return table(NOTES)


@pytest.fixture(scope="module")
def spreads(votes):
    return run(votes).spreads


@pytest.fixture(scope="module")
def simulated(votes, spreads):
    return simulate(votes, set(votes["numero"]), PLACES, NOTE_RANGE, spreads, {}, PAIRS)


def the_long_way(situation, votes, spreads):
    """Of each campaign, the numbers that are truly best, placed, covered, and what is said of each."""
    layout = layout_of(votes, NOTE_RANGE, {})
    for pair in range(PAIRS):
        for draw in draws(layout, spreads, pair):
            notes = notes_of(draw, situation, layout, spreads)
            rows = [
                (layout.numbers[one], layout.jurors[juror], note)
                for one, juror, note in zip(layout.of_dossier, layout.of_juror, notes, strict=True)
            ]
            ranking = run(frame(rows), places=PLACES).dossiers
            order = [number for _, number in sorted(zip(-draw.quality, layout.numbers, strict=True))]
            true_rank = {number: rank for rank, number in enumerate(order, 1)}
            means = {number: np.mean([note for one, _, note in rows if one == number]) for number in order}
            yield {
                "best": {*order[:PLACES]},
                "corrected": {*sorted(order, key=lambda number: ranking.at[number, "expected_rank"])[:PLACES]},
                "raw": {*sorted(order, key=lambda number: -means[number])[:PLACES]},
                "covered": [low <= true_rank[one] <= high for one, (low, high) in ranking["interval_90"].items()],
                "said": ranking["p_selected"].to_dict(),
            }


@pytest.mark.slow
@pytest.mark.parametrize("situation", Situation)
def test_every_number_is_that_of_the_long_way(situation, simulated, votes, spreads):
    campaigns = [*the_long_way(situation, votes, spreads)]
    ours = simulated.by_situation[situation]
    assert ours.campaigns == len(campaigns) == 2 * PAIRS
    for estimate, name in ((ours.corrected, "corrected"), (ours.raw, "raw")):
        assert estimate.value == np.mean([len(one[name] & one["best"]) for one in campaigns])
    for estimate, name in ((ours.corrected_common, "corrected"), (ours.raw_common, "raw")):
        juries = zip(campaigns[::2], campaigns[1::2], strict=True)
        assert estimate.value == np.mean([len(one[name] & other[name]) for one, other in juries])
    assert ours.coverage.value == pytest.approx(np.mean([covered for one in campaigns for covered in one["covered"]]))
    said = [(p, number in one["best"]) for one in campaigns for number, p in one["said"].items()]
    for one, (low, high) in zip(ours.bins, pairwise(EDGES), strict=True):
        inside = [(p, true) for p, true in said if low <= p < high or p == high == 1]
        assert one.count == len(inside)
        if inside:
            assert (one.said, one.came_true.value) == pytest.approx(tuple(np.mean(inside, axis=0)))


@pytest.mark.slow
def test_what_places_drawn_by_lot_would_be_worth(simulated):
    assert (simulated.places, simulated.dossiers, simulated.by_chance) == (2, 5, 4 / 5)


@pytest.mark.slow
def test_neither_the_order_of_the_rows_nor_dossiers_that_are_not_ranked_play_a_part(simulated, votes, spreads):
    others = [("écarté", "jure0", 20.0), ("écarté", "jure9", 5.0), *votes.iloc[::-1].itertuples(index=False, name=None)]
    again = simulate(frame(others), sorted(votes["numero"]), PLACES, NOTE_RANGE, spreads, {}, PAIRS)
    assert repr(again) == repr(simulated)  # where NaN is equal to NaN


@pytest.mark.slow  # test_simulated_campaigns.py: the notes themselves
def test_severe_and_indulgent_parts_mislead_the_mean_note_more_than_the_corrected_ranking():
    """Each panel reads half of the dossiers; two dossiers have one more reader, of the other panel."""
    read_by = [(0, 1, 2, 3), *[(0, 1, 2)] * 5, *[(3, 4, 5)] * 5, (2, 3, 4, 5)]
    votes = table([12.0 if juror in jurors else None for juror in range(6)] for jurors in read_by)
    panels = {f"jure{juror}": "Nord" if juror < 3 else "Sud" for juror in range(6)}
    simulated = simulate(votes, set(votes["numero"]), 4, NOTE_RANGE, Spreads(1.5, 0.5, 1.5), panels, 6)
    fitted, parts = simulated.by_situation[Situation.FITTED], simulated.by_situation[Situation.PARTS]
    assert parts.raw.value < fitted.raw.value
    assert parts.corrected.value - parts.raw.value > fitted.corrected.value - fitted.raw.value


def test_large_calls_have_fewer_campaigns():
    assert campaign_pairs(120, 22) == 40
    assert campaign_pairs(353 * 8, 36) == 13
    assert campaign_pairs(200_000, 250) == 5
    assert campaign_pairs(2, 2) == 40
