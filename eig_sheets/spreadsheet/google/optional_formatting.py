"""Optional formatting of a batch: formats, drop-downs, notes, links, charts, protections.

One request that Google rejects fails a whole batch. Optional formatting is then dropped, so that results are written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eig_sheets.spreadsheet.google import formatting
from eig_sheets.text.french import listed, typographic

Json = dict[str, Any]

_VALUE, _STYLE = "userEnteredValue", "userEnteredFormat.textFormat"

_FORMATS, _CHOICES, _WIDTHS = "la mise en forme", "les listes déroulantes et les cases à cocher", "les largeurs"
_CHARTS, _PROTECTIONS, _VIEWS = "les graphiques", "les protections", "la vue filtrée"
_TABLES = "la conversion d’un tableau en plage"
_FROZEN, _HIDDEN, _GROUPS = "les colonnes figées", "le masquage", "les groupes repliés"
_NOTES, _LINKS, _MARKS = "les notes des en-têtes", "les liens", ""
_KINDS: Mapping[str, str] = {
    "repeatCell": _FORMATS,
    "addConditionalFormatRule": _FORMATS,
    "deleteConditionalFormatRule": _FORMATS,
    "updateSheetProperties": _FORMATS,
    "setDataValidation": _CHOICES,
    "updateDimensionProperties": _WIDTHS,
    "addChart": _CHARTS,
    "deleteEmbeddedObject": _CHARTS,
    "addProtectedRange": _PROTECTIONS,
    "updateProtectedRange": _PROTECTIONS,
    "addFilterView": _VIEWS,
    "deleteTable": _TABLES,
    "unmergeCells": _FORMATS,
    "addDimensionGroup": _GROUPS,
    "updateDimensionGroup": _GROUPS,
    "deleteDimensionGroup": _GROUPS,
    "deleteDeveloperMetadata": _MARKS,  # of old runs: not needed any more
}
_PROPERTIES: Mapping[str, str] = {
    formatting.FROZEN_COLUMNS: _FROZEN,
    formatting.HIDDEN: _HIDDEN,
    formatting.CONTROL_ABOVE: _GROUPS,
}
"""Of `updateSheetProperties`, by its fields; the others are formats."""
_INDEX = re.compile(r"\brequests?\[(\d+)\]")
_NAMED = re.compile(r"^Invalid requests?\[\d+\](\.\w+)?: ")


class OptionalFormatting(NamedTuple):
    """One kind of optional formatting, named in French with its article, on one tab (its id; None: no tab)."""

    what: str
    sheet_id: int | None


def optional_formatting_of(request: Json) -> set[OptionalFormatting]:
    """The optional formatting that a request makes; none when it writes results, needed marks, rows or columns."""
    [(kind, body)] = request.items()
    if kind in _KINDS:
        what = _PROPERTIES.get(body["fields"], _FORMATS) if kind == "updateSheetProperties" else _KINDS[kind]
        return {OptionalFormatting(what, _sheet_of(body))}
    fields = body.get("fields", "").split(",") if kind == "updateCells" else [_VALUE]
    if _VALUE not in fields:
        return {OptionalFormatting(_NOTES, body["start"]["sheetId"])}
    return {OptionalFormatting(_LINKS, body["start"]["sheetId"])} if _STYLE in fields else set()


def without_formatting(requests: Iterable[Json], rejected: Collection[OptionalFormatting]) -> Iterator[Json]:
    """The requests without that formatting; values that had some are written without it."""
    for request in requests:
        optional = optional_formatting_of(request) & {*rejected}
        if not optional:
            yield request
        elif _VALUE in request.get("updateCells", {}).get("fields", "").split(","):
            yield _without_links(request)


def rejected_by(message: str, requests: Sequence[Json]) -> set[OptionalFormatting]:
    """The formatting that an error message is about: of the request that it names, of all when it names none."""
    place = place_in(message)
    if place is None:
        return {kind for request in requests for kind in optional_formatting_of(request)}
    return optional_formatting_of(requests[place]) if place < len(requests) else set()


def place_in(message: str) -> int | None:
    """The place in its batch of the request that an error message names; None when it names none."""
    named = _INDEX.search(message)
    return int(named[1]) if named else None


def refusal_in(message: str) -> str:
    """An error message without the place of the request in its batch, so that it is the same at each run."""
    return _NAMED.sub("", message)


def rejection_warnings(rejected: Iterable[OptionalFormatting], titles: Mapping[int, str], why: str) -> list[str]:
    """One warning in French for each tab: the formatting rejected there. `titles` maps ids of tabs to names."""
    by_tab: dict[int | None, list[str]] = {}
    for kind in sorted(rejected, key=lambda kind: (kind.sheet_id or 0, kind.what)):
        if kind.what:
            by_tab.setdefault(kind.sheet_id, []).append(kind.what)
    return [
        typographic(
            f"Google a refusé {listed(sorted(set(what)))}{_of_tab(sheet_id, titles)} : tout le reste est écrit. "
            f"Réponse de Google : « {why} »."
        )
        for sheet_id, what in by_tab.items()
    ]


def _of_tab(sheet_id: int | None, titles: Mapping[int, str]) -> str:
    title = titles.get(sheet_id) if sheet_id is not None else None
    return f" de l’onglet « {title} »" if title else ""


def _without_links(request: Json) -> Json:
    """The request without links. Number formats stay: a date is a number that has one."""
    body = request["updateCells"]
    kept = [field for field in body["fields"].split(",") if field != _STYLE]
    rows = [{"values": [_cell_without_link(cell) for cell in row.get("values", ())]} for row in body["rows"]]
    return {"updateCells": {**body, "rows": rows, "fields": ",".join(kept)}}


def _cell_without_link(cell: Json) -> Json:
    style = {key: value for key, value in cell.get("userEnteredFormat", {}).items() if key != "textFormat"}
    bare = {key: value for key, value in cell.items() if key != "userEnteredFormat"}
    return {**bare, "userEnteredFormat": style} if style else bare


def _sheet_of(body: Any) -> int | None:
    """The first tab that the body of a request names."""
    parts = [*body.values()] if isinstance(body, dict) else body if isinstance(body, list) else []
    own: int | None = body.get("sheetId") if isinstance(body, dict) else None
    return own if own is not None else next((id_ for part in parts if (id_ := _sheet_of(part)) is not None), None)
