"""The tables of the corrected ranking, by number, by address and by group: rounded, or null without a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from eig_sheets.call.scoring.calibration import estimates, sampling
from eig_sheets.call.scoring.calibration.design import Design, Floats
from eig_sheets.call.scoring.calibration.estimates import Estimates
from eig_sheets.call.scoring.calibration.grid import Grid
from eig_sheets.call.scoring.calibration.juror_reference import juror_spread
from eig_sheets.call.scoring.calibration.sampling import NOTE_DECIMALS, RANK_DECIMALS, Draws
from eig_sheets.domain.frames import objects

DOSSIER_COLUMNS = (
    "expected_rank", "interval_50", "mass_50", "interval_90", "mass_90", "p_selected", "zone",
    "corrected", "corrected_error", "sucra", "pcer",
)  # fmt: skip
OBSERVED = ("fit", "fit_p", "fit_flag", "spread", "spread_others", "at_ceiling")
"""Columns of what is seen of a juror's votes, beside their severity."""


def null_dossiers(numbers: list[str]) -> pd.DataFrame:
    """The dossiers without a corrected ranking."""
    words = ("interval_50", "interval_90", "zone")
    columns = {name: objects([None] * len(numbers)) if name in words else np.nan for name in DOSSIER_COLUMNS}
    return _by_name(pd.DataFrame(columns, index=range(len(numbers))), numbers, "numero")


def null_severities(votes: pd.DataFrame, group_of: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The jurors and the groups without severities."""
    jurors, groups = juror_table(votes, group_of), group_table(votes, group_of)
    nothing = {"severity": np.nan, "error": np.nan}
    unseen = jurors.assign(**nothing, **dict.fromkeys(OBSERVED, np.nan))
    unseen["fit_flag"] = objects([None] * len(jurors), jurors.index)
    return unseen, groups.assign(**nothing)


def observed(jurors: pd.DataFrame, fit: pd.DataFrame, votes: pd.DataFrame, note_range: float) -> pd.DataFrame:
    """The jurors with their severities, and with what is seen of their votes."""
    return jurors.join(fit).join(juror_spread(votes, jurors["severity"], note_range))


def published_ranks(design: Design, grid: Grid, draws: Draws | None) -> Floats:
    """The published expected ranks; from draws with more dossiers than MOST_DOSSIERS."""
    if draws is None or len(design.numbers) <= estimates.MOST_DOSSIERS:
        expected = estimates.expected_ranks(design, grid)
    else:
        expected = draws.ranks.mean(axis=0)
    return sampling.stable_round(sampling.mean_over_ties(expected, design.tie_labels), RANK_DECIMALS)


def dossier_table(
    design: Design, expected: Floats, draws: Draws, corrected: Estimates, places: int, zone: tuple[float, float]
) -> pd.DataFrame:
    """The dossiers: expected ranks, intervals, probabilities, zones and corrected notes."""
    tie_labels, count = design.tie_labels, len(design.numbers)
    probabilities = sampling.selection_probabilities(draws, tie_labels)
    intervals = sampling.intervals(draws.ranks, tie_labels)
    table = {
        "expected_rank": expected,
        **{name: objects(bounds) for name, bounds in intervals.items()},
        "mass_50": sampling.masses(draws.ranks, tie_labels, intervals["interval_50"]),
        "mass_90": sampling.masses(draws.ranks, tie_labels, intervals["interval_90"]),
        "p_selected": probabilities,
        "zone": objects(sampling.zones(probabilities, zone, places)),
        **_corrected(design, corrected),
        "sucra": sampling.stable_round((count - expected) / (count - 1), RANK_DECIMALS + 1) if count > 1 else np.nan,
        "pcer": sampling.stable_round(100 * (expected - 0.5) / count, RANK_DECIMALS) if count > 1 else np.nan,
    }
    return _by_name(pd.DataFrame(table), design.numbers, "numero").sort_index()


def corrected_table(design: Design, corrected: Estimates) -> pd.DataFrame:
    """The corrected note of each dossier and its standard error, in points out of 20."""
    return _by_name(pd.DataFrame(_corrected(design, corrected)), design.numbers, "numero").sort_index()


def _corrected(design: Design, corrected: Estimates) -> dict[str, Floats]:
    return {
        "corrected": sampling.stable_round(design.center + corrected.means, NOTE_DECIMALS),
        "corrected_error": sampling.stable_round(corrected.errors, NOTE_DECIMALS),
    }


def _by_name(table: pd.DataFrame, names: Sequence[str], kind: str) -> pd.DataFrame:
    return table.set_axis(_index(names)).rename_axis(kind)


def _index(names: Sequence[str]) -> pd.Index:
    index: pd.Index = pd.Index(objects(names))
    return index


def juror_table(votes: pd.DataFrame, group_of: Mapping[str, str]) -> pd.DataFrame:
    """The jurors: their group and how many evaluations of theirs count."""
    reviews = votes.groupby("jure").size().sort_index()
    groups = objects([group_of.get(name) or None for name in reviews.index], reviews.index)
    return pd.DataFrame({"groupe": groups, "reviews": reviews}).rename_axis("jure")


def group_table(votes: pd.DataFrame, group_of: Mapping[str, str]) -> pd.DataFrame:
    """The groups: how many jurors, and the mean of their notes out of 20."""
    groups = votes["jure"].map(lambda name: group_of.get(name) or None).astype(object)
    table = votes.groupby(groups, dropna=True).agg(jurors=("jure", "nunique"), mean=("note", "mean")).sort_index()
    table["mean"] = sampling.stable_round(table["mean"].to_numpy(dtype=float), NOTE_DECIMALS)
    return table.set_axis(_index([*table.index])).rename_axis("groupe")


def severity_columns(names: Sequence[str], estimates: Estimates) -> pd.DataFrame:
    """Severities of jurors or groups, and their standard errors, in points out of 20."""
    means, errors = (sampling.stable_round(values, NOTE_DECIMALS) for values in (estimates.means, estimates.errors))
    return pd.DataFrame({"severity": means, "error": errors}, index=_index(names))
