"""One line for each programme that the décret de transfert credits, in whole euros that add up to what is given up.

Amounts of a décret are whole euros: each line is rounded by the method of largest remainders
(`domain/apportionment.py`), so that no line is a euro away and the sum is exactly that of the lines. Lines that
recruitment may still change are rounded apart from those that are settled, which therefore stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from eig_sheets.domain.apportionment import whole_euros
from eig_sheets.domain.cofinancing_rules import CofinancingRules, Programme
from eig_sheets.finance.lines import FinanceLine

TITLE: Final = "2"
"""The titre of these credits: staff costs."""
_TYPED: Final = re.compile(r"\s*(?:p|prog|programme)?\.?\s*(?:n°\s*)?0*([1-9]\d{2})(?!\d)(?:\W.*)?", re.IGNORECASE)


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
    programmes = tuple(_line(group, known, least[key], most[key]) for key, group in groups.items())
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
    match = _TYPED.fullmatch(typed)
    return match[1] if match else typed.strip()


def _line(group: Sequence[FinanceLine], known: Mapping[str, Programme], least: int, most: int) -> ProgrammeLine:
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
