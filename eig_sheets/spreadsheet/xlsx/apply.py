"""Application of a plan to a package."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.plan import (
    AddColumn,
    AppendRows,
    CreateTab,
    DeleteRows,
    FillCells,
    Operation,
    Plan,
    ReplaceTab,
    SetCells,
)
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.xlsx import grid, marks
from eig_sheets.spreadsheet.xlsx.contents import Contents, Tab
from eig_sheets.spreadsheet.xlsx.drawings import with_charts
from eig_sheets.spreadsheet.xlsx.edit import FILTER_NAME, SheetEditor, absolute
from eig_sheets.spreadsheet.xlsx.formatting import Lists, Looks
from eig_sheets.spreadsheet.xlsx.frame import Frame
from eig_sheets.spreadsheet.xlsx.markup import check
from eig_sheets.spreadsheet.xlsx.notes import add_notes
from eig_sheets.spreadsheet.xlsx.package import Package
from eig_sheets.spreadsheet.xlsx.read import LISTS_TAB_MARK
from eig_sheets.spreadsheet.xlsx.references import refuse_rows_in_use
from eig_sheets.spreadsheet.xlsx.styles import Styles
from eig_sheets.spreadsheet.xlsx.tab import Preserved, TabXml
from eig_sheets.text.french import typographic

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TITLES_NAME = "_xlnm.Print_Titles"
_FORMULA = re.compile(rb"<(?:[\w.\-]+:)?f[\s>/]")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31


def apply_plan(package: Package, plan: Plan, identity: str) -> bytes:
    """The bytes of the file after a plan, with that identity if it has none.

    Raises WorkbookError when an operation cannot be done, DamagedError on a malformed part.
    """
    editor = _Editor(package)
    for operation in plan.operations:
        editor.apply(operation)
    editor.finish(identity)
    return package.to_bytes()


def refuse_unfit_name(name: str, *, taken: bool) -> None:
    """Raise WorkbookError when a new tab cannot have that name, or another one (`taken`) has it."""
    if taken:
        raise _refused(f"Il y a déjà un onglet « {name} ». Renommez-le, puis relancez la commande.")
    if not name or len(name) > _LONGEST_NAME or _FORBIDDEN_IN_NAMES.search(name) or "'" in (name[0], name[-1]):
        raise _refused(
            f"« {name} » ne peut pas être un nom d’onglet : au plus {_LONGEST_NAME} caractères, "
            "sans [ ] : * ? / \\. Changez-le dans la configuration."
        )


class _Editor:
    """An editor of one package, which does the operations of one plan in order."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._contents = Contents(package)
        self._new = not self._contents.tabs
        self._looks = Looks(Styles(self._contents))
        self._lists = Lists(self._contents)
        self._open: dict[str, SheetEditor] = {}
        self._written: set[str] = set()
        self._formulas_changed = False

    def apply(self, operation: Operation) -> None:
        """Do one operation."""
        match operation:
            case CreateTab():
                self._create(operation.sheet, operation.before)
            case ReplaceTab():
                self._replace(operation)
            case AddColumn():
                self._editor(operation.tab).add_column(operation)
            case SetCells():
                self._editor(operation.tab).set_cells(operation)
            case AppendRows():
                self._editor(operation.tab).append_rows(operation)
            case FillCells():
                self._editor(operation.tab).fill_cells(operation)
            case DeleteRows(tab=tab):
                refuse_rows_in_use(self._contents, self._worksheet(tab), operation)
                self._editor(tab).delete_rows(operation)

    def finish(self, identity: str) -> None:
        """Write what the operations have collected: sheets, lists, styles; and the identity, once."""
        marks.identify(self._contents, identity)
        if self._new:
            self._contents.show_first_tab()
        self._close_editors()
        if self._lists.changed:
            self._write_lists()
        self._looks.styles.finish()
        chain = self._contents.related("calcChain")
        if chain and self._formulas_changed:
            self._package.drop(self._contents.part, chain)
        if self._has_formulas():
            self._contents.compute_on_opening()

    def _close_editors(self) -> None:
        for editor in self._open.values():
            editor.finish()
            self._formulas_changed |= editor.lost_formula
        self._open.clear()

    def _editor(self, name: str) -> SheetEditor:
        if name not in self._open:
            self._open[name] = SheetEditor(self._contents, self._worksheet(name), self._looks, self._lists)
        return self._open[name]

    def _worksheet(self, name: str) -> Tab:
        tab = self._contents.tab(name)
        if tab is None:
            raise _refused(f"L’onglet « {name} » n’existe plus. Relancez la commande pour qu’elle relise le classeur.")
        if not tab.part:
            raise _refused(
                f"L’onglet « {name} » n’est pas une feuille de calcul (c’est un graphique ou une macro). "
                "Renommez-le, puis relancez la commande."
            )
        return tab

    def _create(self, sheet: Sheet, before: str | None) -> None:
        refuse_unfit_name(sheet.name, taken=self._contents.tab(sheet.name) is not None)
        part = self._new_part()
        self._contents.add_tab(sheet.name, part, before, "hidden" if sheet.hidden else "")
        self._write(sheet, sheet.name, part, Preserved())

    def _new_part(self) -> str:
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.write(part, b"")
        self._package.declare(part, _SHEET_TYPE)
        return part

    def _replace(self, operation: ReplaceTab) -> None:
        self._open.pop(operation.name, None)
        tab = self._worksheet(operation.name)
        old = self._package.read(tab.part)
        self._formulas_changed |= _FORMULA.search(old) is not None
        preserved, drawing = _preserved(old, len(operation.sheet.columns))
        drawing_relation = next(
            (r for r in self._package.relations(tab.part) if r.id == drawing and r.kind == "drawing"), None
        )
        for relation in self._package.relations(tab.part):
            if relation.kind != "drawing" and relation.target in self._package:
                self._package.drop(tab.part, relation.target)
        self._package.remove_relations(tab.part)
        relation_id = (
            self._package.relate(tab.part, drawing_relation.type, drawing_relation.target) if drawing_relation else ""
        )
        self._write(
            operation.sheet,
            tab.name,
            tab.part,
            replace(preserved, drawing=relation_id),
        )

    def _write(self, sheet: Sheet, name: str, part: str, preserved: Preserved) -> None:
        tab = TabXml(self._contents, self._looks, self._lists, sheet, name, preserved)
        drawing = with_charts(self._contents, part, sheet.charts, name, sheet.header_row + len(sheet.rows))
        if drawing:
            tab.preserved = replace(preserved, drawing=drawing)
        notes_drawing = add_notes(self._contents, part, tab.notes())
        data = tab.to_xml(notes_drawing or "")
        self._package.write(part, data)
        self._written.add(part)
        self._formulas_changed |= _FORMULA.search(data) is not None
        place = [known.part for known in self._contents.tabs].index(part)
        if sheet.columns:
            self._contents.set_name(FILTER_NAME, absolute(name, tab.filter_area), place)
            self._contents.set_name(_TITLES_NAME, tab.titles, place, hidden=False)
        marks.mark_tab(self._contents, name, sheet.id)
        for column, mark in sheet.robot_columns:
            marks.mark_column(self._contents, name, sheet.header_row, column, mark)

    def _write_lists(self) -> None:
        lists = self._lists
        part = lists.tab.part if lists.tab else self._new_part()
        self._package.write(part, lists.to_xml())
        if lists.tab is None:
            self._contents.add_tab(lists.name, part, None, "veryHidden")
            marks.mark_tab(self._contents, lists.name, LISTS_TAB_MARK)

    def _has_formulas(self) -> bool:
        """Whether there are formulas in people's tabs, whose cached values may be outdated by these changes."""
        parts = (tab.part for tab in self._contents.tabs if tab.part and tab.part not in self._written)
        return any(_FORMULA.search(self._package.raw(part)) is not None for part in parts)


_OUTLINED_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*\boutlineLevel=[^>]*>")
_HIDDEN: Final = re.compile(rb"\bhidden=[\"'](?:1|true)")


def _preserved(data: bytes, width: int) -> tuple[Preserved, str]:
    """The preserved parts of a replaced tab, and the relationship id of its drawing."""
    check(data)
    parts = grid.split(data)
    frame = Frame(parts.head + parts.tail)
    view = frame.root.find("sheetViews", "sheetView")
    drawing = frame.root.find("drawing")
    relation = next((v for k, v in drawing.attributes.items() if k.endswith("}id")), "") if drawing else ""
    selected = view is not None and view.attributes.get("tabSelected") in ("1", "true")
    zoom = view.attributes.get("zoomScale", "") if view else ""
    outlined = _OUTLINED_ROW.findall(data)
    unfolded = bool(outlined) and not any(_HIDDEN.search(row) for row in outlined)
    widths, frozen = _widths(frame, width), frame.frozen_columns()
    return Preserved(selected, zoom, widths, frozen_columns=frozen, unfolded=unfolded), relation


def _widths(frame: Frame, width: int) -> str:
    columns = frame.root.find("cols")
    if columns is None or frame.prefix or max(int(col.attributes["max"]) for col in columns.children) != width:
        return ""
    return frame.data[columns.start : columns.end].decode()


def _refused(message: str) -> WorkbookError:
    return WorkbookError(typographic(message))
