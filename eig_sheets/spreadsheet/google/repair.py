"""Repair of the formulas of robot's columns, in the header cells of people's tabs.

It is the only write to existing cells of a people's tab: in a column found by its mark at the moment of writing, and
only if the cells are still what they were when the repair was planned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eig_sheets.spreadsheet.google import cells, conflict_messages, marks
from eig_sheets.spreadsheet.google.error_messages import UnknownOutcomeError
from eig_sheets.spreadsheet.google.reading import SpreadsheetProperties
from eig_sheets.spreadsheet.google.verification import moved_header_row
from eig_sheets.spreadsheet.model import formulas
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.spreadsheet.model.formulas import header_in
from eig_sheets.spreadsheet.model.plan import SetFormula
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

Json = dict[str, Any]
ReadTabs = Callable[[Sequence[int]], tuple[Snapshot, SpreadsheetProperties]]
"""A function that reads the tabs of these ids."""


_MAX_ATTEMPTS = 3


class RepairOwnershipError(Exception):
    """A repair would write more than formulas and blanks in robot's columns: a bug of this program."""


@dataclass(frozen=True, slots=True)
class FormulaRepair:
    """A formula to write in the column that bears the mark `metadata_id`, in the tab `sheet_id`."""

    metadata_id: int
    sheet_id: int
    operation: SetFormula


def repair(
    repairs: Sequence[FormulaRepair],
    before: Snapshot,
    read: ReadTabs,
    write: Callable[[Json], Json],
    just_read: tuple[Snapshot, SpreadsheetProperties] | None = None,
) -> None:
    """Write the formulas and verify that they are there. `just_read`: these tabs, if they were read at this moment.

    Raises MovedError when people change those cells meanwhile, WorkbookError when Google wrote elsewhere.
    """
    ids = [*dict.fromkeys(target.sheet_id for target in repairs)]
    body = request_body(repairs)
    check_ownership(body, {target.metadata_id: target.operation for target in repairs})
    lost_answer: UnknownOutcomeError | None = None
    before_write = just_read or read(ids)
    for _ in range(_MAX_ATTEMPTS):
        for target in repairs:
            if not _is_unchanged(target.operation, before, _tab(target, before_write)):
                raise conflict_messages.concurrent_edit(target.operation.tab)
        answer, lost_answer = _send(body, write)
        after_write = read(ids)
        if answer is not None and not _was_written_in_place(answer, repairs, before_write, after_write):
            raise conflict_messages.unexpected_behaviour("une formule du robot n’a pas été écrite dans sa colonne")
        broken = [target for target in repairs if not _is_repaired(target.operation, before, _tab(target, after_write))]
        if not broken:
            return
        if lost_answer is None:
            raise conflict_messages.concurrent_edit(broken[0].operation.tab)
        before_write = after_write  # if the cells are unchanged, the same write is sent again
    raise lost_answer or AssertionError


def _send(body: Json, write: Callable[[Json], Json]) -> tuple[Json | None, UnknownOutcomeError | None]:
    """The answer, or the error when it is unknown whether the write was done, which the next reading shows."""
    try:
        return write(body), None
    except UnknownOutcomeError as error:
        return None, error


def _tab(target: FormulaRepair, read: tuple[Snapshot, SpreadsheetProperties]) -> TabSnapshot | None:
    snapshot, properties = read
    title = properties.title_of(target.sheet_id)
    return snapshot.tab(title) if title is not None else None


def _was_written_in_place(
    answer: Json,
    repairs: Sequence[FormulaRepair],
    before_write: tuple[Snapshot, SpreadsheetProperties],
    after_write: tuple[Snapshot, SpreadsheetProperties],
) -> bool:
    """Whether each write was done once, in the column that bore its mark just before or just after."""
    responses = answer.get("responses", ())
    written = {
        response["dataFilter"]["developerMetadataLookup"]["metadataId"]: _first_column(response.get("updatedRange", ""))
        for response in responses
    }
    return len(responses) == len(repairs) and all(
        written.get(target.metadata_id)
        in {_column_of(target.operation, _tab(target, read)) for read in (before_write, after_write)}
        for target in repairs
    )


def _first_column(range_name: str) -> int | None:
    """The first 0-based column of a range such as « 'Jury'!C1:C9 »; None when it names none."""
    try:
        return parse_a1(range_name.rpartition("!")[2].partition(":")[0])[1]
    except ValueError:
        return None


def _column_of(operation: SetFormula, tab: TabSnapshot | None) -> int | None:
    """The 0-based column that bears the operation's mark."""
    marked = tab.column_marks.items() if tab is not None else ()
    return next((place for place, mark in marked if mark == operation.mark), None)


def _is_unchanged(operation: SetFormula, before: Snapshot, tab: TabSnapshot | None) -> bool:
    """Whether the headers, the mark and every cell to write are as they were read for the plan."""
    old = before.tab(operation.tab)
    if old is None or tab is None:
        return False
    row, column = operation.header_row, operation.column
    places = [(row, place) for place in range(max(len(old.rows[row - 1]), _width(tab, row)))]
    places += [(blanked, column) for blanked in operation.blanked]
    return tab.column_marks.get(column) == operation.mark and all(_same_cell(old, tab, place) for place in places)


def _width(tab: TabSnapshot, row: int) -> int:
    return len(tab.rows[row - 1]) if row <= len(tab.rows) else 0


def _same_cell(old: TabSnapshot, new: TabSnapshot, place: tuple[int, int]) -> bool:
    """Whether a cell has the same formula or, having none, the same value: what a formula shows may have changed."""
    old_formula, new_formula = old.formulas.get(place), new.formulas.get(place)
    if old_formula is not None or new_formula is not None:
        return old_formula is not None and new_formula is not None and formulas.same(old_formula, new_formula)
    return old.value(*place) == new.value(*place)


def _is_repaired(operation: SetFormula, before: Snapshot, tab: TabSnapshot | None) -> bool:
    """Whether the column has its formula in the row where the headers are now, and nowhere else."""
    old, column = before.tab(operation.tab), _column_of(operation, tab)
    if old is None or tab is None or column is None:
        return True  # people removed it since
    rows = [row for (row, place), text in tab.formulas.items() if place == column and header_in(text) is not None]
    return rows == [moved_header_row(old, tab, operation.header_row)]


def request_body(repairs: Sequence[FormulaRepair]) -> Json:
    """The body of the call that writes the formulas, in columns found by their marks; other cells do not change."""
    return {
        "valueInputOption": "USER_ENTERED",  # all text is the robot's: a formula, and blanks
        "data": [
            {
                "dataFilter": marks.by_id(target.metadata_id),
                "majorDimension": "COLUMNS",
                "values": [_column(target.operation)],
            }
            for target in repairs
        ],
    }


def _column(operation: SetFormula) -> list[str | None]:
    """The cells of the column from its first row on; None leaves a cell unchanged."""
    written: dict[int, str] = dict.fromkeys(operation.blanked, "")
    written[operation.header_row] = cells.formula(operation.lookup)["userEnteredValue"]["formulaValue"]
    return [written.get(row) for row in range(1, max(written) + 1)]


def check_ownership(body: Json, allowed: Mapping[int, SetFormula]) -> None:
    """Raise RepairOwnershipError unless each write is a formula of ours and blanks, in a column of these marks.

    It reads the body that is about to be sent, whatever made it (guarantee G1).
    """
    for value_range in body["data"]:
        lookup = value_range["dataFilter"].get("developerMetadataLookup", {})
        operation = allowed.get(lookup.get("metadataId"))
        [column] = value_range["values"]
        cells_set = {row: text for row, text in enumerate(column, 1) if text is not None}
        if operation is None or set(lookup) != {"metadataId"} or value_range["majorDimension"] != "COLUMNS":
            raise RepairOwnershipError("a column that is not found by a mark of the robot's")
        formula = cells_set.pop(operation.header_row, "")
        if header_in(formulas.with_commas(formula.removeprefix("="))) is None:
            raise RepairOwnershipError("a header that is not a formula of the robot's")
        if set(cells_set) != {*operation.blanked} or any(cells_set.values()):
            raise RepairOwnershipError("cells that are not to be blanked")
