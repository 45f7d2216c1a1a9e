"""A small document to close, and what the actions that close it leave of it, as Grist applies them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from eig_sheets.spreadsheet.grist.batch import Batch
from eig_sheets.spreadsheet.grist.document import (
    ACCESS_MARK,
    MARKS,
    READERS,
    AccessRule,
    Document,
    GristTable,
    ReaderRow,
    Readers,
)
from eig_sheets.spreadsheet.grist.ownership_check import check_ownership
from eig_sheets.spreadsheet.model.access import Access, CloseAccess, OwnRows, Reader, Role
from eig_sheets.spreadsheet.model.plan import Operation, Plan
from tests.spreadsheet.grist.documents import ROBOT, URL, ZONE, campaign, column, mark, table

ACCESS = Access(("jury", "email"), (OwnRows("evaluations", "jure", ("numero", "jure")),), (("candidatures", "numero"),))
_WRITTEN = ("AddRecord", "UpdateRecord")
ADA = Reader("ada@example.org", Role.OFFICER)
ANNA = Reader("anna@jury.example", Role.JUROR, "Anna@jury.example ")


def jury() -> GristTable:
    return table(3, "Jury", [column(31, "E-mail", id="email")], {1: (ANNA.written,)})


def scores() -> GristTable:
    columns = [column(41, "N°", id="numero"), column(42, "Juré", id="jure"), column(43, "Note", "Numeric", id="note")]
    return table(4, "Évaluations", columns, {1: ("4512301", ANNA.address, 3)}, id="Evaluations")


def notes() -> GristTable:
    return table(5, "Notes", [column(51, "A"), column(52, "B")])


def open_document(*rules: AccessRule) -> Document:
    """Dossiers whose number officers alone change, a jury, its scores, a ranking; and a table that is people's own."""
    made = campaign(jury(), scores(), notes(), rules=rules)
    columns = {11: "numero", 31: "email", 41: "numero", 42: "jure"}
    marks = [mark(3, "jury"), mark(4, "evaluations")]
    marks += [mark(ref, id_, is_column=True) for ref, id_ in columns.items()]
    return replace(made, marks=(*made.marks, *marks))


def theirs(
    place: str, permissions: str = "all", formula: str = "user.Access == EDITOR", memo: str = "", **more: Any
) -> AccessRule:
    """A rule of people's about a « table:columns »; the same place has the same resource."""
    name, columns = place.split(":")
    resource = 50 + sum(map(ord, place)) % 1000  # any number that says which place it is
    return AccessRule(more.pop("row_id", resource), resource, name, columns, formula, permissions, memo, **more)


def batch(document: Document, *operations: Operation, robot: str = ROBOT) -> list[list[Any]]:
    """All the actions of a plan, which the ownership check lets pass."""
    made = Batch(document, URL, ZONE, robot, "0f")
    made.add(Plan(document.version, operations))
    check_ownership(made.actions, document)
    return made.actions


def closing(document: Document, *readers: Reader, access: Access = ACCESS, robot: str = ROBOT) -> list[list[Any]]:
    """The actions that close the document to whoever is not among these."""
    return batch(document, CloseAccess(access, readers), robot=robot)


def closed(document: Document, *readers: Reader, access: Access = ACCESS, robot: str = ROBOT) -> Document:
    """The document as these actions leave it."""
    return applied(document, closing(document, *readers, access=access, robot=robot))


def applied(document: Document, actions: Iterable[Sequence[Any]]) -> Document:
    """What the actions on rules, readers and the mark of their access leave of a document."""
    rows: dict[int, int] = {}
    for kind, name, *rest in actions:
        if name == "_grist_ACLResources":
            document = _with_resource(document, rest[0], rest[1], rows)
        elif name == "_grist_ACLRules":
            document = replace(document, rules=_with_rule(document, kind, rest, rows))
        elif name == READERS:
            document = replace(document, readers=_with_readers(document.readers, kind, *rest))
        elif name == MARKS and kind in _WRITTEN and str(rest[1].get("repere")).startswith(ACCESS_MARK):
            text = rest[1]["repere"].removeprefix(ACCESS_MARK)
            document = replace(document, readers=replace(document.readers, access=text, mark=90))
    return document


def _with_resource(document: Document, given: int, cells: Mapping[str, str], rows: dict[int, int]) -> Document:
    """The document with a resource more, whose row is not the number that the list of actions gives it."""
    place = cells["tableId"], cells["colIds"]
    assert place not in document.resources, f"Grist refuses a second resource of {place}"
    rows[given] = max(document.resources.values(), default=0) + 1
    return replace(document, resources={**document.resources, place: rows[given]})


def _with_rule(document: Document, kind: str, rest: Sequence[Any], rows: Mapping[int, int]) -> tuple[AccessRule, ...]:
    """The rules with one less, or one more: just before the first whose position is not lower, else last."""
    if kind == "RemoveRecord":
        return tuple(rule for rule in document.rules if rule.row_id != rest[0])
    cells = rest[1]
    resource = rows.get(cells["resource"], cells["resource"])
    [place] = [place for place, row in document.resources.items() if row == resource]
    row_id = max((rule.row_id for rule in document.rules), default=1000) + 1
    before = [rule for rule in document.rules if rule.position < cells.get("rulePos", float("inf"))]
    after = document.rules[len(before) :]
    low = before[-1].position if before else 0.0
    at = (low + after[0].position) / 2 if after else low + 1
    texts = (cells.get(name, "") for name in ("aclFormula", "permissionsText", "memo"))
    made = AccessRule(row_id, resource, *place, *texts, at, cells.get("userAttributes", ""))
    return (*before, made, *after)


def _with_readers(there: Readers, kind: str, *rest: Any) -> Readers:
    if kind == "AddRawTable" or not rest:
        return replace(there, is_there=True)
    if kind == "ModifyColumn":
        return replace(there, role=rest[1]["formula"])
    if kind == "BulkRemoveRecord":
        return replace(there, rows=tuple(row for row in there.rows if row.row_id not in rest[0]))
    if kind == "UpdateRecord":
        changed = rest[1]["qualite"], rest[1]["ecrit"]
        rows = (ReaderRow(row.row_id, row.address, *changed) if row.row_id == rest[0] else row for row in there.rows)
        return replace(there, rows=tuple(rows))
    if kind == "AddRecord":
        row_id = max((row.row_id for row in there.rows), default=0) + 1
        made = ReaderRow(row_id, rest[1]["adresse"], rest[1]["qualite"], rest[1]["ecrit"])
        return replace(there, rows=(*there.rows, made))
    return there
