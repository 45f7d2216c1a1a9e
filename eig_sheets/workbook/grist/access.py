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
