"""What officers say of the columns of an export: where each goes, in place of what the robot finds. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from eig_sheets.call.applications.importing.columns import HEADER_ROWS
from eig_sheets.call.applications.importing.mapping import Certainty, ExportMapping
from eig_sheets.call.applications.importing.reading import Export
from eig_sheets.config import ImportSettings
from eig_sheets.config.export_columns import ColumnName, ColumnRule
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import plain

NONE: Final = "aucune"
"""Where a column goes that is not to be imported; and the column of a field that the export does not have."""

Choice = tuple[str, str | None]
"""The name of a column of the export, and the id of the field that it fills, or None to leave it out."""


def names_of(headers: Sequence[str]) -> list[str]:
    """The name of each column: its header, and which it is of those that have the same one; '' without a header."""
    counts, seen = Counter(map(plain, headers)), Counter[str]()
    names = []
    for header in headers:
        word = plain(header)
        seen[word] += 1
        names.append(_nth(header, seen[word]) if word and counts[word] > 1 else header)
    return names


def in_doubt(export: Export, mapping: ExportMapping | None) -> list[str]:
    """The columns of which people may have to say where they go: those that are likely, or go nowhere.

    All of them where no number is found. What the platform adds to every export is left out.
    """
    if mapping is None:
        rows = next((table.rows for table in export.tables if table.rows), ((),))
        return [name for name in names_of([*map(_header, rows[0])]) if name]
    named = zip(names_of([column.header for column in mapping.columns]), mapping.columns, strict=True)
    doubtful = (Certainty.LIKELY, Certainty.NOWHERE)
    return [
        name
        for name, column in named
        if name and column.certainty in doubtful and (column.fields or not column.is_standard)
    ]


def corrected(export: Export, settings: ImportSettings, choices: Sequence[Choice]) -> ImportSettings:
    """The settings by which each column of the export goes where it is said.

    Several columns of one field are put together, in the order of `choices`. A column that the export does not have
    changes nothing.
    """
    chosen: dict[str, list[ColumnName]] = {}
    for name, field in choices:
        if field and plain(name) == NONE:
            chosen.setdefault(field, [])
        elif column := _column(export, name):
            nowhere = f"{NONE} : {name}"  # which no tab has
            chosen.setdefault(field or nowhere, []).append(column)
    said = {plain(name) for name, _ in choices}
    fields = settings.fields
    known = {field: tuple(name for name in names if not _is_said(name, said)) for field, names in fields.items()}
    others = {field: names for field, names in known.items() if names or not fields[field]}
    ours = {field: (ColumnRule(join=tuple(names)),) if len(names) > 1 else (*names,) for field, names in chosen.items()}
    return settings.model_copy(update={"fields": {**others, **ours}})


def _nth(header: str, nth: int) -> str:
    return f"{header} (n° {nth})"


def _column(export: Export, name: str) -> ColumnName | None:
    """What names a column in the settings, by the first row that has it; None when the export does not have it."""
    for table in export.tables:
        for cells in table.rows[:HEADER_ROWS]:
            headers = [*map(_header, cells)]
            names = [*map(plain, names_of(headers))]
            if plain(name) in names:
                place = names.index(plain(name))
                same = [at for at, other in enumerate(headers) if plain(other) == plain(headers[place])]
                nth = ColumnRule(header=headers[place], nth=same.index(place) + 1)
                return nth if len(same) > 1 else headers[place]
    return None


def _is_said(name: ColumnName, said: set[str]) -> bool:
    """Whether a name in the settings is that of a column of which people say where it goes."""
    if isinstance(name, str):
        return plain(name) in said
    return name.header is not None and plain(_nth(name.header, name.nth) if name.nth else name.header) in said


def _header(cell: CellValue) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""
