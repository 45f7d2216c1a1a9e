"""The tabs of the sample on a day, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import pandas as pd

from eig_sheets import sample
from eig_sheets.sample.history import SampleRows
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.workbook.fields import Field, Kind
from tests.sample.support import EIG5, schema

DAYS = [date(2021, 2, 10), date(2021, 4, 30), date(2021, 5, 6), date(2021, 7, 1), date(2021, 12, 1)]
"""A call that just opened; a jury at work; the day of decisions; teams being formed; ten months under way."""
PROGRAMME = ("talents", "evaluations_talents", "suivi", *(rows.tab for rows in EIG5.features.parts(SampleRows)))
EVERY_DAY = pd.date_range("2021-01-25", "2021-12-31").date.tolist()


@cache
def tables(day: date) -> dict[str, pd.DataFrame]:
    """Each tab's cells by field id: the same object each time, not to be changed."""
    made = sample.sheets(schema(), day=day)
    return {sheet.id: _table(sheet, schema().tab(sheet.id).fields) for sheet in made}


def _table(sheet: Sheet, fields: Sequence[Field]) -> pd.DataFrame:
    """Its cells; moments as such where nobody types them as text."""
    table = pd.DataFrame(sheet.rows, columns=[field.id for field in fields], dtype=object)
    moments = [field.id for field in fields if field.kind in (Kind.DATE, Kind.DATETIME) and sheet.id in PROGRAMME]
    return table.assign(**{name: pd.to_datetime(table[name]) for name in moments})


def counts(day: date, tab: str, field: str) -> dict[str, int]:
    """How many rows have each value; « » for a blank."""
    return tables(day)[tab][field].fillna("").value_counts().to_dict()
