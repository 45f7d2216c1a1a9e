"""Values as a file holds them."""

import io

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.copying.reading import described
from eig_sheets.copying.texts import file_of as text_file
from eig_sheets.copying.values import Remark, value
from eig_sheets.workbook.cells import MAX_TEXT, CellError
from eig_sheets.workbook.google import cells as google_cells
from eig_sheets.workbook.xlsx.package import Package
from eig_sheets.workbook.xlsx.read import snapshot
from tests.copying.builders import book, copied, dated, shown, tab
from tests.workbook.package_check import problems

pytestmark = pytest.mark.newest


@pytest.mark.parametrize(
    ("serial", "expected", "remark"),
    [
        (44293.5, 44293.5, None),
        (61.0, 61.0, None),  # 1 March 1900, from which Excel and Google count alike
        (60.0, 59.0, None),
        (2.25, 1.25, None),
        (1.0, "31/12/1899", Remark.OLD_DATE),
        (0.5, "30/12/1899 12:00", Remark.OLD_DATE),
        (-0.25, "29/12/1899 18:00", Remark.OLD_DATE),
        (-40176.0, "30/12/1789", Remark.OLD_DATE),
        (-40175.0 + 1 / 86_400, "31/12/1789 00:00:01", Remark.OLD_DATE),
        (-693593.0, "01/01/0001", Remark.OLD_DATE),
        (-1e9, -1e9, None),
        (1e9, 1e9, None),
    ],
)
def test_dates(serial, expected, remark):
    assert value(dated(serial)) == (expected, remark)
    assert value(shown(serial)) == (serial, None)


@pytest.mark.parametrize(
    ("kind", "code", "remark"),
    [
        ("REF", "#REF!", None),
        ("N_A", "#N/A", None),
        ("DIVIDE_BY_ZERO", "#DIV/0!", None),
        ("ERROR", "#VALUE!", None),  # files know no #ERROR!
        ("LOADING", "#N/A", Remark.LOADING),
    ],
)
def test_errors(kind, code, remark):
    assert value({"effectiveValue": {"errorValue": {"type": kind}}}) == (CellError(code), remark)


def test_nothing_is_nothing():
    assert [value(cell) for cell in ({}, {"effectiveValue": {}}, shown(""))] == [(None, None)] * 3


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["=1+1", "'a", "<r>a</r>", "_x0041_", "a\rb\n", " \t", "\ufffe\uffff", "]]>", "&amp;", "0012"]),
)
CELLS = st.one_of(
    st.just({}),
    TEXTS.map(shown),
    st.booleans().map(shown),
    st.floats(allow_nan=False, allow_infinity=False).map(shown),
    st.integers(-(2**53), 2**53).map(shown),
    st.floats(61, 2_958_465).map(dated),
    st.floats(0, 0.999).map(lambda serial: dated(serial, "TIME", "hh:mm:ss")),
    st.floats(-100, 100).map(lambda serial: dated(serial, "TIME", "[h]:mm:ss")),
    st.sampled_from(["REF", "N_A", "NUM"]).map(lambda kind: {"effectiveValue": {"errorValue": {"type": kind}}}),
)


def as_read(cell):
    """What our Google workbook reads of a cell; a duration that is a time of day there is one in a file only."""
    found, _ = google_cells.read(cell)
    pattern = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("pattern", "")
    number = cell.get("effectiveValue", {}).get("numberValue")
    if pattern.startswith("["):
        return round(number * 86_400_000)
    return found


def as_copied(found, cell):
    pattern = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("pattern", "")
    return round(found.total_seconds() * 1000) if pattern.startswith("[") else found


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
@example([[shown("a" * 32_767)]])
@example([[{}, shown(True)], [], [shown(-0.0)]])
def test_our_workbook_reads_in_the_copy_what_it_reads_on_google(rows):
    data = copied(tab(rows))
    tabs = snapshot(Package(data), "").tabs
    assert [one.name for one in tabs] == ["Onglet"]
    assert dict(tabs[0].formulas) == {}
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            assert as_copied(tabs[0].value(number, column), cell) == as_read(cell)
    assert problems(data) == []


@given(st.integers(32_768, 50_000), st.sampled_from("aé😀\ufffe<"), st.booleans())
def test_a_text_that_is_too_long_is_whole_beside_and_begins_in_its_cell(length, letter, is_note):
    whole = (letter * length)[:50_000]
    cell = shown("court") | {"note": whole} if is_note else shown(whole)
    made = described(book(tab([[{}, cell]], title="A/B")), "textes.txt")
    kept = made.tabs[0].notes[0][2] if is_note else made.tabs[0].rows[0][1].value
    beginning, _, mention = kept.partition("… [Coupé ici")
    assert whole.startswith(beginning)
    assert len(kept.encode("utf-16-le")) // 2 in (MAX_TEXT, MAX_TEXT - 1)
    assert mention.endswith("texte entier dans «\u202ftextes.txt\u202f»]")
    (long,) = made.long_texts
    assert (long.tab, long.text) == ("A/B", whole)
    assert long.where == ("note de la cellule B1" if is_note else "cellule B1")
    assert whole in text_file(made.long_texts).decode()
    assert described(book(tab([[shown("b" * 32_767)]])), "textes.txt").long_texts == ()


def test_a_cell_that_no_xlsx_has_is_refused():
    from eig_sheets.workbook.base import WorkbookError

    far = [{}] * 16_384
    openpyxl.load_workbook(io.BytesIO(copied(tab([far]))))
    with pytest.raises(
        WorkbookError, match="« Onglet ».*trop grand".replace(" ", "\u202f", 1).replace(" »", "\u202f»")
    ):
        described(book(tab([[*far, shown("a")]])), "textes.txt")
