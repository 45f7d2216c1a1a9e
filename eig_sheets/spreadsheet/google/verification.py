"""Verification of a write that Google reports as done, and of rows under headers that moved meanwhile.

Each check is of a behaviour that, if Google had another, would lose, duplicate or misplace what was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eig_sheets.spreadsheet.google import conflict_messages, marks
from eig_sheets.spreadsheet.model.cells import WrittenValue, a1, as_read
from eig_sheets.spreadsheet.model.differences import same
from eig_sheets.spreadsheet.model.formulas import header_in
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot

Json = dict[str, Any]

_HEADER_ROWS = 20
"""Rows in which the headers are looked for: people may insert a few above them, never that many in a second."""


def unexpected_replies(requests: Sequence[Json], replies: Sequence[Json]) -> Iterator[str]:
    """Differences, in French, between the requests and their `replies`, which are in the same order."""
    if len(replies) != len(requests):
        yield f"{len(replies)} réponses pour {len(requests)} demandes"
        return
    for request, reply in zip(requests, replies, strict=True):
        [(kind, body)] = request.items()
        if kind in _CHECKS:
            yield from _CHECKS[kind](body, reply.get(kind, {}))


def ignored_preconditions(requests: Sequence[Json], replies: Sequence[Json]) -> bool:
    """Whether the batch was done although a `marks.column_precondition` of it did not hold."""
    return any(
        [*_updated(body, reply.get("updateDeveloperMetadata", {}))]
        for request, reply in zip(requests, replies, strict=False)
        if _is_precondition(body := request.get("updateDeveloperMetadata", {}))
    )


def _is_precondition(body: Json) -> bool:
    return any(
        "metadataLocation" in data_filter["developerMetadataLookup"] for data_filter in body.get("dataFilters", ())
    )


def _created(body: Json, reply: Json) -> Iterator[str]:
    wanted, made = body["developerMetadata"], reply.get("developerMetadata", {})
    for key in ("metadataId", "metadataKey", "metadataValue"):
        if key in wanted and made.get(key) != wanted[key]:
            yield f"un repère fait avec {key} = {wanted[key]} a {made.get(key, 'rien')}"


def _updated(body: Json, reply: Json) -> Iterator[str]:
    lookup = body["dataFilters"][0]["developerMetadataLookup"]
    metadata = reply.get("developerMetadata", [])
    if [mark.get("metadataId") for mark in metadata] != [lookup["metadataId"]]:
        yield f"le repère {lookup['metadataId']} a été trouvé {len(metadata)} fois là où il devait être"
    elif "metadataLocation" in lookup and not _is_located_at(metadata[0], lookup["metadataLocation"]):
        yield f"le repère {lookup['metadataId']} n’était pas là où il devait être"


def _is_located_at(mark: Json, wanted: Json) -> bool:
    place, asked = mark.get("location", {}).get("dimensionRange", {}), wanted["dimensionRange"]
    return (place.get("sheetId", 0), place.get("startIndex", 0)) == (asked["sheetId"], asked["startIndex"])


def _deleted(body: Json, reply: Json) -> Iterator[str]:
    wanted = body["dataFilter"]["developerMetadataLookup"]["metadataId"]
    gone = [mark.get("metadataId") for mark in reply.get("deletedDeveloperMetadata", ())]
    if gone not in ([], [wanted]):
        yield f"en oubliant le repère {wanted}, Google en a effacé {len(gone)}"


def _sheet_added(body: Json, reply: Json) -> Iterator[str]:
    wanted, made = body["properties"], reply.get("properties", {})
    if made.get("sheetId", 0) != wanted["sheetId"]:
        yield f"l’onglet « {wanted['title']} » n’a pas l’identifiant demandé"


_CHECKS = {
    "createDeveloperMetadata": _created,
    "updateDeveloperMetadata": _updated,
    "deleteDeveloperMetadata": _deleted,
    "addSheet": _sheet_added,
}


def unexpected_runs(metadata: Sequence[Json], number: int, token: str) -> Iterator[str]:
    """Errors, in French, in the marks of runs after a batch (`metadata`: all developer metadata)."""
    runs = [mark for mark in metadata if mark["metadataKey"] == marks.RUN]
    ours = [mark for mark in runs if mark.get("metadataValue") == token]
    same_id = [mark for mark in runs if mark["metadataId"] == marks.FIRST_RUN + number]
    if len(ours) != 1 or ours[0]["metadataId"] != marks.FIRST_RUN + number:
        yield "le repère de cette exécution n’est pas celui qui a été demandé"
    elif len(same_id) > 1:
        yield "une autre exécution a écrit en même temps que celle-ci, alors que Google devait refuser la seconde"


def raise_if_misplaced(operation: AddColumn | AppendRows, before: TabSnapshot, after: TabSnapshot) -> None:
    """Raise MovedError or WorkbookError when what was added to a people's tab is not under its headers."""
    if isinstance(operation, AppendRows):
        if are_misplaced(operation, before, after):
            raise conflict_messages.misplaced_rows()
        for row in lost_neighbours(operation, before, after):
            raise conflict_messages.overwritten_rows(before.name, row)
        return
    cell = misplaced_header_cell(operation, before, after)
    if cell is not None and operation.lookup:  # the next plan repairs a formula
        raise conflict_messages.concurrent_edit(after.name)
    if cell is not None:
        raise conflict_messages.misplaced_header(after.name, operation.look.header, cell)


def raise_if_missing(operation: AppendRows, after: TabSnapshot) -> None:
    """Raise WorkbookError when none of the appended rows is in the tab: a table may drop what it is given."""
    if not any(_is_present(values, after) for values in operation.rows):
        raise conflict_messages.unexpected_behaviour(f"les lignes ajoutées au tableau de « {after.name} » sont vides")


def _is_present(values: Sequence[WrittenValue], after: TabSnapshot) -> bool:
    """Whether a row has most of the values."""
    wanted = _wanted(values)
    counts = (sum(any(same(cell, value) for cell in row) for value in wanted.values()) for row in after.rows)
    return not wanted or 2 * max(counts, default=0) > len(wanted)


def _wanted(values: Sequence[WrittenValue]) -> dict[int, object]:
    """The values that a row should show, by place."""
    return {place: text for place, value in enumerate(values) if (text := as_read(value)) is not None}


def moved_header_row(before: TabSnapshot, after: TabSnapshot, header_row: int) -> int | None:
    """The 1-based row that now has more than half of the headers of `header_row`; None when no row has."""
    return header_row_of(_row(before, header_row), after)


def header_row_of(headers: Sequence[object], tab: TabSnapshot) -> int | None:
    """The 1-based row of a tab, among the first, that has more than half of these headers; None when no row has."""
    wanted = {value for value in headers if value is not None}
    rows = range(1, min(len(tab.rows), _HEADER_ROWS) + 1)
    counts = {row: len(wanted & {value for value in _row(tab, row) if value is not None}) for row in rows}
    best = max(counts, key=lambda row: counts[row], default=None)
    return best if best is not None and 2 * counts[best] > len(wanted) else None


def _row(tab: TabSnapshot, row: int) -> Sequence[object]:
    return tab.rows[row - 1] if 0 < row <= len(tab.rows) else ()


def are_misplaced(operation: AppendRows, before: TabSnapshot, after: TabSnapshot) -> bool:
    """Whether appended rows have their values under other headers than those that they were made for.

    A row that people changed or removed since does not count: only one that has most of its values, elsewhere.
    """
    now = moved_header_row(before, after, operation.header_row)
    if now is None:
        return False
    headers = list(_row(after, now))
    names = [before.value(operation.header_row, column) for column in operation.columns]
    columns = [headers.index(name) if name in headers else None for name in names]
    added = enumerate(operation.rows, operation.first_row)
    lost = (values for row, values in added if not _is_at(row, values, columns, after))
    return any(misplaced_at(values, columns, after) is not None for values in lost)


def _is_at(row: int, values: Sequence[WrittenValue], columns: Sequence[int | None], after: TabSnapshot) -> bool:
    """Whether a row has all of the values in its columns."""
    return all(_holds(_row(after, row), columns[place], value) for place, value in _wanted(values).items())


def lost_neighbours(operation: AppendRows, before: TabSnapshot, after: TabSnapshot) -> Iterator[int]:
    """The 1-based rows, as they were numbered, beside the added ones, that are not in the tab any more.

    As many above and below as were added: so many may be written over where Google inserts rows elsewhere.
    """
    first, count = operation.first_row, len(operation.rows)
    places = {row: row for row in range(max(operation.header_row + 1, first - count), first)}
    places |= {row: row + count for row in range(first, first + count)}
    for row, place in places.items():
        if row > len(before.rows):
            break
        values, now = _typed(_row(before, row), before), _typed(_row(after, place), after)
        if (values - now).total() > 1 and not any(_typed(other, after) == values for other in after.rows):
            yield row  # one value alone may have been typed meanwhile


def _typed(row: Sequence[object], tab: TabSnapshot) -> Counter[str]:
    """The values of a row, wherever people moved their columns, without those that the robot's formulas show."""
    shown = {column for (_, column), text in tab.formulas.items() if header_in(text) is not None}
    return Counter(repr(value) for column, value in enumerate(row) if value is not None and column not in shown)


def misplaced_at(values: Sequence[WrittenValue], columns: Sequence[int | None], after: TabSnapshot) -> int | None:
    """The 1-based row that has most of the values, not all of those in their columns; None when there is none such."""
    wanted = _wanted(values)
    best = (0, 0, 0)
    for number, row in enumerate(after.rows, 1):
        cells = [cell for cell in row if cell is not None]
        present = sum(any(same(cell, value) for cell in cells) for value in wanted.values())
        in_place = sum(_holds(row, columns[place], value) for place, value in wanted.items())
        best = max(best, (present, in_place, number))
    present, in_place, number = best
    return number if 2 * present > len(wanted) and in_place < present else None


def _holds(row: Sequence[object], column: int | None, value: object) -> bool:
    return column is not None and column < len(row) and same(row[column], value)


def misplaced_header_cell(operation: AddColumn, before: TabSnapshot, after: TabSnapshot) -> str | None:
    """The cell where a new column lacks its header; None when it has it, or was removed since."""
    name = operation.mark or operation.field
    column = next((place for place, mark in after.column_marks.items() if mark == name), None)
    row = moved_header_row(before, after, operation.header_row)
    if not name or column is None or row is None:
        return None
    formula = after.formulas.get((row, column))
    right = header_in(formula) is not None if operation.lookup else after.value(row, column) is not None
    return None if right else a1(row, column)


def recorded(operation: AppendRows, before: TabSnapshot, sheet_id: int) -> Json:
    """The JSON record of misplaced rows: the id of their tab, their headers, their values."""
    headers = [before.value(operation.header_row, column) for column in operation.columns]
    rows = [[_plain(as_read(value)) for value in row] for row in operation.rows]
    return {"sheet": sheet_id, "headers": [_plain(header) for header in headers], "rows": rows}


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) else None


def still_misplaced(
    known: Sequence[Mapping[str, Any]], tabs: Mapping[int, TabSnapshot]
) -> Iterator[tuple[Json, TabSnapshot, int]]:
    """The remembered rows that are still misplaced: a record of each alone, its tab and its 1-based row."""
    for record in known:
        tab = tabs.get(record["sheet"])
        place = None if tab is None else header_row_of(record["headers"], tab)
        if tab is None or place is None:
            continue
        line = [*tab.rows[place - 1]]
        columns = [line.index(header) if header in line else None for header in record["headers"]]
        for row in record["rows"]:
            row_now = misplaced_at(row, columns, tab)
            if row_now is not None:
                yield {**record, "rows": [row]}, tab, row_now
