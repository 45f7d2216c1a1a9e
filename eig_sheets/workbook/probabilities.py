"""Formats of the probabilities of selection of a ranking, the same in the tab, the commands and the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from eig_sheets.text.french import number, typographic
from eig_sheets.workbook.model.sheet import Format

Bounds = tuple[float, float]

NEARLY_NONE: Final = 0.01
NEARLY_SURE: Final = 0.99
_FORMATS: Final = (Format.PROBABILITY, Format.PROBABILITY_1, Format.PROBABILITY_2)


@dataclass(frozen=True, slots=True)
class ProbabilityStyle:
    """Per cents of `decimals`; « < 1 % » and « > 99 % » at the ends, unless all are `certain`.

    An estimated probability is never nought or one. With as many places as dossiers, all are one by definition.
    """

    decimals: int = 0
    certain: bool = False

    def text(self, probability: float) -> str:
        """0.624 → 62 %."""
        if probability < NEARLY_NONE and not self.certain:
            return typographic("< 1 %")
        if probability > NEARLY_SURE and not self.certain:
            return typographic("> 99 %")
        return percent(probability, self.decimals)

    @property
    def format(self) -> Format:
        """The format of a column of a tab."""
        return Format.PERCENT if self.certain else _FORMATS[self.decimals]


def style_of(probabilities: Iterable[float | None], bounds: Bounds) -> ProbabilityStyle:
    """The style of the probabilities of a ranking, of four decimals; `bounds` are those of the zone of deliberation.

    The fewest decimals with which no rounded probability is on another side of a bound than its own zone.
    """
    known = [Decimal(repr(float(p))) for p in probabilities if p is not None and p == p]  # noqa: PLR0124
    low, high = (Decimal(repr(float(bound))) for bound in bounds)
    last = len(_FORMATS) - 1
    decimals = next((d for d in range(last) if all(_keeps_its_side(p, d, low, high) for p in known)), last)
    return ProbabilityStyle(decimals, certain=bool(known) and all(p == 1 for p in known))


def _keeps_its_side(probability: Decimal, decimals: int, low: Decimal, high: Decimal) -> bool:
    """Whether the rounded per cent is on the same side of both bounds, whichever way a program rounds halves."""
    step = Decimal(1).scaleb(-decimals - 2)
    rounded = {probability.quantize(step, way) for way in (ROUND_HALF_UP, ROUND_HALF_DOWN)}
    return {_side(value, low, high) for value in rounded} == {_side(probability, low, high)}


def _side(value: Decimal, low: Decimal, high: Decimal) -> int:
    return (value > high) - (value < low)


def percent(share: float, decimals: int | None = None) -> str:
    """0.255 → 25,5 %; with `decimals`, exactly so many."""
    points = Decimal(repr(float(share))) * 100
    return typographic(f"{number(float(points), decimals)} %")
