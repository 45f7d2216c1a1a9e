"""Access rules of ours: robot's tables and officers' columns, and who may change them. Pure.

Each rule of ours has in its comment the protection that it is; rules of people's are never changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
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
    readers: tuple[str, str],
    rows: Sequence[tuple[str, str]],
    exempt: Sequence[str],
    document: Document,
    numbers: Iterator[int],
) -> Iterator[list[Any]]:
    """The actions that keep people from all rows but theirs.

    `readers` are the ids of the table and column that list them, `rows` those of the rows that may be theirs, `exempt`
    the addresses of those who see everything although they are listed.
    """
    table, column = readers
    reader = f"user.{_READER}.id and user.Access != OWNER and not (user.Email in {_addresses(exempt)})"
    attribute = {"name": _READER, "tableId": table, "lookupColId": column, "charId": "Email"}
    everything = _Resource("*", "*", document, next(numbers))
    yield from everything.created
    yield everything.rule({"memo": _READERS_MEMO, "userAttributes": json.dumps(attribute)})
    for owned_table, address in rows:
        own, new = (f"{record}.{address}.lower() == user.Email.lower()" for record in ("rec", "newRec"))
        owned = _Resource(owned_table, "*", document, next(numbers))
        yield from owned.created
        yield owned.rule(_permission(f"{reader} and {own}", "+R"))
        yield owned.rule(_permission(f"{reader} and {own} and {new}", "+CU"))
        yield owned.rule(_permission(reader, "-CRUDS"))
    yield everything.rule(_permission(reader, "-CRUDS"))


def _permission(formula: str, permissions: str) -> dict[str, Any]:
    return {"memo": _READERS_MEMO, "aclFormula": formula, "permissionsText": permissions}


class _Resource:
    """What rules are about: that of people's where they have one, since Grist counts one alone of two.

    Ours come after theirs, but before the one for everybody else, after which Grist refuses any.
    """

    def __init__(self, table_id: str, column_ids: str, document: Document, number: int) -> None:
        known = document.resources.get((table_id, column_ids))
        self._id = -number if known is None else known
        cells = {"tableId": table_id, "colIds": column_ids}
        self.created = [["AddRecord", "_grist_ACLResources", self._id, cells]] if known is None else []
        last = (rule.position for rule in document.rules if rule.resource == known and _is_for_everybody_else(rule))
        self._position = next(last, None)

    def rule(self, cells: dict[str, Any]) -> list[Any]:
        position = {} if self._position is None else {"rulePos": self._position}
        return ["AddRecord", "_grist_ACLRules", None, {"resource": self._id, **cells, **position}]


def _is_for_everybody_else(rule: Rule) -> bool:
    return not rule.formula and not rule.is_attribute


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

    None for a column about which people have a rule together with others: Grist would drop theirs, or ours.
    """
    if is_shared(table_id, column_id, document):
        return
    for rule in document.rules:
        if (rule.table, rule.columns) == (table_id, column_id) and is_ours(rule.memo):
            yield ["RemoveRecord", "_grist_ACLRules", rule.row_id]
    resource = _Resource(table_id, column_id, document, number)
    yield from resource.created
    what = "table tenue par le robot" if column_id == "*" else "colonne des responsables"
    yield resource.rule(
        {
            "aclFormula": f"not (user.Email in {json.dumps(sorted(editors), ensure_ascii=True)})",
            "permissionsText": "-CUD" if column_id == "*" else "-U",
            "memo": f"{_MEMO}{what}",
        }
    )


def without_table(there: Container[str], document: Document) -> Iterator[list[Any]]:
    """The actions that remove our rules on tables that are gone: Grist takes no other rule while there is one."""
    for rule in document.rules:
        if is_ours(rule.memo) and rule.table != "*" and rule.table not in there:
            yield ["RemoveRecord", "_grist_ACLRules", rule.row_id]


def is_shared(table_id: str, column_id: str, document: Document) -> bool:
    """Whether people have a rule about a column together with others."""
    return any(
        rule.table == table_id and "," in rule.columns and column_id in rule.columns.split(",")
        for rule in document.rules
    )
