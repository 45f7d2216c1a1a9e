"""The sheet part of one tab of the copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from eig_sheets.exporting.book import BLANK, Cell, ColourRule, ColourScale, Tab
from eig_sheets.exporting.styling import StyleNumbers
from eig_sheets.workbook.cells import CellError, a1, column_letters
from eig_sheets.workbook.sheet import Column
from eig_sheets.workbook.snapshot import Area
from eig_sheets.workbook.xlsx import ranges
from eig_sheets.workbook.xlsx.cellxml import CellWriter
from eig_sheets.workbook.xlsx.contents import quoted
from eig_sheets.workbook.xlsx.looks import opaque
from eig_sheets.workbook.xlsx.markup import escape_attribute, escape_text
from eig_sheets.workbook.xlsx.rules import Lists, drop_down

_WIDTH_OF_A_PAGE = 230
_MOST_LINKS, _LONGEST_LINK = 65_530, 2_000
_KEPT_IN_LINKS = ";/?:@&=+$,#%!~*'()-._"


@dataclass(slots=True)
class SheetXml:
    """Writes a tab; `links` are the addresses of the web that its cells lead to, by the ids of their relationships."""

    tab: Tab
    styles: StyleNumbers
    lists: Lists
    main: str
    office: str
    links: dict[str, str] = field(default_factory=dict)
    _linked: list[str] = field(default_factory=list)

    def to_xml(self, *, selected: bool, notes_drawing: str) -> bytes:
        """The part, of the tab that the file opens on or another; `notes_drawing` is the id of what shows notes."""
        tab = self.tab
        colour = f'<tabColor rgb="{opaque(tab.colour)}"/>' if tab.colour else ""
        rows = "".join(self._rows())
        merges = "".join(f'<mergeCell ref="{ranges.text(area)}"/>' for area in tab.merges)
        offered = [drop_down(Column("", choices=one.choices), _areas(one.areas), self.lists) for one in tab.drop_downs]
        pieces = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
            f'<worksheet xmlns="{self.main}" xmlns:r="{self.office}">',
            f'<sheetPr>{colour}<pageSetUpPr fitToPage="1"/></sheetPr>',
            self._view(selected=selected),
            '<sheetFormatPr defaultRowHeight="15"/>',
            self._columns(),
            f"<sheetData>{rows}</sheetData>",
            f'<mergeCells count="{len(tab.merges)}">{merges}</mergeCells>' if merges else "",
            *self._colours(),
            f'<dataValidations count="{len(offered)}">{"".join(offered)}</dataValidations>' if offered else "",
            f"<hyperlinks>{''.join(self._linked)}</hyperlinks>" if self._linked else "",
            '<printOptions gridLines="1"/>' if tab.grid_lines else "",
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
            f'<pageSetup paperSize="9" orientation="landscape" fitToWidth="{self.pages_across}" fitToHeight="0"/>',
            "<headerFooter><oddFooter>&amp;L&amp;A&amp;Rpage &amp;P / &amp;N</oddFooter></headerFooter>",
            '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>',
            f'<legacyDrawing r:id="{notes_drawing}"/>' if notes_drawing else "",
            "</worksheet>",
        )
        return "".join(pieces).encode()

    @property
    def pages_across(self) -> int:
        """On how many pages side by side the tab is readable in print."""
        filled = (place for row in self.tab.rows for place, cell in enumerate(row, 1) if cell.value is not None)
        used = max(filled, default=0)
        seen = (width.characters for width in self.tab.widths[:used] if not width.hidden)
        return max(1, round(sum(seen) / _WIDTH_OF_A_PAGE))

    @property
    def titles(self) -> str:
        """What every printed page repeats, as a defined name writes it; '' for nothing."""
        tab, name = self.tab, quoted(self.tab.name)
        repeated = max(tab.frozen_columns, int(self.pages_across > 1))
        columns = f"{name}!$A:${column_letters(repeated - 1)}" if repeated else ""
        rows = f"{name}!$1:${tab.frozen_rows}" if tab.frozen_rows else ""
        return ",".join(filter(None, (columns, rows)))

    def _view(self, *, selected: bool) -> str:
        tab = self.tab
        said = ("" if tab.grid_lines else ' showGridLines="0"') + (' tabSelected="1"' if selected else "")
        if not (tab.frozen_rows or tab.frozen_columns):
            return f'<sheetViews><sheetView{said} workbookViewId="0"/></sheetViews>'
        pane = ("bottom" if tab.frozen_rows else "top") + ("Right" if tab.frozen_columns else "Left")
        splits = f' xSplit="{tab.frozen_columns}"' if tab.frozen_columns else ""
        splits += f' ySplit="{tab.frozen_rows}"' if tab.frozen_rows else ""
        corner = a1(tab.frozen_rows + 1, tab.frozen_columns)
        return (
            f'<sheetViews><sheetView{said} workbookViewId="0">'
            f'<pane{splits} topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
            f'<selection pane="{pane}" activeCell="{corner}" sqref="{corner}"/></sheetView></sheetViews>'
        )

    def _columns(self) -> str:
        columns = "".join(
            f'<col min="{place}" max="{place}" width="{width.characters:g}" customWidth="1"'
            + (f' style="{number}"' if (number := self.styles.of(width.style)) else "")
            + (' hidden="1"' if width.hidden else "")
            + "/>"
            for place, width in enumerate(self.tab.widths, 1)
        )
        return f"<cols>{columns}</cols>" if columns else ""

    def _rows(self) -> Iterator[str]:
        """A cell is written when it holds something, or looks otherwise than those of its column do."""
        writer = CellWriter("", since_1904=False)
        usual = [self.styles.of(width.style) for width in self.tab.widths]
        letters = [column_letters(place) for place in range(max((len(usual), *map(len, self.tab.rows))))]
        last = max((len(self.tab.rows), *self.tab.hidden_rows))
        for number in range(1, last + 1):
            row = self.tab.rows[number - 1] if number <= len(self.tab.rows) else []
            padded = (*row, *(BLANK,) * (len(usual) - len(row)))
            cells = "".join(
                self._cell(writer, f"{letters[place]}{number}", cell, usual[place] if place < len(usual) else 0)
                for place, cell in enumerate(padded)
            )
            hidden = ' hidden="1"' if number in self.tab.hidden_rows else ""
            if cells or hidden:
                yield f'<row r="{number}"{hidden}>{cells}</row>'

    def _cell(self, writer: CellWriter, address: str, cell: Cell, usual: int) -> str:
        if cell is BLANK and not usual:
            return ""
        style = self.styles.of(cell.style)
        if cell.link:
            self._link(address, cell.link)
        if cell.value is None:
            return f'<c r="{address}" s="{style}"/>' if style != usual else ""
        if isinstance(cell.value, CellError):
            return f'<c r="{address}" s="{style}" t="e"><v>{escape_text(cell.value.code)}</v></c>'
        return writer.cell(self.tab.name, address, style, cell.value)

    def _link(self, address: str, target: str) -> None:
        if len(self._linked) == _MOST_LINKS:
            return
        if target.startswith("#"):
            self._linked.append(f'<hyperlink ref="{address}" location="{escape_attribute(target[1:])}"/>')
        elif len(web := quote(target, safe=_KEPT_IN_LINKS)) <= _LONGEST_LINK:
            relation = self.links.setdefault(web, f"web{len(self.links) + 1}")
            self._linked.append(f'<hyperlink ref="{address}" r:id="{relation}"/>')

    def _colours(self) -> Iterator[str]:
        for priority, rule in enumerate(self.tab.rules, 1):
            said = _scale(rule, priority) if isinstance(rule, ColourScale) else self._rule(rule, priority)
            yield f'<conditionalFormatting sqref="{_areas(rule.areas)}">{said}</conditionalFormatting>'

    def _rule(self, rule: ColourRule, priority: int) -> str:
        operator = f' operator="{rule.operator}"' if rule.operator else ""
        return (
            f'<cfRule type="{rule.kind}" dxfId="{self.styles.rule(rule.style)}" priority="{priority}" stopIfTrue="1"'
            f"{operator}><formula>{escape_text(rule.formula)}</formula></cfRule>"
        )


def _scale(rule: ColourScale, priority: int) -> str:
    ends = "".join(f'<cfvo type="{kind}" val="{value!r}"/>' for kind, value, _ in rule.points)
    shades = "".join(f'<color rgb="{opaque(colour)}"/>' for _, _, colour in rule.points)
    return f'<cfRule type="colorScale" priority="{priority}"><colorScale>{ends}{shades}</colorScale></cfRule>'


def _areas(areas: tuple[Area, ...]) -> str:
    return " ".join(map(ranges.text, areas))
