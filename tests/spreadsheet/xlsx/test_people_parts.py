"""After the robot's runs, all that people own in a real workbook is as it was, and every program opens the file."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.cells import CellError, Uncomputed
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.effort import first
from tests.spreadsheet import libreoffice
from tests.spreadsheet.xlsx import excel365
from tests.spreadsheet.xlsx.campaign_plan import run, unlike
from tests.spreadsheet.xlsx.excel365_foreign import foreign
from tests.spreadsheet.xlsx.excel365_sheets import LAST_DOSSIER, NUMBERS
from tests.spreadsheet.xlsx.opc import load, main, related, save, sheets
from tests.spreadsheet.xlsx.package_check import problems
from tests.spreadsheet.xlsx.people import belongings
from tests.spreadsheet.xlsx.people_differences import differences

FIXTURES = ("libreoffice", *excel365.VARIANTS, "foreign", "openpyxl")


@pytest.fixture(scope="session")
def profile(tmp_path_factory):
    """LibreOffice's profile of this worker."""
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture(scope="session")
def saved(tmp_path_factory, profile):
    """The campaign as each program saves it, by name."""
    folder = tmp_path_factory.mktemp("campaigns")
    for name, make in excel365.VARIANTS.items():
        (folder / f"{name}.xlsx").write_bytes(make())
    (folder / "foreign.xlsx").write_bytes(foreign())
    source = folder / "excel.xlsx"
    libreoffice.convert(source, "xlsx", folder / "lo", profile=profile).rename(folder / "libreoffice.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(source).save(folder / "openpyxl.xlsx")
    return {name: folder / f"{name}.xlsx" for name in FIXTURES}


@pytest.fixture(params=first(3, FIXTURES))
def path(request, saved, tmp_path):
    """A copy of one of them, to work on."""
    copy = tmp_path / f"{request.param}.xlsx"
    copy.write_bytes(saved[request.param].read_bytes())
    return copy


def opened(path: Path) -> XlsxWorkbook:
    return XlsxWorkbook(path, path.parent / "versions")


@pytest.mark.slow
def test_fixtures_are_sound(path):
    assert problems(path) == []


@pytest.mark.slow
def test_read_gives_what_people_see(path):
    snapshot = opened(path).read()
    dossiers, reviews = snapshot.tab("Candidatures"), snapshot.tab("Évaluations")
    assert [dossiers.value(row, 0) for row in range(2, LAST_DOSSIER + 1)] == list(NUMBERS)
    assert [dossiers.value(row, 12) for row in range(2, 5)] == ["Un résumé avec du gras", "課題", "Ligne 1\nLigne 2"]
    assert dossiers.value(5, 12) == '=IMPORTXML("https://example.org")'
    assert str(dossiers.value(2, 1)) == "2021-03-01 09:30:00"
    assert (dossiers.value(2, 26), dossiers.value(3, 26)) == (True, False)
    assert (reviews.value(5, 5), reviews.value(6, 6), reviews.value(7, 6)) == (CellError("#N/A"), "NSP", "3,5")
    computed = {
        "openpyxl": (Uncomputed("3+0.5"), Uncomputed("3+0.5"), Uncomputed("1/0")),
        "libreoffice": (3.5, 3.5, CellError("#DIV/0!")),
    }.get(path.stem, (3.5, Uncomputed("3+0.5"), CellError("#DIV/0!")))
    assert (reviews.value(4, 2), reviews.value(4, 3), reviews.value(5, 4)) == computed
    assert reviews.formulas[4, 2].replace(" ", "") == "3+0.5"
    assert [(area.first_row, area.first_column, area.last_row, area.last_column) for area in reviews.merges] == [
        (1, 0, 1, 4)
    ]


def test_shared_formulas_are_all_formulas(path):
    formulas = opened(path).read().tab("Évaluations").formulas
    assert [formulas[row, 13].replace(" ", "") for row in (4, 5, 27)] == ["SUM(C4:G4)", "SUM(C5:G5)", "SUM(C27:G27)"]


def test_run_leaves_all_that_people_own(path):
    book, before = opened(path), belongings(path)
    plan = run(book.read())
    book.apply(plan)
    assert differences(before, belongings(path), plan) == []
    assert problems(path) == []
    assert unlike(plan, book.read()) == []


def test_second_run_leaves_all_that_people_own(path):
    book = opened(path)
    book.apply(run(book.read()))
    before, plan = belongings(path), run(book.read(), note=15.0, imported=40)
    book.apply(plan)
    assert differences(before, belongings(path), plan) == []
    assert problems(path) == []
    assert unlike(plan, book.read()) == []


@pytest.mark.slow
def test_package_does_not_grow_from_run_to_run(path):
    book, sizes = opened(path), []
    for note in (15.0, 16.0, 15.0, 16.0, 15.0, 16.0):
        book.apply(run(book.read(), note, imported=0))
        parts = load(path)
        sizes.append((len(parts), len(parts["xl/styles.xml"]), len(parts["xl/workbook.xml"])))
    assert sizes[1] == sizes[3] == sizes[5]


def test_table_and_filter_cover_appended_rows(path):
    """A table or filter also covers the robot's columns beside it: sorting must carry them along."""
    book = opened(path)
    book.apply(run(book.read()))
    parts = load(path)
    tab = sheets(parts)["Candidatures"]
    tables = [ET.fromstring(parts[name]) for name in related(parts, tab, "table")]
    ranges = [table.attrib["ref"] for table in tables]
    ranges += [element.attrib["ref"] for element in ET.fromstring(parts[tab]).findall(main("autoFilter"))]
    assert ranges
    assert {reference.rpartition(":")[2] for reference in ranges} == {f"AR{LAST_DOSSIER + 3}"}


def seen_by_openpyxl(path: Path) -> dict[str, object]:
    """What openpyxl understands of people's tabs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    return {
        name: (
            sorted(tab.tables), [c.coordinate for row in tab.iter_rows() for c in row if c.comment], len(tab._charts),
            len(tab._pivots), sorted(map(str, tab.merged_cells.ranges)),
            [d.type for d in tab.data_validations.dataValidation][:1],
            tab.protection.sheet, tab.freeze_panes, tab.sheet_state, tab.print_area, tab.print_title_rows,
            [row for row, size in tab.row_dimensions.items() if size.hidden],
            tab.auto_filter.ref if name != "Candidatures" else "",
        )
        for name, tab in ((tab.title, tab) for tab in book.worksheets) if name in excel365.TABS
    }  # fmt: skip


def test_openpyxl_finds_all_that_it_found(path):
    before, book = seen_by_openpyxl(path), opened(path)
    assert len(before) == len(excel365.TABS)
    book.apply(run(book.read()))
    after = seen_by_openpyxl(path)
    notes = {tab: [c for c in seen[1] if not c.startswith(("AP", "AQ", "AR"))] for tab, seen in after.items()}
    after = {tab: (seen[0], notes[tab], *seen[2:]) for tab, seen in after.items()}
    assert {**after, "Candidatures": after["Candidatures"][:9]} == {
        **before,
        "Candidatures": before["Candidatures"][:9],
    }


@pytest.fixture(scope="session")
def resaved(saved, tmp_path_factory, profile):
    """What LibreOffice saves of a campaign, by name, after a run of the robot; it is started once for each."""

    @cache
    def made(name: str) -> bytes:
        path = tmp_path_factory.mktemp("resaved") / f"{name}.xlsx"
        path.write_bytes(saved[name].read_bytes())
        book = opened(path)
        book.apply(run(book.read()))
        return libreoffice.convert(path, "xlsx", path.parent / "lo", profile=profile).read_bytes()

    return made


def kept_by_libreoffice(resaved: bytes) -> tuple[dict[str, object], dict[str, int]]:
    """What is in a file that it saved: people's cells by tab, and how many parts of each kind."""
    parts = load(resaved)
    held = belongings(save(parts))
    kinds: dict[str, int] = {}
    for tab in excel365.TABS:
        for kind in ("table", "comments", "drawing", "pivotTable", "hyperlink"):
            kinds[f"{tab} {kind}"] = len(related(parts, sheets(parts)[tab], kind))
    return {tab: held.tabs[tab].cells for tab in excel365.TABS}, kinds


def spelled(cell: str) -> list[str]:
    """Kind, value and formula of a cell, without its look."""
    return cell.split("|")[:3]


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXTURES)
def test_libreoffice_loses_nothing_that_it_understood(name, saved, resaved, tmp_path, profile):
    untouched = libreoffice.convert(saved[name], "xlsx", tmp_path, profile=profile)
    before, kinds = kept_by_libreoffice(untouched.read_bytes())
    after, kinds_after = kept_by_libreoffice(resaved(name))
    own = [(tab, place, cell) for tab, cells in before.items() for place, cell in cells.items()
           if tab != "Candidatures" or (place[1] < 41 and place[0] <= LAST_DOSSIER)]  # fmt: skip
    assert len(own) > 300
    assert [(tab, place) for tab, place, cell in own if spelled(cell) != spelled(after[tab].get(place, ""))] == []
    assert {kind: n for kind, n in kinds_after.items() if n < kinds[kind]} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXTURES)
def test_marks_survive_libreoffice(name, resaved, tmp_path):
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(resaved(name))
    of_libreoffice, again = problems(path), opened(path)
    snapshot = again.read()
    assert {tab.mark: tab.name for tab in snapshot.tabs if tab.mark} == {
        "accueil": "Accueil", "classement": "Classement", "emails": "E-mails à envoyer",
    }  # fmt: skip
    assert dict(snapshot.tab("Candidatures").column_marks) == {41: "rang", 42: "note", 43: "proposition"}
    plan = run(snapshot, note=12.0, imported=1)
    again.apply(plan)
    assert unlike(plan, again.read()) == []
    assert problems(path) == of_libreoffice


def seeded(path: Path, part: str, old: str, new: str) -> None:
    """Changes what a part of a file says."""
    parts = load(path)
    assert old.encode() in parts[part]
    path.write_bytes(save({**parts, part: parts[part].replace(old.encode(), new.encode())}))


@pytest.mark.slow
def test_table_may_have_a_column_of_the_same_header(tmp_path):
    path = tmp_path / "excel.xlsx"
    path.write_bytes(excel365.campaign())
    for part in ("xl/sharedStrings.xml", "xl/tables/table1.xml"):
        seeded(path, part, "Questions de présélection", "RANG")
    assert problems(path) == []
    book, before = opened(path), belongings(path)
    plan = run(book.read())
    book.apply(plan)
    assert problems(path) == []
    assert differences(before, belongings(path), plan) == []
    assert dict(book.read().tab("Candidatures").column_marks) == {41: "rang", 42: "note", 43: "proposition"}


def test_table_with_totals_keeps_them(tmp_path):
    path = tmp_path / "excel.xlsx"
    path.write_bytes(excel365.campaign())
    seeded(path, "xl/tables/table1.xml", 'ref="A1:AO13" totalsRowShown="0"', 'ref="A1:AO14" totalsRowCount="1"')
    assert problems(path) == []
    book, before = opened(path), belongings(path)
    plan = run(book.read(), imported=0)
    book.apply(plan)
    assert problems(path) == []
    assert differences(before, belongings(path), plan) == []


def test_nothing_to_change_is_nothing_written(path):
    before, book = path.read_bytes(), opened(path)
    book.apply(Plan(book.read().version))
    assert path.read_bytes() == before
