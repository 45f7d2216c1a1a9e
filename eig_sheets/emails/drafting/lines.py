"""Lazy access to the rows of a tab: a value is only looked up when a template names it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from eig_sheets.emails.mail.context import Context, Missing
from eig_sheets.workbook.layout import TabLayout

Computed = Mapping[str, Callable[[], object]]
"""Placeholder → how to work it out."""


class Columns(dict[str, list[Any]]):
    """The columns of a frame as lists of plain Python values, None for a blank, each converted when first needed."""

    def __init__(self, frame: pd.DataFrame) -> None:
        super().__init__()
        self._frame = frame

    def __missing__(self, name: str) -> list[Any]:
        values = self[name] = _plain(self._frame[name])
        return values


def _plain(column: pd.Series) -> list[Any]:
    if column.dtype.kind == "M":
        moments: list[Any] = column.to_numpy("datetime64[us]").tolist()  # None for a blank
        return moments
    return [None if blank else value for value, blank in zip(column.tolist(), column.isna().tolist(), strict=True)]


class Lines:
    """The rows of a parsed tab, found by a key."""

    def __init__(self, tab: TabLayout, frame: pd.DataFrame, key: str = "row") -> None:
        self.tab = tab
        self.frame = frame
        self._places = dict(zip(frame[key].tolist(), range(len(frame)), strict=True))
        self.columns = Columns(frame)
        self.fields = frozenset(map(str, frame.columns))

    def line(self, key: object) -> Line:
        """The row of that key. Raises KeyError."""
        return Line(self, self._places[key])

    def lines(self, *keys: object) -> list[Line]:
        """The rows of these keys; keys without a row are left out."""
        return [Line(self, self._places[key]) for key in keys if key in self._places]

    def where(self, mask: pd.Series) -> list[Line]:
        """The cell to fill a value in: « Candidatures!AK12 », or the tab that lacks its column."""
        return [Line(self, place) for place, concerned in enumerate(mask.tolist()) if concerned]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a tab."""

    lines: Lines
    place: int

    def __contains__(self, name: str) -> bool:
        return name in self.lines.fields

    def __getitem__(self, name: str) -> Any:
        value = self.lines.columns[name][self.place]
        return self._unread(name, value) if name in self.unreadable else value

    @property
    def unreadable(self) -> frozenset[str]:
        """The fields of the row that cannot be read, or whose column is not found any more."""
        fields: frozenset[str] = self.lines.columns["unreadable"][self.place] if "unreadable" in self else frozenset()
        return fields

    def doubt(self, fields: Collection[str]) -> str | None:
        """That one of these fields cannot be read, in French, with its cell; None without any."""
        field = min(self.unreadable.intersection(fields), default=None)
        if field is None:
            return None
        tab = self.lines.tab
        header, cell = tab.header(field), tab.reference(field, self.row)
        if cell is None:
            return f"La colonne « {header} » de l’onglet {tab.name} n’est plus là : rétablissez-la."
        return f"« {header} » ne se lit pas : corrigez {cell}."

    def _unread(self, name: str, value: Any) -> str | Missing:
        """What cannot be read blocks the message; an address stays as it is typed, so that it is said to be wrong."""
        tab = self.lines.tab
        if name not in tab.columns:
            where = f"l’en-tête « {tab.schema.field(name).header} » de l’onglet {tab.name}"
            return Missing(where, "n’a plus de colonne", "rétablissez", unread=True)
        if value is None and name.startswith("email"):
            return str(tab.tab.value(self.row, tab.columns[name]))
        return Missing(self.where(name), "ne se lit pas", "corrigez", unread=True)

    @property
    def row(self) -> int:
        """The number of the row in the tab."""
        return int(self.lines.columns["row"][self.place])

    def where(self, name: str) -> str:
        """Where to fill a value in: « Candidatures!AK12 », or the tab that lacks its column."""
        tab = self.lines.tab
        return tab.reference(name, self.row) or f"cette colonne, à ajouter dans l’onglet {tab.name}"


class Values(Mapping[str, object]):
    """The values of one message: computed ones, then those of its rows; the first that has the column wins."""

    def __init__(self, computed: Computed, lines: Sequence[Line]) -> None:
        self._computed, self._lines = computed, lines

    def __getitem__(self, name: str) -> object:
        work_out = self._computed.get(name)
        if work_out is not None:
            return work_out()
        for line in self._lines:
            if name in line.lines.fields:
                return line[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._computed
        yield from (name for line in self._lines for name in line.lines.fields)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def context(
    computed: Computed, lines: Sequence[Line], fields: Mapping[str, str] | None = None, today: date | None = None
) -> Context:
    """The values of a message about these rows; `fields`: placeholders whose cell is that of another field."""

    def where(name: str) -> str | None:
        field = (fields or {}).get(name, name)
        owner = next((line for line in lines if field in line), None)
        worked_out = name in computed and field == name
        return None if owner is None or worked_out else owner.where(field)

    return Context(Values(computed, lines), where, today)
