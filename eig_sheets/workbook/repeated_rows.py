"""Finds duplicate rows of a tab: the same number, the same address, the same juror and dossier."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from eig_sheets.text.french import MOST_LISTED, listed, plural
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import Code, blocking, warning
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.suspects import Suspects

NUMBER_TWICE: Final = blocking(
    "numero_en_double",
    "« {value} » est aussi {rows}.",
    "Gardez une seule ligne pour ce numéro.",
)
ADDRESS_TWICE: Final = warning(
    "email_en_double",
    "« {value} » est aussi {rows}.",
    "Gardez une seule ligne par juré ; en attendant, leurs déports s’ajoutent.",
)
JUROR_TWICE: Final = blocking(
    "jure_en_double",
    "{value} a aussi une évaluation de « {what} » {rows}.",
    "Gardez-en une seule, ou corrigez le numéro de dossier d’une autre ; en attendant, aucune ne compte.",
)

UNIQUE = (
    ("jury", ("email",), ADDRESS_TWICE),
    ("evaluations", ("numero", "jure"), JUROR_TWICE),
)

"""(tab, fields, code) of the fields that must be unique in a tab."""


def repeated(table: Table, columns: tuple[str, ...], code: Code) -> Suspects:
    """The rows that have the same values in those columns."""
    keys = table.frame[list(columns)]  # a row that is already left out makes its duplicate doubtful too
    return alike(table, keys.duplicated(keep=False) & keys.notna().all(axis=1), columns, code)


def alike(table: Table, repeated: pd.Series, columns: tuple[str, ...], code: Code) -> Suspects:
    """The repeated rows, each with the others of the same `columns`."""
    twice = table.frame[repeated]
    grouped = twice.groupby(list(columns), sort=False)["row"] if len(twice) else ()
    rows_of = {key: rows.tolist() for key, rows in grouped}

    def describe(record: Any) -> Anomaly:
        key = tuple(getattr(record, column) for column in columns)
        others = _other_rows(table.layout, rows_of[key], record.row)
        cell, dossier = table.layout.cell(columns[-1], record.row), getattr(record, "numero", None)
        return anomaly(code, table.layout.name, cell, dossier, value=key[-1], what=key[0], rows=others)

    return Suspects(code, twice, describe)


def _other_rows(layout: TabLayout, rows: list[int], own: int) -> str:
    """« aux lignes 4, 5 et 6 », without its own; of many rows, the first ones and how many others there are."""
    first = [str(layout.row_name(row)) for row in rows[: MOST_LISTED + 1] if row != own][:MOST_LISTED]
    rest = len(rows) - 1 - len(first)
    lines = listed([*first, *([plural(rest, "autre")] if rest else [])])
    return f"{'aux lignes' if len(rows) > 2 else 'à la ligne'} {lines}"
