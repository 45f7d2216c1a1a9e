"""The robot's service tables: its marks, the number of the last run, the readers. Pure.

A mark refers to its table and column by references, which Grist itself clears when they are deleted: their numbers are
given again to the next table or column, which is somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eig_sheets.spreadsheet.grist.document import MARKS, READERS, RUNS, Document, GristTable, Mark

_TABLE_REF: Final = "return _grist_Tables.lookupOne(tableId=$table_id)"
_COLUMN_REF: Final = (
    "table = _grist_Tables.lookupOne(tableId=$table_id)\n"
    "return _grist_Tables_column.lookupOne(parentId=table.id, colId=$col_id) if $col_id else None"
)
"""What a mark is about: Grist computes it when the mark is added, and follows it from then on."""

_COLUMNS: Final[dict[str, dict[str, dict[str, Any]]]] = {
    RUNS: {"jeton": {"type": "Text"}, "termine": {"type": "Bool"}},
    READERS: {
        "adresse": {"type": "Text"},
        "qualite": {"type": "Text"},
        "ecrit": {"type": "Text"},
        "role": {"type": "Text"},
    },
    MARKS: {
        "table_id": {"type": "Text"},
        "col_id": {"type": "Text"},
        "table_ref": {"type": "Ref:_grist_Tables", "formula": _TABLE_REF},
        "col_ref": {"type": "Ref:_grist_Tables_column", "formula": _COLUMN_REF},
        "repere": {"type": "Text"},
        "aspect": {"type": "Text"},
        "robot": {"type": "Bool"},
    },
}


TABLES: Final = frozenset(_COLUMNS)
"""The ids of these tables."""


class ChangedOwnTableError(ValueError):
    """People renamed or changed one of these tables, so that it cannot be read. In French."""


def created(table_id: str) -> Iterator[list[Any]]:
    """The actions that make one of the tables, which no page shows: Grist adds it with three columns, which go."""
    yield ["AddRawTable", table_id]
    for column, definition in _COLUMNS[table_id].items():
        yield ["AddHiddenColumn", table_id, column, {"id": column, "isFormula": False, **definition}]
    for letter in "ABC":
        yield ["RemoveColumn", table_id, letter]


def check(tables: Mapping[str, GristTable]) -> None:
    """Raise ChangedOwnTableError unless each of the tables (by id) is as we made it, or not there."""
    for name, columns in _COLUMNS.items():
        if name not in tables:
            renamed = next((table for table in tables.values() if {*columns} <= _ids(table)), None)
            if renamed is not None:
                what = f"« {renamed.title} », qui est la table de service {name}, a été renommée"
                raise ChangedOwnTableError(f"{what} : elle doit s’appeler {name}")
        elif missing := {*columns} - _ids(tables[name]):
            listed = ", ".join(sorted(missing))
            raise ChangedOwnTableError(f"La table de service {name} a perdu ou changé de nom ses colonnes : {listed}")
        elif changed := [*_changed(tables[name], columns)]:
            listed = ", ".join(sorted(changed))
            raise ChangedOwnTableError(f"La table de service {name} a changé de type ou de formule : {listed}")


def _changed(table: GristTable, columns: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Its columns that have another type, or are filled otherwise, than as we made them."""
    for column in table.columns:
        made = columns.get(column.id)
        if (table.id, column.id) == (READERS, "role"):  # whose formula follows `Jury`: `access.altered` looks at it
            continue
        if made and (column.is_formula, column.type, column.formula) != (False, made["type"], made.get("formula", "")):
            yield column.id


def _ids(table: GristTable) -> set[str]:
    return {column.id for column in table.columns}


Places = Mapping[tuple[int, int], Mark]
"""The mark of each table (its ref, 0) and column (ref of the table, ref of the column)."""


def marks_of(document: Document) -> Places:
    """The marks whose table or column still exists, however people renamed it."""
    places = {("", table.ref): (table.ref, 0) for table in document.tables}
    places |= {("column", column.ref): (table.ref, column.ref) for table in document.tables for column in table.columns}
    by_place: dict[tuple[int, int], Mark] = {}
    for mark in document.marks:
        place = places.get(("column" if mark.column else "", mark.ref))
        if place is not None:
            by_place.setdefault(place, mark)
    return by_place
