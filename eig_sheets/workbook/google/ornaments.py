"""What a batch has besides results: formats, drop-downs, notes, links, charts, protections. They may be refused.

One request that Google refuses fails a whole batch. What only dresses is then left out, and the results get through.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eig_sheets.french import listed, typographic

Json = dict[str, Any]

_VALUE, _STYLE = "userEnteredValue", "userEnteredFormat.textFormat"

_FORMATS, _CHOICES, _WIDTHS = "la mise en forme", "les listes déroulantes et les cases à cocher", "les largeurs"
_CHARTS, _PROTECTIONS, _VIEWS = "les graphiques", "les protections", "la vue filtrée"
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
    "deleteDeveloperMetadata": _MARKS,  # of runs that are long over: nobody misses it
}
_INDEX = re.compile(r"\brequests?\[(\d+)\]")


class Ornament(NamedTuple):
    """One sort of ornament, in French with its article, on one tab (its id; None: no tab in particular)."""

    what: str
    sheet_id: int | None


def ornaments_of(request: Json) -> set[Ornament]:
    """The ornaments that a request makes; none when it is a result, a mark that we need, a row or a column."""
    [(kind, body)] = request.items()
    if kind in _KINDS:
        return {Ornament(_KINDS[kind], _sheet_of(body))}
    fields = body.get("fields", "").split(",") if kind == "updateCells" else [_VALUE]
    if _VALUE not in fields:
        return {Ornament(_NOTES, body["start"]["sheetId"])}
    return {Ornament(_LINKS, body["start"]["sheetId"])} if _STYLE in fields else set()


def without(requests: Iterable[Json], refused: Collection[Ornament]) -> Iterator[Json]:
    """The requests without those ornaments; a value that bore one is written bare."""
    for request in requests:
        found = ornaments_of(request) & {*refused}
        if not found:
            yield request
        elif _VALUE in request.get("updateCells", {}).get("fields", "").split(","):
            yield _bare(request)


def refused_in(message: str, requests: Sequence[Json]) -> set[Ornament]:
    """The ornaments that a refusal is about: those of the request that it names, of all when it names none."""
    named = _INDEX.search(message)
    if named is None:
        return {one for request in requests for one in ornaments_of(request)}
    place = int(named[1])
    return ornaments_of(requests[place]) if place < len(requests) else set()


def told(refused: Iterable[Ornament], titles: Mapping[int, str], why: str) -> list[str]:
    """One French sentence a tab: what Google refused there, though the results are in. `titles` by id of tab."""
    by_tab: dict[int | None, list[str]] = {}
    for one in sorted(refused, key=lambda one: (one.sheet_id or 0, one.what)):
        if one.what:
            by_tab.setdefault(one.sheet_id, []).append(one.what)
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


def _bare(request: Json) -> Json:
    """The request without links. A number format stays: it is what makes a date of a number."""
    body = request["updateCells"]
    kept = [one for one in body["fields"].split(",") if one != _STYLE]
    rows = [{"values": [_unlinked(cell) for cell in row.get("values", ())]} for row in body["rows"]]
    return {"updateCells": {**body, "rows": rows, "fields": ",".join(kept)}}


def _unlinked(cell: Json) -> Json:
    style = {key: value for key, value in cell.get("userEnteredFormat", {}).items() if key != "textFormat"}
    bare = {key: value for key, value in cell.items() if key != "userEnteredFormat"}
    return {**bare, "userEnteredFormat": style} if style else bare


def _sheet_of(body: Any) -> int | None:
    """The first tab that the body of a request names."""
    parts = [*body.values()] if isinstance(body, dict) else body if isinstance(body, list) else []
    own: int | None = body.get("sheetId") if isinstance(body, dict) else None
    return own if own is not None else next((id_ for part in parts if (id_ := _sheet_of(part)) is not None), None)
