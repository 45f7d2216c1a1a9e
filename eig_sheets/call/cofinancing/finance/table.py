"""The co-financing table of the finance department, as a spreadsheet or as a CSV that a French Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing import cofinancement
from eig_sheets.call.cofinancing.amounts import COFINANCING, cofinancing_totals
from eig_sheets.call.cofinancing.finance.annex import eig_of
from eig_sheets.call.cofinancing.finance.lines import FinanceLine, lines_of
from eig_sheets.call.cofinancing.finance.summary_tabs import SummaryTab, summary_tabs
from eig_sheets.call.cofinancing.finance.versions import Version
from eig_sheets.call.cofinancing.rules_totals import Total, Totals
from eig_sheets.call.cofinancing.words import GROUPS, remarks
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.documents.checksum import archive_with_checksum
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.palette import DARK, PATTERNS, RULE, WHITE
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.spreadsheet.new_xlsx.content import Book, Cell, Style, Tab, Width, number_of
from eig_sheets.spreadsheet.new_xlsx.writing import xlsx_file
from eig_sheets.text import csv_cells
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import typographic
from eig_sheets.text.numbers import siret
from eig_sheets.text.printable import printable

_HEADER = Style(bold=True, wrap=True, colour=WHITE, background=DARK, vertical="vcenter")
_BORDERS = (("bottom", 1, RULE),)
_TOTALS = (
    Column("Groupe", width=22),
    Column("Projets", Format.INTEGER, 10),
    Column("Demandent", Format.INTEGER, 12),
    Column("EIG", Format.INTEGER, 8),
    Column("Montant minimum", Format.EURO, 18),
    Column("Montant maximum", Format.EURO, 18),
    Column("Enveloppe", Format.EURO, 18),
    Column("Reste pour le montant minimum", Format.EURO, 18),
    Column("Reste pour le montant maximum", Format.EURO, 18),
    Column("À savoir", Format.WRAPPED, 60),
)
_VERSION = Column("Version", Format.INTEGER, 9, "Celle qui a été remise : « eig-sheets cofinancing --versions ».")

Row = Sequence[WrittenValue]


@dataclass(frozen=True, slots=True)
class FinanceTable:
    """One row for each dossier, under the columns of the tab `Cofinancement` and one for the version; what sums it up.

    `totals` of the laureates; `routes`: the part of each route in what is decided; `tabs` beside it, of an .xlsx; `day`
    of the data.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    totals: Totals
    routes: Sequence[Row]
    tabs: tuple[SummaryTab, ...]
    version: Version
    day: date


def table_of(reading: Reading, results: Results, day: date, version: Version) -> FinanceTable:
    """The table of a campaign, dated `day`, that is handed over as a version."""
    rows = cofinancement.rows(results.of(COFINANCING), results.of(APPLICATIONS).dossiers, results.of(SCORES).ranking)
    lines = lines_of(results)
    return FinanceTable(
        (*cofinancement.columns_of(results.of(COFINANCING)), _VERSION),
        [(*row, version.number) for row in rows],
        cofinancing_totals(results, reading.campaign),
        [*_routes(lines)],
        summary_tabs(lines, reading.campaign.cofinancing),
        version,
        day,
    )


def _routes(lines: Sequence[FinanceLine]) -> Iterator[Row]:
    """What of the decided laureates goes by each route, under the columns of the totals."""
    parts = {
        "dont par décret": [line for line in lines if line.by_decree],
        "dont par délégation": [line for line in lines if line.by_delegation],
        "dont sans voie connue": [line for line in lines if not (line.by_decree or line.by_delegation)],
    }
    for label, part in parts.items():
        if part:
            least, most = (
                float(sum((end(line) or Decimal(0) for line in part), Decimal(0)))
                for end in (attrgetter("least"), attrgetter("most"))
            )
            yield (label, len(part), len(part), eig_of(part), least, most, None, None, None, None)


def as_csv(table: FinanceTable) -> bytes:
    """The rows as a French Excel opens them by a double-click: UTF-8 with its mark, `;`, decimal comma, no formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.header for column in table.columns])
    writer.writerows([[_csv_cell(*cell) for cell in zip(table.columns, row, strict=True)] for row in table.rows])
    return text.getvalue().encode("utf-8-sig", "replace")


def _csv_cell(column: Column, value: WrittenValue) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (int, float)):
        return (f"{value:.2f}" if column.format is Format.EURO else f"{value:g}").replace(".", ",")
    return csv_cells.escaped(printable(siret(str(value), " ") if column.header == "SIRET" else str(value)))


def as_xlsx(table: FinanceTable) -> bytes:
    """The rows and the totals, each a tab of an .xlsx: typed values, no formula; the same bytes for the same table."""
    totals = [_total_row(label, getattr(table.totals, group), table.totals) for group, label in GROUPS.items()]
    day = typographic(f"Données du {french_day(table.day)}. Ni inéligibles, ni écartés, ni désistés.")
    version = [f"{table.version.text}. Empreinte : {table.version.digest[:12]}."]
    tabs = (
        _tab("Co-financement", table.columns, table.rows),
        *(_tab(tab.name, tab.columns, tab.rows) for tab in table.tabs),
        _tab("Totaux", _TOTALS, [*totals, *table.routes, [day], version]),
    )
    return archive_with_checksum(xlsx_file(Book(tabs)))


def _total_row(label: str, total: Total, totals: Totals) -> Row:
    left: list[WrittenValue] = [None, None, None]
    if totals.envelope is not None:
        left = [
            float(value) for value in (totals.envelope, totals.envelope - total.least, totals.envelope - total.most)
        ]
    provisional = ["Montant prévisionnel."] if total.asking and total.provisional else []
    sums = (float(total.least), float(total.most))
    known = typographic(" ".join((*provisional, *remarks(total)))) or None
    return (label, total.dossiers - total.excluded, total.asking, total.eig, *sums, *left, known)


def _tab(name: str, columns: Sequence[Column], rows: Sequence[Row]) -> Tab:
    header = [Cell(column.header, _HEADER) for column in columns]
    return Tab(
        name,
        [header, *([_cell(*cell) for cell in zip(columns, row, strict=False)] for row in rows)],
        [Width(column.width) for column in columns],
        frozen_rows=1,
        frozen_columns=1,
        notes=[(1, place, column.note) for place, column in enumerate(columns) if column.note],
    )


def _cell(column: Column, value: WrittenValue) -> Cell:
    number = not isinstance(value, str) and value is not None
    pattern = PATTERNS.get(column.format, "") if number else ""
    style = Style(
        number_format=pattern or ("" if number else "@"),
        wrap=column.format is Format.WRAPPED,
        horizontal="center" if column.format is Format.DATE else "",
        vertical="top",
        borders=_BORDERS,
    )
    if isinstance(value, datetime):
        return Cell(number_of(value), style)
    return Cell(value if isinstance(value, (str, bool)) or value is None else float(value), style)  # type: ignore[arg-type]
