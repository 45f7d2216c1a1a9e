"""Whatever the robot writes is read back the same by us, by openpyxl and by calamine."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from eig_sheets.spreadsheet.model.cells import MAX_TEXT, Formula, Link, as_read
from eig_sheets.spreadsheet.model.differences import same
from eig_sheets.spreadsheet.model.plan import AppendRows, Plan, ReplaceTab, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from tests.effort import examples
from tests.spreadsheet.xlsx.books import new_book, of_rows

FORMATS = tuple(Format)
# Lone surrogates are no text; control characters are kept by escapes that only Excel and we decode.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40)
ANY_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(
    ["=1+1", "+33", "-", "@a", "'", "_x0041_", "a\r\nb", "\x00\x1f", " x ", "]]>", "\ufffe", "&lt;", "😀_xD83D_"]
)
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
MOMENTS = st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
FORMULAS = st.builds(Formula, st.sampled_from(["NOW()", 'IFNA(A1&"<",">")', "1<2"]), TEXTS | NUMBERS | st.booleans())
LINKS = st.builds(Link, TEXTS.filter(bool), st.sampled_from(["L'onglet", "A & B"]), st.just("B2"))
CELLS = st.none() | ANY_TEXTS | NUMBERS | st.booleans() | MOMENTS | FORMULAS | LINKS


def sheet_of(rows, formats=FORMATS):
    columns = tuple(Column(f"Colonne {n}", look) for n, look in enumerate(formats))
    return Sheet("essai", "Essai", Owner.ROBOT, columns, tuple(tuple(row) for row in rows))


rows_of_cells = st.lists(st.lists(CELLS, min_size=len(FORMATS), max_size=len(FORMATS)), max_size=4)


def mismatches(tab, rows, first_row=2, first_column=0):
    wanted = {
        (r, c): as_read(as_read(value))
        for r, row in enumerate(rows, first_row)
        for c, value in enumerate(row, first_column)
    }
    return [(place, value, tab.value(*place)) for place, value in wanted.items() if not same(tab.value(*place), value)]


@pytest.mark.slow
@settings(max_examples=examples(20))
@given(rows_of_cells)
def test_whole_tab_reads_back(rows):
    with tempfile.TemporaryDirectory() as folder:
        tab = new_book(Path(folder), sheet_of(rows)).read().tabs[0]
        assert mismatches(tab, rows) == []
        written = {(r, c): v.text for r, row in enumerate(rows, 2) for c, v in enumerate(row) if isinstance(v, Formula)}
        assert tab.formulas == written


@pytest.mark.slow
@settings(max_examples=examples(20))
@given(st.lists(CELLS, min_size=3, max_size=3), st.sampled_from(FORMATS), st.integers(0, 6), st.booleans())
def test_cells_set_beside_those_of_people_read_back(values, look, style, since_1904):
    assume(not since_1904 or all(not isinstance(value, datetime) or value.year >= 1904 for value in values))
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" s="{style}"><v>1</v></c></row>' for n in (1, 2, 3)
    )
    with tempfile.TemporaryDirectory() as folder:
        book = of_rows(Path(folder), rows, properties=' date1904="1"' if since_1904 else "")
        column = Column("Rang", look)
        append = AppendRows("Feuil1", 4, (0, 2), (column, column), ((values[0], values[1]),))
        plan = Plan(book.read().version, (SetCells("Feuil1", 1, column, tuple(enumerate(values, 1))), append))
        book.apply(plan)
        tab = book.read().tabs[0]
        assert mismatches(tab, [[value] for value in values], 1, 1) == []
        assert mismatches(tab, [values[:1]], 4) == mismatches(tab, [values[1:2]], 4, 2) == []
        assert [tab.value(row, 0) for row in (1, 2, 3)] == [1.0, 2.0, 3.0]


@settings(max_examples=examples(12))
@given(st.lists(st.tuples(TEXTS, NUMBERS, st.booleans(), MOMENTS), max_size=5))
def test_openpyxl_and_calamine_agree(rows):
    looks = (Format.TEXT, Format.NOTE, Format.GENERAL, Format.DATETIME)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(new_book(Path(folder), sheet_of(rows, looks)).location)
        seen = openpyxl.load_workbook(path)["Essai"]
        calamine = CalamineWorkbook.from_path(path).get_sheet_by_name("Essai").to_python(skip_empty_area=False)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row):
            assert close(seen.cell(number, column + 1).value, value), (number, column)
            assert close(calamine[number - 1][column], value), (number, column)


def close(read, wanted):
    if isinstance(wanted, datetime):
        read = datetime.combine(read, datetime.min.time()) if type(read) is date else read
        return abs(read - wanted) < timedelta(milliseconds=2)
    if isinstance(wanted, str):
        return (read or "") == wanted
    return same(float(read), float(wanted))


@pytest.mark.slow
@settings(max_examples=examples(10))
@given(rows_of_cells)
def test_writing_the_same_tab_again_changes_no_byte(rows):
    with tempfile.TemporaryDirectory() as folder:
        book = new_book(Path(folder), sheet_of(rows))
        first = Path(book.location).read_bytes()
        book.apply(Plan(book.read().version, (ReplaceTab("Essai", sheet_of(rows)),)))
        assert Path(book.location).read_bytes() == first


@pytest.mark.parametrize("text", ["x" * MAX_TEXT, "é" * MAX_TEXT, "😀" * (MAX_TEXT // 2)])
def test_longest_text_is_kept_whole(tmp_path, text):
    assert new_book(tmp_path, sheet_of([[text]])).read().tabs[0].value(2, 0) == text
