"""Erased cells, filled at the last run and blank now: they count as blank, and are reported for a week. Pure.

A remembered field is reported with its former value; any other on which an act rests, without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np

from eig_sheets.domain.frames import Mask, objects, unreadable
from eig_sheets.storage.last_run import Erased, FilledCells, LastKnown
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.unreadable_cells import dossier_of

VALUE_ERASED: Final = warning(
    "valeur_effacee",
    "« {header} » est vide ; la cellule disait « {value} » à la dernière exécution.",
    "Rétablissez-la si c’est un accident ; sinon, rien à faire.",
    unintended=True,
)
CELL_EMPTIED: Final = warning(
    "cellule_videe",
    "« {header} » est vide ; la cellule était remplie à la dernière exécution.",
    "Remplissez-la si c’est un accident ; sinon, rien à faire.",
    unintended=True,
)

SAID_FOR: Final = timedelta(days=7)
"""How long an erased value is reported, so that an officer has time to see it."""
_BETWEEN: Final = " · "
_NOTHING: Final = FilledCells((), {})


def erased_values(table: Table, known: LastKnown, decisive: Collection[str]) -> Iterator[Anomaly]:
    """An anomaly for each cell that held something at the last run, or less than a week ago, and is blank.

    `decisive`: the fields on which an act rests. What a person accepts is not told.
    """
    layout, rows = table.layout, table.frame["row"].astype(int).tolist()
    for index, lost in _lost(table, known, decisive).items():
        row, dossier = rows[index], dossier_of(table.frame, rows[index])
        for field_id, value in lost.items():
            cell, header = layout.cell(field_id, row), layout.header(field_id)
            code = VALUE_ERASED if value else CELL_EMPTIED
            yield anomaly(code, layout.name, cell, dossier, header=header, value=value)


def erased_of(table: Table, known: LastKnown, today: date, decisive: Collection[str]) -> dict[str, dict[str, Erased]]:
    """The erased values to remember, by the name of the row and the field, with the day since which they are gone."""
    earlier, names = known.erased.get(table.layout.schema.id, {}), _names(table)
    erased: dict[str, dict[str, Erased]] = {}
    for index, lost in _lost(table, known, decisive).items():
        for name, value in lost.items():
            seen = earlier.get(names[index] or "", {}).get(name, Erased(value, today)).seen
            if seen + SAID_FOR > today:
                erased.setdefault(names[index] or "", {})[name] = Erased(value, seen)
    return erased


def filled_of(table: Table, known: LastKnown, decisive: Collection[str]) -> FilledCells:
    """Which cells are filled, readable or not; as they were for a column that is not found any more."""
    layout, tab_id = table.layout, table.layout.schema.id
    before, names = known.filled.get(tab_id, _NOTHING), _names(table)
    followed = [field for field in _followed(table, decisive) if not field.remembered]
    unread = unreadable(table.frame, [field.id for field in followed])
    columns = [
        _as_before(field.id, before, names)
        if field.id in layout.vanished
        else _is_filled(table, field) | unread[field.id]
        for field in followed
    ]
    marks = np.array(columns, dtype=bool).T if columns else np.zeros((len(names), 0), dtype=bool)
    rows = {
        name: "".join("1" if mark else "0" for mark in row)
        for name, row in zip(names, marks.tolist(), strict=True)
        if name is not None and any(row)
    }
    return FilledCells(tuple(field.id for field in followed), rows)


def _lost(table: Table, known: LastKnown, decisive: Collection[str]) -> dict[int, dict[str, str]]:
    """The values that cells lost, by the place of the row and the field; '' for a value that is not remembered."""
    if known.accepted:
        return {}
    erased, names = known.erased.get(table.layout.schema.id, {}), _names(table)
    followed = [field for field in _followed(table, decisive) if field.id in table.layout.columns]
    unread = unreadable(table.frame, [field.id for field in followed])
    lost: dict[int, dict[str, str]] = {}
    for field in followed:
        before = _before(field, table.layout.schema.id, known)
        blank = ~_is_filled(table, field) & ~unread[field.id]
        if table.layout.schema.of_jurors and field.in_doubt is None:
            blank &= _is_scored(table)
        for index in np.flatnonzero(blank).tolist():
            name = names[index]
            old = erased.get(name, {}).get(field.id) if name is not None else None
            if name in before or old is not None:
                lost.setdefault(index, {})[field.id] = before.get(name or "") or (old.value if old else "")
    for index, part, value in _lost_parts(table, known, names):
        lost.setdefault(index, {})[part] = value
    return lost


def _lost_parts(table: Table, known: LastKnown, names: Sequence[str | None]) -> Iterator[tuple[int, str, str]]:
    """Rows that lost the optional part of their name: a known name is gone, of which the row has the rest."""
    tab_id = table.layout.schema.id
    part = table.layout.schema.may_lack
    if not part or part in table.layout.vanished:
        return
    erased, there = known.erased.get(tab_id, {}), {*names}
    parts = (name.rpartition(_BETWEEN) for name in known.filled.get(tab_id, _NOTHING).rows.keys() - there)
    gone = {rest: value for rest, _, value in parts if value}
    for index, name in enumerate(names):
        rest, between, value = (name or "").rpartition(_BETWEEN)
        old = erased.get(name or "", {}).get(part)
        if between and not value and (rest in gone or old is not None):
            yield index, part, gone.get(rest) or (old.value if old else "")


def _followed(table: Table, decisive: Collection[str]) -> Iterator[Field]:
    """The fields whose erasure is reported: those on which an act rests.

    Not boxes, which people tick and untick, nor what jurors write freely.
    """
    identity = table.layout.schema.identity
    for field in table.layout.schema.fields if identity else ():
        is_free = table.layout.schema.of_jurors and field.kind is Kind.TEXT and not field.choices
        rests = field.id in decisive and not (field.tick or is_free)
        if field.id not in identity and (field.remembered or rests):
            yield field


def _is_filled(table: Table, field: Field) -> Mask:
    """Where a field was read, NSP included."""
    filled: Mask = table.frame[field.id].notna().to_numpy(dtype=bool)
    return filled | table.frame[f"{field.id}_nsp"].to_numpy(dtype=bool) if field.kind is Kind.SCORE else filled


def _is_scored(table: Table) -> Mask:
    """Where some score is left: a juror who takes all of them back knows what they do."""
    scores = [field for field in table.layout.schema.fields if field.kind is Kind.SCORE]
    scored: Mask = np.logical_or.reduce([_is_filled(table, field) for field in scores])
    return scored


def _names(table: Table) -> list[str | None]:
    """The name of each row; None for one that lacks a part of it, or of which a part cannot be read."""
    fields = table.layout.schema.identity or (table.layout.schema.key,)
    columns = [objects(table.frame[field]) for field in fields]
    if optional := table.layout.schema.may_lack:
        doubtful = unreadable(table.frame, [optional])[optional]
        last = zip(columns[-1], doubtful, strict=True)
        columns[-1] = objects(["" if value is None and not unread else value for value, unread in last])
    rows = zip(*columns, strict=True)
    return [_BETWEEN.join(map(str, values)) if all(value is not None for value in values) else None for values in rows]


def _before(field: Field, tab_id: str, known: LastKnown) -> dict[str | None, str]:
    """What the last run read of a field, by the name of the row."""
    if field.remembered:
        rows = known.values.get(tab_id, {})
        return {whom: values[field.id] for whom, values in rows.items() if values.get(field.id)}
    filled = known.filled.get(tab_id, _NOTHING)
    if field.id not in filled.fields:
        return {}
    place = filled.fields.index(field.id)
    return {name: "" for name, marks in filled.rows.items() if marks[place] == "1"}


def _as_before(field_id: str, before: FilledCells, names: list[str | None]) -> Mask:
    if field_id not in before.fields:
        return np.zeros(len(names), dtype=bool)
    place = before.fields.index(field_id)
    return np.array([before.rows.get(name or "", "0" * len(before.fields))[place] == "1" for name in names], dtype=bool)
