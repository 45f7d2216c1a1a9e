"""A Grist document as its SQLite file has it: tables, columns, rows, titles, what the robot keeps in it. Pure."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

MARKS: Final = "EIG_Robot"
"""The table of the robot's marks: which table and column is which of the schema, by their stable numbers."""
RUNS: Final = "EIG_Executions"
"""The table whose only row is the last run: its id is the number of the run."""

_HELPERS: Final = ("manualSort", "gristHelper_")


class DocumentError(ValueError):
    """The file is no Grist document, or one of a version that is not known."""


@dataclass(frozen=True, slots=True)
class GristColumn:
    """A column: `ref` is its stable number, `id` its name in formulas, `shown_by` the id of the column it shows."""

    ref: int
    id: str
    label: str
    type: str
    formula: str
    is_formula: bool
    options: Mapping[str, Any]
    description: str = ""
    shown_by: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it is one that nobody has used yet."""
        return self.is_formula and not self.formula


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a table's own view: its row, and its place among pages."""

    row_id: int
    position: float


@dataclass(frozen=True, slots=True)
class Section:
    """A view of a table: its row, that of its page's view (0: the raw data), its fields (column → row, width)."""

    row_id: int
    view: int
    fields: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class GristTable:
    """A table: `ref` is its stable number, `id` its name in formulas, `title` the one that people see.

    `cells` are what SQLite has of each column, by its id, in the order of `row_ids`, which is that of the rows.
    """

    ref: int
    id: str
    title: str
    columns: tuple[GristColumn, ...]
    row_ids: tuple[int, ...] = ()
    cells: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    page: Page | None = None
    raw_section: int = 0
    primary_view: int = 0
    sections: tuple[Section, ...] = ()

    @property
    def page_section(self) -> Section | None:
        """The view of the table on its own page."""
        return next((section for section in self.sections if section.view == self.primary_view), None)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the robot says of a table (`column` is '') or of a column: the id that it is in the schema.

    `ref` is the stable number; `look` the digest of a tab's look, `robot` whether the whole tab is the robot's.
    """

    row_id: int
    table: str
    column: str
    ref: int
    id: str
    look: str = ""
    robot: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """An access rule: the table and columns of its resource, its formula, its permissions, its comment."""

    row_id: int
    resource: int
    table: str
    columns: str
    formula: str
    permissions: str
    memo: str


@dataclass(frozen=True, slots=True)
class Document:
    """All of it. `version` changes with every change; `run` is the number of the last run, and its `token`."""

    version: str
    tables: tuple[GristTable, ...]
    marks: tuple[Mark, ...] = ()
    run: int = 0
    token: str = ""
    finished: bool = True
    rules: tuple[Rule, ...] = ()
    has_marks: bool = False
    has_runs: bool = False

    def table(self, title: str) -> GristTable | None:
        """The table of that exact title."""
        return next((table for table in self.tables if table.title == title), None)


def parse(data: bytes) -> Document:
    """The document in the bytes of its file. Raises DocumentError."""
    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(data)
            base.row_factory = sqlite3.Row
            return _document(base)
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise DocumentError(f"{type(error).__name__}: {error}") from None


def _document(base: sqlite3.Connection) -> Document:
    tables = sorted(_tables(base), key=_place)
    ours = {table.id: table for table in tables if table.id in (MARKS, RUNS)}
    runs = [*_records(ours[RUNS])] if RUNS in ours else []
    last = max(runs, key=lambda run: run["id"], default={"id": 0})
    return Document(
        _version(base),
        tuple(table for table in tables if table.id not in ours),
        tuple(_marks(ours[MARKS])) if MARKS in ours else (),
        int(last["id"]),
        str(last.get("jeton") or ""),
        bool(last.get("termine", True)),
        tuple(_rules(base)),
        MARKS in ours,
        RUNS in ours,
    )


def _place(table: GristTable) -> tuple[float, int]:
    """Tables come in the order of their pages, then those without a page."""
    return (table.page.position if table.page else float("inf"), table.ref)


def _version(base: sqlite3.Connection) -> str:
    settings = base.execute("SELECT documentSettings FROM _grist_DocInfo").fetchone()[0]
    action = json.loads(settings)["baseAction"]
    return f"{action['n']}:{action['h'][:16]}"


def _tables(base: sqlite3.Connection) -> Iterator[GristTable]:
    titles = dict(base.execute("SELECT id, title FROM _grist_Views_section"))
    pages = {
        row["viewRef"]: Page(row["id"], row["pagePos"])
        for row in base.execute("SELECT id, viewRef, pagePos FROM _grist_Pages ORDER BY pagePos DESC")
    }
    columns, sections = _columns(base), _sections(base)
    for row in base.execute("SELECT * FROM _grist_Tables WHERE summarySourceTable = 0 AND tableId <> ''"):
        if not row["tableId"].startswith("GristHidden_"):
            title = titles.get(row["rawViewSectionRef"]) or row["tableId"]
            row_ids, cells = _cells(base, row["tableId"])
            yield GristTable(
                row["id"], row["tableId"], title, tuple(columns.get(row["id"], ())), row_ids, cells,
                pages.get(row["primaryViewId"]), row["rawViewSectionRef"], row["primaryViewId"],
                tuple(sections.get(row["id"], ())),
            )  # fmt: skip


def _columns(base: sqlite3.Connection) -> dict[int, list[GristColumn]]:
    names = dict(base.execute("SELECT id, colId FROM _grist_Tables_column"))
    found: dict[int, list[GristColumn]] = {}
    for row in base.execute("SELECT * FROM _grist_Tables_column ORDER BY parentPos"):
        if not row["colId"].startswith(_HELPERS):
            found.setdefault(row["parentId"], []).append(
                GristColumn(
                    row["id"],
                    row["colId"],
                    row["label"],
                    row["type"],
                    row["formula"],
                    bool(row["isFormula"]),
                    _options(row["widgetOptions"]),
                    row["description"],
                    names.get(row["displayCol"], ""),
                )
            )
    return found


def _sections(base: sqlite3.Connection) -> dict[int, list[Section]]:
    fields: dict[int, dict[int, tuple[int, int]]] = {}
    for row in base.execute("SELECT id, parentId, colRef, width FROM _grist_Views_section_field"):
        fields.setdefault(row["parentId"], {})[row["colRef"]] = (row["id"], row["width"] or 0)
    found: dict[int, list[Section]] = {}
    for row in base.execute("SELECT id, tableRef, parentId FROM _grist_Views_section WHERE parentKey = 'record'"):
        found.setdefault(row["tableRef"], []).append(Section(row["id"], row["parentId"], fields.get(row["id"], {})))
    return found


def _options(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _cells(base: sqlite3.Connection, table: str) -> tuple[tuple[int, ...], dict[str, tuple[Any, ...]]]:
    quoted = table.replace('"', '""')
    cursor = base.execute(f'SELECT * FROM "{quoted}" ORDER BY manualSort, id')  # noqa: S608 (a name that Grist chose)
    names = [column[0] for column in cursor.description]
    rows = [tuple(row) for row in cursor.fetchall()]
    columns = [*zip(*rows, strict=True)] if rows else [()] * len(names)
    cells = dict(zip(names, columns, strict=True))
    return cells["id"], cells


def _records(table: GristTable) -> Iterator[dict[str, Any]]:
    for place, _ in enumerate(table.row_ids):
        yield {column: values[place] for column, values in table.cells.items()}


def _marks(table: GristTable) -> Iterator[Mark]:
    for row in _records(table):
        ref = row.get("ref")
        yield Mark(
            row["id"], str(row.get("table_id") or ""), str(row.get("col_id") or ""), ref if isinstance(ref, int) else 0,
            str(row.get("repere") or ""), str(row.get("aspect") or ""), row.get("robot") == 1,
        )  # fmt: skip


def _rules(base: sqlite3.Connection) -> Iterator[Rule]:
    resources = {row["id"]: row for row in base.execute("SELECT * FROM _grist_ACLResources")}
    for row in base.execute("SELECT * FROM _grist_ACLRules ORDER BY rulePos"):
        resource = resources.get(row["resource"])
        if resource is not None:
            yield Rule(
                row["id"], row["resource"], resource["tableId"], resource["colIds"], row["aclFormula"] or "",
                row["permissionsText"] or "", row["memo"] or "",
            )  # fmt: skip
