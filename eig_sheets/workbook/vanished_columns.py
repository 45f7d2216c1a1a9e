"""Finds columns that the last run read and that are gone, each with its probable replacement."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from eig_sheets.storage.last_known import KnownColumn, LastKnown
from eig_sheets.workbook.fields import TabSchema
from eig_sheets.workbook.ownership import squeezed


def vanished_columns(
    schema: TabSchema, present: Collection[str], unknown: Mapping[int, str], known: LastKnown
) -> dict[str, int | None]:
    """The fields whose filled column is gone since the last run, with the new column that probably replaced each.

    A guarded one, by which people decide, is also missed where a header that nobody knows is close to its own.
    `present`: the fields that have a column; `unknown`: the headers of the columns of no field, by their place. A
    required column that is not found stops the run: it is not one of these.
    """
    before = known.columns.get(schema.id, {})
    gone = [
        field.id for field in schema.fields if not field.required and field.id in before and field.id not in present
    ]
    seen = {squeezed(header) for header in known.others.get(schema.id, ())}
    new = {place: header for place, header in unknown.items() if squeezed(header) not in seen}
    vanished = {field_id: _replacement(before[field_id], new, is_only_one=len(gone) == 1) for field_id in gone}
    if not known.accepted:
        for field in schema.fields:
            missed = field.guarded and field.id not in present and field.id not in vanished
            if missed and (place := _closest(field.header, unknown)) is not None:
                vanished[field.id] = place
    return vanished


def _replacement(column: KnownColumn, new: Mapping[int, str], *, is_only_one: bool) -> int | None:
    """The new column in the same place, else the one whose header is closest, else the only one there is."""
    if column.place in new:
        return column.place
    if (place := _closest(column.header, new)) is not None:
        return place
    return next(iter(new)) if is_only_one and len(new) == 1 else None


def _closest(header: str, candidates: Mapping[int, str]) -> int | None:
    """The column whose header is closest to that one, if one is close."""
    spelled = {squeezed(other): place for place, other in candidates.items()}
    close = difflib.get_close_matches(squeezed(header), [*spelled], 1, 0.6)
    return spelled[close[0]] if close else None
