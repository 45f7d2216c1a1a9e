"""Checks numbers and addresses of people's tabs for look-alike and invisible characters."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from eig_sheets.text.confusables import misleading_reason
from eig_sheets.text.invisible import revealed
from eig_sheets.text.numbers import number_fault
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import Code, by_column, warning
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.unreadable_cells import dossier_of

CONFUSABLE_NUMBER: Final = by_column(
    "numero_trompeur",
    "Le numéro « {value} » en « {header} » {reason} : il ressemble à un autre sans être le même.",
    "Effacez la cellule et retapez le numéro.",
)
CONFUSABLE_ADDRESS: Final = warning(
    "adresse_trompeuse",
    "« {value} » en « {header} » a une lettre trompeuse : {reason}. Aucun e-mail n’y part.",
    "Effacez l’adresse et retapez-la. Si elle est vraiment ainsi, autorisez-la comme elle s’écrit en réalité "
    "(emails.allowed dans la configuration).",
)


def misleading_addresses(table: Table, allowed: Collection[str]) -> Iterator[Anomaly]:
    """An anomaly for each misleading address, but for the addresses, or « @domaine », that the campaign allows."""
    for field in table.layout.schema.fields:
        if field.kind is Kind.EMAIL:
            for row, typed in _texts(table, field):
                if reason := misleading_reason(typed, allowed):
                    yield _anomaly(CONFUSABLE_ADDRESS, table, field, row, typed, reason)


def misleading_numbers(table: Table) -> Iterator[Anomaly]:
    """An anomaly for each number that looks like another; it leaves out the row that it names."""
    for field in table.layout.schema.fields:
        if field.is_number:
            for row, typed in _texts(table, field):
                if reason := number_fault(typed):
                    yield _anomaly(CONFUSABLE_NUMBER, table, field, row, typed, reason)


def _texts(table: Table, field: Field) -> Iterator[tuple[int, str]]:
    """The texts of a field that could be read, as they are typed, each with its row."""
    if field.id not in table.layout.columns:
        return
    for row in table.frame.loc[table.frame[field.id].notna(), "row"].tolist():
        typed = table.layout.tab.value(row, table.layout.columns[field.id])
        if isinstance(typed, str):
            yield row, values.text(typed) or ""


def _anomaly(code: Code, table: Table, field: Field, row: int, typed: str, reason: str) -> Anomaly:
    layout = table.layout
    words = {"value": quoted(revealed(typed)), "header": layout.header(field.id), "reason": reason}
    cell, dossier = layout.cell(field.id, row), dossier_of(table.frame, row)
    return anomaly(code, layout.name, cell, dossier, blocks=field.required, **words)
