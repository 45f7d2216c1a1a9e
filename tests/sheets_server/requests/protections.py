"""Protected ranges and named ranges."""

from __future__ import annotations

import re

from tests.sheets_server.addresses import parse_span
from tests.sheets_server.errors import PROTECTED, invalid
from tests.sheets_server.jsons import stored
from tests.sheets_server.masks import merge
from tests.sheets_server.model import Json, Sheet
from tests.sheets_server.requests.registry import Batch, fields, handles

NAME = re.compile(r"[^\W\d][\w.]*\Z")


@handles("addProtectedRange")
def add_protected_range(batch: Batch, body: Json) -> Json:
    """Protect cells; the reply leaves the editors out, as Google's does, although they are kept."""
    given = stored(body.get("protectedRange", {}))
    item = _checked(batch, {k: v for k, v in given.items() if k != "requestingUserCanEdit"})
    item_id = given.get("protectedRangeId") or batch.book.free_id()
    if any(other["protectedRangeId"] == item_id for sheet in batch.book.sheets for other in sheet.protected):
        raise invalid(f"A protected range with id {item_id} already exists.")
    item = {"protectedRangeId": item_id} | item
    sheet = _sheet(batch, item)
    _require_alone(sheet, item)
    sheet.protected.append(_with_editors(batch, item))
    shown = {key: value for key, value in item.items() if key != "editors"}
    return {"protectedRange": shown | {"requestingUserCanEdit": True, "editors": item.get("editors", {})}}


def _checked(batch: Batch, given: Json) -> Json:
    """Return a protected range as it is kept, or refuse what Google refuses."""
    item = {key: value for key, value in given.items() if value not in (False, "", [])}
    editors = {key: value for key, value in item.pop("editors", {}).items() if value not in (False, [])}
    if item.get("warningOnly") and editors:
        raise invalid("ProtectedRange is warningOnly. Editors cannot be set on it.")
    if "namedRangeId" not in item and "range" not in item:
        raise invalid("A protected range must have a range or a named range.")
    if "range" in item:
        batch.area(item["range"])
    return item | ({"editors": editors} if editors else {})


def _with_editors(batch: Batch, item: Json) -> Json:
    """Return the range with its maker and the owner among its editors: nobody can lock themselves out."""
    users = list(item.get("editors", {}).get("users", []))
    users += [user for user in dict.fromkeys((batch.writer.email, batch.book.owner)) if user not in users]
    return item | {"editors": item.get("editors", {}) | {"users": users}}


def _sheet(batch: Batch, item: Json) -> Sheet:
    if "range" in item:
        return batch.sheet(item["range"].get("sheetId", 0))
    named = next((n for n in batch.book.named_ranges if n["namedRangeId"] == item["namedRangeId"]), None)
    if named is None:
        raise invalid(f"No named range with id: {item['namedRangeId']}")
    return batch.sheet(named["range"]["sheetId"])


def _require_alone(sheet: Sheet, item: Json) -> None:
    whole = "range" in item and item["range"].keys() <= {"sheetId"}
    if whole and any(other.get("range", {"startRowIndex": 0}).keys() <= {"sheetId"} for other in sheet.protected):
        raise invalid(f'Sheet "{sheet.title}" already has sheet protection.')


def find_protected(batch: Batch, item_id: int) -> tuple[Sheet, Json]:
    """Return a protected range and its tab; only its editors may change it."""
    for sheet in batch.book.sheets:
        for item in sheet.protected:
            if item["protectedRangeId"] == item_id:
                if not batch.writer.may_edit(item):
                    raise invalid(PROTECTED)
                return sheet, item
    raise invalid(f"No protected range with id: {item_id}")


@handles("updateProtectedRange")
def update_protected_range(batch: Batch, body: Json) -> None:
    given, mask = stored(body.get("protectedRange", {})), fields(body, "ProtectedRange")
    sheet, item = find_protected(batch, given.get("protectedRangeId", 0))
    merged = merge(mask, item, given) | {"protectedRangeId": item["protectedRangeId"]}
    if merged.get("warningOnly"):
        merged["editors"] = given.get("editors", {})
    new = _checked(batch, {key: value for key, value in merged.items() if key != "requestingUserCanEdit"})
    sheet.protected.remove(item)
    _sheet(batch, new).protected.append(_with_editors(batch, new))


@handles("deleteProtectedRange")
def delete_protected_range(batch: Batch, body: Json) -> None:
    sheet, item = find_protected(batch, body.get("protectedRangeId", 0))
    sheet.protected.remove(item)


@handles("addNamedRange")
def add_named_range(batch: Batch, body: Json) -> Json:
    given = stored(body.get("namedRange", {}))
    item_id = given.get("namedRangeId") or str(batch.book.free_id())
    if any(other["namedRangeId"] == item_id for other in batch.book.named_ranges):
        raise invalid(f"A named range with id {item_id} already exists.")
    item = {"namedRangeId": item_id, "name": _name(batch, given.get("name", "")), "range": given.get("range")}
    _require_range(batch, item)
    batch.book.named_ranges.append(item)
    return {"namedRange": item}


def _name(batch: Batch, name: str, but: str = "") -> str:
    if not NAME.match(name) or len(name) > 250 or parse_span(name) or name.upper() in ("TRUE", "FALSE", "R", "C"):
        raise invalid(f'The name "{name}" is not valid for a named range.')
    for other in batch.book.named_ranges:
        if other["name"].casefold() == name.casefold() and other["namedRangeId"] != but:
            raise invalid(f"A named range with name {name} already exists.")
    return name


def _require_range(batch: Batch, item: Json) -> None:
    if not item.get("range"):
        raise invalid("A named range must have a range.")
    batch.area(item["range"])


def _find_named(batch: Batch, item_id: str) -> Json:
    for item in batch.book.named_ranges:
        if item["namedRangeId"] == item_id:
            return item
    raise invalid(f"No named range with id: {item_id}")


@handles("updateNamedRange")
def update_named_range(batch: Batch, body: Json) -> None:
    given, mask = stored(body.get("namedRange", {})), fields(body, "NamedRange")
    item = _find_named(batch, given.get("namedRangeId", ""))
    new = merge(mask, item, given) | {"namedRangeId": item["namedRangeId"]}
    _name(batch, new.get("name", ""), item["namedRangeId"])
    _require_range(batch, new)
    batch.book.named_ranges[batch.book.named_ranges.index(item)] = new


@handles("deleteNamedRange")
def delete_named_range(batch: Batch, body: Json) -> None:
    batch.book.named_ranges.remove(_find_named(batch, body.get("namedRangeId", "")))
