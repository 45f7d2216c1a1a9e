"""Finds rows that refer to a dossier or a juror that does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eig_sheets.text.invisible import revealed
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import Code, blocking
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.suspects import Suspects, leave_out

UNKNOWN_DOSSIER: Final = blocking(
    "dossier_inconnu",
    "Le dossier « {value} » n’est pas dans l’onglet « {where} ».{hint}",
    "Corrigez le numéro, ou ajoutez le dossier.",
)
UNKNOWN_JUROR: Final = blocking(
    "jure_inconnu",
    "« {value} » n’est pas dans l’onglet « {where} ».{hint}",
    "Corrigez l’adresse, ou ajoutez le juré.",
)
Tables = Mapping[str, Table]


def unknown_dossiers(tables: Tables, tab_id: str) -> Iterator[Suspects]:
    """The rows about a dossier that `Candidatures` lacks."""
    yield unknown(tables[tab_id], "numero", tables["candidatures"], "numero", UNKNOWN_DOSSIER)


def without_unknown_dossiers(table: Table, dossiers: Table) -> tuple[Table, list[Anomaly]]:
    """A table without the rows about dossiers that the other one, of any workbook, lacks; and their anomalies."""
    tab_id, anomalies = table.layout.schema.id, list[Anomaly]()
    checked = {tab_id: table}
    leave_out(checked, tab_id, unknown(table, "numero", dossiers, "numero", UNKNOWN_DOSSIER), anomalies)
    return checked[tab_id], anomalies


def unknown_jurors(tables: Tables, tab_id: str) -> Iterator[Suspects]:
    """The rows of a juror that `Jury` lacks."""
    if "jury" in tables and not tables["jury"].frame.empty:  # else nobody is listed yet: nothing to compare with
        yield unknown(tables[tab_id], "jure", tables["jury"], "email", UNKNOWN_JUROR)


def unknown(table: Table, column: str, reference: Table, key: str, code: Code) -> Suspects:
    """The rows whose value in that column is no `key` of the other tab."""
    known = list(reference.frame[key].dropna().unique())
    strangers = table.frame[table.frame[column].notna() & ~table.frame[column].isin(known)]
    hints: dict[str, str] = {}

    def describe(record: Any) -> Anomaly:
        value, where = getattr(record, column), reference.layout.name
        if value not in hints:
            hints[value] = did_you_mean(value, known)
        cell, hint = table.layout.cell(column, record.row), hints[value]
        about = getattr(record, table.layout.schema.key)
        return anomaly(code, table.layout.name, cell, about, value=revealed(value), where=where, hint=hint)

    return Suspects(code, strangers, describe)
