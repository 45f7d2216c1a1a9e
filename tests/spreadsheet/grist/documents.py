"""Small Grist documents: in memory, and as the SQLite file that a server gives."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from eig_sheets.spreadsheet.grist import own_tables
from eig_sheets.spreadsheet.grist.batch import Batch
from eig_sheets.spreadsheet.grist.document import AccessRule, Document, GristColumn, GristTable, Mark, Page, Section
from eig_sheets.spreadsheet.model.plan import Operation, Plan

URL, ZONE = "https://grist.example.org/abcdefghijkl", "Europe/Paris"
ROBOT = "robot@example.org"
VERSION = "1:0123456789abcdef"


def column(ref: int, label: str, type_: str = "Text", **more: Any) -> GristColumn:
    """A column whose id is its label, unless another one is given; with a formula, it is a formula column."""
    formula = more.pop("formula", "")
    fields = {"formula": formula, "is_formula": bool(formula), "options": {}, "id": label.replace(" ", "_"), **more}
    return GristColumn(ref=ref, label=label, type=type_, **fields)


def table(
    ref: int, title: str, columns: Sequence[GristColumn], rows: Mapping[int, Sequence[Any]] | None = None, **more: Any
) -> GristTable:
    """A table with its page; `rows` are what SQLite has of each row, by its id."""
    rows = rows or {}
    cells = {each.id: tuple(row[place] for row in rows.values()) for place, each in enumerate(columns)}
    fields = {each.ref: (each.ref * 10, 100) for each in columns}
    parts = {
        "id": title.replace(" ", "_"), "page": Page(ref, float(ref)), "raw_section": ref * 10, "primary_view": ref,
        "sections": (Section(ref * 10 + 1, ref, fields),), **more,
    }  # fmt: skip
    return GristTable(ref=ref, title=title, columns=tuple(columns), row_ids=tuple(rows), cells=cells, **parts)


def mark(ref: int, id_: str, *, is_column: bool = False, robot: bool = False, look: str = "", row_id: int = 0) -> Mark:
    return Mark(row_id or ref, "T", "c" if is_column else "", ref, id_, look, robot)


def people() -> GristTable:
    columns = [column(11, "N°", id="numero"), column(12, "Rang", "Any", id="eig_rang", formula="None")]
    return table(1, "Candidatures", columns, {1: ("4512301", None), 3: ("4512303", None)})


def robots(*rows: Sequence[Any]) -> GristTable:
    columns = [column(21, "N°", id="numero"), column(22, "Rang", "Numeric", id="rang")]
    return table(2, "Classement", columns, dict(enumerate(rows or [("4512301", 1)], 1)))


def campaign(*more: GristTable, rules: Sequence[AccessRule] = (), ranking: GristTable | None = None) -> Document:
    """People's dossiers with the robot's column `rang`, and the robot's ranking."""
    marks = (mark(1, "candidatures"), mark(2, "classement", robot=True), mark(12, "rang", is_column=True, robot=True))
    tables = (people(), ranking or robots(), *more)
    resources = {(rule.table, rule.columns): rule.resource for rule in rules}
    settings = {"identity": "0e", "has_settings": True}
    return Document(VERSION, tables, marks, 7, "jeton", True, tuple(rules), resources, True, True, **settings)


def planned(document: Document, *operations: Operation) -> list[list[Any]]:
    """The actions of a plan, but for those that every batch has."""
    batch = Batch(document, URL, ZONE, ROBOT, "0f")
    batch.add(Plan(document.version, operations))
    begin = 3 if document.has_runs and document.has_marks else 0
    return batch.actions[begin:-1]


def service_columns(table_id: str) -> list[dict[str, Any]]:
    """The columns of a table of the robot's own, as it makes them: their formulas are those of new rows."""
    made = [action[3] for action in own_tables.created(table_id) if action[0] == "AddHiddenColumn"]
    return [{**definition, "is_trigger": True} for definition in made]


_SCHEMA = """
CREATE TABLE _grist_DocInfo (id INTEGER PRIMARY KEY, documentSettings TEXT);
CREATE TABLE _grist_Tables (id INTEGER PRIMARY KEY, tableId TEXT, primaryViewId INTEGER, summarySourceTable INTEGER,
    rawViewSectionRef INTEGER);
CREATE TABLE _grist_Tables_column (id INTEGER PRIMARY KEY, parentId INTEGER, parentPos NUMERIC, colId TEXT, type TEXT,
    widgetOptions TEXT, isFormula BOOLEAN, formula TEXT, label TEXT, description TEXT, displayCol INTEGER,
    recalcWhen INTEGER, recalcDeps TEXT);
CREATE TABLE _grist_Pages (id INTEGER PRIMARY KEY, viewRef INTEGER, pagePos NUMERIC, shareRef INTEGER DEFAULT 0);
CREATE TABLE _grist_Shares (id INTEGER PRIMARY KEY, linkId TEXT, options TEXT);
CREATE TABLE _grist_Views_section (id INTEGER PRIMARY KEY, tableRef INTEGER, parentId INTEGER, parentKey TEXT,
    title TEXT, shareOptions TEXT DEFAULT '');
CREATE TABLE _grist_Views_section_field (id INTEGER PRIMARY KEY, parentId INTEGER, colRef INTEGER, width INTEGER,
    parentPos NUMERIC);
CREATE TABLE _grist_ACLResources (id INTEGER PRIMARY KEY, tableId TEXT, colIds TEXT);
CREATE TABLE _grist_ACLRules (id INTEGER PRIMARY KEY, resource INTEGER, aclFormula TEXT, permissionsText TEXT,
    memo TEXT, rulePos NUMERIC, userAttributes TEXT);
"""


class File:
    """The SQLite file of a document, to which tables are added as Grist stores them."""

    def __init__(self) -> None:
        self.base = sqlite3.connect(":memory:")
        self.base.executescript(_SCHEMA)
        settings = json.dumps({"baseAction": {"n": 4, "h": "0123456789abcdef0123"}})
        self.base.execute("INSERT INTO _grist_DocInfo VALUES (1, ?)", [settings])

    def add(
        self, id_: str, title: str, columns: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[Any]] = ()
    ) -> int:
        """A table with a page; its columns have an `id`, and what else is said of them. The number of the table."""
        [ref] = self.base.execute("SELECT coalesce(max(id), 0) + 1 FROM _grist_Tables").fetchone()
        names = ["id", "manualSort", *(each["id"] for each in columns)]
        quoted = ", ".join(f'"{name}"' for name in names)
        named = '"' + id_.replace('"', '""') + '"'
        self.base.execute(f"CREATE TABLE {named} ({quoted})")
        self.base.execute("INSERT INTO _grist_Tables VALUES (?, ?, ?, 0, ?)", [ref, id_, ref, ref * 10])
        self.base.execute("INSERT INTO _grist_Pages (id, viewRef, pagePos) VALUES (?, ?, ?)", [ref, ref, float(ref)])
        for section, view, key in ((ref * 10, 0, "record"), (ref * 10 + 1, ref, "record")):
            self.base.execute(
                "INSERT INTO _grist_Views_section (id, tableRef, parentId, parentKey, title) VALUES (?, ?, ?, ?, ?)",
                [section, ref, view, key, title],
            )
        for place, each in enumerate([{"id": "manualSort"}, *columns]):
            defined = {"type": "Text", "options": "", "formula": "", "description": "", "shown_by": 0, **each}
            self.base.execute(
                "INSERT INTO _grist_Tables_column VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [ref * 100 + place, ref, float(place), each["id"], defined["type"], defined["options"],
                 bool(defined["formula"]) and not defined.get("is_trigger"), defined["formula"],
                 defined.get("label", each["id"]), defined["description"], defined["shown_by"],
                 defined.get("recalc_when", 0), defined.get("recalc_on")],
            )  # fmt: skip
        marks = ", ".join("?" * len(names))
        self.base.executemany(f"INSERT INTO {named} ({quoted}) VALUES ({marks})", rows)
        return int(ref)

    def __del__(self) -> None:
        self.base.close()  # newer Pythons complain of one that is left open, in whatever test then runs

    @property
    def bytes(self) -> bytes:
        self.base.commit()
        return self.base.serialize()
