"""A person as texts name them: an address, and names; whether a text names them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from eig_sheets.text.names import orders_of

CELLS: Final = "\x1f"
"""What stands between the cells of a row that is one text: no cell has it (ASCII, unit separator)."""
_LEAST_NAME = 4
"""Letters of a name, at the least: shorter ones are found in too many words."""


class Match(StrEnum):
    """What names the person: their address or a name of theirs; or the row, which is about them."""

    ADDRESS = "adresse"
    NAME = "nom"
    ROW = "ligne"


@dataclass(frozen=True)
class Person:
    """Somebody by their address, and the names that stand beside it in the workbook."""

    address: str
    names: tuple[str, ...] = ()

    def named(self, names: Iterable[str]) -> Person:
        """The same person, with these names as well."""
        return Person(self.address, tuple(dict.fromkeys((*self.names, *names))))

    def match(self, text: str) -> Match | None:
        """What in a text names them, an address before a name; None when nothing does."""
        if self._address.search(unicodedata.normalize("NFC", text).casefold()):
            return Match.ADDRESS
        if not self._phrases:
            return None
        words = f" {words_of(text)} "
        if any(f" {phrase} " in words for phrase in self._phrases) or self.places_of_name(text.split(CELLS)):
            return Match.NAME
        return None

    def places_of_name(self, cells: Sequence[str]) -> set[int]:
        """The places, in the cells of a row, of two that are a name of theirs together: a first name, a surname."""
        if len(cells) < 2 or not self._halves:
            return set()
        longest = 2 * max(map(len, self._halves))
        words = [words_of(cell) if len(cell) <= longest else "" for cell in cells]
        there = {*words}
        return {at for at, half in enumerate(words) if half and not there.isdisjoint(self._halves.get(half, ()))}

    @cached_property
    def _address(self) -> re.Pattern[str]:
        """Their address, not as a part of a longer one."""
        address = re.escape(unicodedata.normalize("NFC", self.address.strip()).casefold())
        return re.compile(rf"(?<![\w.+%-]){address}(?![\w-]|\.\w)")

    @cached_property
    def _halves(self) -> dict[str, set[str]]:
        """Each part of a name that may stand in a cell, and what the rest of it then is in another."""
        halves: dict[str, set[str]] = {}
        for phrase in self._phrases:
            words = phrase.split()
            for at in range(1, len(words)):
                halves.setdefault(" ".join(words[:at]), set()).add(" ".join(words[at:]))
        return halves

    @cached_property
    def _phrases(self) -> frozenset[str]:
        """Each name in words, in each of its orders."""
        phrases = set()
        for name in self.names:
            words = words_of(name).split()
            if len(words) > 1 and sum(map(len, words)) >= _LEAST_NAME:
                phrases |= {" ".join(order) for order in orders_of(words)}
        return frozenset(phrases)


def words_of(text: str) -> str:
    """A text in words: without accents, case, nor anything but letters and digits."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(re.split(r"[^\w]+|_", plain)).strip()
