"""The decided laureates that ask for a co-financing, each as the lines of the annexes need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from eig_sheets.campaign.results import Results
from eig_sheets.domain.cofinancing import DECREE, DELEGATION, CofinancingStatus, Missing
from eig_sheets.domain.costs import exact
from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.text.siret import siret

_TYPED = [
    "projet", "administration", "porteur", "type_porteur", "convention", "siret", "email_gestion", "nombre_eig",
    "decision",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FinanceLine:
    """One laureate; a text that nobody filled in is empty, a number or an answer that is not known is None.

    `carried`: a porteur administratif receives the credits, and a convention binds it and the host. `eig`: those that
    the amounts are for. `least`, `most`: euros; `exact`: they are those of the recruits. `to_check`: the cells that
    cannot be read or believed.
    """

    numero: str
    project: str
    host: str
    carrier: str
    carrier_type: str
    carried: bool
    agreement: bool | None
    payment: str | None
    programme: str
    siret: str
    contact: str
    eig: int | None
    months: float | None
    least: Decimal | None
    most: Decimal | None
    exact: bool
    missing: tuple[Missing, ...]
    to_check: tuple[str, ...]

    @property
    def by_decree(self) -> bool:
        """Whether the décret de transfert moves the credits."""
        return self.payment == DECREE

    @property
    def by_delegation(self) -> bool:
        """Whether a délégation de gestion gives the credits."""
        return self.payment == DELEGATION

    @property
    def receiver(self) -> str:
        """Who receives the credits."""
        return self.carrier if self.carried else self.host

    @property
    def receiver_siret(self) -> str:
        """Their SIRET; that of a porteur administratif is not in the workbook."""
        return "" if self.carried else self.siret

    @property
    def in_no_annex(self) -> bool:
        """Whether no route is known yet."""
        return not (self.by_decree or self.by_delegation or self.carried)

    @property
    def name(self) -> str:
        """The project, else its number."""
        return self.project or f"Dossier {self.numero}"


def lines_of(results: Results) -> tuple[FinanceLine, ...]:
    """The lines, in the order of `Candidatures`; dossiers that are out of the call, or ask for nothing, have none."""
    table = results.cofinancing.join(results.dossiers[_TYPED])
    asking = table["status"].isin([CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL])
    chosen = table[asking & table["decision"].isin([LAUREATE])]
    records = chosen.astype(object).where(chosen.notna(), None).to_dict("records")
    return tuple(_line({str(name): value for name, value in record.items()}) for record in records)


def _line(row: Mapping[str, Any]) -> FinanceLine:
    return FinanceLine(
        numero=row["numero"],
        project=row["projet"] or "",
        host=row["administration"] or "",
        carrier=row["porteur"] or "",
        carrier_type=row["type_porteur"] or "",
        carried=bool(row["carried"]),
        agreement=None if row["convention"] is None else bool(row["convention"]),
        payment=row["payment"],
        programme=row["programme"] or "",
        siret=siret(row["siret"] or ""),
        contact=row["email_gestion"] or "",
        eig=_count(row["nombre_eig"] if row["counted"] is None else row["counted"]),
        months=row["months"],
        least=_euros(row["amount_min"]),
        most=_euros(row["amount_max"]),
        exact=bool(row["exact"]),
        missing=tuple(map(Missing, row["missing"])),
        to_check=tuple(row["to_check"]),
    )


def _count(value: Any) -> int | None:
    return None if value is None else int(value)


def _euros(value: Any) -> Decimal | None:
    return None if pd.isna(value) else exact(value)
