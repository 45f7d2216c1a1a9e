"""Integrity check: a changed file may differ from the previous one only where the plan says.

It compares the two files, whatever made the second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
from eig_sheets.spreadsheet.xlsx import drawings
from eig_sheets.spreadsheet.xlsx.content_types import (
    CONTENT_TYPES,
    TYPES_BY_EXTENSION,
    ContentTypes,
    extension_of,
    normalised,
)
from eig_sheets.spreadsheet.xlsx.contents import Contents, DefinedName, Tab
from eig_sheets.spreadsheet.xlsx.marks import is_mark, tab_marks
from eig_sheets.spreadsheet.xlsx.markup import scan
from eig_sheets.spreadsheet.xlsx.package import Package, relations_part
from eig_sheets.spreadsheet.xlsx.read import LISTS_TAB_MARK
from eig_sheets.spreadsheet.xlsx.sheet_integrity import AllowedCells, sheet_differences
from eig_sheets.storage import regular_files

_GROWING_NAMES = ("_xlnm._FilterDatabase", "_xlnm.Print_Titles")
_GENERIC_TYPES = ("", "application/xml", "text/xml")
_REWRITTEN_ELEMENTS = ("sheets", "definedNames", "calcPr", "bookViews")


@dataclass(slots=True)
class _Allowed:
    """The changes that a plan may make: whole tabs by name, cells of a tab, columns and rows that it adds."""

    created: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    cells: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    columns: dict[str, set[int]] = field(default_factory=dict)
    rows: dict[str, set[int]] = field(default_factory=dict)

    def add(self, operation: Operation) -> None:
        match operation:
            case CreateTab(sheet=sheet):
                self.created.add(sheet.name)
            case ReplaceTab(name=name):
                self.replaced.add(name)
            case AddColumn(tab=tab, header_row=row, column=column):
                self.cells.setdefault(tab, set()).add((row, column))
                self.columns.setdefault(tab, set()).add(column)
            case SetCells(tab=tab, column=column, values=values) | FillCells(tab=tab, column=column, values=values):
                self.cells.setdefault(tab, set()).update((row, column) for row, _ in values)
            case AppendRows(tab=tab, first_row=first, columns=columns, rows=rows):
                added = range(first, first + len(rows))
                self.rows.setdefault(tab, set()).update(added)
                self.cells.setdefault(tab, set()).update((row, column) for row in added for column in columns)
            case DeleteRows(tab=tab, first_row=first, last_row=last, width=width):
                deleted = range(first, last + 1)
                self.cells.setdefault(tab, set()).update((row, column) for row in deleted for column in range(width))


def unexpected_changes(before: Path | bytes, after: Path | bytes, plan: Plan) -> list[str]:
    """Every change between two files that the plan does not allow (a cell, a part…). Raises DamagedError."""
    allowed = _Allowed()
    for operation in plan.operations:
        allowed.add(operation)
    old, new = (
        Contents(Package(regular_files.read_bytes(file) if isinstance(file, Path) else file))
        for file in (before, after)
    )
    return [
        *_workbook(old, new, allowed),
        *_styles(old, new),
        *_parts(old, new, allowed),
        *_sheets(old, new, allowed),
        *_drawings(old, new, allowed),
    ]


def _lists_tab(contents: Contents) -> str | None:
    return next((tab for tab, mark in tab_marks(contents).items() if mark == LISTS_TAB_MARK), None)


def _workbook(old: Contents, new: Contents, allowed: _Allowed) -> Iterator[str]:
    kept = {tab.name for tab in old.tabs}
    if [_identity(tab) for tab in old.tabs] != [_identity(tab) for tab in new.tabs if tab.name in kept]:
        yield "xl/workbook.xml: sheets"
    added = {tab.name for tab in new.tabs} - kept - allowed.created - {_lists_tab(new)}
    yield from sorted(added)
    yield from _names(old, new, allowed)
    if _plain_children(old) != _plain_children(new):
        yield "xl/workbook.xml"


def _identity(tab: Tab) -> tuple[str, int, str, str, str | None]:
    return tab.name, tab.id, tab.part, tab.relation, tab.element.attributes.get("state")


def _plain_children(contents: Contents) -> list[bytes]:
    children = (child for child in contents.root.children if child.name not in _REWRITTEN_ELEMENTS)
    return [contents.data[child.start : child.end] for child in children]


def _names(old: Contents, new: Contents, allowed: _Allowed) -> Iterator[str]:
    ours = allowed.created | allowed.replaced | allowed.cells.keys()

    def of_people(contents: Contents) -> dict[tuple[str, str], str]:
        named = {(name.name, _owner(contents, name)): name.text for name in contents.names if not is_mark(name.name)}
        return {key: text for key, text in named.items() if not (key[0] in _GROWING_NAMES and key[1] in ours)}

    first, second = of_people(old), of_people(new)
    different = {key for key, _ in first.items() ^ second.items()}
    yield from sorted(f"{tab}!{name}" for name, tab in different)


def _owner(contents: Contents, name: DefinedName) -> str:
    return contents.tabs[name.local].name if name.local is not None and name.local < len(contents.tabs) else ""


def _styles(old: Contents, new: Contents) -> Iterator[str]:
    first, second = old.related("styles"), new.related("styles")
    if first is None:
        return
    if second is None:
        yield first
        return
    olds, news = old.package.read(first), new.package.read(second)
    after = {child.name: child for child in scan(news).children}
    for child in scan(olds).children:
        known = after.get(child.name)
        items = [olds[item.start : item.end] for item in child.children]
        if known is None or items != [news[item.start : item.end] for item in known.children[: len(items)]]:
            yield f"{first}: {child.name}"


def _parts(old: Contents, new: Contents, allowed: _Allowed) -> Iterator[str]:
    """Parts that changed, disappeared or appeared though the plan does not allow it."""
    changing = _changing_parts(old, allowed) | _changing_parts(new, allowed)
    replaced = [tab for tab in old.tabs if tab.name in allowed.replaced]
    vanishing = {part for tab in replaced for part in (*_dependents(old, tab), *_charts(old, tab))}
    chain = old.related("calcChain")
    changing, vanishing = {*map(normalised, changing)}, {*map(normalised, (*vanishing, chain or ""))}
    for name in old.package:
        if name not in new.package:
            if normalised(name) not in vanishing:
                yield name
        elif normalised(name) not in changing and not old.package.same_part(new.package, name):
            yield name
    yield from (name for name in new.package if name not in old.package and normalised(name) not in changing)
    for owner in ("", old.part, *(tab.part for tab in old.tabs if tab.part and tab.name not in allowed.replaced)):
        yield from _lost_relations(old, new, owner, (chain,))
    yield from _wrong_types(old, new)


def _changing_parts(contents: Contents, allowed: _Allowed) -> set[str]:
    names = allowed.created | allowed.replaced | allowed.cells.keys() | {_lists_tab(contents)}
    parts = {CONTENT_TYPES, contents.part, relations_part(contents.part), contents.related("styles") or ""}
    for tab in contents.tabs:
        if tab.name in names and tab.part:
            parts |= {tab.part, relations_part(tab.part), *_dependents(contents, tab)}
        drawing = _drawing(contents, tab) if tab.name in allowed.created | allowed.replaced else None
        if drawing:
            parts |= {drawing, relations_part(drawing), *_charts(contents, tab)}
    return parts


def _dependents(contents: Contents, tab: Tab) -> set[str]:
    """The parts that belong to one tab, with their relationships; without drawings, which are people's."""
    if not tab.part:
        return set()
    related = {r.target for r in contents.package.relations(tab.part) if r.kind != "drawing"}
    return related | {relations_part(part) for part in (*related, tab.part)}


def _charts(contents: Contents, tab: Tab) -> set[str]:
    """The parts of the charts of ours on a robot's tab."""
    drawing = _drawing(contents, tab)
    return {*drawings.parts_of(contents.package, drawing)} if drawing else set()


def _drawing(contents: Contents, tab: Tab) -> str | None:
    """The part of the drawing of a tab, which people share with us on a robot's tab."""
    relations = contents.package.relations(tab.part) if tab.part else ()
    return next((r.target for r in relations if r.kind == "drawing" and r.target in contents.package), None)


def _drawings(old: Contents, new: Contents, allowed: _Allowed) -> Iterator[str]:
    """The drawings of replaced tabs in which anything of people's is not as it was, or is gone."""
    for before in old.tabs:
        after = new.tab(before.name)
        drawn = _drawing(old, before) if before.name in allowed.replaced else None
        if drawn is None or after is None:
            continue
        now = _drawing(new, after)
        if now != drawn or drawings.others(old.package, drawn) != drawings.others(new.package, drawn):
            yield drawn
        yield from _lost_relations(old, new, drawn, {frame.chart for frame in drawings.frames(old.package, drawn)})


def _lost_relations(old: Contents, new: Contents, owner: str, removable: Collection[str | None]) -> Iterator[str]:
    kept = {(r.id, r.type, r.target) for r in new.package.relations(owner)}
    lost = [r for r in old.package.relations(owner) if (r.id, r.type, r.target) not in kept]
    lost = [relation for relation in lost if relation.target not in removable]
    yield from (f"{relations_part(owner)}: {relation.id}" for relation in lost)


def _wrong_types(old: Contents, new: Contents) -> Iterator[str]:
    """Parts whose content type changed, and new parts without one, which programs report as damage.

    A part of people's that never had a type may stay without, or get the one of its extension.
    """
    first, second = _types(old.package), _types(new.package)
    for part, kind in second.items():
        by_extension = TYPES_BY_EXTENSION.get(extension_of(part))
        if part in first:
            right = kind in (first[part], first[part] or by_extension)
        else:
            right = kind == by_extension if by_extension else kind not in _GENERIC_TYPES
        if not right:
            yield f"{CONTENT_TYPES}: {part}"


def _types(package: Package) -> dict[str, str]:
    types = ContentTypes(package.read(CONTENT_TYPES))
    return {normalised(part): types.type_of(part) for part in package if normalised(part) != normalised(CONTENT_TYPES)}


def _sheets(old: Contents, new: Contents, allowed: _Allowed) -> Iterator[str]:
    """Unexpected changes in the tabs of which only some cells may change."""
    for name, cells in allowed.cells.items():
        before, after = old.tab(name), new.tab(name)
        if before is not None and after is not None and name not in allowed.replaced:
            allowed_cells = AllowedCells(name, cells, allowed.columns.get(name, set()), allowed.rows.get(name, ()))
            yield from sheet_differences((old, before), (new, after), allowed_cells)
