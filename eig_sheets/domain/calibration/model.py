"""The corrected ranking of a call: from its evaluations to the estimates of each dossier, juror and group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from eig_sheets.domain.calibration import estimates, sampling
from eig_sheets.domain.calibration.design import Component, Design, Floats, build_design, components
from eig_sheets.domain.calibration.estimates import Estimates, moments
from eig_sheets.domain.calibration.grid import Grid, build_grid
from eig_sheets.domain.calibration.sampling import NOTE_DECIMALS, RANK_DECIMALS, Ranks, draw_ranks
from eig_sheets.domain.frames import objects
from eig_sheets.domain.rules import DELIBERATION_BOUNDS

MOST_JURORS = 250
"""The matrix of the severities is jurors × jurors, factorised some hundreds of times: a few seconds with so many."""

DOSSIER_COLUMNS = (
    "expected_rank", "interval_50", "interval_90", "p_selected", "zone",
    "corrected", "corrected_error", "sucra", "pcer",
)  # fmt: skip


class Uncorrected(StrEnum):
    """Why there is no corrected ranking; the raw one stands."""

    WITHOUT_EVALUATION = "sans_evaluation"  # no evaluation of any ranked dossier
    COLLECTIVE = "une_evaluation_par_dossier"  # several jurors or panels, one evaluation a dossier: nothing to compare
    DISCONNECTED = "groupes_disjoints"  # no chain of evaluations links some dossiers to the others
    TOO_MANY_JURORS = "trop_de_jures"  # over MOST_JURORS


@dataclass(frozen=True, slots=True)
class Spreads:
    """The posterior means of the standard deviations, in points out of 20: `dossiers` τ, `jurors` ω, `noise` σ."""

    dossiers: float
    jurors: float
    noise: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The corrected ranking; with a `reason`, all of it is null but the counts and the components.

    `dossiers`, by number: `expected_rank`; `interval_50` and `interval_90`, tuples (lowest, highest); `p_selected`;
    `zone`, a Zone, None when there are as many places as dossiers; `corrected` and `corrected_error`, the note out of
    20 that an average juror would give and its standard error; `sucra` = (N − ER)/(N − 1) and `pcer` =
    100 (ER − ½)/N, null for one dossier alone.
    `jurors`, by address: `groupe`, `reviews`, `severity`, `error`. A severity is in points out of 20: what the juror
    takes off a note, beside an average juror; above 0, severe. `groups`, by name: `jurors`, `severity`, `error`: the
    mean of its jurors.
    `line`: the rank between the last place and the next one, None without a line.
    `reliability`: what the raw mean of a dossier is worth with the mean (harmonic) number of evaluations,
    τ²/(τ² + (ω² + σ²)/n): ICC(1,k) of Shrout and Fleiss 1979.
    """

    dossiers: pd.DataFrame
    jurors: pd.DataFrame
    groups: pd.DataFrame
    components: tuple[Component, ...]
    reason: Uncorrected | None = None
    line: float | None = None
    reliability: float | None = None
    spreads: Spreads | None = None


def calibrate(
    votes: pd.DataFrame,
    numbers: Iterable[str],
    places: int,
    note_range: float,
    seed: int,
    group_of: Mapping[str, str] | None = None,
    zone: tuple[float, float] = DELIBERATION_BOUNDS,
) -> Calibration:
    """The corrected ranking of the dossiers `numbers`, from the evaluations `votes` (numero, jure, note out of 20).

    Evaluations of other dossiers are left out, and a dossier of `numbers` must have one. `places` selects;
    `note_range` is the highest minus the lowest possible note; `group_of` names the panel of a juror, where there are
    panels and jurors score on their own. `zone`: the lowest and highest probabilities of the zone of deliberation.
    """
    numbers, group_of = sorted(numbers), group_of or {}
    ranked_votes = votes.loc[votes["numero"].isin(numbers), ["numero", "jure", "note"]]
    linked_components = components(ranked_votes)
    reason = _reason(ranked_votes, linked_components)
    if reason is not None:
        return Calibration(
            _null_dossiers(numbers), *_null_severities(ranked_votes, group_of), linked_components, reason
        )
    design = build_design(ranked_votes, group_of)
    grid = build_grid(design, note_range)
    estimates, ranks = moments(design, grid), draw_ranks(design, grid, seed)
    places = min(places, len(numbers))
    dossiers = _dossiers(design, _expected(design, grid, ranks), ranks, estimates.corrected, places, zone)
    return Calibration(
        dossiers=dossiers,
        jurors=_jurors(ranked_votes, group_of).join(_severities(design.jurors, estimates.jurors)),
        groups=_groups(ranked_votes, group_of).join(_severities(design.groups, estimates.groups)),
        components=linked_components,
        line=sampling.line_of(len(numbers), places),
        reliability=_reliability(design, grid),
        spreads=_spreads(grid),
    )


def on_scale(calibration: Calibration, lowest: float, highest: float) -> Calibration:
    """The same, where no corrected note is out of what a juror can give; its standard error stays that of the model."""
    corrected = calibration.dossiers["corrected"].clip(lowest, highest)
    return replace(calibration, dossiers=calibration.dossiers.assign(corrected=corrected))


def _reason(votes: pd.DataFrame, linked_components: tuple[Component, ...]) -> Uncorrected | None:
    if votes.empty:
        return Uncorrected.WITHOUT_EVALUATION
    if len(linked_components) > 1:
        once = not votes["numero"].duplicated().any()
        return Uncorrected.COLLECTIVE if once else Uncorrected.DISCONNECTED
    return Uncorrected.TOO_MANY_JURORS if votes["jure"].nunique() > MOST_JURORS else None


def _null_dossiers(numbers: list[str]) -> pd.DataFrame:
    words = ("interval_50", "interval_90", "zone")
    columns = {name: objects([None] * len(numbers)) if name in words else np.nan for name in DOSSIER_COLUMNS}
    return _by_name(pd.DataFrame(columns, index=range(len(numbers))), numbers, "numero")


def _null_severities(votes: pd.DataFrame, group_of: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The jurors and the groups without severities."""
    jurors, groups = _jurors(votes, group_of), _groups(votes, group_of)
    nothing = {"severity": np.nan, "error": np.nan}
    return jurors.assign(**nothing), groups.assign(**nothing)


def _expected(design: Design, grid: Grid, ranks: Ranks) -> Floats:
    exact = len(design.numbers) <= estimates.MOST_DOSSIERS
    expected = estimates.expected_ranks(design, grid) if exact else ranks.mean(axis=0)
    return sampling.stable_round(sampling.mean_over_ties(expected, design.tie_labels), RANK_DECIMALS)


def _dossiers(
    design: Design, expected: Floats, ranks: Ranks, corrected: Estimates, places: int, zone: tuple[float, float]
) -> pd.DataFrame:
    tie_labels, count = design.tie_labels, len(design.numbers)
    probabilities = sampling.selection_probabilities(ranks, tie_labels, places)
    table = {
        "expected_rank": expected,
        **{name: objects(bounds) for name, bounds in sampling.intervals(ranks, tie_labels).items()},
        "p_selected": probabilities,
        "zone": objects(sampling.zones(probabilities, zone, places)),
        "corrected": sampling.stable_round(design.center + corrected.means, NOTE_DECIMALS),
        "corrected_error": sampling.stable_round(corrected.errors, NOTE_DECIMALS),
        "sucra": sampling.stable_round((count - expected) / (count - 1), RANK_DECIMALS + 1) if count > 1 else np.nan,
        "pcer": sampling.stable_round(100 * (expected - 0.5) / count, RANK_DECIMALS) if count > 1 else np.nan,
    }
    return _by_name(pd.DataFrame(table), design.numbers, "numero")


def _by_name(table: pd.DataFrame, names: Sequence[str], kind: str) -> pd.DataFrame:
    return table.set_axis(_index(names)).rename_axis(kind)


def _index(names: Sequence[str]) -> pd.Index:
    index: pd.Index = pd.Index(objects(names))
    return index


def _jurors(votes: pd.DataFrame, group_of: Mapping[str, str]) -> pd.DataFrame:
    reviews = votes.groupby("jure").size().sort_index()
    groups = objects([group_of.get(name) or None for name in reviews.index], reviews.index)
    return pd.DataFrame({"groupe": groups, "reviews": reviews}).rename_axis("jure")


def _groups(votes: pd.DataFrame, group_of: Mapping[str, str]) -> pd.DataFrame:
    named = pd.Series([group_of.get(name) or None for name in votes["jure"].unique()], dtype=object).dropna()
    return pd.DataFrame({"jurors": named.value_counts().sort_index()}).rename_axis("groupe")


def _severities(names: Sequence[str], estimates: Estimates) -> pd.DataFrame:
    means, errors = (sampling.stable_round(values, NOTE_DECIMALS) for values in (estimates.means, estimates.errors))
    return pd.DataFrame({"severity": means, "error": errors}, index=_index(names))


def _reliability(design: Design, grid: Grid) -> float:
    reviews = 1 / float(np.mean(1 / design.reviews))
    effects = 2 if design.groups else 1
    dossier, juror = _ratios(grid)
    share = dossier**2 / (dossier**2 + (effects * juror**2 + 1) / reviews)
    return float(sampling.stable_round(grid.marginal @ share, NOTE_DECIMALS))


def _spreads(grid: Grid) -> Spreads:
    noise = grid.weights @ grid.sigmas
    dossier, juror = _ratios(grid)
    values = sampling.stable_round(np.array([dossier @ noise, juror @ noise, noise.sum()]), NOTE_DECIMALS)
    return Spreads(*map(float, values))


def _ratios(grid: Grid) -> tuple[Floats, Floats]:
    return np.array([node.dossier for node in grid.nodes]), np.array([node.juror for node in grid.nodes])
