"""What the corrected ranking of a call is worth: its performance on simulated campaigns of the same layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from eig_sheets.domain.calibration.design import Floats
from eig_sheets.domain.calibration.model import Spreads, corrected_dossiers
from eig_sheets.domain.calibration.performance import CampaignOutcome, Performance, outcome, performance
from eig_sheets.domain.calibration.simulated_campaigns import Draw, Layout, Situation, draws, layout_of, notes_of
from eig_sheets.domain.scoring import OUT_OF

MOST_PAIRS, LEAST_PAIRS = 40, 5
_WORK, _WORK_PER_JUROR = 62_000, 50  # counted in evaluations: a calibration costs as much for each juror


@dataclass(frozen=True, slots=True)
class Simulation:
    """The performance of the ranking in each situation, for so many `places` and `dossiers`."""

    places: int
    dossiers: int
    by_situation: Mapping[Situation, Performance]

    @property
    def by_chance(self) -> float:
        """The places that would go to the truly best on average, if they were drawn."""
        return self.places**2 / self.dossiers


def campaign_pairs(evaluations: int, jurors: int) -> int:
    """How many pairs of campaigns to simulate in each situation: fewer for a large call, in proportion to its cost.

    40 for 30 dossiers × 22 jurors × 4, 13 for 353 × 36 × 8.
    """
    return max(LEAST_PAIRS, min(MOST_PAIRS, _WORK // (evaluations + _WORK_PER_JUROR * jurors)))


def simulate(
    votes: pd.DataFrame,
    numbers: Iterable[str],
    places: int,
    note_range: float,
    spreads: Spreads,
    group_of: Mapping[str, str],
    pairs: int,
) -> Simulation:
    """The simulation of a call that has a corrected ranking and fewer places than dossiers.

    The arguments are those of `calibrate`, `spreads` what it found, and so many `pairs` of campaigns in each situation.
    """
    layout = layout_of(votes[votes["numero"].isin([*numbers])], note_range, group_of)
    drawn = [tuple(draws(layout, spreads, pair)) for pair in range(pairs)]

    def outcome_of(draw: Draw, situation: Situation) -> CampaignOutcome:
        return _outcome(draw.quality, notes_of(draw, situation, layout, spreads), layout, places)

    performances = {
        situation: performance([tuple(outcome_of(draw, situation) for draw in pair) for pair in drawn])
        for situation in Situation
    }
    return Simulation(places, len(layout.numbers), performances)


def _outcome(quality: Floats, notes: Floats, layout: Layout, places: int) -> CampaignOutcome:
    means = np.bincount(layout.of_dossier, weights=notes) / np.bincount(layout.of_dossier)
    corrected = _corrected(notes, layout, places).loc[[*layout.numbers]]
    return outcome(quality, means, corrected, places)


def _corrected(notes: Floats, layout: Layout, places: int) -> pd.DataFrame:
    """A simulated campaign corrected as the real one is."""
    numbers, jurors, panels = (
        np.array(names, dtype=object) for names in (layout.numbers, layout.jurors, layout.panels)
    )
    votes = pd.DataFrame({"numero": numbers[layout.of_dossier], "jure": jurors[layout.of_juror], "note": notes})
    group_of = dict(zip(jurors, panels[layout.panel_of], strict=True))
    return corrected_dossiers(votes, places, OUT_OF - layout.lowest, group_of)
