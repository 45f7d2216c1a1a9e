"""Everything people own in a package, at the level of its XML, and what of it differs after the robot's work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from eig_sheets.workbook.cells import a1, parse_a1
from eig_sheets.workbook.plan import AddColumn, AppendRows, CreateTab, Plan, ReplaceTab, SetCells
from tests.workbook.opc import (
    CONTENT_TYPES,
    OFFICE,
    Parts,
    canonical,
    load,
    main,
    related,
    relations,
    relations_name,
    sheets,
    workbook_part,
)

Place = tuple[int, int]
ROBOT_LISTS = "Listes (robot)"
"""The robot's own hidden tab, for the words of drop-downs too long for a formula."""


@dataclass(frozen=True)
class Tab:
    """One tab: each cell and row attribute spelled out, and each element around the cells in canonical form."""

    part: str
    cells: Mapping[Place, str]
    rows: Mapping[int, str]
    frame: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Belongings:
    """What a package holds. `tabs` is by name; `order` is of the tabs; `book` is the workbook part's other elements."""

    parts: Parts
    tabs: Mapping[str, Tab]
    order: tuple[str, ...]
    book: Mapping[str, tuple[str, ...]]
    names: Mapping[tuple[str, str | None], str] = field(default_factory=dict)


def belongings(source: Path | bytes) -> Belongings:
    """Reads all of a package."""
    parts = load(source)
    looks = Looks(parts)
    listed = sheets(parts)
    root = ET.fromstring(parts[workbook_part(parts)])
    book = {child.tag: (canonical(child),) for child in root if child.tag not in {main("sheets"), main("definedNames")}}
    return Belongings(
        parts, {name: _tab(parts, part, looks) for name, part in listed.items()}, tuple(listed), book,
        _defined_names(root, tuple(listed)),
    )  # fmt: skip


def _defined_names(root: ET.Element, tabs: tuple[str, ...]) -> dict[tuple[str, str | None], str]:
    found = {}
    for name in root.iter(main("definedName")):
        scope = name.attrib.pop("localSheetId", None)
        found[name.attrib["name"], None if scope is None else tabs[int(scope)]] = canonical(name)
    return found


class Looks:
    """What the indexes of a package stand for: shared strings and cell formats, spelled out."""

    def __init__(self, parts: Parts) -> None:
        book = workbook_part(parts)
        strings = [ET.fromstring(parts[part]) for part in related(parts, book, "sharedStrings")]
        self.strings = ["".join(map(canonical, item)) for root in strings for item in root.findall(main("si"))]
        styles = [ET.fromstring(parts[part]) for part in related(parts, book, "styles")]
        self.formats = [text for root in styles for text in _formats(root)] or [""]
        self.differential = [canonical(dxf) for root in styles for dxf in root.iter(main("dxf"))]

    def cell(self, cell: ET.Element) -> str:
        """A cell without its address: format, kind, formula, value."""
        value = cell.findtext(main("v"))
        if cell.get("t") == "s" and value is not None:
            value = self.strings[int(value)]
        inline = cell.find(main("is"))
        if inline is not None:
            value = "".join(map(canonical, inline))
        kind = {"inlineStr": "s"}.get(cell.get("t", "n"), cell.get("t", "n"))
        formula = cell.find(main("f"))
        look = self.formats[int(cell.get("s", "0"))]
        return (
            f"{kind}|{value}|{'' if formula is None else canonical(formula)}|{cell.get('cm')}|{cell.get('vm')}|{look}"
        )

    def dxf(self, element: ET.Element) -> None:
        """Spells out the differential formats that an element refers to."""
        for found in element.iter():
            for name in ("dxfId", "dataDxfId", "headerRowDxfId"):
                if name in found.attrib:
                    found.attrib[name] = self.differential[int(found.attrib[name])]
            if found.tag == main("col") and "style" in found.attrib:
                found.attrib["style"] = self.formats[int(found.attrib["style"])]


def _formats(root: ET.Element) -> Iterator[str]:
    tables = {name: list(root.find(main(name)) or ()) for name in ("fonts", "fills", "borders", "cellStyleXfs")}
    numbers = {
        n.attrib["numFmtId"]: n.attrib["formatCode"] for n in root.findall(f"{main('numFmts')}/{main('numFmt')}")
    }
    parents = [_format(xf, tables, numbers, []) for xf in tables["cellStyleXfs"]]
    for xf in root.find(main("cellXfs")) or ():
        yield _format(xf, tables, numbers, parents)


def _format(
    xf: ET.Element, tables: Mapping[str, list[ET.Element]], numbers: Mapping[str, str], parents: list[str]
) -> str:
    attributes = dict(xf.attrib)
    number = attributes.pop("numFmtId", "0")
    spelled = [numbers.get(number, number)]
    for attribute, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
        index = int(attributes.pop(attribute, "0"))
        spelled.append(canonical(tables[name][index]) if index < len(tables[name]) else "")
    parent = int(attributes.pop("xfId", "0"))
    spelled.append(parents[parent] if parent < len(parents) else "")
    return "".join([*spelled, str(sorted(attributes.items())), *map(canonical, xf)])


def _tab(parts: Parts, part: str, looks: Looks) -> Tab:
    root, links = ET.fromstring(parts[part]), relations(parts, part)
    cells: dict[Place, str] = {}
    rows: dict[int, str] = {}
    for row in root.iter(main("row")):
        number = int(row.get("r", len(rows) + 1))
        known = {name: value for name, value in row.attrib.items() if name not in ("r", "spans")}
        if "s" in known:
            known["s"] = looks.formats[int(known["s"])]
        rows[number] = str(sorted(known.items()))
        for column, cell in enumerate(row):
            cells[parse_a1(cell.get("r", a1(number, column)))] = looks.cell(cell)
    frame: dict[str, tuple[str, ...]] = {"<root>": (str(sorted(root.attrib.items())),)}
    for child in root:
        if child.tag != main("sheetData"):
            _resolve(child, links, looks)
            entries = tuple(map(canonical, child)) if child.tag in _LISTS else (canonical(child),)
            frame[child.tag] = frame.get(child.tag, ()) + entries
    return Tab(part, cells, rows, frame)


_LISTS = {main(name) for name in ("cols", "mergeCells", "dataValidations", "hyperlinks", "tableParts", "ignoredErrors")}


def _resolve(element: ET.Element, links: Mapping[str, object], looks: Looks) -> None:
    looks.dxf(element)
    for found in element.iter():
        for name, value in found.attrib.items():
            if name.startswith(f"{{{OFFICE}}}"):
                found.attrib[name] = str(links[value])


@dataclass(frozen=True)
class Touched:
    """What a plan may change: cells of people's tabs, whole robot's tabs, tabs that got rows or columns."""

    cells: frozenset[tuple[str, int, int]]
    robot_tabs: frozenset[str]
    grown_tabs: frozenset[str]

    @classmethod
    def by(cls, plan: Plan) -> Touched:
        """The places that the operations name."""
        cells: set[tuple[str, int, int]] = set()
        robot = {ROBOT_LISTS}
        for operation in plan.operations:
            match operation:
                case CreateTab(sheet=sheet):
                    robot.add(sheet.name)
                case ReplaceTab(name=name):
                    robot.add(name)
                case AddColumn():
                    cells.add((operation.tab, operation.header_row, operation.column))
                case SetCells():
                    cells |= {(operation.tab, row, operation.column) for row, _ in operation.values}
                case AppendRows():
                    last = operation.first_row + len(operation.rows)
                    rows = range(operation.first_row, last)
                    cells |= {(operation.tab, row, column) for row in rows for column in operation.columns}
        return cls(frozenset(cells), frozenset(robot), frozenset(tab for tab, _, _ in cells))


def differences(before: Belongings, after: Belongings, plan: Plan) -> list[str]:
    """What people had and is no longer as it was, apart from what the plan names."""
    touched = Touched.by(plan)
    return [*_tab_differences(before, after, touched), *_book_differences(before, after, touched),
            *_part_differences(before, after, touched)]  # fmt: skip


def _tab_differences(before: Belongings, after: Belongings, touched: Touched) -> Iterator[str]:
    kept = [name for name in before.order if name not in touched.robot_tabs]
    if kept != [name for name in after.order if name in kept]:
        yield f"tabs: {before.order} became {after.order}"
    for name in kept:
        if name not in after.tabs:
            continue
        old, new = before.tabs[name], after.tabs[name]
        for place in sorted(old.cells.keys() | new.cells.keys()):
            was, now = old.cells.get(place), new.cells.get(place)
            if was != now and (name, *place) not in touched.cells:
                yield f"{name}!{a1(*place)}: {was} became {now}"
        for row, attributes in old.rows.items():
            if new.rows.get(row, "[]") != attributes:
                yield f"{name} row {row}: {attributes} became {new.rows.get(row)}"
        grown = {column for tab, _, column in touched.cells if tab == name}
        yield from _frame_differences(name, old, new, grown)


_MAY_GROW = {
    main(name)
    for name in (
        "dimension",
        "cols",
        "autoFilter",
        "conditionalFormatting",
        "dataValidations",
        "legacyDrawing",
        "extLst",
    )
}


def _frame_differences(name: str, old: Tab, new: Tab, grown: set[int]) -> Iterator[str]:
    for tag in old.frame.keys() | new.frame.keys():
        was, now = old.frame.get(tag, ()), new.frame.get(tag, ())
        if was == now:
            continue
        if not grown or tag not in _MAY_GROW:
            yield f"{name} {tag}: {was} became {now}"
        elif tag == main("cols"):
            yield from (f"{name} columns: {lost}" for lost in _column_differences(was, now, grown))
        elif tag != main("dimension"):
            extended = [_without_ranges(entry) for entry in now]
            yield from (f"{name} {tag}: {entry} is gone" for entry in was if _without_ranges(entry) not in extended)


def _without_ranges(entry: str) -> str:
    """The entry without the ranges that appended rows may extend."""
    return re.sub(r'\b(sqref|ref)="[^"]*"|(?<=sqref>)[^<]*', "", entry)


def _column_differences(was: tuple[str, ...], now: tuple[str, ...], grown: set[int]) -> Iterator[str]:
    old, new = _columns(was), _columns(now)
    for column in range(1, 100):
        before, after = old.get(column), new.get(column)
        if before != after and column - 1 not in grown:
            yield f"{column}: {before} became {after}"


def _columns(entries: tuple[str, ...]) -> dict[int, str]:
    found = {}
    for entry in entries:
        element = ET.fromstring(entry)
        first, last = int(element.attrib.pop("min")), int(element.attrib.pop("max"))
        found |= dict.fromkeys(range(first, min(last, 100) + 1), canonical(element))
    return found


def _book_differences(before: Belongings, after: Belongings, touched: Touched) -> Iterator[str]:
    for tag, was in before.book.items():
        if after.book.get(tag) != was and tag not in {main("bookViews"), main("calcPr"), main("customWorkbookViews")}:
            yield f"workbook {tag}: {was} became {after.book.get(tag)}"
    for key, was in before.names.items():
        now = after.names.get(key)
        tab = key[1]
        extended = now is not None and tab in touched.grown_tabs and key[0].startswith("_xlnm.")
        if now != was and tab not in touched.robot_tabs and not extended:
            yield f"name {key}: {was} became {now}"


def _part_differences(before: Belongings, after: Belongings, touched: Touched) -> Iterator[str]:
    edited = _edited_parts(before, touched)
    robot = {before.tabs[name].part for name in touched.robot_tabs if name in before.tabs}
    of_the_robot = {part for owner in robot for part in _reach(before.parts, owner)}
    for name, content in before.parts.items():
        if name in of_the_robot or name in edited:
            continue
        if name not in after.parts:
            yield f"part {name} is gone"
        elif after.parts[name] != content:
            yield f"part {name} is not byte-identical"
    for name in sorted(touched.grown_tabs & before.tabs.keys() & after.tabs.keys()):
        yield from _grown_parts(before.parts, after.parts, before.tabs[name].part)
    yield from _relations_kept(before.parts, after.parts, workbook_part(before.parts), of_the_robot)
    yield from _relations_kept(before.parts, after.parts, "", of_the_robot)
    yield from _lists_only_grow(before, after)


def _reach(parts: Parts, owner: str) -> set[str]:
    own = {relation.target for relation in relations(parts, owner).values() if not relation.external}
    return {owner, relations_name(owner), *own}


def _edited_parts(before: Belongings, touched: Touched) -> set[str]:
    """Parts that a plan may edit: the lists that everyone shares, touched tabs and what belongs to them."""
    book = workbook_part(before.parts)
    names = {CONTENT_TYPES, "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml", book}
    names |= {"_rels/.rels", relations_name(book)}
    for kind in ("styles", "sharedStrings", "calcChain"):
        names |= set(related(before.parts, book, kind))
    for tab in touched.grown_tabs & before.tabs.keys():
        part = before.tabs[tab].part
        names |= {part, relations_name(part)}
        for kind in ("table", "comments", "vmlDrawing"):
            names |= set(related(before.parts, part, kind))
    return names


def _grown_parts(before: Parts, after: Parts, tab: str) -> Iterator[str]:
    """Tables may get longer, comments and their shapes more numerous: nothing else."""
    yield from _relations_kept(before, after, tab, set())
    for name in related(before, tab, "table"):
        was, now = (_table(parts[name]) for parts in (before, after))
        if was[0] != now[0] or now[1][: len(was[1])] != was[1]:
            yield f"table {name}: {was} became {now}"
    for kind, tag in (("comments", main("comment")), ("vmlDrawing", "{urn:schemas-microsoft-com:vml}shape")):
        for name in related(before, tab, kind):
            was, now = ([canonical(e) for e in ET.fromstring(parts[name]).iter(tag)] for parts in (before, after))
            yield from (f"{name}: {entry} is gone" for entry in was if entry not in now)


def _table(content: bytes) -> tuple[str, list[str]]:
    """A table without its columns, and its columns: robot's columns beside it may join."""
    table = ET.fromstring(content)
    columns = table.find(main("tableColumns"))
    listed = [] if columns is None else [canonical(column) for column in columns]
    if columns is not None:
        table.remove(columns)
    return _without_ranges(canonical(table)), listed


def _relations_kept(before: Parts, after: Parts, part: str, robot: set[str]) -> Iterator[str]:
    kept = relations(after, part)
    for name, relation in relations(before, part).items():
        if kept.get(name) != relation and relation.target not in robot and relation.kind != "calcChain":
            yield f"relationship {name} of {part}: {relation} became {kept.get(name)}"


def _lists_only_grow(before: Belongings, after: Belongings) -> Iterator[str]:
    """Shared strings and formats are only added to: what indexes meant, they still mean."""
    old, new = Looks(before.parts), Looks(after.parts)
    for label, was, now in (("shared strings", old.strings, new.strings), ("cell formats", old.formats, new.formats),
                            ("differential formats", old.differential, new.differential)):  # fmt: skip
        if now[: len(was)] != was:
            yield f"{label} moved"
