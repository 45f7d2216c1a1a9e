"""Finds cells whose value cannot be read, is hidden by a merged range or is swapped with a neighbour's. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from eig_sheets.spreadsheet.model.cells import CellError, CellValue, a1
from eig_sheets.text.confusables import revealed
from eig_sheets.workbook.anomalies import Anomaly, Code, anomaly, described
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import did_you_mean, quoted
from eig_sheets.workbook.value_codes import (
    KEY_IS_DATE,
    MERGED_CELL,
    NUMBER_IS_DATE,
    SCORE_IS_DATE,
    SWAPPED_CELLS,
    UNKNOWN_CHOICE,
)
from eig_sheets.workbook.values import Scale, UnreadableError


@dataclass(frozen=True, slots=True)
class Failure:
    """A cell of a field in a (1-based) row, what it holds, and the code of why it cannot be read."""

    field: Field
    row: int
    value: CellValue
    code: Code
    hint: str


def leaves_out(field_: Field) -> bool:
    """Whether a row of which this field cannot be read is left out of every result."""
    return field_.required or field_.kind is Kind.SCORE or (field_.guarded and field_.kind is Kind.CHOICE)


def failure_anomalies(
    failures: Sequence[Failure], layout: TabLayout, frame: pd.DataFrame, scale: Scale, decisive: Collection[str]
) -> Iterator[Anomaly]:
    """One anomaly a cell, those of one kind together; `decisive`: the fields that a rule of the call rests on."""
    kinds: dict[tuple[Code, bool], list[Failure]] = {}
    for failure in failures:
        blocks = leaves_out(failure.field) or failure.field.id in decisive
        kinds.setdefault((failure.code, blocks), []).append(failure)
    for (_, blocks), alike in kinds.items():
        yield from described(alike, partial(_failure_anomaly, layout, frame, scale, blocks))


def _failure_anomaly(layout: TabLayout, frame: pd.DataFrame, scale: Scale, blocks: bool, failure: Failure) -> Anomaly:
    field_ = failure.field
    return anomaly(
        failure.code,
        layout.name,
        layout.cell(field_.id, failure.row),
        dossier_of(frame, failure.row),
        blocks=blocks,
        header=layout.header(field_.id),
        value=revealed(quoted(failure.value)),
        area=failure.hint,
        who=failure.hint,
        choices=", ".join(field_.choices),
        suggestion=_suggestion(failure),
        low=quoted(scale.low),
        high=quoted(scale.high),
    )


_DATES: Final = (NUMBER_IS_DATE, SCORE_IS_DATE, KEY_IS_DATE)


def _suggestion(failure: Failure) -> str:
    if failure.code in _DATES and failure.hint:
        return f" (sans doute {failure.hint})"
    return did_you_mean(failure.value, failure.field.choices) if failure.code == UNKNOWN_CHOICE else ""


def dossier_of(frame: pd.DataFrame, row: int) -> str | None:
    """The number of the dossier of a row, when it can be read."""
    if "numero" not in frame:
        return None
    index = int(np.searchsorted(frame["row"].to_numpy(), row))
    value = frame["numero"].iat[index]
    return value if isinstance(value, str) else None


def swapped_cells(
    failures: Iterable[Failure], layout: TabLayout, reader_of: Callable[[Field], Callable[[CellValue], Any]]
) -> Iterator[Failure]:
    """The cells of free text that hold a value for the unreadable cell beside them, each once.

    Which of both is right nobody knows: neither is read. `reader_of`: what reads the values of a field.
    """
    failures = [*failures]
    told = {(failure.field.id, failure.row) for failure in failures}
    present = [field for field in layout.schema.fields if field.id in layout.columns]
    texts = {layout.columns[field.id]: field for field in present if _is_free(field)}
    neighbours = {
        field.id: [place for place in (here - 1, here + 1) if place in texts] for field, here in _closed(layout)
    }
    readers = {field.id: reader_of(field) for field, _ in _closed(layout)}
    for failure in failures:
        if failure.code is MERGED_CELL or isinstance(failure.value, CellError):
            continue
        for place in neighbours.get(failure.field.id, ()):
            value, cell = layout.tab.value(failure.row, place), (texts[place].id, failure.row)
            if value is not None and cell not in told and _reads(readers[failure.field.id], value):
                told.add(cell)
                yield Failure(texts[place], failure.row, value, SWAPPED_CELLS, layout.header(failure.field.id))


def _closed(layout: TabLayout) -> Iterator[tuple[Field, int]]:
    """The fields of which not every text is a value, with the place of their column."""
    for field in layout.schema.fields:
        if field.kind not in (Kind.TEXT, Kind.LIST) and field.id in layout.columns:
            yield field, layout.columns[field.id]


def _is_free(field: Field) -> bool:
    return field.kind is Kind.TEXT and not field.choices and not field.required


def _reads(reader: Callable[[CellValue], Any], value: CellValue) -> bool:
    try:
        return reader(value) is not None
    except UnreadableError:
        return False


def merged_cells(layout: TabLayout, rows: Sequence[int]) -> dict[str, dict[int, str]]:
    """The merged range over each hidden cell, by field id then row."""
    hidden: dict[str, dict[int, str]] = {}
    for area in layout.tab.merges:
        corner = (area.first_row, area.first_column)
        corner_filled = layout.tab.value(*corner) is not None
        name = f"{a1(*corner)}:{a1(area.last_row, area.last_column)}"
        inside = rows[bisect_left(rows, area.first_row) : bisect_right(rows, area.last_row)]
        for field_id, column in layout.columns.items():
            if area.first_column <= column <= area.last_column:
                for row in inside:
                    if (row, column) != corner and (corner_filled or layout.tab.value(row, column) is not None):
                        hidden.setdefault(field_id, {})[row] = name
    return hidden
