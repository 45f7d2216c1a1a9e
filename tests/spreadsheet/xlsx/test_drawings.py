"""Charts of a robot's tab in an .xlsx file: what another reader sees of them, beside what people drew."""

from __future__ import annotations

import re
from dataclasses import replace

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.plan import CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.xlsx import unexpected_changes
from tests.spreadsheet import libreoffice
from tests.spreadsheet.contract_home import HOME, NUMBERS
from tests.spreadsheet.xlsx import package_check
from tests.spreadsheet.xlsx.books import STRICT_MAIN, STRICT_OFFICE, applied, new_book, opened, packed, parts, unpacked
from tests.spreadsheet.xlsx.books import sheet as sheet_part
from tests.spreadsheet.xlsx.test_tab import seen

BARS, COLUMNS = HOME.charts
STACKED = replace(COLUMNS, numbers=(1, 2), stacked=True)


@pytest.fixture
def book(tmp_path):
    return new_book(tmp_path, NUMBERS, HOME)


def charts(book):
    return seen(book, "Accueil")._charts


def title_of(text):
    return "".join(run.t for paragraph in text.tx.rich.p for run in paragraph.r or ())


def areas(chart):
    return [(series.cat.strRef.f, series.val.numRef.f) for series in chart.series]


def home(*made, rows=HOME.rows) -> Sheet:
    return replace(HOME, charts=made, rows=rows)


def test_another_reader_sees_titles_axes_cells_and_places(book):
    bars, columns = charts(book)
    assert package_check.problems(book._path) == []
    assert [title_of(chart.title) for chart in (bars, columns)] == ["Métiers demandés", "Projets"]
    assert [(title_of(chart.x_axis.title), title_of(chart.y_axis.title)) for chart in (bars, columns)] == [
        ("Métier", "Projets")
    ] * 2
    assert [(chart.barDir, chart.grouping) for chart in (bars, columns)] == [("bar", "clustered"), ("col", "clustered")]
    data = "'Données des graphiques'!"
    labels = f"{data}$A$2:$A$3"
    assert areas(bars) == [(labels, f"{data}$B$2:$B$3"), (labels, f"{data}$C$2:$C$3")]
    assert [series.tx.strRef.f for series in bars.series] == [f"{data}$B$1", f"{data}$C$1"]
    assert (bars.legend is None, columns.legend is None, columns.y_axis.majorUnit) == (False, True, 1)
    assert [chart.anchor._from.row for chart in (bars, columns)] == [5, 23]
    shades = [series.graphicalProperties.solidFill.srgbClr for series in bars.series]
    assert len({*shades}) == 2


def test_numbers_that_add_up_are_stacked(tmp_path):
    [chart] = charts(new_book(tmp_path, NUMBERS, home(STACKED)))
    assert (chart.grouping, chart.overlap) == ("stacked", 100)


def test_replacing_again_and_again_leaves_no_part_behind(book):
    names = set(unpacked(book._path))
    for rows in ((("Dossiers", 5),), (("Dossiers", 6), ("Jury", 1))):
        applied(book, ReplaceTab("Accueil", home(*HOME.charts, rows=rows)))
        applied(book, ReplaceTab("Accueil", home(replace(BARS, last_row=9), COLUMNS, rows=rows)))
    assert set(unpacked(book._path)) == names
    assert areas(charts(book)[-1])[0][1].endswith("$B$2:$B$9")  # the other one was left in its place
    applied(book, ReplaceTab("Accueil", home()))
    assert not [name for name in unpacked(book._path) if name.startswith("xl/charts/")]
    assert package_check.problems(book._path) == []


def test_a_chart_that_people_moved_and_restyled_stays_so_until_its_cells_change(book, tmp_path):
    path = next(name for name in unpacked(book._path) if name.startswith("xl/drawings/drawing"))
    content = unpacked(book._path)
    content[path] = content[path].replace(b"<xdr:col>0<", b"<xdr:col>9<")
    content["xl/charts/chart1.xml"] = content["xl/charts/chart1.xml"].replace(b"2F4077", b"00AA00")
    moved = opened(tmp_path, packed(content))
    applied(moved, ReplaceTab("Accueil", home(*HOME.charts, rows=(("Dossiers", 5),))))
    after = unpacked(moved._path)
    assert (after[path], after["xl/charts/chart1.xml"]) == (content[path], content["xl/charts/chart1.xml"])
    applied(moved, ReplaceTab("Accueil", home(replace(BARS, last_row=2), COLUMNS)))
    assert {chart.anchor._from.col for chart in charts(moved)} == {0, 9}


def test_a_chart_that_the_rows_have_reached_goes_below_them(book):
    more = tuple(("Dossiers", number) for number in range(9))
    lower = [replace(chart, at=(chart.at[0] + 15, 0)) for chart in HOME.charts]
    applied(book, ReplaceTab("Accueil", home(*lower, rows=more)))
    rows = sorted(chart.anchor._from.row for chart in charts(book))
    assert rows == [20, 38]  # 23, where the second one stood, would be under the first


def test_what_people_drew_stays_as_it_is(book):
    edited = openpyxl.load_workbook(book.location)
    tab = edited["Accueil"]
    theirs = openpyxl.chart.LineChart()
    theirs.add_data(openpyxl.chart.Reference(tab, min_col=2, min_row=2, max_row=3))
    tab.add_chart(theirs, "H2")
    edited.save(book.location)
    before = book._path.read_bytes()
    wanted = ReplaceTab("Accueil", home(COLUMNS))
    applied(book, wanted)
    kinds = [(type(chart).__name__, chart.anchor._from.col) for chart in charts(book)]
    assert ("LineChart", 7) in kinds
    assert unexpected_changes(before, book._path, Plan("", (wanted,))) == []
    after = unpacked(book._path)
    [drawing] = [name for name in after if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
    after[drawing] = after[drawing].replace(b">7<", b">8<", 1)
    assert drawing in unexpected_changes(before, packed(after), Plan("", (wanted,)))


def test_a_strict_workbook_gets_strict_charts(tmp_path):
    content = packed(parts({"Feuil1": sheet_part("", main=STRICT_MAIN)}, main=STRICT_MAIN, office=STRICT_OFFICE))
    book = opened(tmp_path, content)
    applied(book, CreateTab(NUMBERS), CreateTab(HOME))
    made = unpacked(book._path)
    drawn = [made[name] for name in made if name.startswith(("xl/charts/", "xl/drawings/"))]
    assert drawn
    assert b"schemas.openxmlformats.org/drawingml" not in b"".join(drawn)


@pytest.mark.slow
def test_libreoffice_keeps_them_and_they_are_still_ours(book, tmp_path):
    saved = libreoffice.convert(book._path, "xlsx", tmp_path / "lo", profile=tmp_path / "profile")
    again = opened(tmp_path, saved.read_bytes())
    assert len(charts(again)) == 2
    applied(again, ReplaceTab("Accueil", home(*HOME.charts, rows=(("Dossiers", 9),))))
    assert len(charts(again)) == 2
    applied(again, ReplaceTab("Accueil", home()))
    assert len(charts(again)) == 0


def test_no_chart_stays_under_one_that_the_rows_push_below(book):
    """Both go below the rows, though these have not reached the second."""
    rows = (*HOME.rows, *HOME.rows[-1:] * 6)
    lower = [replace(chart, at=(chart.at[0] + 10, chart.at[1])) for chart in HOME.charts]
    applied(book, ReplaceTab("Accueil", home(*lower, rows=rows)))
    first, second = sorted(chart.anchor._from.row for chart in charts(book))
    assert second - first >= 17
