"""The part of package_check that looks inside sheets: cells, ranges, tables, comments, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

from eig_sheets.spreadsheet.model.cells import parse_a1
from tests.spreadsheet.xlsx.opc import OFFICE, Parts, main, related, sheets, workbook_part
from tests.spreadsheet.xlsx.package_check import (
    MAX_COLUMN,
    MAX_ROW,
    MAX_TEXT,
    Problem,
    counts,
    in_order,
    plain_text,
    twice,
    unescaped,
)
from tests.spreadsheet.xlsx.package_check_tables import area, overlap, table_identities, table_problems

WORKSHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"


def sheet_problems(parts: Parts) -> Iterator[Problem]:
    """Every problem inside the worksheets and their tables."""
    limits = _Limits(parts)
    for name, part in sheets(parts).items():
        root = ET.fromstring(parts[part])
        if root.tag == main("worksheet"):
            yield from in_order(part, root, WORKSHEET_ORDER, ("conditionalFormatting",))
            yield from counts(part, root, ("mergeCells", "dataValidations", "tableParts"))
            yield from _cells(part, root, limits)
            forms = list(_range_forms(part, root))
            yield from forms or [*_ranges(part, root), *_columns(part, root), *table_problems(part, root, parts)]
            yield from _rules(part, root, limits)
            yield from _links(part, root, parts)
            yield from _comments(part, root, parts)
        elif root.tag != main("chartsheet"):
            yield Problem(part, "tab_kind_unknown", name)
    yield from table_identities(parts)


class _Limits:
    """How many formats, differential formats and strings there are."""

    def __init__(self, parts: Parts) -> None:
        book = workbook_part(parts)
        styles = [ET.fromstring(parts[part]) for part in related(parts, book, "styles")]
        strings = [ET.fromstring(parts[part]) for part in related(parts, book, "sharedStrings")]
        self.formats = sum(len(root.findall(main("cellXfs") + "/*")) for root in styles) or 1
        self.differential = sum(len(root.findall(main("dxfs") + "/*")) for root in styles)
        self.strings = sum(len(root.findall(main("si"))) for root in strings)


def _cells(part: str, root: ET.Element, limits: _Limits) -> Iterator[Problem]:
    previous_row = 0
    masters: set[str | None] = set()
    members: set[str | None] = set()
    for row in root.iter(main("row")):
        number = int(row.get("r", previous_row + 1))
        if not previous_row < number <= MAX_ROW:
            yield Problem(part, "row_order", str(number))
        previous_row, previous_column = number, -1
        if int(row.get("s", "0")) >= limits.formats:
            yield Problem(part, "style_range", f"row {number}")
        for cell in row:
            try:
                cell_row, column = (
                    parse_a1(cell.get("r", f"A{number}")) if cell.get("r") else (number, previous_column + 1)
                )
            except ValueError:
                yield Problem(part, "cell_address", cell.get("r", ""))
                continue
            if cell_row != number or not previous_column < column < MAX_COLUMN:
                yield Problem(part, "cell_order", cell.get("r", ""))
            previous_column = column
            yield from _cell(part, cell, limits)
            for formula in cell.iter(main("f")):
                if formula.get("t") == "shared":
                    (masters if formula.get("ref") else members).add(formula.get("si"))
    yield from (Problem(part, "shared_formula_orphan", str(index)) for index in members - masters)


def _cell(part: str, cell: ET.Element, limits: _Limits) -> Iterator[Problem]:
    address, kind = cell.get("r", ""), cell.get("t", "n")
    value, formula, inline = cell.find(main("v")), cell.find(main("f")), cell.find(main("is"))
    if int(cell.get("s", "0")) >= limits.formats:
        yield Problem(part, "style_range", address)
    if (kind == "inlineStr") != (inline is not None) or (kind == "inlineStr" and value is not None):
        yield Problem(part, "inline_form", address)
    if [child.tag for child in cell] != [child.tag for child in (formula, value, inline) if child is not None]:
        yield Problem(part, "cell_form", address)
    text = (value.text or "") if value is not None else ""
    computed = text or formula is None or kind != "n"  # openpyxl writes <v/> where a formula is not computed
    if value is not None and computed and not _fits(kind, text, limits):
        yield Problem(part, "string_range" if kind == "s" else "cell_value", f"{address}: {text[:20]}")
    shown = plain_text(inline) if inline is not None else unescaped(text)
    if len(shown) > MAX_TEXT:
        yield Problem(part, "text_too_long", address)
    if formula is not None and (len(formula.text or "") > 8192 or (formula.text or "").startswith("=")):
        yield Problem(part, "formula_form", address)


def _fits(kind: str, text: str, limits: _Limits) -> bool:
    match kind:
        case "s":
            return text.isdigit() and int(text) < limits.strings
        case "b":
            return text in ("0", "1")
        case "e":
            return text in _ERRORS
        case "n":
            return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) is not None
        case "d":
            return re.fullmatch(r"\d{4}-\d\d-\d\d.*", text) is not None
    return kind == "str"


def _range_forms(part: str, root: ET.Element) -> Iterator[Problem]:
    names = ("dimension", "autoFilter", "hyperlink", "mergeCell")
    references = [element.attrib["ref"] for name in names for element in root.iter(main(name))]
    lists = [e.attrib["sqref"] for e in root.iter() if "sqref" in e.attrib]
    lists += [e.text or "" for e in root.iter(f"{_XM}sqref")]
    for reference in [*references, *(text for several in lists for text in several.split() or [""])]:
        try:
            area(reference)
        except ValueError:
            yield Problem(part, "range_form", reference)


def _ranges(part: str, root: ET.Element) -> Iterator[Problem]:
    merges = [element.attrib["ref"] for element in root.iter(main("mergeCell"))]
    yield from (Problem(part, "merge_single_cell", ref) for ref in merges if ":" not in ref)
    for first, other in combinations(merges, 2):
        if overlap(area(first), area(other)):
            yield Problem(part, "merge_overlap", f"{first} {other}")
    for filter_element in root.iter(main("autoFilter")):
        for column in filter_element.iter(main("filterColumn")):
            if int(column.attrib["colId"]) >= _width(filter_element.attrib["ref"]):
                yield Problem(part, "filter_column", column.attrib["colId"])


def _width(reference: str) -> int:
    place = area(reference)
    return place.last_column - place.first_column + 1


def _columns(part: str, root: ET.Element) -> Iterator[Problem]:
    previous = 0
    for column in root.iter(main("col")):
        first, last = int(column.attrib["min"]), int(column.attrib["max"])
        if not previous < first <= last <= MAX_COLUMN:
            yield Problem(part, "columns_overlap", f"{first}-{last}")
        previous = last
    if any(len(cols) == 0 for cols in root.iter(main("cols"))):
        yield Problem(part, "element_empty", "cols")


def _rules(part: str, root: ET.Element, limits: _Limits) -> Iterator[Problem]:
    for rule in root.iter(main("cfRule")):
        if rule.get("dxfId") is not None and int(rule.attrib["dxfId"]) >= limits.differential:
            yield Problem(part, "dxf_range", rule.attrib["dxfId"])
        if int(rule.get("priority", "0")) < 1:
            yield Problem(part, "rule_priority")
    for validation in root.iter(main("dataValidation")):
        formulas = [validation.findtext(main(name), "") for name in ("formula1", "formula2")]
        if validation.get("type", "none") != "none" and not formulas[0]:
            yield Problem(part, "validation_formula_missing", validation.get("sqref", ""))
        if any(len(formula.strip('"') if formula.startswith('"') else formula) > 255 for formula in formulas):
            yield Problem(part, "validation_formula_long", validation.get("sqref", ""))
        for attribute, limit in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 255)):
            if len(validation.get(attribute, "")) > limit:
                yield Problem(part, "validation_text_long", attribute)
    for name in ("mergeCells", "dataValidations", "hyperlinks", "tableParts", "conditionalFormatting", "ignoredErrors"):
        yield from (Problem(part, "element_empty", name) for element in root.iter(main(name)) if len(element) == 0)


def _links(part: str, root: ET.Element, parts: Parts) -> Iterator[Problem]:
    tabs = [name.casefold() for name in sheets(parts)]
    for link in root.iter(main("hyperlink")):
        location = link.get("location")
        if location is None and link.get(f"{{{OFFICE}}}id") is None:
            yield Problem(part, "link_without_target", link.attrib["ref"])
        tab, mark, _ = (location or "").rpartition("!")
        quoted = tab.startswith("'") and tab.endswith("'")
        if mark and (tab[1:-1].replace("''", "'") if quoted else tab).casefold() not in tabs:
            yield Problem(part, "link_tab_unknown", location or "")
        elif mark and not quoted and not re.fullmatch(r"[^\W\d][\w.]*", tab):
            yield Problem(part, "link_tab_unquoted", location or "")
    yield from twice(part, "link_twice", [link.attrib["ref"] for link in root.iter(main("hyperlink"))])


def _comments(part: str, root: ET.Element, parts: Parts) -> Iterator[Problem]:
    listed = related(parts, part, "comments")
    for comments in listed:
        body = ET.fromstring(parts[comments])
        cells = [comment.attrib["ref"] for comment in body.iter(main("comment"))]
        authors = len(list(body.iter(main("author"))))
        yield from twice(comments, "comment_twice", cells)
        for comment in body.iter(main("comment")):
            if int(comment.attrib["authorId"]) >= authors:
                yield Problem(comments, "comment_author", comment.attrib["ref"])
        shapes = [place for drawing in related(parts, part, "vmlDrawing") for place in _note_shapes(parts[drawing])]
        if sorted(shapes) != sorted((row - 1, column) for row, column in map(parse_a1, cells)):
            yield Problem(comments, "comment_shapes", f"{len(shapes)} shapes for {len(cells)} comments")
        if root.find(main("legacyDrawing")) is None:
            yield Problem(part, "comment_without_drawing")


def _note_shapes(drawing: bytes) -> Iterator[tuple[int, int]]:
    excel = "{urn:schemas-microsoft-com:office:excel}"
    for data in ET.fromstring(drawing).iter(f"{excel}ClientData"):
        if data.get("ObjectType") == "Note":
            yield int(data.findtext(f"{excel}Row", "-1")), int(data.findtext(f"{excel}Column", "-1"))
