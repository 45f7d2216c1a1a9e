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
from eig_sheets.domain.calibration.juror_fit import juror_fit
from eig_sheets.domain.calibration.juror_spread import juror_spread
from eig_sheets.domain.calibration.links import WeakLink, parts_of, unexplained, weak_links
from eig_sheets.domain.calibration.sampling import NOTE_DECIMALS, RANK_DECIMALS, Draws, draw
from eig_sheets.domain.frames import objects
from eig_sheets.domain.rules import DELIBERATION_BOUNDS

MOST_JURORS = 250
"""The matrix of the severities is jurors × jurors, factorised some hundreds of times: a few seconds with so many."""

LEAST_REPEATED, LEAST_REPEATED_SHARE = 3, 0.1
"""The dossiers that two jurors read, alone and among all: with fewer, what tells dossiers from noise is the prior."""

DOSSIER_COLUMNS = (
    "expected_rank", "interval_50", "interval_90", "p_selected", "zone",
    "corrected", "corrected_error", "sucra", "pcer",
)  # fmt: skip
OBSERVED = ("fit", "fit_p", "fit_flag", "spread", "spread_others", "at_ceiling")
"""Columns of what is seen of a juror's votes, beside their severity."""


class Uncorrected(StrEnum):
    """Why there is no corrected ranking; the raw one stands."""

    WITHOUT_EVALUATION = "sans_evaluation"  # no evaluation of any ranked dossier
    COLLECTIVE = "une_evaluation_par_dossier"  # nothing tells what a note owes to the dossier from what to its juror
    FEW_REPEATED = "peu_de_dossiers_relus"  # the same, but for a few dossiers that two jurors read
    DISCONNECTED = "groupes_disjoints"  # no chain of evaluations links some dossiers to the others, nor a group's name
    TOO_MANY_JURORS = "trop_de_jures"  # over MOST_JURORS


@dataclass(frozen=True, slots=True)
class Spreads:
    """The posterior means of the standard deviations, in points out of 20.

    `dossiers` τ, `jurors` ω, `noise` σ, `panels` π, which is None without panels.
    """

    dossiers: float
    jurors: float
    noise: float
    panels: float | None = None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The corrected ranking; with a `reason`, all of it is null but the counts and the components.

    `dossiers`, by number: `expected_rank`; `interval_50` and `interval_90`, tuples (lowest, highest); `p_selected`;
    `zone`, a Zone, None when there are as many places as dossiers; `corrected` and `corrected_error`, the note out of
    20 that an average juror would give and its standard error; `sucra` = (N − ER)/(N − 1) and `pcer` =
    100 (ER − ½)/N, null for one dossier alone.
    `jurors`, by address: `groupe`, `reviews`, `severity`, `error`. A severity is in points out of 20: what the juror
    takes off a note, beside an average juror; above 0, severe. `fit`, `fit_p`, `fit_flag`: how far their votes are from
    what the others and the model expect (`juror_fit`); `spread`, `spread_others`, `at_ceiling` (`juror_spread`).
    `groups`, by name: `jurors`, `mean` of its notes out of 20, `severity` and `error`: the mean of its jurors.
    `components`: the parts that no evaluation links to each other; with several, the comparison rests on what `groups`
    say, that panels received comparable dossiers. `weak_links`: where a few evaluations alone carry it, and no group.
    `line`: the rank between the last place and the next one, None without a line.
    `reliability`: what the raw mean of a dossier is worth with the mean (harmonic) number of evaluations,
    τ²/(τ² + (π² + ω² + σ²)/n): ICC(1,k) of Shrout and Fleiss 1979.
    """

    dossiers: pd.DataFrame
    jurors: pd.DataFrame
    groups: pd.DataFrame
    components: tuple[Component, ...]
    weak_links: tuple[WeakLink, ...] = ()
    reason: Uncorrected | None = None
    line: float | None = None
    reliability: float | None = None
    spreads: Spreads | None = None


def calibrate(
    votes: pd.DataFrame,
    numbers: Iterable[str],
    places: int,
    note_range: float,
    group_of: Mapping[str, str] | None = None,
    zone: tuple[float, float] = DELIBERATION_BOUNDS,
    stream: int = 0,
) -> Calibration:
    """The corrected ranking of the dossiers `numbers`, from the evaluations `votes` (numero, jure, note out of 20).

    Evaluations of other dossiers are left out, and a dossier of `numbers` must have one. `places` selects;
    `note_range` is the highest minus the lowest possible note; `group_of` names the panel of a juror, where there are
    panels and jurors score on their own. `zone`: the lowest and highest probabilities of the zone of deliberation.
    `stream` numbers the random bits, for whoever measures what they change; no published result has another than 0.
    """
    numbers, group_of = sorted(numbers), group_of or {}
    ranked_votes = votes.loc[votes["numero"].isin(numbers), ["numero", "jure", "note"]]
    linked_components = components(ranked_votes)
    reason = _reason(ranked_votes, linked_components, group_of)
    if reason is not None:
        return Calibration(
            _null_dossiers(numbers), *_null_severities(ranked_votes, group_of), linked_components, reason=reason
        )
    links = unexplained(weak_links(ranked_votes), group_of)
    parts = parts_of(ranked_votes["jure"].unique(), links)
    design = build_design(ranked_votes, group_of, parts)
    grid, places = build_grid(design, note_range), min(places, len(numbers))
    estimates, draws = moments(design, grid), draw(design, grid, places, stream)
    return Calibration(
        dossiers=_dossiers(design, _expected(design, grid, draws), draws, estimates.corrected, places, zone),
        jurors=_observed(
            _jurors(ranked_votes, group_of).join(_severities(design.jurors, estimates.jurors)),
            juror_fit(design, grid, ranked_votes, note_range, group_of, parts),
            ranked_votes,
            note_range,
        ),
        groups=_groups(ranked_votes, group_of).join(_severities(design.groups, estimates.groups)),
        components=linked_components,
        weak_links=links,
        line=sampling.line_of(len(numbers), places),
        reliability=_reliability(design, grid),
        spreads=_spreads(design, grid),
    )


def on_scale(calibration: Calibration, lowest: float, highest: float) -> Calibration:
    """The same, where no corrected note is out of what a juror can give; its standard error stays that of the model."""
    corrected = calibration.dossiers["corrected"].clip(lowest, highest)
    return replace(calibration, dossiers=calibration.dossiers.assign(corrected=corrected))


def _reason(
    votes: pd.DataFrame, linked_components: tuple[Component, ...], group_of: Mapping[str, str]
) -> Uncorrected | None:
    if votes.empty:
        return Uncorrected.WITHOUT_EVALUATION
    reviews = votes["numero"].value_counts()
    repeated = int((reviews > 1).sum())
    if repeated < max(LEAST_REPEATED, LEAST_REPEATED_SHARE * len(reviews)):
        return Uncorrected.FEW_REPEATED if repeated else Uncorrected.COLLECTIVE
    if len(linked_components) > 1 and not _are_panels(linked_components, group_of):
        return Uncorrected.DISCONNECTED
    return Uncorrected.TOO_MANY_JURORS if votes["jure"].nunique() > MOST_JURORS else None


def _are_panels(linked_components: tuple[Component, ...], group_of: Mapping[str, str]) -> bool:
    """Whether groups say what the components are: each juror has one, and none is in two components."""
    groups = [{group_of.get(juror) or "" for juror in component.jurors} for component in linked_components]
    everyone = set().union(*groups)
    return "" not in everyone and len(everyone) == sum(map(len, groups))


def _null_dossiers(numbers: list[str]) -> pd.DataFrame:
    words = ("interval_50", "interval_90", "zone")
    columns = {name: objects([None] * len(numbers)) if name in words else np.nan for name in DOSSIER_COLUMNS}
    return _by_name(pd.DataFrame(columns, index=range(len(numbers))), numbers, "numero")


def _null_severities(votes: pd.DataFrame, group_of: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The jurors and the groups without severities."""
    jurors, groups = _jurors(votes, group_of), _groups(votes, group_of)
    nothing = {"severity": np.nan, "error": np.nan}
    unseen = jurors.assign(**nothing, **dict.fromkeys(OBSERVED, np.nan))
    unseen["fit_flag"] = objects([None] * len(jurors), jurors.index)
    return unseen, groups.assign(**nothing)


def _observed(jurors: pd.DataFrame, fit: pd.DataFrame, votes: pd.DataFrame, note_range: float) -> pd.DataFrame:
    """The jurors with their severities, and with what is seen of their votes."""
    return jurors.join(fit).join(juror_spread(votes, jurors["severity"], note_range))


def _expected(design: Design, grid: Grid, draws: Draws) -> Floats:
    exact = len(design.numbers) <= estimates.MOST_DOSSIERS
    expected = estimates.expected_ranks(design, grid) if exact else draws.ranks.mean(axis=0)
    return sampling.stable_round(sampling.mean_over_ties(expected, design.tie_labels), RANK_DECIMALS)


def _dossiers(
    design: Design, expected: Floats, draws: Draws, corrected: Estimates, places: int, zone: tuple[float, float]
) -> pd.DataFrame:
    tie_labels, count = design.tie_labels, len(design.numbers)
    probabilities = sampling.selection_probabilities(draws, tie_labels)
    table = {
        "expected_rank": expected,
        **{name: objects(bounds) for name, bounds in sampling.intervals(draws.ranks, tie_labels).items()},
        "p_selected": probabilities,
        "zone": objects(sampling.zones(probabilities, zone, places)),
        "corrected": sampling.stable_round(design.center + corrected.means, NOTE_DECIMALS),
        "corrected_error": sampling.stable_round(corrected.errors, NOTE_DECIMALS),
        "sucra": sampling.stable_round((count - expected) / (count - 1), RANK_DECIMALS + 1) if count > 1 else np.nan,
        "pcer": sampling.stable_round(100 * (expected - 0.5) / count, RANK_DECIMALS) if count > 1 else np.nan,
    }
    return _by_name(pd.DataFrame(table), design.numbers, "numero").sort_index()


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
    groups = votes["jure"].map(lambda name: group_of.get(name) or None).astype(object)
    found = votes.groupby(groups, dropna=True).agg(jurors=("jure", "nunique"), mean=("note", "mean")).sort_index()
    found["mean"] = sampling.stable_round(found["mean"].to_numpy(dtype=float), NOTE_DECIMALS)
    return found.set_axis(_index([*found.index])).rename_axis("groupe")


def _severities(names: Sequence[str], estimates: Estimates) -> pd.DataFrame:
    means, errors = (sampling.stable_round(values, NOTE_DECIMALS) for values in (estimates.means, estimates.errors))
    return pd.DataFrame({"severity": means, "error": errors}, index=_index(names))


def _reliability(design: Design, grid: Grid) -> float:
    reviews = 1 / float(np.mean(1 / design.reviews))
    dossier, juror, panel = grid.ratios
    share = dossier**2 / (dossier**2 + (panel**2 + juror**2 + 1) / reviews)
    return float(sampling.stable_round(grid.marginal @ share, NOTE_DECIMALS))


def _spreads(design: Design, grid: Grid) -> Spreads:
    noise = grid.weights @ grid.sigmas
    means = np.array([*(ratio @ noise for ratio in grid.ratios), noise.sum()])
    dossiers, jurors, panels, left = map(float, sampling.stable_round(means, NOTE_DECIMALS))
    return Spreads(dossiers, jurors, left, panels if design.panels else None)
