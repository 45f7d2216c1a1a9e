"""Reader of a Grist document in the bytes of its SQLite file. Nothing is written to any file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace
from typing import Any, Final

from eig_sheets.spreadsheet.grist import kept_rows, own_tables
from eig_sheets.spreadsheet.grist.document import (
    ACCESS_MARK,
    ACCOUNT_MARK,
    CHART_MARK,
    MARKS,
    READERS,
    RUNS,
    SETTINGS_MARK,
    UNDRESSED_MARK,
    WORKBOOK_MARK,
    AccessRule,
    ChartMark,
    ChartSection,
    Document,
    GristColumn,
    GristTable,
    Mark,
    Page,
    ReaderRow,
    Readers,
    Section,
    Settings,
    Undressed,
    Widget,
    is_record,
)

_HELPERS: Final = ("manualSort", "gristHelper_")


class DocumentError(ValueError):
    """The file is no Grist document, or one of a version that is not known."""


def parse(data: bytes) -> Document:
    """The document in the bytes of its file. Raises DocumentError, ChangedOwnTableError."""
    if not data.startswith(b"SQLite format 3\0"):
        raise DocumentError("no SQLite file")
    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(data)
            base.row_factory = sqlite3.Row
            return _document(base)
    except own_tables.ChangedOwnTableError:
        raise
    except (sqlite3.Error, ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise DocumentError(f"{type(error).__name__}: {error}") from None


def _document(base: sqlite3.Connection) -> Document:
    tables = sorted(_tables(base), key=_place)
    own_tables.check({table.id: table for table in tables})
    ours = {table.id: table for table in tables if table.id in own_tables.TABLES}
    runs = [*_records(ours[RUNS])] if RUNS in ours else []
    last = max(runs, key=lambda run: run["id"], default={"id": 0})
    marks = tuple(_marks(ours[MARKS])) if MARKS in ours else ()
    return Document(
        _version(base),
        _titled([table for table in tables if table.id not in ours], {mark.ref for mark in marks if not mark.column}),
        marks,
        int(last["id"]),
        str(last.get("jeton") or ""),
        bool(last.get("termine", True)),
        tuple(_rules(base)),
        {(row[1], row[2]): row[0] for row in base.execute("SELECT id, tableId, colIds FROM _grist_ACLResources")},
        MARKS in ours,
        RUNS in ours,
        _schema(base),
        tuple(_charts(base)),
        tuple(_chart_marks(ours[MARKS])) if MARKS in ours else (),
        base.execute("SELECT max(id) FROM _grist_Views_section").fetchone()[0] or 0,
        tuple(Page(row["id"], row["pagePos"]) for row in base.execute("SELECT id, pagePos FROM _grist_Pages")),
        _identity(ours[MARKS]) if MARKS in ours else "",
        _readers(ours.get(READERS), ours.get(MARKS)),
        tuple(_widgets(base)),
        _settings(base),
        MARKS in ours and any(row.get("repere") == SETTINGS_MARK for row in _records(ours[MARKS])),
        base.execute("SELECT max(id) FROM _grist_Views_section_field").fetchone()[0] or 0,
        tuple(_undressed(ours[MARKS])) if MARKS in ours else (),
        tuple(kept_rows.sent_of(_records(ours[MARKS]))) if MARKS in ours else (),
        {kept.table: kept for kept in kept_rows.types_of(_records(ours[MARKS]))} if MARKS in ours else {},
        frozenset(_forms(base)),
        _robots(ours[MARKS]) if MARKS in ours else frozenset(),
    )


def _place(table: GristTable) -> tuple[float, int]:
    """Tables come in the order of their pages, then those without a page."""
    return (table.page.position if table.page else float("inf"), table.ref)


def _titled(tables: Sequence[GristTable], marked: Set[int]) -> tuple[GristTable, ...]:
    """The tables by titles that differ: where several have one, ours keeps it, and others have their ids beside."""
    owners: dict[str, GristTable] = {}
    for table in sorted(tables, key=lambda table: table.ref not in marked):
        owners.setdefault(table.title.casefold(), table)
    return tuple(
        table if owners[table.title.casefold()] is table else replace(table, title=f"{table.title} ({table.id})")
        for table in tables
    )


def _version(base: sqlite3.Connection) -> str:
    settings = base.execute("SELECT documentSettings FROM _grist_DocInfo").fetchone()[0]
    action = json.loads(settings)["baseAction"]
    return f"{action['n']}:{action['h'][:16]}"


def _settings(base: sqlite3.Connection) -> Settings:
    info = dict(base.execute("SELECT * FROM _grist_DocInfo").fetchone())
    values = json.loads(info["documentSettings"])
    del values["baseAction"]  # which only the downloaded file has
    return Settings(values, str(info.get("timezone") or ""))


def _schema(base: sqlite3.Connection) -> int:
    info = dict(base.execute("SELECT * FROM _grist_DocInfo").fetchone())
    return int(info.get("schemaVersion") or 0)


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
    by_table: dict[int, list[GristColumn]] = {}
    for row in base.execute("SELECT * FROM _grist_Tables_column ORDER BY parentPos"):
        if not row["colId"].startswith(_HELPERS):
            by_table.setdefault(row["parentId"], []).append(
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
                    row["recalcWhen"] or 0,
                    tuple(json.loads(row["recalcDeps"] or "null") or ()),
                )
            )
    return by_table


def _sections(base: sqlite3.Connection) -> dict[int, list[Section]]:
    fields: dict[int, dict[int, tuple[int, int]]] = {}
    for row in base.execute("SELECT id, parentId, colRef, width FROM _grist_Views_section_field"):
        fields.setdefault(row["parentId"], {})[row["colRef"]] = (row["id"], row["width"] or 0)
    by_table: dict[int, list[Section]] = {}
    for row in base.execute("SELECT id, tableRef, parentId FROM _grist_Views_section WHERE parentKey = 'record'"):
        by_table.setdefault(row["tableRef"], []).append(Section(row["id"], row["parentId"], fields.get(row["id"], {})))
    return by_table


_CHANGES: Final = ("title", "options", "layoutSpec", "sortColRefs", "linkSrcSectionRef")


def _widgets(base: sqlite3.Connection) -> Iterator[Widget]:
    for row in base.execute("SELECT * FROM _grist_Views_section WHERE parentId <> 0"):
        section = dict(row)
        changes = {name: section.get(name) for name in _CHANGES}
        yield Widget(section["id"], section["parentId"], {*changes.values()} <= {"", "[]", 0, None})


def _charts(base: sqlite3.Connection) -> Iterator[ChartSection]:
    first: dict[int, int] = {}
    for row in base.execute("SELECT parentId, colRef FROM _grist_Views_section_field ORDER BY parentPos"):
        first.setdefault(row["parentId"], row["colRef"])
    for row in base.execute("SELECT * FROM _grist_Views_section WHERE parentKey = 'chart'"):
        yield ChartSection(row["id"], row["parentId"], first.get(row["id"], 0), row["title"])


def _forms(base: sqlite3.Connection) -> Iterator[int]:
    """The tables to which published forms add rows: of sections on a page that is shared, as Grist tells them."""
    if not base.execute("SELECT 1 FROM sqlite_master WHERE name = '_grist_Shares'").fetchone():
        return  # a document of older versions
    shares = base.execute("SELECT id, options FROM _grist_Shares")
    published = {row["id"] for row in shares if _options(row["options"]).get("publish")}
    views = {row["viewRef"] for row in base.execute("SELECT * FROM _grist_Pages") if row["shareRef"] in published}
    for row in base.execute("SELECT * FROM _grist_Views_section"):
        options = _options(row["shareOptions"]) if row["parentId"] in views else {}
        if options.get("publish") and options.get("form"):
            yield row["tableRef"]


def _options(text: str) -> Mapping[str, Any]:
    try:
        options = json.loads(text or "{}")
    except ValueError:
        return {}
    return options if isinstance(options, dict) else {}


def _cells(base: sqlite3.Connection, table: str) -> tuple[tuple[int, ...], dict[str, tuple[Any, ...]]]:
    quoted = table.replace('"', '""')
    names = [row["name"] for row in base.execute(f'PRAGMA table_info("{quoted}")')]
    order = "manualSort, id" if "manualSort" in names else "id"
    cursor = base.execute(f'SELECT * FROM "{quoted}" ORDER BY {order}')  # noqa: S608 (a name that Grist chose)
    rows = [tuple(row) for row in cursor.fetchall()]
    columns = [*zip(*rows, strict=True)] if rows else [()] * len(names)
    cells = dict(zip(names, columns, strict=True))
    return cells["id"], cells


def _records(table: GristTable) -> Iterator[dict[str, Any]]:
    for place, _ in enumerate(table.row_ids):
        yield {column: values[place] for column, values in table.cells.items()}


def _marks(table: GristTable) -> Iterator[Mark]:
    for row in _records(table):
        if is_record(str(row.get("repere"))):
            continue
        ref = row["col_ref"] if row["col_id"] else row["table_ref"]
        yield Mark(
            row["id"], str(row.get("table_id") or ""), str(row.get("col_id") or ""), ref if isinstance(ref, int) else 0,
            str(row.get("repere") or ""), str(row.get("aspect") or ""), row.get("robot") == 1,
        )  # fmt: skip


def _undressed(table: GristTable) -> Iterator[Undressed]:
    for row in _records(table):
        if row.get("repere") == UNDRESSED_MARK:
            ref = row["table_ref"]
            yield Undressed(row["id"], ref if isinstance(ref, int) else 0, str(row.get("aspect") or ""))


def _identity(table: GristTable) -> str:
    marks = (str(row.get("repere")) for row in _records(table))
    return next((mark.removeprefix(WORKBOOK_MARK) for mark in marks if mark.startswith(WORKBOOK_MARK)), "")


def _readers(table: GristTable | None, marks: GristTable | None) -> Readers:
    kept = [row for row in (_records(marks) if marks else ()) if str(row.get("repere")).startswith(ACCESS_MARK)]
    access, mark = (str(kept[0]["repere"]).removeprefix(ACCESS_MARK), int(kept[0]["id"])) if kept else ("", 0)
    if table is None:
        return Readers(access=access, mark=mark)
    rows = (
        ReaderRow(row["id"], *(str(row.get(column) or "") for column in ("adresse", "qualite", "ecrit")))
        for row in _records(table)
    )
    role = next(column for column in table.columns if column.id == "role")
    return Readers(tuple(rows), role.formula if role.is_formula else "", access, mark, is_there=True)


def _robots(table: GristTable) -> frozenset[str]:
    marks = (str(row.get("repere")) for row in _records(table))
    return frozenset(mark.removeprefix(ACCOUNT_MARK) for mark in marks if mark.startswith(ACCOUNT_MARK))


def _chart_marks(table: GristTable) -> Iterator[ChartMark]:
    for row in _records(table):
        number = str(row.get("repere")).removeprefix(CHART_MARK)
        if f"{CHART_MARK}{number}" == row.get("repere") and number.isdecimal():
            ref = row["col_ref"]
            yield ChartMark(row["id"], ref if isinstance(ref, int) else 0, int(number), str(row.get("aspect") or ""))


def _rules(base: sqlite3.Connection) -> Iterator[AccessRule]:
    resources = {row["id"]: row for row in base.execute("SELECT * FROM _grist_ACLResources")}
    for row in base.execute("SELECT * FROM _grist_ACLRules ORDER BY rulePos"):
        resource = resources.get(row["resource"])
        if resource is not None:
            yield AccessRule(
                row["id"], row["resource"], resource["tableId"], resource["colIds"], row["aclFormula"] or "",
                row["permissionsText"] or "", row["memo"] or "", row["rulePos"] or 0, row["userAttributes"] or "",
            )  # fmt: skip
