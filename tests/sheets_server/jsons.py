"""JSON as the API's protocol buffers write it: zero ids left out, colours given twice."""

from __future__ import annotations

import copy
import struct
from functools import cache
from typing import Any

from tests.sheets_server.addresses import RANGE_KEYS
from tests.sheets_server.defaults import THEME
from tests.sheets_server.masks import Mask
from tests.sheets_server.schema import document

THEME_COLORS = {pair["colorType"]: pair["color"]["rgbColor"] for pair in THEME["themeColors"]}
PLACE_KEYS = RANGE_KEYS | {"dimension", "startIndex", "endIndex", "rowIndex", "columnIndex", "tableId"}
STYLE = "Style"


def is_place(node: Any) -> bool:
    """Whether a JSON object is a GridRange, a DimensionRange or a GridCoordinate."""
    return isinstance(node, dict) and "sheetId" in node and node.keys() <= PLACE_KEYS


def stored(node: Any) -> Any:
    """Return an object of a request as it is kept: its own copy, `sheetId` always there in places, colours doubled."""
    return with_styles(_placed(copy.deepcopy(node)))


def _placed(node: Any, name: str = "") -> Any:
    if isinstance(node, list):
        return [_placed(item, name) for item in node]
    if not isinstance(node, dict):
        return node
    if name in _place_names() and node.keys() <= PLACE_KEYS:
        return {"sheetId": 0, **node}
    return {key: _placed(value, key) for key, value in node.items()}


@cache
def _place_names() -> frozenset[str]:
    """Return the names of the fields that hold a place, from Google's discovery document."""
    return frozenset(
        name
        for schema in document("sheets.v4")["schemas"].values()
        for name, field in schema.get("properties", {}).items()
        if field.get("items", field).get("$ref") in ("GridRange", "GridCoordinate", "DimensionRange")
    )


def answered(node: Any) -> Any:
    """Return a kept object as answers show it: a protocol buffer does not write a zero."""
    if isinstance(node, list):
        if node and isinstance(node[0], list):
            return node  # the rows of a ValueRange
        return [answered(item) for item in node]
    if not isinstance(node, dict):
        return node
    if is_place(node) and node["sheetId"] == 0:
        return {key: value for key, value in node.items() if key != "sheetId"}
    return {key: answered(value) for key, value in node.items() if (key, value) != ("dimensionIndex", 0)}


def with_styles(node: Any) -> Any:
    """Return the object with each colour both as `…Color` and as `…ColorStyle`; an unset style goes."""
    if isinstance(node, list):
        return [with_styles(item) for item in node]
    if not isinstance(node, dict):
        return node
    out: dict[str, Any] = {}
    for key, value in node.items():
        if is_color(key, value):
            out[key] = _nonzero(value)
            out.setdefault(key + STYLE, {"rgbColor": _nonzero(value)})
        elif key.endswith("olor" + STYLE) and isinstance(value, dict):
            out |= _style(key, value)
        else:
            out[key] = with_styles(value)
    return out


def is_color(key: str, value: Any) -> bool:
    return key.endswith(("Color", "color")) and isinstance(value, dict) and value.keys() <= COLOR_KEYS


COLOR_KEYS = {"red", "green", "blue", "alpha"}


def _style(key: str, value: dict[str, Any]) -> dict[str, Any]:
    if "rgbColor" in value:
        color = _nonzero(value["rgbColor"])
        return {key: {"rgbColor": color}, key.removesuffix(STYLE): color}
    if "themeColor" in value:
        return {key: value, key.removesuffix(STYLE): THEME_COLORS.get(value["themeColor"], {})}
    return {}


def _nonzero(color: dict[str, float]) -> dict[str, float]:
    """Return a colour as it is kept: each part cut to 8 bits, and written as a float of 32."""
    kept = {part: value if part == "alpha" else _eight_bits(value) for part, value in color.items()}
    return {part: value for part, value in kept.items() if value}


def _eight_bits(value: float) -> float:
    level = int(value * 255 + 0.001) / 255
    single = struct.pack("f", level)
    texts = (f"{level:.{digits}g}" for digits in range(1, 10))
    return next(float(text) for text in texts if struct.pack("f", float(text)) == single)


def paired(mask: Mask) -> Mask:
    """Return a mask that names a colour in both its forms whenever it names it in one."""
    out: Mask = {}
    for name, below in mask.items():
        out[name] = paired(below)
        if name.endswith("olor"):
            out[name + STYLE] = {}
        elif name.endswith("olor" + STYLE):
            out[name] = {}
            out[name.removesuffix(STYLE)] = {}
    return out


def compact(node: dict[str, Any]) -> dict[str, Any]:
    """Return an object without what a protocol buffer leaves out: false, and empty lists."""
    return {key: value for key, value in node.items() if value is not False and value != []}
