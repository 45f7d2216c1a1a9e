"""Mends the formulas of robot's columns, in the header cells of tabs where people type.

The one thing that is written by its place in a people's tab: in a column found by its mark at the moment of writing,
and only where the cells are what they were when it was decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eig_sheets.workbook import formulas
from eig_sheets.workbook.cells import parse_a1
from eig_sheets.workbook.formulas import header_in
from eig_sheets.workbook.google import cells, conflicts, marks
from eig_sheets.workbook.google.reading import Seen
from eig_sheets.workbook.google.refusals import Uncertain
from eig_sheets.workbook.google.verification import moved_header_row
from eig_sheets.workbook.plan import SetFormula
from eig_sheets.workbook.snapshot import Snapshot, TabSnapshot

Json = dict[str, Any]
Read = Callable[[Sequence[int]], tuple[Snapshot, Seen]]
"""Reads the tabs of those ids."""


_TRIES = 3


class TrespassError(Exception):
    """What is about to be written is more than formulas and blanks of the robot's: a defect of ours."""


@dataclass(frozen=True, slots=True)
class Located:
    """A formula to set in the column that a mark (`metadata_id`) is on, in the tab of that id."""

    metadata_id: int
    sheet_id: int
    operation: SetFormula


def repair(located: Sequence[Located], before: Snapshot, read: Read, write: Callable[[Json], Json]) -> None:
    """Write the formulas and see that they are there.

    Raises MovedError when people change those cells meanwhile, WorkbookError when Google wrote elsewhere.
    """
    ids = [*dict.fromkeys(one.sheet_id for one in located)]
    body = request(located)
    prove(body, {one.metadata_id: one.operation for one in located})
    lost: Uncertain | None = None
    then = read(ids)
    for _ in range(_TRIES):
        for one in located:
            if not _is_as_it_was(one.operation, before, _tab(one, then)):
                raise conflicts.unsettled(one.operation.tab)
        answer, lost = _written(body, write)
        now = read(ids)
        if answer is not None and not _fell_in_place(answer, located, then, now):
            raise conflicts.unexpected("une formule du robot n’a pas été écrite dans sa colonne")
        left = [one for one in located if not _is_mended(one.operation, before, _tab(one, now))]
        if not left:
            return
        if lost is None:
            raise conflicts.unsettled(left[0].operation.tab)
        then = now  # the same text in the same cells, should they be as they were: it may be sent again
    raise lost or AssertionError


def _written(body: Json, write: Callable[[Json], Json]) -> tuple[Json | None, Uncertain | None]:
    """The answer, or what makes it uncertain: the reading that follows tells."""
    try:
        return write(body), None
    except Uncertain as error:
        return None, error


def _tab(one: Located, read: tuple[Snapshot, Seen]) -> TabSnapshot | None:
    snapshot, seen = read
    title = seen.title_of(one.sheet_id)
    return snapshot.tab(title) if title is not None else None


def _fell_in_place(
    answer: Json, located: Sequence[Located], then: tuple[Snapshot, Seen], now: tuple[Snapshot, Seen]
) -> bool:
    """Whether each write fell once, in the column that its mark was on just before, or is on just after."""
    responses = answer.get("responses", ())
    written = {
        one["dataFilter"]["developerMetadataLookup"]["metadataId"]: _first_column(one.get("updatedRange", ""))
        for one in responses
    }
    return len(responses) == len(located) and all(
        written.get(one.metadata_id) in {_column_of(one.operation, _tab(one, read)) for read in (then, now)}
        for one in located
    )


def _first_column(range_name: str) -> int | None:
    """The 0-based column that « 'Jury'!C1:C9 » begins with; None when there is none."""
    try:
        return parse_a1(range_name.rpartition("!")[2].partition(":")[0])[1]
    except ValueError:
        return None


def _column_of(operation: SetFormula, tab: TabSnapshot | None) -> int | None:
    """The 0-based column that bears the mark."""
    marked = tab.column_marks.items() if tab is not None else ()
    return next((place for place, mark in marked if mark == operation.mark), None)


def _is_as_it_was(operation: SetFormula, before: Snapshot, tab: TabSnapshot | None) -> bool:
    """Whether the headers, the mark and every cell to write are where and what they were."""
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
    was, now = old.formulas.get(place), new.formulas.get(place)
    if was is not None or now is not None:
        return was is not None and now is not None and formulas.same(was, now)
    return old.value(*place) == new.value(*place)


def _is_mended(operation: SetFormula, before: Snapshot, tab: TabSnapshot | None) -> bool:
    """Whether the column has its formula in the row where the headers are by now, and nowhere else."""
    old, column = before.tab(operation.tab), _column_of(operation, tab)
    if old is None or tab is None or column is None:
        return True  # people removed it since
    rows = [row for (row, place), text in tab.formulas.items() if place == column and header_in(text) is not None]
    return rows == [moved_header_row(old, tab, operation.header_row)]


def request(located: Sequence[Located]) -> Json:
    """The body of the call that writes formulas where their columns are by then; nothing else of them changes."""
    return {
        "valueInputOption": "USER_ENTERED",  # the text is ours alone: a formula, and blanks
        "data": [
            {
                "dataFilter": marks.by_id(one.metadata_id),
                "majorDimension": "COLUMNS",
                "values": [_column(one.operation)],
            }
            for one in located
        ],
    }


def _column(operation: SetFormula) -> list[str | None]:
    """The cells of the column from its first row on; None leaves one as it is."""
    written: dict[int, str] = dict.fromkeys(operation.blanked, "")
    written[operation.header_row] = cells.formula(operation.lookup)["userEnteredValue"]["formulaValue"]
    return [written.get(row) for row in range(1, max(written) + 1)]


def prove(body: Json, allowed: Mapping[int, SetFormula]) -> None:
    """Raise TrespassError unless each write is in a column found by one of these marks, a formula of ours and blanks.

    Independent of how the body was made: it reads the very call that is about to leave (guarantee G1).
    """
    for one in body["data"]:
        lookup = one["dataFilter"].get("developerMetadataLookup", {})
        operation = allowed.get(lookup.get("metadataId"))
        [column] = one["values"]
        cells_set = {row: text for row, text in enumerate(column, 1) if text is not None}
        if operation is None or set(lookup) != {"metadataId"} or one["majorDimension"] != "COLUMNS":
            raise TrespassError("a column that is not found by a mark of the robot's")
        formula = cells_set.pop(operation.header_row, "")
        if header_in(formulas.with_commas(formula.removeprefix("="))) is None:
            raise TrespassError("a header that is not a formula of the robot's")
        if set(cells_set) != {*operation.blanked} or any(cells_set.values()):
            raise TrespassError("cells that are not to be blanked")
