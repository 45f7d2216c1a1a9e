"""Random people's workbooks, and random plans of the robot on them, for Hypothesis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

from eig_sheets.spreadsheet.model.cells import CellError, Formula, Link, a1
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, Operation, Plan, ReplaceTab, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet, Tone
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.spreadsheet.xlsx.excel365_cells import Computed, Grid, Rich, Strings, worksheet
from tests.spreadsheet.xlsx.excel365_package import package
from tests.spreadsheet.xlsx.excel365_parts import comments, relationships, vml, xml
from tests.spreadsheet.xlsx.excel365_sheets import MOMENT
from tests.spreadsheet.xlsx.opc import MAIN, Parts

_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    st.sampled_from(["=1+1", "_x0041_", "a\r\nb", " ", "<&>\"'", "]]>", "é" * 300, "0012", "07/04/2021", "#REF!"]),
)
_MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
_NUMBERS = st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e12, 1e12, allow_nan=False))
WRITTEN = st.one_of(st.none(), _TEXTS, _NUMBERS, st.booleans(), _MOMENTS)
_TYPED = st.one_of(
    st.none(), st.none(), _TEXTS, _NUMBERS, st.booleans(), _MOMENTS,
    st.sampled_from([
        Computed("3+0.5", 3.5), Computed("3+0.5"), CellError("#N/A"), Computed("1/0", CellError("#DIV/0!")),
        Rich("<r><t>gras</t></r><r><rPr><b/></rPr><t> ou pas</t></r>"), Computed('"a"&"b"', "ab"),
    ]),
)  # fmt: skip
_LOOKS = st.builds(
    Column,
    header=st.text("abcdé' ", min_size=1, max_size=8).map(str.strip).filter(bool),
    format=st.sampled_from(Format),
    width=st.sampled_from([8, 16, 44.5]),
    note=st.sampled_from(["", "Écrit par le robot.", "Deux\nlignes & <plus>"]),
    choices=st.sampled_from(
        [(), ("oui", "non"), tuple(f"Choix n° {n}, « {n} »" for n in range(40)), ('avec "guillemets"',)]
    ),
    scale=st.sampled_from([None, (0.0, 20.0), (1.0, 4.0)]),
    tones=st.sampled_from([(), (("Lauréat", Tone.GOOD), ("d'été", Tone.BAD))]),
    bar=st.booleans(),
)
_COLUMNS = (
    "",
    '<cols><col min="1" max="16384" width="12"/></cols>',
    '<cols><col min="2" max="3" width="9" style="2" customWidth="1"/></cols>',
)
NAMES = ("Candidatures", "Évaluations d'été & <co>", "2021")
ROBOT_NAMES = {"classement": "Classement", "anomalies": "Anomalies « d'été » & co"}


@dataclass(frozen=True)
class PeopleTab:
    """How a random tab was made: where its headers are, how wide it is, and its last row."""

    header_row: int
    width: int
    last_row: int

    def moved(self, at: int, step: int) -> PeopleTab:
        """The tab once a row was inserted (1) or deleted (-1) there."""
        header = self.header_row + (step if at <= self.header_row else 0)
        return PeopleTab(header, self.width, self.last_row + (step if at <= self.last_row else 0))


@st.composite
def workbooks(draw: st.DrawFn) -> tuple[bytes, dict[str, PeopleTab]]:
    """A workbook of one to three tabs of people's, each with its own decorations, and how each was made."""
    strings, parts, tabs, date1904 = Strings(), {}, {}, draw(st.booleans())
    for number, name in enumerate(NAMES[: draw(st.integers(1, 3))], 1):
        tabs[name] = _tab(draw, Grid(strings, date1904), number, parts)
    return package(tuple(tabs), strings, parts, date1904=date1904), tabs


def _tab(draw: st.DrawFn, grid: Grid, number: int, parts: Parts) -> PeopleTab:
    header, width = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    last = header + draw(st.integers(0, 6))
    if header > 1:
        grid.put("A1", "Titre")
    headers = [f"Champ {column}" + ("\n(suite)" if column == 2 else "") for column in range(width)]
    grid.put_row(header, headers)
    for row in range(header + 1, last + 1):
        values = [f"n° {row}", *draw(st.lists(_TYPED, min_size=width - 1, max_size=width - 1))]
        grid.put_row(row, values, {c: MOMENT for c, value in enumerate(values) if isinstance(value, datetime)})
        grid.row_attributes[row] = draw(
            st.sampled_from(["", "", 'hidden="1"', 's="2" customFormat="1"', 'ht="30" customHeight="1"'])
        )
    if draw(st.booleans()):
        grid.put(a1(last + 9, width + 12), "loin de tout")
    area = f"A{header}:{a1(last, width - 1)}"
    kind = draw(st.sampled_from(["table", "filter", "nothing"])) if last > header else "nothing"
    part, links = f"xl/worksheets/sheet{number}.xml", []
    after = _after(draw, area, header, width, kind)
    if draw(st.booleans()):
        after += '<legacyDrawing r:id="rId1"/>'
        links += [
            ("rId1", "vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
            ("rId2", "comments", f"../comments{number}.xml"),
        ]
        parts[f"xl/drawings/vmlDrawing{number}.vml"] = vml((header - 1, 0))
        parts[f"xl/comments{number}.xml"] = comments(None, f"A{header}")
    if kind == "table":
        after += '<tableParts count="1"><tablePart r:id="rId3"/></tableParts>'
        links.append(("rId3", "table", f"../tables/table{number}.xml"))
        parts[f"xl/tables/table{number}.xml"] = _table(number, area, headers)
    columns = draw(st.sampled_from(_COLUMNS))
    view = '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    parts[part] = worksheet(grid, view + columns, after, number)
    if links:
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = relationships(*links)
    return PeopleTab(header, width, max(row for row, column in grid.cells if column < width))


def _after(draw: st.DrawFn, area: str, header: int, width: int, kind: str) -> str:
    wide = f"A{header + 1}:{a1(header + 20, width + 3)}"
    rule = '<cfRule type="expression" dxfId="0" priority="1"><formula>A1=1</formula></cfRule>'
    choices = f'<dataValidation type="list" sqref="{wide}"><formula1>"a,b"</formula1></dataValidation>'
    title = f'<mergeCells count="1"><mergeCell ref="A1:{a1(header - 1, 2)}"/></mergeCells>'
    pieces = (
        '<sheetProtection sheet="1" objects="1"/>',
        f'<autoFilter ref="{area}"/>' if kind == "filter" else "",
        title if header > 1 else "",
        f'<conditionalFormatting sqref="{wide}">{rule}</conditionalFormatting>',
        f'<dataValidations count="1">{choices}</dataValidations>',
    )
    return "".join(piece for piece in pieces if "autoFilter" in piece or draw(st.booleans()))


def _table(number: int, area: str, headers: list[str]) -> bytes:
    columns = "".join(
        f'<tableColumn id="{n}" name={quoteattr(h).replace("&#10;", "_x000a_")}/>' for n, h in enumerate(headers, 1)
    )
    return xml(
        f'<table xmlns="{MAIN}" id="{number}" name="Tableau{number}" displayName="Tableau{number}" ref="{area}">'
        f'<autoFilter ref="{area}"/><tableColumns count="{len(headers)}">{columns}</tableColumns></table>'
    )


@st.composite
def sheets(draw: st.DrawFn, mark: str, people: tuple[str, ...]) -> Sheet:
    """A random robot's tab."""
    columns = tuple(draw(st.lists(_LOOKS, min_size=1, max_size=4, unique_by=lambda column: column.header)))
    formula = st.sampled_from([Formula("1+1", 2.0), Formula('IF(1>2,"a","b")', "b"), Formula("NOW()>0", value=True)])
    link = st.sampled_from([Link("ici", tab, "A1") for tab in people])
    row = st.tuples(*[st.one_of(WRITTEN, formula, link)] * len(columns))
    banner = st.lists(st.sampled_from(["Notes fictives", "⚠ Retard", Formula("1+1", 2.0)]), max_size=2)
    return Sheet(
        mark, ROBOT_NAMES[mark], Owner.ROBOT, columns, tuple(draw(st.lists(row, max_size=6))), tuple(draw(banner))
    )


@st.composite
def plans(draw: st.DrawFn, snapshot: Snapshot, made: dict[str, PeopleTab]) -> Plan:
    """A random plan that stays within what the robot owns of a snapshot."""
    operations: list[Operation] = []
    marked = {tab.mark: tab.name for tab in snapshot.tabs if tab.mark}
    people = [tab for tab in snapshot.tabs if tab.name in made]
    names = tuple(tab.name for tab in people)
    for mark in draw(st.sets(st.sampled_from(list(ROBOT_NAMES)))):
        sheet = draw(sheets(mark, names))
        before = draw(st.sampled_from([None, *(tab.name for tab in snapshot.tabs)]))
        operations.append(ReplaceTab(marked[mark], sheet) if mark in marked else CreateTab(sheet, before))
    for tab in draw(st.lists(st.sampled_from(people), unique_by=lambda tab: tab.name)):
        operations += _in_people_tab(draw, tab, made[tab.name])
    return Plan(snapshot.version, tuple(operations))


def _named(look: Column, mark: str) -> Column:
    return replace(look, header=f"{mark} {look.header}")


def _in_people_tab(draw: st.DrawFn, tab: TabSnapshot, made: PeopleTab) -> list[Operation]:
    operations: list[Operation] = []
    last = max(
        [
            made.last_row,
            *(row for row, cells in enumerate(tab.rows, 1) if any(c is not None for c in cells[: made.width])),
        ]
    )
    for mark in draw(st.sets(st.sampled_from(["rang", "note"]))):
        places = [column for column, known in tab.column_marks.items() if known == mark]
        taken = {*tab.column_marks, *(added.column for added in operations if isinstance(added, AddColumn))}
        free = (c for c in range(made.width, 99) if c not in taken and tab.value(made.header_row, c) is None)
        column, look = places[0] if places else next(free), _named(draw(_LOOKS), mark)
        if not places:
            operations.append(AddColumn(tab.name, made.header_row, column, look, mark))
        rows = draw(st.lists(st.integers(made.header_row + 1, last + 2), unique=True).map(sorted))
        operations.append(SetCells(tab.name, column, look, tuple((row, draw(WRITTEN)) for row in rows)))
    columns = tuple(draw(st.lists(st.integers(0, made.width - 1), unique=True, min_size=1).map(sorted)))
    looks = tuple(draw(_LOOKS) for _ in columns)
    rows = draw(st.lists(st.tuples(_TEXTS, *[WRITTEN] * (len(columns) - 1)), max_size=3))
    if rows:
        operations.append(AppendRows(tab.name, last + 1, columns, looks, tuple(rows)))
    return operations
