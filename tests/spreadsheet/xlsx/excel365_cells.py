"""Cells, rows and shared strings spelled as Excel 365 spells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.sax.saxutils import escape

from eig_sheets.spreadsheet.model.cells import CellError, a1, parse_a1
from tests.spreadsheet.xlsx.excel365_parts import MC, MICROSOFT, REVISIONS, xml
from tests.spreadsheet.xlsx.opc import MAIN, OFFICE


@dataclass(frozen=True)
class Computed:
    """A formula with the value that Excel kept (None: it kept none); `attributes` go on its <f>."""

    text: str
    value: object = None
    attributes: str = ""
    cell_metadata: int | None = None


@dataclass(frozen=True)
class Rich:
    """A shared string given by the XML inside its <si>."""

    inside: str


@dataclass(frozen=True)
class Styled:
    """A value with the index of its cell format."""

    value: object
    style: int


@dataclass
class Strings:
    """The shared strings, in order of first use."""

    indexes: dict[str, int] = field(default_factory=dict)
    uses: int = 0

    def index(self, value: str | Rich) -> int:
        """Where the string is, added when it is new."""
        self.uses += 1
        inside = value.inside if isinstance(value, Rich) else _text(value)
        return self.indexes.setdefault(inside, len(self.indexes))

    def part(self) -> bytes:
        """xl/sharedStrings.xml."""
        items = "".join(f"<si>{inside}</si>" for inside in self.indexes)
        return xml(f'<sst xmlns="{MAIN}" count="{self.uses}" uniqueCount="{len(self.indexes)}">{items}</sst>')


def _text(value: str) -> str:
    space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
    return f"<t{space}>{escape(_encoded(value))}</t>"


def _encoded(value: str) -> str:
    """What XML cannot hold, and what looks like its code, as Excel writes it: _x000D_, _x005F_x0041_."""
    value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value)
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda match: f"_x{ord(match[0]):04X}_", value)


def serial(moment: datetime, *, date1904: bool) -> float:
    """The number that stands for a date and time."""
    days = (moment - datetime(1899, 12, 30)).total_seconds() / 86400
    return round(days - (1462 if date1904 else 0), 10)


@dataclass
class Grid:
    """The cells of one tab; `formulas` lists where its formulas are, for the calculation chain."""

    strings: Strings
    date1904: bool = False
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    row_attributes: dict[int, str] = field(default_factory=dict)

    def put(self, address: str, value: object, style: int = 0) -> None:
        """A value, perhaps formatted, in a cell named in A1 form."""
        self.cells[parse_a1(address)] = Styled(value, style) if style else value

    def put_row(self, row: int, values: Iterable[object], styles: Mapping[int, int] | None = None) -> None:
        """Values from column A on."""
        for column, value in enumerate(values):
            style = (styles or {}).get(column, 0)
            if value is not None or style:
                self.cells[row, column] = Styled(value, style)

    @property
    def formulas(self) -> list[tuple[str, bool]]:
        """Address of every formula, and whether it is an array's."""
        bare = {place: value.value if isinstance(value, Styled) else value for place, value in self.cells.items()}
        computed = ((place, value) for place, value in sorted(bare.items()) if isinstance(value, Computed))
        return [(a1(*place), 't="array"' in value.attributes) for place, value in computed]

    @property
    def dimension(self) -> str:
        """The used range."""
        rows, columns = zip(*(self.cells or [(1, 0)]), strict=True)
        return f"{a1(min(rows), min(columns))}:{a1(max(rows), max(columns))}"

    def sheet_data(self) -> str:
        """The <sheetData> of the tab."""
        rows = sorted({row for row, _ in self.cells} | set(self.row_attributes))
        return "<sheetData>" + "".join(self._row(row) for row in rows) + "</sheetData>" if rows else "<sheetData/>"

    def _row(self, row: int) -> str:
        places = sorted(place for place in self.cells if place[0] == row)
        spans = f' spans="{places[0][1] + 1}:{places[-1][1] + 1}"' if places else ""
        attributes = self.row_attributes.get(row, "")
        inside = "".join(self._cell(place) for place in places)
        head = f'<row r="{row}"{spans}{attributes and " " + attributes} x14ac:dyDescent="0.25"'
        return f"{head}>{inside}</row>" if inside else f"{head}/>"

    def _cell(self, place: tuple[int, int]) -> str:
        value, style = self.cells[place], 0
        if isinstance(value, Styled):
            value, style = value.value, value.style
        head = f'<c r="{a1(*place)}"' + (f' s="{style}"' if style else "")
        if not isinstance(value, Computed):
            return head + self._value(value)
        formula = f"<f{value.attributes and ' ' + value.attributes}>{escape(value.text)}</f>"
        formula = formula.replace("></f>", "/>")
        rest = self._value(value.value, shared=False)
        rest = rest[:-2] + "></c>" if rest.endswith("/>") else rest
        head += f' cm="{value.cell_metadata}"' if value.cell_metadata else ""
        return head + rest.replace(">", f">{formula}", 1)

    def _value(self, value: object, *, shared: bool = True) -> str:
        match value:
            case None:
                return "/>"
            case bool():
                return f' t="b"><v>{int(value)}</v></c>'
            case str() | Rich() if shared:
                return f' t="s"><v>{self.strings.index(value)}</v></c>'
            case CellError():
                return f' t="e"><v>{value.code}</v></c>'
            case datetime():
                return f"><v>{serial(value, date1904=self.date1904):.15g}</v></c>"
            case date():
                return self._value(datetime.combine(value, time.min))
            case int() | float():
                return f"><v>{value:.17g}</v></c>"
        return f' t="str"><v>{escape(str(value))}</v></c>'


def worksheet(grid: Grid, before: str, after: str, uid: int, properties: str = "") -> bytes:
    """A whole sheet part: what comes between <dimension> and the cells, then what follows them."""
    return xml(
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{MC}" {REVISIONS} '
        f'xr:uid="{{00000000-0001-0000-0{uid:x}00-000000000000}}">{properties}<dimension '
        f'ref="{grid.dimension}"/>{before}'
        f"{grid.sheet_data()}{after}</worksheet>"
    )


X14 = f'xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main"'
XM = f'xmlns:xm="{MICROSOFT}/excel/2006/main"'
