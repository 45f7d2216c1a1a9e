"""The SQLite file of a document, built here as Grist builds it; what is no such file is refused."""

import contextlib
import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.document import (
    MARKS,
    RUNS,
    AccessRule,
    ChartMark,
    ChartSection,
    KeptSent,
    KeptTypes,
    Mark,
    Page,
)
from eig_sheets.spreadsheet.grist.own_tables import ChangedOwnTableError
from eig_sheets.spreadsheet.grist.sqlite_file import DocumentError, parse
from eig_sheets.spreadsheet.model.snapshot import SentMark
from tests.spreadsheet.grist.documents import File, service_columns

pytestmark = pytest.mark.newest

MARK_COLUMNS = ("table_id", "col_id", "table_ref", "col_ref", "repere", "aspect", "robot")


@pytest.fixture
def file():
    return File()


def add_marks(file, *rows):
    columns = service_columns(MARKS)
    file.add(MARKS, MARKS, columns, [(place, place, *row) for place, row in enumerate(rows, 1)])


def add_runs(file, *rows):
    file.add(RUNS, RUNS, service_columns(RUNS), [(run, run, *row) for run, *row in rows])


def test_a_table_has_its_columns_and_rows_in_their_order(file):
    options = {"label": "N° de dossier", "options": json.dumps({"widget": "TextBox"}), "description": "Unique."}
    columns = [{"id": "numero", **options}, {"id": "double", "formula": "$numero * 2"}, {"id": "vide"}]
    file.add("T", "Dossiers", columns, [(1, 2.0, "a", "aa", None), (3, 1.0, "b", None, None)])
    [table] = parse(file.bytes).tables
    assert (table.id, table.title, table.row_ids) == ("T", "Dossiers", (3, 1))
    assert table.cells["numero"] == ("b", "a")
    number, double, _ = table.columns
    assert (number.label, number.options, number.description) == ("N° de dossier", {"widget": "TextBox"}, "Unique.")
    assert (number.is_formula, double.is_formula, double.formula) == (False, True, "$numero * 2")
    assert table.page_section is not None
    assert table.page_section.view == table.primary_view


def test_tables_come_in_the_order_of_their_pages_then_those_without(file):
    for name in "ABC":
        file.add(name, name, [{"id": "a"}])
    file.base.execute("UPDATE _grist_Pages SET pagePos = 0.5 WHERE id = 3")
    file.base.execute("DELETE FROM _grist_Pages WHERE id = 1")
    assert [table.id for table in parse(file.bytes).tables] == ["C", "B", "A"]


def test_summary_tables_helpers_and_deleted_tables_are_no_tables_of_people(file):
    shown = file.add("T", "T", [{"id": "a", "shown_by": 102}, {"id": "gristHelper_Display"}])
    file.add("T_summary", "", [{"id": "a"}])
    file.base.execute("UPDATE _grist_Tables SET summarySourceTable = ? WHERE id = 2", [shown])
    file.add("GristHidden_import", "import", [{"id": "a"}])
    [table] = parse(file.bytes).tables
    assert [(column.id, column.shown_by) for column in table.columns] == [("a", "gristHelper_Display")]


def test_a_name_with_quotes(file):
    file.add('a" --', "L’« été »\n2", [{"id": "x"}], [(2, 0, "b"), (1, 1, "a")])
    [table] = parse(file.bytes).tables
    assert (table.title, table.cells["x"]) == ("L’« été »\n2", ("b", "a"))


def test_rows_without_an_order_are_in_that_of_their_ids(file):
    file.add("T", "T", [{"id": "x"}], [(2, 0, "b"), (1, 1, "a")])
    file.base.execute("ALTER TABLE T DROP COLUMN manualSort")
    assert parse(file.bytes).tables[0].cells["x"] == ("a", "b")


def test_of_tables_of_one_title_ours_keeps_it(file):
    for id_ in ("Classement", "Classement2", "Classement3"):
        file.add(id_, "classement" if id_.endswith("3") else "Classement", [{"id": "a"}])
    add_marks(file, ("Classement2", "", 2, 0, "classement", "", 1))
    titles = {table.id: table.title for table in parse(file.bytes).tables}
    assert titles == {
        "Classement": "Classement (Classement)", "Classement2": "Classement", "Classement3": "classement (Classement3)",
    }  # fmt: skip


def test_marks_refer_to_their_table_or_column(file):
    add_marks(file, ("T", "", 4, 0, "jury", "0a", 0), ("T", "c", 4, 401, "rang", None, 1), ("T", "d", 0, 0, "x", "", 0))
    document = parse(file.bytes)
    assert document.marks == (
        Mark(1, "T", "", 4, "jury", "0a"), Mark(2, "T", "c", 401, "rang", "", robot=True), Mark(3, "T", "d", 0, "x"),
    )  # fmt: skip
    assert (document.has_marks, document.has_runs, document.run, document.finished) == (True, False, 0, True)


def test_charts_have_their_first_column_and_marks_of_ours_their_section(file):
    file.add("T", "T", [{"id": "a"}, {"id": "b"}])
    file.base.execute("INSERT INTO _grist_Views_section VALUES (57, 1, 9, 'chart', 'Métiers', '')")
    for row, ref, place in ((1, 102, 2.0), (2, 101, 1.0)):
        file.base.execute("INSERT INTO _grist_Views_section_field VALUES (?, 57, ?, 0, ?)", [row, ref, place])
    file.base.execute("INSERT INTO _grist_Views_section VALUES (58, 1, 9, 'chart', '', '')")
    names = ("graphique 57", "graphique ", "graphique x", "graphiques")
    add_marks(file, *(("T", "a", 1, 101 if "57" in name else 0, name, "Titre", 0) for name in names))
    document = parse(file.bytes)
    assert document.charts == (ChartSection(57, 9, 101, "Métiers"), ChartSection(58, 9, 0, ""))
    assert document.chart_marks == (ChartMark(1, 101, 57, "Titre"),)
    assert [mark.id for mark in document.marks] == ["graphiques"]
    assert (document.last_section, document.pages) == (58, (Page(1, 1.0), Page(2, 2.0)))
    assert [len(table.sections) for table in document.tables] == [2]


def test_what_is_kept_among_marks_is_no_mark(file):
    types = json.dumps({"a": "Text"})
    add_marks(
        file,
        ("T", "", 4, 0, "envois", "0a", 1),
        ("", "", 0, 0, f"envoi relance jury-1 {'0' * 16}", "Envoyé", 0),
        ("", "", 0, 0, "envoi sans empreinte", "Envoyé", 0),
        ("T", "", 4, 0, "colonnes", types, 0),
        ("U", "", 5, 0, "colonnes", "{", 0),
    )
    document = parse(file.bytes)
    assert [mark.id for mark in document.marks] == ["envois"]
    assert document.sent == (KeptSent(2, SentMark("relance jury-1", "0" * 16, "Envoyé")),)
    assert document.types == {4: KeptTypes(4, 4, {"a": "Text"}), 5: KeptTypes(5, 5, {})}


FORM, SHARED = '{"form": true, "publish": true}', '{"publish": true}'


@pytest.mark.parametrize(
    ("page", "share", "section", "published"),
    [
        (1, SHARED, FORM, True), (0, SHARED, FORM, False), (1, '{"publish": false}', FORM, False),
        (1, SHARED, '{"form": true}', False), (1, SHARED, SHARED, False), (1, "", "", False), (1, "[", "[", False),
    ],
)  # fmt: skip
def test_a_form_is_published_where_its_page_is_shared_and_itself(page, share, section, published, file):
    ref = file.add("T", "T", [{"id": "a"}])
    file.base.execute("INSERT INTO _grist_Shares VALUES (1, 'lien', ?)", [share])
    file.base.execute("UPDATE _grist_Pages SET shareRef = ?", [page])
    file.base.execute("UPDATE _grist_Views_section SET shareOptions = ? WHERE parentId <> 0", [section])
    assert parse(file.bytes).forms == ({ref} if published else frozenset())


def test_documents_of_versions_without_forms_have_none(file):
    file.add("T", "T", [{"id": "a"}])
    file.base.execute("DROP TABLE _grist_Shares")
    assert parse(file.bytes).forms == frozenset()


def test_the_last_run_is_the_one_of_the_highest_number(file):
    add_runs(file, (6, "a", 1), (7, "b", 0))
    document = parse(file.bytes)
    assert (document.run, document.token, document.finished, document.version) == (7, "b", False, "4:0123456789abcdef")


def test_access_rules_have_their_resources(file):
    file.base.execute("INSERT INTO _grist_ACLResources VALUES (1, 'T', '*')")
    file.base.executemany(
        "INSERT INTO _grist_ACLRules VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(1, 1, None, None, None, 2.0, "{}"), (2, 1, "True", "-U", "à nous", 1.0, ""), (3, 9, "", "", "", 3.0, "")],
    )
    file.base.execute("INSERT INTO _grist_ACLResources VALUES (4, 'Gone', 'a,b')")
    assert parse(file.bytes).resources == {("T", "*"): 1, ("Gone", "a,b"): 4}
    assert parse(file.bytes).rules == (
        AccessRule(2, 1, "T", "*", "True", "-U", "à nous", 1.0),
        AccessRule(1, 1, "T", "*", "", "", "", 2.0, attributes="{}"),
    )


def test_a_service_table_that_was_changed_is_refused_by_name(file):
    file.add(MARKS, MARKS, [{"id": name} for name in MARK_COLUMNS[1:]])
    with pytest.raises(ChangedOwnTableError, match=rf"{MARKS} .*: table_id"):
        parse(file.bytes)


def test_a_service_table_that_was_renamed_is_refused_by_name(file):
    file.add("Repères", "Mes repères", [{"id": name} for name in MARK_COLUMNS])
    with pytest.raises(ChangedOwnTableError, match="« Mes repères », qui est la table de service EIG_Robot"):
        parse(file.bytes)


def test_options_that_are_no_object_are_none(file):
    file.add("T", "T", [{"id": "a", "options": "{"}, {"id": "b", "options": "[1]"}])
    assert [dict(column.options) for column in parse(file.bytes).tables[0].columns] == [{}, {}]


@given(st.binary())
def test_any_bytes_are_refused(data):
    with pytest.raises(DocumentError):
        parse(data)


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    file = File()
    file.add("T", "T", [{"id": "a"}], [(1, 1.0, "a")])
    whole = bytearray(file.bytes)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=20)):
        whole[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DocumentError, ChangedOwnTableError):
        parse(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


SCHEMA_CHANGES = {
    "no description": "ALTER TABLE _grist_Tables_column DROP COLUMN description",
    "no rules": "DROP TABLE _grist_ACLRules",
    "no settings": "DELETE FROM _grist_DocInfo",
    "an older base": "UPDATE _grist_DocInfo SET documentSettings = '{}'",
    "a column without id": "UPDATE _grist_Tables_column SET colId = NULL",
    "a table without cells": "DROP TABLE T",
}


@pytest.mark.parametrize("change", SCHEMA_CHANGES.values(), ids=SCHEMA_CHANGES)
def test_a_document_of_an_unknown_schema_is_refused(file, change):
    file.add("T", "T", [{"id": "a"}])
    file.base.execute(change)
    with pytest.raises(DocumentError):
        parse(file.bytes)


def test_another_database_is_refused():
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE t (a)")
        data = base.serialize()
    with pytest.raises(DocumentError, match="no such table"):
        parse(data)
