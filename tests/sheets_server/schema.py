"""Google's official discovery documents: what a body may hold, checked on the way in and on the way out.

On the way in, a body is read as Google's front end reads it: unknown names and wrong types are refused in its own
words, nulls are dropped, integers may be written as text, snake_case names are accepted, and one object stands for a
list of one.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tests.sheets_server.errors import field_violation

Reader = Callable[[Any, str], Any]
INTEGERS = {"int32", "uint32", "int64", "uint64"}
PACKAGE = "type.googleapis.com/google.apps.sheets.v4"


@cache
def document(name: str) -> dict[str, Any]:
    """Return a discovery document that google-api-python-client ships, `sheets.v4` for instance."""
    spec = importlib.util.find_spec("googleapiclient")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("google-api-python-client is needed: its discovery documents are the schema")
    path = Path(spec.origin).parent / "discovery_cache" / "documents" / f"{name}.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def read_request(type_name: str, body: Any, where: str = "") -> dict[str, Any]:
    """Return a request's body in canonical form, or raise Google's 400; `where` is its proto name, if it has one."""
    if body is None:
        return {}
    read: dict[str, Any] = _message(type_name)(body, where)
    return read


@cache
def _message(type_name: str) -> Reader:
    properties = document("sheets.v4")["schemas"][type_name].get("properties", {})
    fields: dict[str, tuple[str, str, Reader]] = {}

    def read(node: Any, where: str) -> Any:
        if not isinstance(node, dict):
            raise _wrong(where, f"{PACKAGE}.{type_name}", node)
        known = fields or _fill(fields, properties, type_name)
        out = {}
        for key, value in node.items():
            field = known.get(key)
            if field is None:
                raise _unknown_name(key, where)
            if value is not None:
                name, proto, reader = field
                out[name] = reader(value, f"{where}.{proto}" if where else proto)
        return out

    return read


def _fill(
    fields: dict[str, tuple[str, str, Reader]], properties: dict[str, Any], type_name: str
) -> dict[str, tuple[str, str, Reader]]:
    # Filled at the first use and not when the type is met: the types of the API refer to each other in circles.
    for name, schema in properties.items():
        proto = _snake(name)
        entry = (name, proto, _reader(schema, f"{type_name}.{name[:1].upper()}{name[1:]}"))
        fields[name] = fields[proto] = entry
    return fields


def _reader(schema: dict[str, Any], type_name: str) -> Reader:
    if "$ref" in schema:
        return _message(schema["$ref"])
    kind = schema["type"]
    if kind == "array":
        return _list(schema["items"], type_name)
    if kind == "object":
        return _map(_reader(schema["additionalProperties"], type_name)) if "additionalProperties" in schema else _any
    if kind == "any":
        return _any
    if "enum" in schema:
        return _enum(schema["enum"], type_name)
    return _scalar(kind, schema.get("format", ""))


def _list(items: dict[str, Any], type_name: str) -> Reader:
    if items.get("type") == "array":  # the rows of a ValueRange: a list of google.protobuf.ListValue
        return _rows
    reader = _reader(items, type_name)

    def read(node: Any, where: str) -> Any:
        if not isinstance(node, list):
            return [reader(node, where)]
        return [reader(item, f"{where}[{i}]") for i, item in enumerate(node) if item is not None]

    return read


def _rows(node: Any, where: str) -> Any:
    if not isinstance(node, list):
        raise _wrong(where, "type.googleapis.com/google.protobuf.ListValue", node)
    for i, row in enumerate(node):
        if not isinstance(row, list):
            raise _wrong(f"{where}[{i}]", "type.googleapis.com/google.protobuf.ListValue", row)
    return node


def _map(reader: Reader) -> Reader:
    def read(node: Any, where: str) -> Any:
        if not isinstance(node, dict):
            raise _wrong(where, "Map", node)
        return {key: reader(value, f"{where}[{key}]") for key, value in node.items()}

    return read


def _any(node: Any, where: str) -> Any:
    return node


def _enum(names: list[str], type_name: str) -> Reader:
    known = set(names)

    def read(node: Any, where: str) -> Any:
        if isinstance(node, int) and not isinstance(node, bool) and 0 <= node < len(names):
            return names[node]
        if node not in known:
            raise _wrong(where, f"{PACKAGE}.{type_name}", node)
        return node

    return read


def _scalar(kind: str, form: str) -> Reader:
    if kind == "integer" or form in INTEGERS:
        return _integer
    return {"number": _number, "boolean": _boolean, "string": _string}[kind]


def _integer(node: Any, where: str) -> int:
    if type(node) is int:
        return node
    try:
        number = float(node) if not isinstance(node, bool) else None
    except (TypeError, ValueError):
        number = None
    if number is None or number != int(number):
        raise _wrong(where, "TYPE_INT32", node)
    return int(number)


def _number(node: Any, where: str) -> float:
    if isinstance(node, (int, float)) and not isinstance(node, bool):
        return node
    try:
        return float(node)
    except (TypeError, ValueError):
        raise _wrong(where, "TYPE_DOUBLE", node) from None


def _boolean(node: Any, where: str) -> bool:
    if isinstance(node, bool):
        return node
    if node in ("true", "false"):
        return bool(node == "true")
    raise _wrong(where, "TYPE_BOOL", node)


def _string(node: Any, where: str) -> str:
    if isinstance(node, str):
        return node
    raise _wrong(where, "TYPE_STRING", node)


def _wrong(where: str, type_name: str, node: Any) -> Exception:
    shown = json.dumps(node, ensure_ascii=False)
    return field_violation(where, f"Invalid value at '{where}' ({type_name}), {shown}")


def _unknown_name(name: str, where: str) -> Exception:
    place = f" at '{where}'" if where else ""
    return field_violation(where, f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.')


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), name)


def has_path(type_name: str, path: list[str], api: str = "sheets.v4") -> bool:
    """Whether a field mask's path names a field of the type."""
    schema: dict[str, Any] = {"$ref": type_name}
    for name in path:
        while "items" in schema:
            schema = schema["items"]
        if "additionalProperties" in schema:
            schema = schema["additionalProperties"]
            continue
        if "$ref" in schema:
            schema = document(api)["schemas"][schema["$ref"]]
        properties = schema.get("properties", {})
        if name == "*":
            return True
        if name not in properties:
            return False
        schema = properties[name]
    return True


def problems(type_name: str, body: Any, api: str = "sheets.v4") -> list[str]:
    """Return what in an answer does not fit its type: nothing, or this server is wrong."""
    return [f"{type_name}{one}" for one in _problems({"$ref": type_name}, body, document(api)["schemas"])]


KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


def _problems(schema: dict[str, Any], node: Any, schemas: dict[str, Any]) -> list[str]:
    """What does not fit, each with its path from here: most answers are long, and have nothing wrong."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"]]
    kind = schema.get("type", "any")
    if kind == "object":
        return _object_problems(schema, node, schemas)
    if kind == "array":
        if not isinstance(node, list):
            return [": not a list"]
        items = schema["items"]
        return [f"[]{one}" for item in node for one in _problems(items, item, schemas)]
    if kind == "any":
        return []
    if not isinstance(node, KINDS[kind]) or (isinstance(node, bool) and kind != "boolean"):
        return [f": {node!r} is not a {kind}"]
    return [f": {node!r} is not in the enumeration"] if "enum" in schema and node not in schema["enum"] else []


def _object_problems(schema: dict[str, Any], node: Any, schemas: dict[str, Any]) -> list[str]:
    if not isinstance(node, dict):
        return [": not an object"]
    known, others, out = schema.get("properties", {}), schema.get("additionalProperties"), []
    for key, value in node.items():
        field = known.get(key, others)
        if field is None:
            out.append(f".{key}: not in the schema")
        elif found := _problems(field, value, schemas):
            out += [f".{key}{one}" for one in found]
    return out
