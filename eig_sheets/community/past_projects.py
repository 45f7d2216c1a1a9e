"""The past projects of the programme: facts of its public sites, read from the package's own file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

FILE: Final = "past_projects.csv"
_BEGINS_IN: Final = 9
"""Promotions begin in September (EIG5: 13 September 2021)."""


@dataclass(frozen=True, slots=True)
class PastProject:
    """A project of an earlier promotion; `year` is that in which the promotion began."""

    promotion: str
    year: int
    name: str
    host: str
    professions: tuple[str, ...]
    summary: str

    def has_begun(self, today: date) -> bool:
        """Whether the promotion had begun on that day: before, nobody knew of the project."""
        return (self.year, _BEGINS_IN) <= (today.year, today.month)


@cache
def past_projects() -> tuple[PastProject, ...]:
    """All of them, promotion by promotion."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return tuple(
        PastProject(
            row["promotion"],
            int(row["annee"]),
            row["projet"],
            row["accueil"],
            tuple(filter(None, map(str.strip, row["metiers"].split(";")))),
            row["objet"],
        )
        for row in csv.DictReader(text.splitlines())
    )
