"""A program that has only a page, and tries to tell where a dossier stands that is not on it, and who noted it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from tests.call.report.reader import Seen

_SMALL = 8
"""The most that a hidden dossier may add to a count of evaluations."""


class _Columns(HTMLParser):
    """Every table of a page, as columns of texts by header."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[str], list[list[str]]]] = []
        self._cell: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append(([], []))
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in ("td", "th") and self.tables:
            self._cell = []

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None and self.tables:
            self.tables[-1][1][-1].append(" ".join("".join(self._cell).replace("\u202f", " ").split()))
            self._cell = None

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)

    def columns(self) -> Iterator[list[str]]:
        for _, rows in self.tables:
            yield from map(list, zip(*(row for row in rows[1:] if len(row) == len(rows[0])), strict=True))


class Attacker:
    """What can be told from a page, by who knows how many dossiers are not on it."""

    def __init__(self, page: str, jurors: Iterable[str], hidden: int = 1) -> None:
        self.page, self.seen, self.jurors, self.hidden = page, Seen(page), tuple(jurors), hidden
        self.columns = list(_Columns(page).columns())

    def missing_ranks(self) -> set[int]:
        """The numbers that a series from 1 lacks: of a column, of the data, of anchors, of « N. Projet »."""
        ranks: set[int] = set()
        for series in (*self._integers(self.columns), *self._integers(self._data_series()), *self._in_texts()):
            lacking = set(range(1, len(series) + self.hidden + 1)) - set(series)
            goes_on = lacking == {*range(len(series) + 1, len(series) + self.hidden + 1)}
            if len(series) > 3 and len(lacking) == self.hidden and not (goes_on and series == sorted(series)):
                ranks |= lacking
        return ranks

    def missing_counts(self) -> set[int]:
        """What a sum over a column and another number of the page differ by, where it is little."""
        told = {int(text) for text in re.findall(r"\b\d{1,4}\b", self.seen.text)}
        sums = {sum(column) for column in self._integers(self.columns) if len(column) > 3}
        return {
            abs(total - other) for total in sums for other in told if 0 < abs(total - other) <= _SMALL and other > 20
        }

    def readers(self) -> set[str]:
        """The jurors of whom the page has fewer notes than of the others, by name: they noted something else too."""
        counts = Counter(
            name
            for name in self.jurors
            for text in [self.seen.text]
            for _ in re.findall(rf"\b{re.escape(name)}\b(?= : \d| \d)", text)
        )
        told = {name: counts[name] for name in self.jurors}
        most = max(told.values())
        return {name for name, count in told.items() if most and count < most} if most else set()

    def words(self) -> set[str]:
        """What the page has that only a whole ranking says."""
        text = self.seen.text.casefold()
        forbidden = re.findall(
            r"rangs? (?:officiel|attendu|\d)|\d+ places?\b|places? \d|probabilité de sélection \d", text
        )
        forbidden += [
            key for chart in self.seen.data["charts"].values() for key in chart["rows"]["rows"][0] if "rank" in key
        ]
        return {*forbidden}

    def _integers(self, columns: Iterable[list[Any]]) -> Iterator[list[int]]:
        for column in columns:
            if column and all(re.fullmatch(r"\d{1,3}", str(value)) for value in column):
                yield [int(value) for value in column]

    def _in_texts(self) -> Iterator[list[int]]:
        labels = [str(row["label"]) for chart in self.seen.data["charts"].values() for row in chart["rows"]["rows"]]
        yield [int(match[1]) for label in labels if (match := re.match(r"(\d+)\. ", label))]
        yield sorted({int(number) for number in re.findall(r'id="d-(\d+)"', self.page)})

    def _data_series(self) -> Iterator[list[Any]]:
        data = self.seen.data
        for rows in (data["projects"], *(chart["rows"]["rows"] for chart in data["charts"].values())):
            for key in rows[0] if rows else ():
                yield [row.get(key) + (key == "place") if key == "place" else row.get(key) for row in rows]
