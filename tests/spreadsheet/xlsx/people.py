"""Everything people own in a package, at the level of its XML, and what of it differs after the robot's work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from eig_sheets.spreadsheet.model.cells import a1, parse_a1
from tests.spreadsheet.xlsx.opc import (
    OFFICE,
    Parts,
    canonical,
    load,
    main,
    related,
    relations,
    sheets,
    workbook_part,
)

Place = tuple[int, int]
ROBOT_MARKS = "EIG_"
"""How the names begin by which the robot knows its tabs and columns again."""
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
    names = {}
    for name in root.iter(main("definedName")):
        if name.attrib["name"].startswith(ROBOT_MARKS):
            continue
        scope = name.attrib.pop("localSheetId", None)
        names[name.attrib["name"], None if scope is None else tabs[int(scope)]] = canonical(name)
    return names


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
        for child in element.iter():
            for name in ("dxfId", "dataDxfId", "headerRowDxfId"):
                if name in child.attrib:
                    child.attrib[name] = self.differential[int(child.attrib[name])]
            if child.tag == main("col") and "style" in child.attrib:
                child.attrib["style"] = self.formats[int(child.attrib["style"])]


def _formats(root: ET.Element) -> Iterator[str]:
    tables = {name: list(root.findall(main(name) + "/*")) for name in ("fonts", "fills", "borders", "cellStyleXfs")}
    numbers = {
        n.attrib["numFmtId"]: n.attrib["formatCode"] for n in root.findall(f"{main('numFmts')}/{main('numFmt')}")
    }
    parents = [_format(xf, tables, numbers, []) for xf in tables["cellStyleXfs"]]
    for xf in root.findall(main("cellXfs") + "/*"):
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
    for child in element.iter():
        for name, value in child.attrib.items():
            if name.startswith(f"{{{OFFICE}}}"):
                child.attrib[name] = str(links[value])
