"""The elements of a sheet part around its rows: widths, filter, rules, links, drawings."""

from __future__ import annotations

from eig_sheets.spreadsheet.model.snapshot import Area
from eig_sheets.spreadsheet.xlsx import ranges
from eig_sheets.spreadsheet.xlsx.markup import (
    DamagedError,
    Edit,
    Element,
    insert_inside,
    prefix_of,
    scan,
    set_attribute,
    splice,
    with_attributes,
)

_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_FROZEN = ("frozen", "frozenSplit")
_RULE_LISTS = ("dataValidation", "conditionalFormatting")


class Frame:
    """A sheet part without its rows: `data` has an empty `<sheetData></sheetData>`."""

    def __init__(self, data: bytes) -> None:
        self._load(data)

    def _load(self, data: bytes) -> None:
        self.data = data
        self.root = scan(data)
        self.prefix = prefix_of(data, self.root)

    def rewrite(self, edits: list[Edit]) -> None:
        """Apply edits to the bytes."""
        if edits:
            self._load(splice(self.data, edits))

    def _place(self, name: str) -> int:
        """The offset at which to add an element of that name, after the last one that may precede it."""
        earlier = _ORDER[: _ORDER.index(name) + 1]
        ends = [child.end for child in self.root.children if child.name in earlier]
        return max(ends, default=self.root.inner)

    def add(self, name: str, new: str) -> None:
        """Add an element of the sheet, in the order of the schema."""
        place = self._place(name)
        self.rewrite([(place, place, new.encode())])

    def add_to_list(self, name: str, new: list[str], *, counted: bool = True) -> None:
        """Add elements to a list of the sheet such as `dataValidations`, which is created if it is missing."""
        if not new:
            return
        known = self.root.find(name)
        inside = "".join(new)
        if known is None:
            count = f' count="{len(new)}"' if counted else ""
            self.add(name, f"<{self.prefix}{name}{count}>{inside}</{self.prefix}{name}>")
            return
        edits = [insert_inside(self.data, known, inside.encode())]
        if counted and "count" in known.attributes:
            edits.insert(0, set_attribute(self.data, known, "count", str(len(known.children) + len(new))))
        self.rewrite(edits)

    def next_priority(self) -> int:
        """The next free priority of conditional formats."""
        rules = (element for element in self.root.walk() if element.name == "cfRule")
        return 1 + max((int(rule.attributes.get("priority", "0")) for rule in rules), default=0)

    def merged(self) -> list[Area]:
        """The merged areas."""
        merges = self.root.find("mergeCells")
        areas = (ranges.parse(cell.attributes.get("ref", "")) for cell in (merges.children if merges else []))
        return [area for area in areas if area is not None]

    def column_style(self, column: int) -> int:
        """The style that a column gives to new cells."""
        for known in self._columns():
            if int(known.attributes["min"]) <= column + 1 <= int(known.attributes["max"]):
                return int(known.attributes.get("style", "0"))
        return 0

    def _columns(self) -> list[Element]:
        columns = self.root.find("cols")
        return columns.all("col") if columns else []

    def set_width(self, column: int, width: float) -> None:
        """Set the width of a column, unless people set it."""
        place = column + 1
        known = self._columns()
        covering = next((c for c in known if int(c.attributes["min"]) <= place <= int(c.attributes["max"])), None)
        new = f'<{self.prefix}col min="{place}" max="{place}" width="{width:g}" customWidth="1"/>'.encode()
        if covering is not None:
            self._cut_column(covering, place, f"{width:g}")
        elif later := next((col for col in known if int(col.attributes["min"]) > place), None):
            self.rewrite([(later.start, later.start, new)])
        else:
            self.add_to_list("cols", [new.decode()], counted=False)

    def _cut_column(self, columns: Element, place: int, width: str) -> None:
        """Set the width of one column inside a range of default width, which LibreOffice writes up to the last one."""
        if any(columns.attributes.get(name, "0") in ("1", "true") for name in ("customWidth", "hidden")):
            return
        first, last = int(columns.attributes["min"]), int(columns.attributes["max"])
        tag = self.data[columns.start : columns.end]
        own = {"width": width, "customWidth": "1"}
        ranges: list[tuple[int, int, dict[str, str]]] = [
            (first, place - 1, {}),
            (place, place, own),
            (place + 1, last, {}),
        ]
        cut = [with_attributes(tag, min=str(low), max=str(high), **more) for low, high, more in ranges if low <= high]
        self.rewrite([(columns.start, columns.end, b"".join(cut))])

    def enlarge_dimension(self, row: int, column: int) -> None:
        """Extend the sheet's dimension to a cell."""
        dimension = self.root.find("dimension")
        area = ranges.parse(dimension.attributes.get("ref", "")) if dimension else None
        if dimension is None or area is None:
            return
        wider = Area(
            min(area.first_row, row),
            min(area.first_column, column),
            max(area.last_row, row),
            max(area.last_column, column),
        )
        if wider != area:
            self.rewrite([set_attribute(self.data, dimension, "ref", ranges.text(wider))])

    def frozen_rows(self) -> int:
        """The number of frozen rows at the top of the sheet."""
        return self._frozen("ySplit")

    def frozen_columns(self) -> int:
        """The number of frozen columns at the left of the sheet."""
        return self._frozen("xSplit")

    def _frozen(self, split: str) -> int:
        panes = (element for element in self.root.walk() if element.name == "pane")
        counts = [pane.attributes.get(split, "0") for pane in panes if pane.attributes.get("state", "") in _FROZEN]
        return int(float(counts[0])) if counts else 0

    def filter_area(self) -> str:
        """The area of the sheet's own filter, '' when it has none."""
        known = self.root.find("autoFilter")
        return known.attributes.get("ref", "") if known else ""

    def set_filter_area(self, area: str) -> None:
        """Change the area of the sheet's own filter."""
        known = self.root.find("autoFilter")
        if known is None:
            raise DamagedError("no autoFilter")
        self.rewrite([set_attribute(self.data, known, "ref", area)])

    def extend_rules(self, first_row: int, last_row: int, columns: tuple[int, ...], header_row: int | None) -> None:
        """Extend drop-downs and conditional formats that end just above added rows to these."""
        edits: list[Edit] = []

        def stretched(areas: str) -> str:
            return " ".join(
                area if _is_header_only(area, header_row) else ranges.extend_down(area, first_row, last_row, columns)
                for area in areas.split()
            )

        for element in self.root.walk():
            if element.name not in _RULE_LISTS:
                continue
            areas = element.attributes.get("sqref", "")
            if stretched(areas) != areas:
                edits.append(set_attribute(self.data, element, "sqref", stretched(areas)))
            newer = element.find("sqref")  # extension of Excel 2010, for lists on another tab: the areas are text
            if newer is not None and newer.text.split() and stretched(newer.text) != newer.text:
                edits.append((newer.inner, newer.close, stretched(newer.text).encode()))
        self.rewrite(edits)

    def unlink(self, address: str) -> None:
        """Remove the link of a cell."""
        links = self.root.find("hyperlinks")
        doomed = [link for link in (links.children if links else []) if link.attributes.get("ref") == address]
        if links is not None and doomed and len(doomed) == len(links.children):
            self.rewrite([(links.start, links.end, b"")])
        else:
            self.rewrite([(link.start, link.end, b"") for link in doomed])

    def linked_cells(self) -> set[str]:
        """The addresses of cells that have a link."""
        links = self.root.find("hyperlinks")
        return {link.attributes.get("ref", "") for link in (links.children if links else [])}


def _is_header_only(area: str, header_row: int | None) -> bool:
    parsed = ranges.parse(area)
    return parsed is not None and header_row is not None and parsed.first_row == parsed.last_row == header_row
