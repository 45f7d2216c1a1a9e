"""Parses people's tabs into typed tables, and reports every cell that cannot be read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from eig_sheets.domain.frames import objects
from eig_sheets.spreadsheet.model.capabilities import PLAIN, Capabilities
from eig_sheets.spreadsheet.model.cells import CellValue, a1, is_too_long, parse_a1
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, Severity, anomaly, blocking, described, warning
from eig_sheets.workbook.authors import NOBODY_ASKED, Authors
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import is_filled
from eig_sheets.workbook.unreadable_cells import (
    Failure,
    dossier_of,
    failure_anomalies,
    leaves_out,
    merged_cells,
    swapped_cells,
)
from eig_sheets.workbook.value_codes import MERGED_CELL, NO_AUTHOR
from eig_sheets.workbook.values import Scale, programme
from eig_sheets.workbook.years import years

KEY_IS_BLANK: Final = blocking(
    "numero_vide",
    "« {header} » est vide alors que d’autres cellules de la ligne sont remplies.",
    "Complétez cette cellule, ou videz la ligne.",
)
TEXT_TOO_LONG: Final = warning(
    "texte_trop_long",
    "Ce texte compte {value} caractères ; {holder} n’en garde que {limit} par cellule.",
    "Déplacez la fin du texte dans un document joint.",
)

DTYPES: Mapping[Kind, str] = {
    Kind.INTEGER: "float64",
    Kind.YEARS: "float64",
    Kind.AMOUNT: "float64",
    Kind.SCORE: "float64",
    Kind.DATE: "datetime64[us]",
    Kind.DATETIME: "datetime64[us]",
    Kind.YES_NO: "boolean",
}
"""Pandas types of the columns; any other kind is `object` with None for a blank."""


@dataclass(frozen=True, slots=True)
class Table:
    """A people's tab as typed values.

    `frame`: one row for each filled row; columns `row` (1-based), every field id of the schema (all blank where
    the tab has no such column), `<score>_nsp` for each score, `unreadable` (frozenset of the field ids that were
    filled and could not be read, or whose column is not found any more; their value is blank, or what is `in_doubt`
    instead). `blocked` are the rows that are left out of every result.
    """

    layout: TabLayout
    frame: pd.DataFrame
    blocked: frozenset[int] = field(default=frozenset())

    @property
    def valid_rows(self) -> pd.DataFrame:
        """The rows that are not left out, numbered from 0."""
        kept = self.frame[~self.frame["row"].isin(self.blocked)] if self.blocked else self.frame
        return kept.reset_index(drop=True)

    def without(self, rows: frozenset[int]) -> Table:
        """The same table with more rows left out."""
        return Table(self.layout, self.frame, self.blocked | rows)


Reader = Callable[[CellValue], Any]


def parse(
    layout: TabLayout,
    scale: Scale,
    zone: ZoneInfo,
    capabilities: Capabilities = PLAIN,
    rows: Sequence[int] | None = None,
    decisive: Collection[str] = (),
    authors: Authors = NOBODY_ASKED,
) -> tuple[Table, list[Anomaly]]:
    """The typed table of a tab and the anomalies of its cells, those of one kind in the order of the rows.

    `capabilities`: those of the workbook; `rows`: those to read, the filled ones otherwise.
    `decisive`: the fields that a rule of the call rests on: what is unreadable there is blocking. `authors`: whose
    decisions count, where the program says who typed a cell.
    """
    rows = filled_rows(layout) if rows is None else rows
    columns: dict[str, Any] = {"row": np.array(rows, dtype="int64")}
    failures: list[Failure] = []
    hidden = merged_cells(layout, rows)
    for field_ in layout.schema.fields:
        reader, merged = _reader(field_, scale, zone), hidden.get(field_.id, {})
        _read_field(field_, layout, rows, reader, merged, columns, failures)
    for swapped in swapped_cells(failures, layout, lambda field_: _reader(field_, scale, zone)):
        failures.append(swapped)
        columns[swapped.field.id][bisect_left(rows, swapped.row)] = swapped.field.in_doubt
    for unattributed in _unattributed(authors, layout, rows, failures):
        failures.append(unattributed)
        columns[unattributed.field.id][bisect_left(rows, unattributed.row)] = unattributed.field.in_doubt
    failures.sort(key=lambda failure: (failure.row, layout.columns[failure.field.id]))
    columns["unreadable"] = _unreadable(rows, failures, frozenset(layout.vanished))
    frame = _in_doubt(pd.DataFrame(columns), layout)
    anomalies = [
        *failure_anomalies(failures, layout, frame, scale, decisive),
        *_long_texts(layout, frame, capabilities),
    ]
    blocked = {failure.row for failure in failures if leaves_out(failure.field)}
    for field_id, empty in _empty_keys(layout, frame):
        blocked.update(empty)
        anomalies += described(empty, partial(_empty_key_anomaly, layout, frame, field_id))
    return Table(layout, frame, frozenset(blocked)), anomalies


def _unattributed(
    authors: Authors, layout: TabLayout, rows: Sequence[int], failures: Sequence[Failure]
) -> list[Failure]:
    """The cells that no officer typed, but those that cannot be read anyway."""
    told = {(failure.field.id, failure.row) for failure in failures}
    cells = (cell for cell in authors.unattributed(layout, rows) if (cell.field.id, cell.row) not in told)
    valued = [(cell, layout.tab.value(cell.row, layout.columns[cell.field.id])) for cell in cells]
    return [Failure(cell.field, cell.row, value, NO_AUTHOR, cell.who) for cell, value in valued]


def blocked_rows(anomalies: Sequence[Anomaly]) -> frozenset[int]:
    """The (1-based) rows that blocking anomalies leave out."""
    blocking = (anomaly.cell for anomaly in anomalies if anomaly.severity is Severity.BLOCKING)
    return frozenset(parse_a1(cell)[0] for cell in blocking if cell)


def filled_rows(layout: TabLayout) -> list[int]:
    """Rows in which a field of ours has something: an unticked box alone does not fill a row."""
    columns = sorted(layout.columns.values())
    return [
        number
        for number, row in enumerate(layout.tab.rows[layout.header_row : layout.last_row], layout.header_row + 1)
        if row and any(column < len(row) and _is_content(row[column]) for column in columns)
    ]


def _is_content(value: CellValue) -> bool:
    return is_filled(value) and (not isinstance(value, str) or values.text(value) is not None)


def _read_field(
    field_: Field,
    layout: TabLayout,
    rows: Sequence[int],
    reader: Reader,
    merged: Mapping[int, str],
    columns: dict[str, Any],
    failures: list[Failure],
) -> None:
    read: list[Any] = [None] * len(rows)
    place = layout.columns.get(field_.id)
    if place is not None:
        known: dict[tuple[type, CellValue], Any] = {}  # a column says few things many times
        cells = layout.tab.rows
        for index, row in enumerate(rows):
            line = cells[row - 1]
            value = line[place] if place < len(line) else None
            if merged and row in merged:
                failures.append(Failure(field_, row, value, MERGED_CELL, merged[row]))
                read[index] = field_.in_doubt
                continue
            if value is None:
                continue
            key = (value.__class__, value)
            if key in known:
                read[index] = known[key]
                continue
            try:
                read[index] = known[key] = reader(value)
            except values.UnreadableError as error:
                failures.append(Failure(field_, row, value, error.code, error.hint))
                read[index] = field_.in_doubt
    if field_.kind is Kind.SCORE:
        columns[f"{field_.id}_nsp"] = np.array([value == values.NSP for value in read], dtype=bool)
        read = [None if value == values.NSP else value for value in read]
    dtype: Any = DTYPES.get(field_.kind)
    columns[field_.id] = pd.array(read, dtype=dtype) if dtype else objects(read)


def _reader(field_: Field, scale: Scale, zone: ZoneInfo) -> Reader:
    if field_.kind is Kind.SCORE:
        return lambda value: values.score(value, scale.low, scale.high)
    if field_.most is not None:
        most = field_.most
        return lambda value: values.integer(value, most)
    if field_.kind in (Kind.DATE, Kind.DATETIME):
        return lambda value: values.moment(value, zone)
    if field_.kind is Kind.CHOICE and field_.choices:
        accepted = values.plain_choices(field_.choices)
        return lambda value: values.choice(value, accepted)
    if field_.required and field_.kind is Kind.TEXT:
        return values.key
    return _READERS[field_.kind]


_READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: values.text,
    Kind.CHOICE: values.text,
    Kind.EMAIL: values.email,
    Kind.INTEGER: values.integer,
    Kind.YEARS: years,
    Kind.AMOUNT: values.amount,
    Kind.YES_NO: values.yes_no,
    Kind.LIST: values.items,
    Kind.PROGRAMME: programme,
}


def _unreadable(rows: Sequence[int], failures: Sequence[Failure], everywhere: frozenset[str]) -> Any:
    by_row: dict[int, set[str]] = {}
    for failure in failures:
        by_row.setdefault(failure.row, set()).add(failure.field.id)
    return objects([everywhere.union(by_row[row]) if row in by_row else everywhere for row in rows])


def _in_doubt(frame: pd.DataFrame, layout: TabLayout) -> pd.DataFrame:
    """The table in which a column that is not found any more has its values of doubt; a row with scores was scored."""
    scores = [field_.id for field_ in layout.schema.fields if field_.kind is Kind.SCORE]
    unscored = frame[scores].isna().all(axis=1)
    for field_ in layout.schema.fields:
        if field_.id in layout.vanished and field_.in_doubt is not None:
            frame.loc[unscored, field_.id] = field_.in_doubt
    return frame


def _empty_keys(layout: TabLayout, frame: pd.DataFrame) -> Iterator[tuple[str, list[int]]]:
    """Each key that some rows lack, with these rows."""
    for field_ in layout.schema.fields:
        if field_.kind is Kind.SCORE or not field_.required or field_.id not in layout.columns:
            continue
        unread = np.array([field_.id in fields for fields in frame["unreadable"]], dtype=bool)
        if empty := frame.loc[frame[field_.id].isna() & ~unread & ~_without_key(layout, frame), "row"].tolist():
            yield field_.id, empty


def _without_key(layout: TabLayout, frame: pd.DataFrame) -> pd.Series:
    """Where rows need no key."""
    if layout.schema.without_key is None:
        return pd.Series(data=False, index=frame.index)
    field_id, needs_none = layout.schema.without_key
    return frame[field_id].map(needs_none).astype(bool)


def _empty_key_anomaly(layout: TabLayout, frame: pd.DataFrame, field_id: str, row: int) -> Anomaly:
    dossier, cell = dossier_of(frame, row), layout.cell(field_id, row)
    return anomaly(KEY_IS_BLANK, layout.name, cell, dossier, header=layout.header(field_id))


def _long_texts(layout: TabLayout, frame: pd.DataFrame, capabilities: Capabilities) -> Iterator[Anomaly]:
    longest, holder = capabilities.longest_text, capabilities.text_holder
    too_long = [
        (row, column, len(value))
        for row in frame["row"].tolist()
        for column, value in enumerate(layout.tab.rows[row - 1])
        if isinstance(value, str) and is_too_long(value, longest)
    ]

    def long_text(place: tuple[int, int, int]) -> Anomaly:
        row, column, length = place
        dossier = dossier_of(frame, row)
        cell = a1(row, column)
        return anomaly(TEXT_TOO_LONG, layout.name, cell, dossier, value=length, limit=longest, holder=holder)

    yield from described(too_long, long_text)
