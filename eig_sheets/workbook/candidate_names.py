"""The candidates that a déport names, by number or by name."""

from __future__ import annotations

import pandas as pd

from eig_sheets.domain.talents.eligibility import name_key
from eig_sheets.text.french import plain


class CandidateNames:
    """Matches a déport with candidates: by number, or by first and last name, alone or among words."""

    def __init__(self, candidates: pd.DataFrame) -> None:
        self._numbers = {plain(number): number for number in candidates["candidature"].dropna()}
        named = candidates.dropna(subset=["candidature", "prenom", "nom"])
        rows = zip(named["candidature"], named["prenom"], named["nom"], strict=True)
        self._people = [(number, name_key(f"{first} {last}")) for number, first, last in rows]

    def named(self, item: str) -> frozenset[str]:
        """The numbers of the candidates that a déport names; of namesakes all: in doubt, the juror stands aside."""
        text, words = plain(item), name_key(item)
        numbers = {number for name, number in self._numbers.items() if f" {name} " in f" {text} "}
        return frozenset(numbers | {number for number, name in self._people if len(name) > 1 and name <= words})
