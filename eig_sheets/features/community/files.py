"""The past projects of the programme: facts of its public sites, read from the package's own file."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Final

from eig_sheets.features.community.search import PastProject

FILE: Final = "past_projects.csv"


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
