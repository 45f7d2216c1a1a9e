"""Access rules of ours: robot's tables and officers' columns, and who may change them. Pure.

Each rule of ours has in its comment the protection that it is; rules of people's are never changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from eig_sheets.workbook.grist.document import Document, GristTable, Mark, Rule

_MEMO: Final = "eig-sheets : "
_READERS_MEMO: Final = f"{_MEMO}chacun ne voit que ses lignes"
_READER: Final = "EigJure"
_EDITORS: Final = re.compile(r"not \(user\.Email in (\[.*\])\)")


def protections(
    table: GristTable, document: Document, marks: Mapping[tuple[int, int], Mark]
) -> dict[str, frozenset[str]]:
    """Who may edit what we protected of a table: id of the column, '' for the whole table."""
    found = {}
    ids = {column.id: marks[table.ref, column.ref].id for column in table.columns if (table.ref, column.ref) in marks}
    for rule in document.rules:
        editors = _editors(rule)
        if rule.table == table.id and editors is not None:
            name = "" if rule.columns == "*" else ids.get(rule.columns)
            if name is not None:
                found[name] = editors
    return found


def restricts_readers(document: Document) -> bool:
    """Whether some people are kept from all rows but theirs."""
    return any(rule.memo == _READERS_MEMO for rule in document.rules)


def reader_actions(
    readers: tuple[str, str], rows: Sequence[tuple[str, str]], exempt: Sequence[str], numbers: Iterator[int]
) -> Iterator[list[Any]]:
    """The actions that keep people from all rows but theirs.

    `readers` are the ids of the table and column that list them, `rows` those of the rows that may be theirs, `exempt`
    the addresses of those who see everything although they are listed.
    """
    table, column = readers
    reader = f"user.{_READER}.id and user.Access != OWNER and not (user.Email in {_addresses(exempt)})"
    default = -next(numbers)
    attribute = {"name": _READER, "tableId": table, "lookupColId": column, "charId": "Email"}
    yield ["AddRecord", "_grist_ACLResources", default, {"tableId": "*", "colIds": "*"}]
    yield _rule(default, {"userAttributes": json.dumps(attribute), "rulePos": next(numbers)})
    for owned_table, address in rows:
        own, new = (f"{record}.{address}.lower() == user.Email.lower()" for record in ("rec", "newRec"))
        resource = -next(numbers)
        yield ["AddRecord", "_grist_ACLResources", resource, {"tableId": owned_table, "colIds": "*"}]
        yield _rule(resource, _permission(f"{reader} and {own}", "+R", next(numbers)))
        yield _rule(resource, _permission(f"{reader} and {own} and {new}", "+CU", next(numbers)))
        yield _rule(resource, _permission(reader, "-CRUDS", next(numbers)))
    yield _rule(default, _permission(reader, "-CRUDS", next(numbers)))


def _permission(formula: str, permissions: str, position: int) -> dict[str, Any]:
    return {"aclFormula": formula, "permissionsText": permissions, "rulePos": position}


def _rule(resource: int, cells: dict[str, Any]) -> list[Any]:
    return ["AddRecord", "_grist_ACLRules", None, {"resource": resource, "memo": _READERS_MEMO, **cells}]


def _addresses(people: Sequence[str]) -> str:
    return json.dumps(sorted({person.lower() for person in people}))


def is_ours(memo: str) -> bool:
    """Whether a rule of that comment is one of ours."""
    return memo.startswith(_MEMO)


def _editors(rule: Rule) -> frozenset[str] | None:
    matched = _EDITORS.fullmatch(rule.formula) if is_ours(rule.memo) else None
    try:
        return frozenset(json.loads(matched[1])) if matched else None
    except ValueError:
        return None


def actions(
    table_id: str, column_id: str, editors: Sequence[str], document: Document, number: int
) -> Iterator[list[Any]]:
    """The actions that keep a column ('*': the whole table) for these editors; `number` tells resources apart.

    A resource of people's for the same cells stays, and so do their rules: they come first.
    """
    taken = document.resources.get((table_id, column_id))
    for rule in document.rules:
        if (rule.table, rule.columns) == (table_id, column_id) and is_ours(rule.memo):
            yield ["RemoveRecord", "_grist_ACLRules", rule.row_id]
    resource = -number if taken is None else taken
    if taken is None:
        yield ["AddRecord", "_grist_ACLResources", resource, {"tableId": table_id, "colIds": column_id}]
    what = "table tenue par le robot" if column_id == "*" else "colonne des responsables"
    yield [
        "AddRecord",
        "_grist_ACLRules",
        None,
        {
            "resource": resource,
            "aclFormula": f"not (user.Email in {json.dumps(sorted(editors), ensure_ascii=True)})",
            "permissionsText": "-CUD" if column_id == "*" else "-U",
            "memo": f"{_MEMO}{what}",
            "rulePos": number,
        },
    ]
