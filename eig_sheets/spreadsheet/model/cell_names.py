"""Names of cells and rows for people: addresses such as D12, or row ids and labels where rows have ids.

Where they have, columns have no letters: one without a label, or whose label another has too, is named by its place.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from eig_sheets.spreadsheet.model.cells import a1, column_letters, parse_a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot


def row_name(row: int, *, by_id: bool) -> int:
    """The number of a (1-based) row of a tab: its id is one less, since the labels are row 1."""
    return row - 1 if by_id else row


def column_name(column: int, *, by_id: bool) -> str:
    """The name of a column without a header: F; or « 6e colonne »."""
    return f"{_ordinal(column)} colonne" if by_id else column_letters(column)


def cell_name(tab: TabSnapshot, row: int, column: int, *, by_id: bool, header_row: int = 1) -> str:
    """D12; or « ligne 11, Note », and « colonne Note » for a label."""
    if not by_id:
        return a1(row, column)
    headers = tuple(tab.rows[header_row - 1]) if len(tab.rows) >= header_row else ()
    return _by_labels(row, column, headers, header_row)


def reference(tab: TabSnapshot, row: int, column: int, *, by_id: bool) -> str:
    """The name of a cell with that of its tab: Candidatures!D12, or « Candidatures, ligne 11, Note »."""
    return f"{tab.name}{between(by_id=by_id)}{cell_name(tab, row, column, by_id=by_id)}"


def between(*, by_id: bool) -> str:
    """The separator between the name of a tab and that of its cell."""
    return ", " if by_id else "!"


def name_of(cell: str, tab: str, snapshot: Snapshot) -> str:
    """The name of the cell at an address of a tab, as the workbook's people know it."""
    if not snapshot.capabilities.row_ids:
        return cell
    return cell_name(snapshot.tab(tab) or TabSnapshot(tab), *parse_a1(cell), by_id=True)


def _by_labels(row: int, column: int, headers: tuple[object, ...], header_row: int) -> str:
    labels = _labels(headers)
    label, is_alone = labels[column] if column < len(labels) else ("", True)
    unlabelled = column_name(column, by_id=True)
    if row <= header_row:
        place = "" if is_alone else f" ({_ordinal(column)})"
        return f"colonne {label}{place}" if label else unlabelled
    named = f"{label}{'' if is_alone else f' ({unlabelled})'}" if label else unlabelled
    return f"ligne {row_name(row, by_id=True)}, {named}"


def _ordinal(column: int) -> str:
    return f"{column + 1}{'e' if column else 're'}"


@lru_cache(maxsize=64)  # it is asked for every cell that a plan changes
def _labels(headers: tuple[object, ...]) -> tuple[tuple[str, bool], ...]:
    """The label of each column, and whether no other has the same."""
    labels = ["" if header is None else " ".join(str(header).split()) for header in headers]
    counts = Counter(labels)
    return tuple((label, counts[label] == 1) for label in labels)
