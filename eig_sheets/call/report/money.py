"""Cumulative co-financing along the ranking, in euros, compared with the envelope."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eig_sheets.call.cofinancing.amounts import COFINANCING, cofinancing_totals
from eig_sheets.call.cofinancing.rules_totals import Totals
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign

_POINTS = 400
"""Most points of the plot: more would not be visible on a page."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Cumulative co-financing of the first dossiers of the ranking, in euros.

    `steps`: (how many dossiers, least, most), some of them when there are very many. `unknown`: ranked dossiers whose
    amount is not known, counted for nothing. `covered`: how many of the first the envelope surely pays (at the most
    costly), and may pay (at the least), None without an envelope. `totals`: those of the laureates, proposed and
    decided.
    """

    steps: tuple[tuple[int, float, float], ...]
    selected: tuple[float, float]
    unknown: int
    estimated: int
    envelope: float | None
    covered: tuple[int, int] | None
    totals: Totals


def envelope_of(campaign: Campaign) -> float | None:
    """The envelope in euros; None when it is not given."""
    return campaign.cofinancing.envelope


def sums_of(results: Results, campaign: Campaign) -> Sums | None:
    """The sums along the official ranking; None when the call pays nothing, or nothing is ranked."""
    ranking = results.of(SCORES).ranking
    numbers = ranking.loc[ranking["rank"].notna(), "numero"]
    if campaign.cofinancing.rule == "none" or numbers.empty:
        return None
    money = results.of(COFINANCING).set_index("numero").loc[numbers]
    amounts = money[["amount_min", "amount_max"]].to_numpy(dtype=float)
    cumulative = np.round(np.cumsum(np.nan_to_num(amounts), axis=0), 2)
    count, places, envelope = len(numbers), campaign.campaign.target, envelope_of(campaign)
    steps = np.unique(np.linspace(1, count, min(count, _POINTS)).round().astype(int))
    return Sums(
        steps=tuple((int(n), *map(float, cumulative[n - 1])) for n in steps),  # type: ignore[misc]
        selected=tuple(map(float, cumulative[min(places, count) - 1])),  # type: ignore[arg-type]
        unknown=int(np.isnan(amounts).any(axis=1).sum()),
        estimated=int(money["estimated"].sum()),
        envelope=envelope,
        covered=None
        if envelope is None
        else (_count_within(cumulative[:, 1], envelope), _count_within(cumulative[:, 0], envelope)),
        totals=cofinancing_totals(results, campaign),
    )


def _count_within(cumulative: npt.NDArray[np.float64], envelope: float) -> int:
    return int(np.count_nonzero(cumulative <= envelope))
