"""The copy as the bytes of an .xlsx file."""

from __future__ import annotations

from eig_sheets.exporting.book import Book, Tab
from eig_sheets.exporting.sheet import SheetXml
from eig_sheets.exporting.styling import StyleNumbers
from eig_sheets.workbook.xlsx import marks
from eig_sheets.workbook.xlsx.blank import blank
from eig_sheets.workbook.xlsx.contents import Contents
from eig_sheets.workbook.xlsx.markup import escape_attribute, insert_inside, scan, set_attribute, splice
from eig_sheets.workbook.xlsx.notes import Note, add_notes
from eig_sheets.workbook.xlsx.package import EMPTY_RELATIONS, Package, relations_part
from eig_sheets.workbook.xlsx.read import LISTS_TAB_MARK
from eig_sheets.workbook.xlsx.rules import Lists
from eig_sheets.workbook.xlsx.styles import Styles

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TITLES_NAME = "_xlnm.Print_Titles"


def xlsx_file(book: Book) -> bytes:
    """The file: typed values, no formula, and the hidden names by which our .xlsx workbook knows tabs and columns."""
    package = Package(blank())
    contents = Contents(package)
    parts = [_listed(contents, tab.name, "hidden" if tab.hidden else "") for tab in book.tabs]
    lists = Lists(contents)
    styles = Styles(contents)
    numbers = StyleNumbers(styles)
    opened = next((place for place, tab in enumerate(book.tabs) if not tab.hidden), 0)
    for place, (tab, part) in enumerate(zip(book.tabs, parts, strict=True)):
        sheet = SheetXml(tab, numbers, lists, contents.main_namespace, contents.office)
        _write(contents, part, sheet, selected=place == opened)
        if repeated := sheet.titles:
            contents.set_name(_TITLES_NAME, repeated, place, hidden=False)
        _mark(contents, tab)
    if lists.changed:
        package.write(_listed(contents, lists.name, "veryHidden"), lists.to_xml())
        marks.mark_tab(contents, lists.name, LISTS_TAB_MARK)
    styles.finish()
    _open_on(contents, opened)
    return package.to_bytes()


def _listed(contents: Contents, name: str, state: str) -> str:
    part = contents.package.free_name("xl/worksheets/sheet{}.xml")
    contents.package.write(part, b"")
    contents.package.declare(part, _SHEET_TYPE)
    contents.add_tab(name, part, None, state)
    return part


def _write(contents: Contents, part: str, sheet: SheetXml, *, selected: bool) -> None:
    drawing = add_notes(contents, part, [Note(row, column, text) for row, column, text in sheet.tab.notes])
    contents.package.write(part, sheet.to_xml(selected=selected, notes_drawing=drawing or ""))
    name = relations_part(part)
    data = contents.package.read(name) if name in contents.package else EMPTY_RELATIONS
    new = "".join(
        f'<Relationship Id="{identity}" Type="{contents.office}/hyperlink" Target="{escape_attribute(address)}"'
        ' TargetMode="External"/>'
        for address, identity in sheet.links.items()
    )
    if new:
        contents.package.write(name, splice(data, [insert_inside(data, scan(data), new.encode())]))


def _mark(contents: Contents, tab: Tab) -> None:
    if tab.mark is not None:
        marks.mark_tab(contents, tab.name, tab.mark)
    for column, mark in tab.column_marks.items():
        marks.mark_column(contents, tab.name, max(tab.frozen_rows, 1), column, mark)


def _open_on(contents: Contents, place: int) -> None:
    views = contents.root.find("bookViews")
    for view in views.all("workbookView") if views and place else []:
        contents.rewrite([set_attribute(contents.data, view, "activeTab", str(place))])
