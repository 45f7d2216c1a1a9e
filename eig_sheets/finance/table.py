"""The co-financing table of the finance department, as a spreadsheet or as a CSV that a French Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results, cofinancing_totals
from eig_sheets.domain.cofinancing_totals import Total, Totals
from eig_sheets.exporting.book import Book, Cell, Style, Tab, Width
from eig_sheets.exporting.writing import xlsx_file
from eig_sheets.report.checksum import archive_with_checksum
from eig_sheets.text import csv_cells
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import typographic
from eig_sheets.text.siret import siret
from eig_sheets.workbook.cofinancing_texts import GROUPS, remarks
from eig_sheets.workbook.model.cells import WrittenValue
from eig_sheets.workbook.model.palette import DARK, PATTERNS, RULE, WHITE
from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.render import cofinancement
from eig_sheets.workbook.xlsx.dates import to_serial

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

Row = Sequence[WrittenValue]


@dataclass(frozen=True, slots=True)
class FinanceTable:
    """One row for each dossier, under the columns of the tab `Cofinancement`; the totals; the day of the data."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    totals: Totals
    day: date


def table_of(reading: Reading, results: Results, day: date) -> FinanceTable:
    """The table of a campaign, dated `day`."""
    rows = cofinancement.rows(results.cofinancing, results.dossiers, results.ranking)
    return FinanceTable(cofinancement.COLUMNS, rows, cofinancing_totals(results, reading.campaign), day)


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
    return csv_cells.escaped(siret(str(value), " ") if column.header == "SIRET" else str(value))


def as_xlsx(table: FinanceTable) -> bytes:
    """The rows and the totals, each a tab of an .xlsx: typed values, no formula; the same bytes for the same table."""
    totals = [_total_row(label, getattr(table.totals, group), table.totals) for group, label in GROUPS.items()]
    day = typographic(f"Données du {french_day(table.day)}. Ni inéligibles, ni écartés, ni désistés.")
    tabs = (_tab("Co-financement", table.columns, table.rows), _tab("Totaux", _TOTALS, [*totals, [day]]))
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
        return Cell(to_serial(value, since_1904=False), style)
    return Cell(value if isinstance(value, (str, bool)) or value is None else float(value), style)  # type: ignore[arg-type]
