"""The decided laureates that ask for a co-financing, each as the lines of the annexes need it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.cofinancing.rules_cofinancing import DECREE, DELEGATION, CofinancingStatus, Missing
from eig_sheets.call.cofinancing.rules_costs import exact
from eig_sheets.call.cofinancing.rules_totals import whole_euros
from eig_sheets.campaign.results import Results
from eig_sheets.domain.cofinancing_rules import CofinancingRules, Programme
from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.text.numbers import siret

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
    table = results.of(COFINANCING).join(results.of(APPLICATIONS).dossiers[_TYPED])
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


TITLE: Final = "2"
"""The titre of these credits: staff costs."""
_TYPED_PROGRAMME: Final = re.compile(
    r"\s*(?:p|prog|programme)?\.?\s*(?:n°\s*)?0*([1-9]\d{2})(?!\d)(?:\W.*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme and what it receives: `least`, `most` in whole euros, for `eig` EIG of `dossiers`.

    `number`, `name` and `mission` are '' when nobody gave them. `unknown` of the dossiers have no amount, and count for
    nothing; `exact`: recruitment changes nothing any more.
    """

    number: str
    name: str
    mission: str
    dossiers: tuple[str, ...]
    eig: int
    least: int
    most: int
    unknown: int
    exact: bool


@dataclass(frozen=True, slots=True)
class ProgrammeTable:
    """The lines of a décret; the programme `payer` gives up `least` to `most` euros, the sums of the lines.

    `payer` and its mission are '' when the configuration does not say.
    """

    payer: str
    payer_mission: str
    lines: tuple[ProgrammeLine, ...]

    @property
    def least(self) -> int:
        """What is given up at least, in euros."""
        return sum(line.least for line in self.lines)

    @property
    def most(self) -> int:
        """What is given up at most, in euros."""
        return sum(line.most for line in self.lines)

    @property
    def eig(self) -> int:
        """How many EIG are paid."""
        return sum(line.eig for line in self.lines)

    @property
    def unknown(self) -> int:
        """How many dossiers have no amount."""
        return sum(line.unknown for line in self.lines)

    @property
    def exact(self) -> bool:
        """Whether recruitment changes nothing any more."""
        return all(line.exact for line in self.lines)


def programme_table(lines: Iterable[FinanceLine], rules: CofinancingRules) -> ProgrammeTable:
    """The table of the laureates that a décret credits; other lines are left out."""
    known = {programme.number: programme for programme in rules.programmes}
    groups = by_programme(line for line in lines if line.by_decree)
    least, most = (_in_euros(groups, end) for end in (lambda line: line.least, lambda line: line.most))
    programmes = tuple(_programme_line(group, known, least[key], most[key]) for key, group in groups.items())
    payer = known.get(rules.programme)
    return ProgrammeTable(rules.programme, payer.mission if payer else "", programmes)


def by_programme(lines: Iterable[FinanceLine]) -> dict[str, list[FinanceLine]]:
    """The lines of each programme together, by its number; each line without programme alone, last."""
    groups: dict[str, list[FinanceLine]] = {}
    for line in lines:
        number = programme_number(line.programme)
        groups.setdefault(number or f"\uffff{line.numero}", []).append(line)
    return {key: groups[key] for key in sorted(groups)}


def programme_number(typed: str) -> str:
    """The three digits of a programme, however it was typed (« 0113 », « P113 », « 113 – Paysages »); else the text."""
    match = _TYPED_PROGRAMME.fullmatch(typed)
    return match[1] if match else typed.strip()


def _programme_line(
    group: Sequence[FinanceLine], known: Mapping[str, Programme], least: int, most: int
) -> ProgrammeLine:
    number = programme_number(group[0].programme)
    programme = known.get(number)
    return ProgrammeLine(
        number=number,
        name=programme.name if programme else "",
        mission=programme.mission if programme else "",
        dossiers=tuple(line.numero for line in group),
        eig=sum(line.eig or 0 for line in group),
        least=least,
        most=most,
        unknown=sum(line.least is None or line.most is None for line in group),
        exact=_is_exact(group),
    )


def _in_euros(
    groups: Mapping[str, Sequence[FinanceLine]], end: Callable[[FinanceLine], Decimal | None]
) -> dict[str, int]:
    """One end of the amounts of each group in whole euros; settled groups and the others each add up."""
    amounts = {key: sum((end(line) or Decimal(0) for line in group), Decimal(0)) for key, group in groups.items()}
    parts = ({key: amounts[key] for key in groups if _is_exact(groups[key]) is exact} for exact in (True, False))
    return {key: euros for part in parts for key, euros in whole_euros(part).items()}


def _is_exact(group: Iterable[FinanceLine]) -> bool:
    return all(line.exact for line in group)
