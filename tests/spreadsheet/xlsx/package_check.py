"""Finds, in any .xlsx package, what makes Excel say « we found a problem with some content… repair? »."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from tests.spreadsheet.xlsx.opc import (
    CONTENT_TYPES,
    OFFICE,
    PACKAGE,
    Parts,
    content_types,
    load,
    main,
    owner_name,
    related,
    relations,
    relations_name,
    sheets,
    workbook_part,
)  # fmt: skip

WORKBOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
    "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
STYLES_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
GENERIC = ("application/xml", "text/xml")
OF_EXTENSIONS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."
OF_RELATIONS = {
    "chart": f"{_OFFICE_TYPE}drawingml.chart+xml",
    "drawing": f"{_OFFICE_TYPE}drawing+xml",
    "theme": f"{_OFFICE_TYPE}theme+xml",
    **{kind: f"{_OFFICE_TYPE}spreadsheetml.{kind}+xml"
       for kind in ("comments", "sharedStrings", "styles", "table", "worksheet")},
}  # fmt: skip
"""The type of a part, by the relationship that leads to it (ECMA-376, part 1, 12.3 and 14.2)."""
MAX_TEXT, MAX_ROW, MAX_COLUMN = 32_767, 1_048_576, 16_384
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that Excel would repair, or that would lead people nowhere."""

    part: str
    code: str
    detail: str = ""


def problems(source: Path | bytes) -> list[Problem]:
    """Every problem of a package, sorted."""
    from tests.spreadsheet.xlsx.package_check_sheets import sheet_problems

    data = source if isinstance(source, bytes) else source.read_bytes()
    damaged = list(_entries(data))
    if damaged:
        return damaged
    parts = load(data)
    if CONTENT_TYPES not in parts or not related(parts, "", "officeDocument"):
        return [Problem("", "not_a_workbook")]
    broken = list(_malformed(parts))
    if broken:
        return sorted(broken)
    return sorted({*_package(parts), *_workbook(parts), *_styles(parts), *_strings(parts), *sheet_problems(parts)})


def codes(source: Path | bytes) -> set[str]:
    """The kinds of problems of a package."""
    return {problem.code for problem in problems(source)}


def in_order(part: str, root: ET.Element, order: tuple[str, ...], repeated: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Children out of the schema's sequence, or there twice; elements of other namespaces are left alone."""
    names = [element.tag.removeprefix(main("")) for element in root if element.tag.startswith(main(""))]
    for name in names:
        if name not in order:
            yield Problem(part, "element_unknown", name)
    places = [order.index(name) for name in names if name in order]
    for before, after in itertools.pairwise(places):
        if before > after or (before == after and order[after] not in repeated):
            yield Problem(part, "element_order", f"{order[after]} after {order[before]}")


def counts(part: str, root: ET.Element, names: Iterable[str]) -> Iterator[Problem]:
    """`count` attributes that do not count."""
    for name in names:
        for element in root.iter(main(name)):
            if element.get("count", str(len(element))) != str(len(element)):
                yield Problem(part, "count_wrong", f"{name}: {element.get('count')} for {len(element)}")


def twice(part: str, code: str, values: Iterable[str]) -> Iterator[Problem]:
    """Values that must be unique, ignoring case, and are not."""
    yield from (Problem(part, code, value) for value, n in Counter(v.casefold() for v in values).items() if n > 1)


def _entries(data: bytes) -> Iterator[Problem]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield from twice("", "entry_twice", package.namelist())
        for name in package.namelist():
            try:
                package.read(name)
            except (zipfile.BadZipFile, zlib.error) as error:
                yield Problem(name, "entry_damaged", str(error))


def _malformed(parts: Parts) -> Iterator[Problem]:
    for name, content in parts.items():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        try:
            prefixes, ignorable = _prefixes(content)
        except ET.ParseError as error:
            yield Problem(name, "xml_malformed", str(error))
            continue
        yield from (Problem(name, "ignorable_undeclared", prefix) for prefix in ignorable if prefix not in prefixes)


def _prefixes(content: bytes) -> tuple[set[str], list[str]]:
    prefixes, ignorable, depth = set(), [], 0
    for event, item in ET.iterparse(io.BytesIO(content), ("start-ns", "start")):
        if event == "start-ns":
            prefixes.add(item[0])
        else:
            depth += 1
            ignorable += item.get(_IGNORABLE, "").split()
    return prefixes, ignorable


def _package(parts: Parts) -> Iterator[Problem]:
    types = ET.fromstring(parts[CONTENT_TYPES])
    listed = f"{{{PACKAGE}/content-types}}"
    defaults = [element.attrib["Extension"] for element in types.iter(f"{listed}Default")]
    overrides = [unquote(element.attrib["PartName"]).lstrip("/") for element in types.iter(f"{listed}Override")]
    known = {name.casefold() for name in parts}
    yield from twice(CONTENT_TYPES, "content_type_twice", [*defaults, *overrides])
    yield from (Problem(name, "content_type_orphan") for name in overrides if name.casefold() not in known)
    for name, kind in content_types(parts).items():
        if not kind:
            yield Problem(name, "content_type_missing")
        elif name.startswith("xl/") and kind in GENERIC:
            yield Problem(name, "content_type_generic")
        elif kind != OF_EXTENSIONS.get(name.rsplit(".", 1)[-1], kind):
            yield Problem(name, "content_type_wrong", kind)
    yield from _relations(parts)


def _relations(parts: Parts) -> Iterator[Problem]:
    types = content_types(parts)
    for name in parts:
        if name.endswith(".rels"):
            owner = owner_name(name)
            if owner and owner not in parts:
                yield Problem(name, "relations_orphan")
            ids = [element.attrib["Id"] for element in ET.fromstring(parts[name])]
            yield from twice(name, "relation_id_twice", ids)
            for relation in relations(parts, owner).values():
                if not relation.external and relation.target not in parts:
                    yield Problem(name, "relation_target_missing", relation.target)
                elif types.get(relation.target) != OF_RELATIONS.get(
                    relation.type.rpartition("/")[2], types.get(relation.target)
                ):
                    yield Problem(relation.target, "content_type_wrong", types[relation.target])
        elif name.endswith(".xml") and name != CONTENT_TYPES:
            yield from _relation_ids(parts, name)
    yield from (Problem(name, "part_unreachable") for name in sorted(set(parts) - _reachable(parts)))


def _relation_ids(parts: Parts, name: str) -> Iterator[Problem]:
    known = relations(parts, name)
    for element in ET.fromstring(parts[name]).iter():
        for attribute, value in element.attrib.items():
            if attribute.startswith(f"{{{OFFICE}}}") and value not in known:
                yield Problem(name, "relation_id_unknown", value)


def _reachable(parts: Parts) -> set[str]:
    reached, waiting = {CONTENT_TYPES, "_rels/.rels"}, [""]
    while waiting:
        part = waiting.pop()
        for relation in relations(parts, part).values():
            if not relation.external and relation.target not in reached:
                reached |= {relation.target, relations_name(relation.target)}
                waiting.append(relation.target)
    return reached


def _workbook(parts: Parts) -> Iterator[Problem]:
    part = workbook_part(parts)
    root = ET.fromstring(parts[part])
    yield from in_order(part, root, WORKBOOK_ORDER, ("fileRecoveryPr",))
    tabs = list(root.iter(main("sheet")))
    names = [tab.attrib["name"] for tab in tabs]
    for name in names:
        if not 0 < len(name) <= 31 or re.search(r"[\\/?*\[\]:]", name) or name.strip("'") != name:
            yield Problem(part, "tab_name_illegal", name)
    yield from twice(part, "tab_name_twice", names)
    yield from twice(part, "tab_id_twice", [tab.attrib["sheetId"] for tab in tabs])
    yield from twice(part, "tab_part_twice", sheets(parts).values())
    visible = [tab.get("state", "visible") == "visible" for tab in tabs]
    for view in root.iter(main("workbookView")):
        if int(view.get("activeTab", "0")) >= len(tabs) or int(view.get("firstSheet", "0")) >= len(tabs):
            yield Problem(part, "active_tab_range")
        elif not visible[int(view.get("activeTab", "0"))]:
            yield Problem(part, "active_tab_hidden")
    yield from _names(part, root, names)
    yield from _calculation_chain(parts, {tab.attrib["sheetId"]: tab.attrib["name"] for tab in tabs})


_NAME = re.compile(r"[^\W\d][\w.\\?]*|[_\\][\w.\\?]*")
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]|[Rr]\d*[Cc]\d*")
_TAB_REFERENCE = re.compile(r"'((?:[^']|'')+)'!|([\w.]+)!")


def _names(part: str, root: ET.Element, tabs: list[str]) -> Iterator[Problem]:
    names = list(root.iter(main("definedName")))
    yield from twice(part, "name_twice", [f"{n.attrib['name']} in {n.get('localSheetId')}" for n in names])
    for name in names:
        label, scope = name.attrib["name"], name.get("localSheetId")
        if not _NAME.fullmatch(label) or _CELL_LIKE.fullmatch(label) or len(label) > 255:
            yield Problem(part, "name_illegal", label)
        if scope is not None and int(scope) >= len(tabs):
            yield Problem(part, "name_scope", label)
        if not name.text:
            yield Problem(part, "name_empty", label)
        for quoted, bare in _TAB_REFERENCE.findall(name.text or ""):
            tab = quoted.replace("''", "'") or bare
            if tab.casefold() not in map(str.casefold, tabs) and "[" not in tab:
                yield Problem(part, "name_tab_unknown", f"{label}: {tab}")


def _calculation_chain(parts: Parts, tabs: dict[str, str]) -> Iterator[Problem]:
    places = sheets(parts)
    formulas: dict[str, set[str | None]] = {}
    for part in related(parts, workbook_part(parts), "calcChain"):
        number = "0"
        for cell in ET.fromstring(parts[part]):
            number = cell.get("i", number)
            if number not in tabs:
                yield Problem(part, "calc_tab_unknown", number)
                continue
            if number not in formulas:
                body = ET.fromstring(parts[places[tabs[number]]])
                formulas[number] = {c.get("r") for c in body.iter(main("c")) if c.find(main("f")) is not None}
            if cell.attrib["r"] not in formulas[number]:
                yield Problem(part, "calc_without_formula", f"{tabs[number]}!{cell.attrib['r']}")


def _styles(parts: Parts) -> Iterator[Problem]:
    for part in related(parts, workbook_part(parts), "styles"):
        root = ET.fromstring(parts[part])
        yield from in_order(part, root, STYLES_ORDER)
        yield from counts(part, root, STYLES_ORDER[:8])
        size = {name: len(root.findall(main(name) + "/*")) for name in STYLES_ORDER}
        limits = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
        formats = {int(f.attrib["numFmtId"]) for f in root.iter(main("numFmt"))}
        yield from twice(
            part, "number_format_twice", [f.attrib["numFmtId"] for f in root.findall("*/" + main("numFmt"))]
        )
        for xf in root.iter(main("xf")):
            for attribute, name in limits.items():
                if int(xf.get(attribute, "0")) >= max(size[name], 1):
                    yield Problem(part, "style_part_range", f"{attribute}={xf.get(attribute)}")
            if int(xf.get("numFmtId", "0")) >= 164 and int(xf.attrib["numFmtId"]) not in formats:
                yield Problem(part, "number_format_unknown", xf.attrib["numFmtId"])


def _strings(parts: Parts) -> Iterator[Problem]:
    for part in related(parts, workbook_part(parts), "sharedStrings"):
        root = ET.fromstring(parts[part])
        items = root.findall(main("si"))
        if int(root.get("uniqueCount", len(items))) != len(items):
            yield Problem(part, "count_wrong", f"uniqueCount {root.get('uniqueCount')} for {len(items)}")
        for index, item in enumerate(items):
            if len(plain_text(item)) > MAX_TEXT:
                yield Problem(part, "text_too_long", str(index))


def plain_text(item: ET.Element) -> str:
    """What a shared or inline string shows: its runs, without the phonetic ones."""
    texts = [t.text or "" for t in item.findall(main("t"))]
    texts += [t.text or "" for run in item.findall(main("r")) for t in run.findall(main("t"))]
    return unescaped("".join(texts))


def unescaped(text: str) -> str:
    """_x000a_ → line break, _x005F_ → _."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
