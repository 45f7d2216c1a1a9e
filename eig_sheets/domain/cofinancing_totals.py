"""What the co-financing of the laureates costs together, proposed and decided apart, beside the envelope.

Sums are exact: they add the amounts of dossiers as shown, to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from eig_sheets.domain.cofinancing import CofinancingStatus
from eig_sheets.domain.costs import exact
from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.domain.proposals import Proposal


@dataclass(frozen=True, slots=True)
class Total:
    """The co-financing of some dossiers, in euros.

    `dossiers` of the group; `excluded` of them are out of the call (ineligible, rejected or withdrawn), and count in
    nothing else. `asking`: those that ask, or do not say; `eig` of these. `least`, `most`: sums of their amounts;
    `unknown` of them have none, and count for nothing. `conditional`: something is missing; `estimated`: a cost is;
    `exact`: computed from the recruits.
    """

    dossiers: int
    excluded: int
    asking: int
    eig: int
    least: Decimal
    most: Decimal
    unknown: int
    conditional: int
    estimated: int
    exact: int

    @property
    def provisional(self) -> bool:
        """Whether recruitment may still change the sums."""
        return self.exact < self.asking


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of the laureates that the ranking proposes, and of those that people decided; the envelope, if known.

    Neither is a part of the other: people may decide otherwise than the ranking proposes.
    """

    proposed: Total
    decided: Total
    envelope: Decimal | None


def totals(cofinanced: pd.DataFrame, dossiers: pd.DataFrame, ranking: pd.DataFrame, envelope: float | None) -> Totals:
    """The totals of a campaign; `cofinanced` and `dossiers` share an index, `ranking` is in any order."""
    table = cofinanced.assign(nombre_eig=cofinanced["counted"].fillna(dossiers["nombre_eig"]))
    proposed = ranking.loc[ranking["proposal"] == Proposal.LAUREATE, "numero"]
    decided = dossiers.loc[dossiers["decision"].isin([LAUREATE]), "numero"]
    return Totals(
        total_of(table[table["numero"].isin(proposed)]),
        total_of(table[table["numero"].isin(decided)]),
        None if envelope is None else exact(envelope),
    )


def total_of(group: pd.DataFrame) -> Total:
    """The total of a group of dossiers: rows of `cofinance`, with `nombre_eig`, how many EIG of each count."""
    excluded = group["status"] == CofinancingStatus.VOID
    asking = group[group["status"].isin([CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL])]
    return Total(
        dossiers=len(group),
        excluded=int(excluded.sum()),
        asking=len(asking),
        eig=int(asking["nombre_eig"].clip(lower=0).sum()),
        least=exact_sum(asking["amount_min"]),
        most=exact_sum(asking["amount_max"]),
        unknown=int(asking[["amount_min", "amount_max"]].isna().any(axis=1).sum()),
        conditional=int((asking["status"] == CofinancingStatus.CONDITIONAL).sum()),
        estimated=int(asking["estimated"].sum()),
        exact=int(asking["exact"].sum()),
    )


def exact_sum(amounts: pd.Series) -> Decimal:
    """The sum of amounts in euros, exact; unknown ones count for nothing."""
    return sum((exact(amount) for amount in amounts.dropna()), Decimal(0))
