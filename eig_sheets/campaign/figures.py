"""Figures that a feature adds to `Accueil` and to the minutes, each with how it was counted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from eig_sheets.campaign.reading import Reading


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
