"""What of people's belongings differs after the robot's work, apart from what its plan names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, Plan, ReplaceTab, SetCells
from tests.spreadsheet.xlsx.opc import (
    CONTENT_TYPES,
    Parts,
    canonical,
    main,
    related,
    relations,
    relations_name,
    workbook_part,
)
from tests.spreadsheet.xlsx.people import ROBOT_LISTS, Belongings, Looks, Tab


@dataclass(frozen=True)
class Touched:
    """What a plan may change: cells of people's tabs, whole robot's tabs, tabs that got rows or columns.

    `appended`: rows that are shown, where people had hidden that place.
    """

    cells: frozenset[tuple[str, int, int]]
    appended: frozenset[tuple[str, int]]
    robot_tabs: frozenset[str]
    grown_tabs: frozenset[str]

    @classmethod
    def by(cls, plan: Plan) -> Touched:
        """The places that the operations name."""
        cells: set[tuple[str, int, int]] = set()
        appended: set[tuple[str, int]] = set()
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
                    appended |= {(operation.tab, row) for row in rows}
                    cells |= {(operation.tab, row, column) for row in rows for column in operation.columns}
        return cls(frozenset(cells), frozenset(appended), frozenset(robot), frozenset(tab for tab, _, _ in cells))


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
            may_be = {attributes, _shown(attributes)} if (name, row) in touched.appended else {attributes}
            if new.rows.get(row, "[]") not in may_be:
                yield f"{name} row {row}: {attributes} became {new.rows.get(row)}"
        grown = {column for tab, _, column in touched.cells if tab == name}
        yield from _frame_differences(name, old, new, grown)


def _shown(attributes: str) -> str:
    """The attributes of a row that was hidden, once it shows."""
    return str([attribute for attribute in ast.literal_eval(attributes) if attribute != ("hidden", "1")])


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
    by_column: dict[int, str] = {}
    for entry in entries:
        element = ET.fromstring(entry)
        first, last = int(element.attrib.pop("min")), int(element.attrib.pop("max"))
        by_column |= dict.fromkeys(range(first, min(last, 100) + 1), canonical(element))
    return by_column


def _book_differences(before: Belongings, after: Belongings, touched: Touched) -> Iterator[str]:
    for tag, was in before.book.items():
        if after.book.get(tag) != was and tag not in {main("bookViews"), main("calcPr")}:
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
    """Shared strings and formats are only added to: no index changes its meaning."""
    old, new = Looks(before.parts), Looks(after.parts)
    for label, was, now in (("shared strings", old.strings, new.strings), ("cell formats", old.formats, new.formats),
                            ("differential formats", old.differential, new.differential)):  # fmt: skip
        if now[: len(was)] != was:
            yield f"{label} moved"
