"""What the commands of advice that documentation tells to type want."""

from __future__ import annotations

from pathlib import Path

from tests.features.advice.exports import LIVESTORM, line, written

DAYS = dict.fromkeys(("creneaux.fr.md", "slots"), "2021-02-04")
"""The day on which a person types those of a page, and those of a group: the call is open."""


def prepare(folder: Path) -> None:
    """The files that pages name."""
    written(folder, line(), name="events-export.csv")
    registered = ("Ada", "Fictive", "ada@exemple.invalid", "Agence fictive", "2021-02-20 10:00", "Oui")
    written(folder, registered, name="inscrits.csv", headers=LIVESTORM)
