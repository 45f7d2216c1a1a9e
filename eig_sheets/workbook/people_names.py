"""The people that a déport names, by number or by name."""

from __future__ import annotations

import pandas as pd

from eig_sheets.text.french import plain
from eig_sheets.text.names import name_key


class PeopleNames:
    """Matches a déport with people: by number, or by first and last name, alone or among words."""

    def __init__(self, rows: pd.DataFrame, key: str) -> None:
        """`key`: the field of the number; `prenom` and `nom` are those of the name."""
        self._numbers = {plain(number): number for number in rows[key].dropna()}
        named = rows.dropna(subset=[key, "prenom", "nom"])
        people = zip(named[key], named["prenom"], named["nom"], strict=True)
        self._people = [(number, name_key(f"{first} {last}")) for number, first, last in people]

    def named(self, item: str) -> frozenset[str]:
        """The numbers of those that a déport names; of namesakes all: in doubt, the juror stands aside."""
        text, words = plain(item), name_key(item)
        numbers = {number for name, number in self._numbers.items() if f" {name} " in f" {text} "}
        return frozenset(numbers | {number for number, name in self._people if len(name) > 1 and name <= words})
