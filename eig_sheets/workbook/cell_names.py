"""Names of cells and rows for people: addresses such as D12, or row numbers and labels where rows have ids."""

from __future__ import annotations

from eig_sheets.workbook.model.cells import a1, parse_a1
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot


def row_name(row: int, *, by_id: bool) -> int:
    """The number of a (1-based) row of a tab: its id is one less, since the labels are row 1."""
    return row - 1 if by_id else row


def cell_name(tab: TabSnapshot, row: int, column: int, *, by_id: bool, header_row: int = 1) -> str:
    """D12; or « ligne 11, Note », and « colonne Note » for a label."""
    if not by_id:
        return a1(row, column)
    header = tab.value(header_row, column)
    label = " ".join(str(header).split()) if header is not None else a1(1, column)[:-1]
    return f"ligne {row_name(row, by_id=True)}, {label}" if row > header_row else f"colonne {label}"


def reference(tab: TabSnapshot, row: int, column: int, *, by_id: bool) -> str:
    """The name of a cell with that of its tab: Candidatures!D12, or « Candidatures, ligne 11, Note »."""
    return f"{tab.name}{', ' if by_id else '!'}{cell_name(tab, row, column, by_id=by_id)}"


def name_of(cell: str, tab: str, snapshot: Snapshot) -> str:
    """The name of the cell at an address of a tab, as the workbook's people know it."""
    found = snapshot.tab(tab)
    if found is None or not snapshot.capabilities.row_ids:
        return cell
    return cell_name(found, *parse_a1(cell), by_id=True)
