"""How a corrected ranking did on simulated campaigns, whose true qualities are known: right places, coverage, P.

Standard errors count clusters of campaigns (those of the same dossiers), which alone are independent: the dossiers of
one campaign are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from eig_sheets.call.scoring.calibration.design import Floats
from eig_sheets.call.scoring.calibration.model import Spreads, corrected_dossiers
from eig_sheets.call.scoring.calibration.simulated_campaigns import Draw, Layout, Situation, draws, layout_of, notes_of
from eig_sheets.call.scoring.rules_scoring import OUT_OF
from eig_sheets.domain.frames import Mask

EDGES = (0.0, 0.02, 0.10, 0.25, 0.50, 0.75, 0.90, 0.98, 1.0)
"""The bounds of the bins of P. A probability is in the bin that it begins, 1 in the last."""
_UNLIKELY = 1

Cluster = tuple["CampaignOutcome", ...]


@dataclass(frozen=True, slots=True)
class CampaignOutcome:
    """What was said of each dossier of one campaign, beside the truth; all (dossiers,).

    `best`: truly among the best, as many as there are places; `corrected`, `raw`: given a place by expected rank, by
    mean note; `covered`: the true rank is in the 90 % interval; `said`: the probability of selection.
    """

    best: Mask
    corrected: Mask
    raw: Mask
    covered: Mask
    said: Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over campaigns and its standard error; NaN when there is nothing to average, or a single cluster."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The dossiers whose P was at least `low` and less than `high`: how many, P on average, how often it came true."""

    low: float
    high: float
    count: int
    said: float
    came_true: Estimate


@dataclass(frozen=True, slots=True)
class Performance:
    """Means over `campaigns`.

    `corrected` and `raw`: the places that go to the truly best, by expected rank and by mean note; `corrected_common`
    and `raw_common`: the places common to two juries on the same dossiers, NaN where clusters are of one campaign;
    `coverage`: the share of true ranks that are in the 90 % interval; `bins`: the calibration of P.
    """

    campaigns: int
    corrected: Estimate
    raw: Estimate
    corrected_common: Estimate
    raw_common: Estimate
    coverage: Estimate
    bins: tuple[Bin, ...]

    @property
    def unlikely(self) -> Bin:
        """What was said at P between 0.02 and 0.10."""
        return self.bins[_UNLIKELY]

    @property
    def calibration_gap(self) -> float:
        """The mean difference between P and how often it came true, over the bins, in proportion to their counts."""
        filled = [filled_bin for filled_bin in self.bins if filled_bin.count]
        gaps = sum(filled_bin.count * abs(filled_bin.said - filled_bin.came_true.value) for filled_bin in filled)
        return gaps / sum(filled_bin.count for filled_bin in filled)


def outcome(quality: Floats, means: Floats, dossiers: pd.DataFrame, places: int) -> CampaignOutcome:
    """One campaign: its true qualities, its mean notes, and `Calibration.dossiers` in the same order."""
    ranks = _ranks(quality)
    low, high = np.array(dossiers["interval_90"].tolist()).T
    return CampaignOutcome(
        best=ranks <= places,
        corrected=_ranks(-dossiers["expected_rank"].to_numpy(dtype=float)) <= places,
        raw=_ranks(means) <= places,
        covered=(low <= ranks) & (ranks <= high),
        said=dossiers["p_selected"].to_numpy(dtype=float),
    )


def _ranks(values: Floats) -> Floats:
    """The rank of each value (dossiers,), 1 the largest; equal ones in their order."""
    ranks = np.empty(len(values))
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks


def performance(clusters: Sequence[Cluster]) -> Performance:
    """The performance over campaigns, at least one; those of a cluster have the same dossiers."""

    def mean(
        total: Callable[[CampaignOutcome], float], count: Callable[[CampaignOutcome], float] = lambda _: 1
    ) -> Estimate:
        return _ratio(
            [sum(map(total, cluster)) for cluster in clusters], [sum(map(count, cluster)) for cluster in clusters]
        )

    def common(placed: Callable[[CampaignOutcome], Mask]) -> Estimate:
        pairs = [
            [(placed(campaign) & placed(following)).sum() for campaign, following in pairwise(cluster)]
            for cluster in clusters
        ]
        return _ratio([sum(common_counts) for common_counts in pairs], [len(common_counts) for common_counts in pairs])

    def bin_of(low: float, high: float) -> Bin:
        def within(campaign: CampaignOutcome) -> Mask:
            inside: Mask = (campaign.said >= low) & ((campaign.said < high) | (high == EDGES[-1]))
            return inside

        count = sum(int(within(campaign).sum()) for cluster in clusters for campaign in cluster)
        said = mean(
            lambda campaign: campaign.said[within(campaign)].sum(), lambda campaign: within(campaign).sum()
        ).value
        true = mean(lambda campaign: (within(campaign) & campaign.best).sum(), lambda campaign: within(campaign).sum())
        return Bin(low, high, count, said, true)

    return Performance(
        campaigns=sum(map(len, clusters)),
        corrected=mean(lambda campaign: (campaign.corrected & campaign.best).sum()),
        raw=mean(lambda campaign: (campaign.raw & campaign.best).sum()),
        corrected_common=common(lambda campaign: campaign.corrected),
        raw_common=common(lambda campaign: campaign.raw),
        coverage=mean(lambda campaign: campaign.covered.sum(), lambda campaign: len(campaign.covered)),
        bins=tuple(bin_of(low, high) for low, high in pairwise(EDGES)),
    )


def _ratio(totals: Sequence[float], counts: Sequence[float]) -> Estimate:
    """Σ totals / Σ counts over the clusters, and its standard error by linearisation."""
    over, under, size = np.array(totals, dtype=float), np.array(counts, dtype=float), len(totals)
    if not under.sum():
        return Estimate(np.nan, np.nan)
    value = over.sum() / under.sum()
    residuals = over - value * under
    error = np.sqrt(size / (size - 1) * (residuals**2).sum()) / under.sum() if size > 1 else np.nan
    return Estimate(float(value), float(error))


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
