"""Field masks: `fields=` of a partial answer, and `fields` of an update.

A mask is read into a tree: `{"sheets": {"properties": {"title": {}}}}`; an empty tree stands for all below it.
Google accepts `a.b`, `a/b`, `a(b,c)` and `*`, nested at will.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.sheets_server import schema
from tests.sheets_server.errors import field_violation, invalid

Mask = dict[str, Any]
EVERYTHING: Mask = {}
TOKEN = re.compile(r"\s*([A-Za-z0-9_$@-]+|[*.,/()])\s*")


def parse(text: str) -> Mask:
    """Return the tree of a mask; ValueError when it is not one."""
    tokens = _tokens(text)
    tree, rest = _list(tokens, 0)
    if rest != len(tokens):
        raise ValueError(text)
    return tree


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise ValueError(text)
        tokens.append(match[1])
        at = match.end()
    return tokens


def _list(tokens: list[str], at: int) -> tuple[Mask, int]:
    tree: Mask = {}
    whole: set[str] = set()
    while True:
        path, below, at = _path(tokens, at)
        _add(tree, path, below, whole)
        if at >= len(tokens) or tokens[at] != ",":
            return tree, at
        at += 1


def _path(tokens: list[str], at: int) -> tuple[list[str], Mask, int]:
    path: list[str] = []
    while True:
        if at >= len(tokens) or tokens[at] in ".,/()":
            raise ValueError("a name is missing")
        path.append(tokens[at])
        at += 1
        following = tokens[at] if at < len(tokens) else ""
        if following in (".", "/") and following:
            at += 1
            if at < len(tokens) and tokens[at] == "(":
                following = "("
            else:
                continue
        if following == "(":
            below, at = _list(tokens, at + 1)
            if at >= len(tokens) or tokens[at] != ")":
                raise ValueError("a parenthesis is not closed")
            return path, below, at + 1
        return path, {}, at


def _add(tree: Mask, path: list[str], below: Mask, whole: set[str]) -> None:
    """Merge one path; a name once given whole stays whole."""
    name = path[0]
    rest: Mask = below
    for part in reversed(path[1:]):
        rest = {part: rest}
    if not rest:
        tree[name] = {}
        whole.add(name)
    elif name not in whole:
        tree[name] = _union(tree[name], rest) if name in tree else rest


def _union(one: Mask, other: Mask) -> Mask:
    if not one or not other:
        return {}
    return {
        name: _union(one[name], other[name]) if name in one and name in other else one.get(name, other.get(name))
        for name in one | other
    }


def project(mask: Mask, node: Any) -> Any:
    """Return what the mask keeps of an answer: lists keep their length, objects their place."""
    if not mask or ("*" in mask and not mask["*"]):
        return node
    if isinstance(node, list):
        return [project(mask, item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: project(below(mask, key), value) for key, value in node.items() if wants(mask, key)}


def wants(mask: Mask, *path: str) -> bool:
    """Whether anything at this path, or below it, is asked for."""
    for name in path:
        if not mask:
            return True
        if name not in mask and "*" not in mask:
            return False
        mask = below(mask, name)
    return True


def below(mask: Mask, name: str) -> Mask:
    """Return the mask that holds under a name: `*` stands for every name."""
    if not mask:
        return mask
    if name in mask and "*" in mask:
        return _union(mask[name], mask["*"])
    rest: Mask = mask[name] if name in mask else mask.get("*", {})
    return rest


def paths(mask: Mask) -> Iterator[list[str]]:
    for name, rest in mask.items():
        if rest:
            yield from ([name, *path] for path in paths(rest))
        else:
            yield [name]


def response_mask(text: str | None, type_name: str, api: str = "sheets.v4") -> Mask:
    """Return the mask of a partial answer; a name that the type lacks is a 400, in Google's words."""
    if not text:
        return EVERYTHING
    try:
        mask = parse(text)
    except ValueError:
        raise _no_such_field(text, text) from None
    for path in paths(mask):
        if not schema.has_path(type_name, path, api):
            raise _no_such_field(text, ".".join(path))
    return mask


def _no_such_field(text: str, path: str) -> Exception:
    description = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return field_violation(text, description, "Request contains an invalid argument.")


def update_mask(text: str | None, type_name: str) -> Mask:
    """Return the mask of an update; it must name something, and only fields of the type."""
    if not text:
        raise invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        mask = parse(text)
    except ValueError:
        raise invalid(f"Invalid value for 'fields': {text}") from None
    for path in paths(mask):
        if not schema.has_path(type_name, [_camel(name) for name in path]):
            raise invalid(f"Invalid field: {'.'.join(path)}")
    return _camelled(mask)


def _camelled(mask: Mask) -> Mask:
    return {_camel(name): _camelled(rest) for name, rest in mask.items()}


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)


def merge(mask: Mask, old: Any, new: Any) -> dict[str, Any]:
    """Return the old object with the masked fields of the new one; a masked field that the new one lacks goes."""
    old, new = old or {}, new or {}
    if not mask or "*" in mask:
        return dict(new)
    out = dict(old)
    for name, rest in mask.items():
        whole = not rest or "*" in rest
        value = new.get(name) if whole else merge(rest, old.get(name), new.get(name))
        if value is None or (value == {} and name not in new):
            out.pop(name, None)
        else:
            out[name] = value
    return out
