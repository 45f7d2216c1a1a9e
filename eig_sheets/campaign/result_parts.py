"""Parts by which a feature adds to what a call computes and shows: results, actions, figures, recruits. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd

from eig_sheets.campaign.dependencies import AnyAct
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import recruits_tab
from eig_sheets.campaign.results import Result, Results
from eig_sheets.domain.decisions import RETAINED

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, eq=False)
class FeatureResult(Result[T_co]):
    """A result of a feature, and how to compute it: from a reading, and the results of the steps of the call."""

    compute: Callable[[Reading, Results], T_co] = field(kw_only=True)


def with_features(reading: Reading, results: Results) -> Results:
    """The results with those of the features of the call."""
    for part in reading.campaign.features.parts(FeatureResult):
        results = results.having(part, part.compute(reading, results))
    return results


@dataclass(frozen=True, slots=True, eq=False)
class AskedInstead:
    """What officers ask for in their workbook instead of commands, by how these begin (`for_officers`)."""

    of: Callable[[Reading], Mapping[str, str]]


def asked_instead(reading: Reading) -> Mapping[str, str]:
    """What officers of a workbook ask for instead of commands."""
    parts = reading.campaign.features.parts(AskedInstead)
    return {name: label for part in parts for name, label in part.of(reading).items()}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeatureAction:
    """An action that a feature does, for a feature that takes requests: the call itself takes none.

    `id`: as the configuration and the records name it. `label`: in the drop-down. `place`: the function that does it,
    « module:name », imported when it is asked for: it takes the session and the detail of the request, and returns what
    is answered. `acts`: what it rests on. `of_candidates`: it is offered in the workbook of candidates alone too.
    `of_file`: it takes, after the detail, the path of a file of the folder of exports, which the detail begins with
    where there are several; a colon is before the rest.
    """

    id: str
    label: str
    place: str
    acts: tuple[AnyAct, ...] = ()
    of_candidates: bool = False
    of_file: bool = False


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure, and how it was counted, in French."""

    label: str
    total: int
    explained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures of a feature: a group of indicators of `Accueil`, and an annex of the minutes where there is any.

    In French: `section` names the group, `title` the annex, `header` the column of its totals.
    """

    section: str
    title: str
    header: str
    lines: Callable[[Reading], Iterable[FigureLine]]


@dataclass(frozen=True, slots=True, eq=False)
class CostedRecruits:
    """The rows of the tab of recruits on which a co-financing rests, in a reading that has it.

    `rows`: those that count, and those of which it cannot be told whether they do.
    """

    rows: Callable[[Reading], pd.DataFrame]


def candidate_rows(reading: Reading) -> pd.DataFrame | None:
    """The rows of that tab that count, whoever is recruited; None without such a tab."""
    tab = recruits_tab(reading.campaign)
    return reading.valid_rows(tab) if tab and reading.has(tab) else None


def costed_rows(reading: Reading) -> pd.DataFrame | None:
    """The rows on which a co-financing rests; None without such a tab."""
    tab, parts = recruits_tab(reading.campaign), reading.campaign.features.parts(CostedRecruits)
    return next((part.rows(reading) for part in parts if tab and reading.has(tab)), None)


def recruited(rows: pd.DataFrame) -> pd.DataFrame:
    """Those who are recruited."""
    return rows[rows["statut"].isin([RETAINED])]
