"""What the talents who were recruited cost, and what the programme pays of it."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

from eig_sheets.domain.costs import SIMULATIONS, Costs
from eig_sheets.domain.decisions import RETAINED
from eig_sheets.domain.frames import chosen, unreadable
from eig_sheets.domain.money import exact_column, share

JUNIOR_YEARS = 5
"""Up to so many years of experience, included, the first simulation applies; beyond, the second."""


class Origin(StrEnum):
    """Where the cost of a recruited talent comes from."""

    REAL = "cout_reel"  # typed for this talent
    SIMULATED = "simulation"  # the dossier's simulation for this experience
    ESTIMATED = "estimation"  # the estimate that replaces a missing simulation


def recruits(talents: pd.DataFrame, numbers: pd.Series, costs: Costs) -> pd.DataFrame:
    """The talents retained for one of the dossiers `numbers`, on their own index.

    Columns: `candidature`, `numero` of the project, `cost` in euros for the whole contract (null when unknown) and
    `origin`, an Origin or None. An unreadable real cost or experience leaves the cost unknown.
    """
    kept = talents[(talents["statut"] == RETAINED) & talents["projet_decide"].isin(numbers)]
    real, years = kept["cout_reel"].astype(float), kept["experience"].astype(float)
    simulated = _by_experience(costs.used, years, kept["projet_decide"], numbers)
    estimated = _by_experience(costs.estimated, years, kept["projet_decide"], numbers).astype(bool)
    unread = pd.Series(unreadable(kept, ["cout_reel"])["cout_reel"], index=kept.index)
    cost = real.fillna(simulated.where(years.notna() & ~unread))
    origins = [
        (None, cost.isna()),
        (Origin.REAL, real.notna()),
        (Origin.ESTIMATED, estimated),
        (Origin.SIMULATED, ~estimated),
    ]
    origin = chosen([(word, mask.to_numpy(dtype=bool)) for word, mask in origins], kept.index)
    return kept[["candidature"]].assign(numero=kept["projet_decide"], cost=cost, origin=origin)


def _by_experience(costs: pd.DataFrame, years: pd.Series, projects: pd.Series, numbers: pd.Series) -> pd.Series:
    """For each talent, the value of their project that goes with their experience."""
    place = pd.Index(numbers).get_indexer(projects)
    senior = (years > JUNIOR_YEARS).to_numpy(dtype=int)
    return pd.Series(costs[SIMULATIONS].to_numpy()[place, senior], index=years.index)


def totals(recruited: pd.DataFrame, part: float, whole: float) -> pd.DataFrame:
    """What the programme pays for each project whose talents all have a known cost, indexed by its number.

    Columns: `count` of talents; `amount` = Σ cost × `part` / `whole`, half-up to the cent; `estimated`.
    """
    projects = recruited.groupby("numero")
    known = recruited[projects["cost"].transform("count") == projects["cost"].transform("size")]
    by_project = pd.Series(exact_column(known["cost"]), index=known["numero"], dtype=object).groupby(level=0)
    sums = {numero: share(sum(costs), part, whole) for numero, costs in by_project}
    return pd.DataFrame(
        {
            "count": by_project.size(),
            "amount": pd.Series(sums, dtype=float),
            "estimated": (known["origin"] == Origin.ESTIMATED).groupby(known["numero"]).any(),
        }
    )
