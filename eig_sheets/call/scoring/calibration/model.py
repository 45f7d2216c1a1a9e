"""The corrected ranking of a call: from its evaluations to the estimates of each dossier, juror and group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from eig_sheets.call.scoring.calibration import sampling, tables
from eig_sheets.call.scoring.calibration.design import Component, Design, build_design, components
from eig_sheets.call.scoring.calibration.estimates import MOST_DOSSIERS, Estimates, moments
from eig_sheets.call.scoring.calibration.grid import Grid, build_grid
from eig_sheets.call.scoring.calibration.juror_fit import juror_fit
from eig_sheets.call.scoring.calibration.links import WeakLink, parts_of, unexplained, weak_links
from eig_sheets.call.scoring.calibration.sampling import NOTE_DECIMALS, draw
from eig_sheets.domain.rules import DELIBERATION_BOUNDS

MOST_JURORS = 250
"""The matrix of the severities is jurors × jurors, factorised some hundreds of times: a few seconds with so many."""

LEAST_REPEATED, LEAST_REPEATED_SHARE = 3, 0.1
"""The dossiers that two jurors read, alone and among all: with fewer, what tells dossiers from noise is the prior."""


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

    `dossiers`, by number: `expected_rank`; `interval_50` and `interval_90`, tuples (lowest, highest); `mass_50` and
    `mass_90`, the probability that the rank is inside; `p_selected`; `zone`, a Zone, None when there are as many places
    as dossiers; `corrected` and `corrected_error`, the note out of 20 that an average juror would give and its standard
    error; `sucra` = (N − ER)/(N − 1) and `pcer` = 100 (ER − ½)/N, null for one dossier alone.
    `jurors`, by address: `groupe`, `reviews`, `severity`, `error`. A severity is in points out of 20: what the juror
    takes off a note, beside an average juror; above 0, severe. `fit`, `fit_p`, `fit_flag`: how far their votes are from
    what the others and the model expect (`juror_fit`); `spread`, `spread_others`, `at_ceiling` (`juror_spread`).
    `groups`, by name: `jurors`, `mean` of its notes out of 20, `severity` and `error`: the mean of its jurors.
    `components`: the parts that no evaluation links to each other; with several, the comparison rests on what `groups`
    say, that panels received comparable dossiers. `weak_links`: where a few evaluations alone carry it, and no group.
    `line`: the rank between the last place and the next one, None without a line.
    `reliability`: the share of the variance between the mean notes of dossiers that is of the dossiers. Jurors and
    panels count only where dossiers have others: it is ICC(1,k) of Shrout and Fleiss 1979 when each dossier has jurors
    of its own, ICC(3,k) when all have the same.
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
        unknown = tables.null_severities(ranked_votes, group_of)
        return Calibration(tables.null_dossiers(numbers), *unknown, linked_components, reason=reason)
    fitted, places = _fitted(ranked_votes, note_range, group_of), min(places, len(numbers))
    design, grid, estimates = fitted.design, fitted.grid, moments(fitted.design, fitted.grid)
    severe = tables.juror_table(ranked_votes, group_of).join(tables.severity_columns(design.jurors, estimates.jurors))
    fit = juror_fit(design, grid, ranked_votes, note_range, group_of, fitted.part_of)
    groups = tables.group_table(ranked_votes, group_of)
    return Calibration(
        dossiers=_dossiers(fitted, estimates.corrected, places, zone, stream),
        jurors=tables.observed(severe, fit, ranked_votes, note_range),
        groups=groups.join(tables.severity_columns(design.groups, estimates.groups)),
        components=linked_components,
        weak_links=fitted.links,
        line=sampling.line_of(len(numbers), places),
        reliability=_reliability(design, grid),
        spreads=_spreads(design, grid),
    )


def corrected_dossiers(
    votes: pd.DataFrame, places: int, note_range: float, group_of: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The dossiers of `calibrate` and nothing else, for votes that can be corrected: for many simulated campaigns."""
    fitted = _fitted(votes, note_range, group_of or {})
    places = min(places, len(fitted.design.numbers))
    return _dossiers(fitted, moments(fitted.design, fitted.grid).corrected, places, DELIBERATION_BOUNDS, 0)


def expected_ranks(
    votes: pd.DataFrame, note_range: float, group_of: Mapping[str, str] | None = None
) -> dict[str, float] | None:
    """The expected ranks of the dossiers that have a vote, as `calibrate` gives them; None when it gives none."""
    group_of = group_of or {}
    if _reason(votes, components(votes), group_of) is not None:
        return None
    design, grid, *_ = _fitted(votes, note_range, group_of)
    draws = None if len(design.numbers) <= MOST_DOSSIERS else draw(design, grid, 1)
    return dict(zip(design.numbers, tables.published_ranks(design, grid, draws).tolist(), strict=True))


def corrected_notes(
    votes: pd.DataFrame, note_range: float, group_of: Mapping[str, str] | None = None
) -> pd.DataFrame | Uncorrected:
    """The `corrected` and `corrected_error` of `calibrate` and nothing else, or why there are none: no draw is made."""
    group_of = group_of or {}
    reason = _reason(votes, components(votes), group_of)
    if reason is not None:
        return reason
    fitted = _fitted(votes, note_range, group_of)
    return tables.corrected_table(fitted.design, moments(fitted.design, fitted.grid).corrected)


class _Fitted(NamedTuple):
    """A design and the posterior of its standard deviations; its weak links, and the part of each juror."""

    design: Design
    grid: Grid
    links: tuple[WeakLink, ...]
    part_of: Mapping[str, int]


def _fitted(votes: pd.DataFrame, note_range: float, group_of: Mapping[str, str]) -> _Fitted:
    links = unexplained(weak_links(votes), group_of)
    part_of = parts_of(votes["jure"].unique(), links)
    design = build_design(votes, group_of, part_of)
    return _Fitted(design, build_grid(design, note_range), links, part_of)


def _dossiers(
    fitted: _Fitted, corrected: Estimates, places: int, zone: tuple[float, float], stream: int
) -> pd.DataFrame:
    draws = draw(fitted.design, fitted.grid, places, stream)
    ranks = tables.published_ranks(fitted.design, fitted.grid, draws)
    return tables.dossier_table(fitted.design, ranks, draws, corrected, places, zone)


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


def _reliability(design: Design, grid: Grid) -> float:
    """The mean over the grid of τ²/(τ² + ω² × (that of jurors) + π² × (that of panels) + σ² × mean of 1/n)."""
    between = (design.effect_sums / design.reviews[:, None]).var(axis=0, ddof=1)
    of_jurors, of_panels = (part.sum() for part in np.split(between[1:], [len(design.jurors)]))
    dossier, juror, panel = grid.ratios
    share = dossier**2 / (dossier**2 + of_jurors * juror**2 + of_panels * panel**2 + np.mean(1 / design.reviews))
    return float(sampling.stable_round(grid.marginal @ share, NOTE_DECIMALS))


def _spreads(design: Design, grid: Grid) -> Spreads:
    noise = grid.weights @ grid.sigmas
    means = np.array([*(ratio @ noise for ratio in grid.ratios), noise.sum()])
    dossiers, jurors, panels, left = map(float, sampling.stable_round(means, NOTE_DECIMALS))
    return Spreads(dossiers, jurors, left, panels if design.panels else None)
