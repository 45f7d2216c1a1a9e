"""The rows of a tab that an import compares with, and what it has no column for."""

from __future__ import annotations

import pandas as pd

from eig_sheets.call.applications.importing.plan import ImportPlan
from eig_sheets.campaign.reading import Reading
from eig_sheets.workbook.layout import TabLayout


def current_rows(tab: TabLayout) -> pd.DataFrame:
    """The filled rows of the tab as raw cells; columns: `row`, its number for people, and the ids of fields."""
    rows = [
        {"row": tab.row_name(row), **{field: tab.tab.value(row, column) for field, column in tab.columns.items()}}
        for row in range(tab.header_row + 1, tab.last_row + 1)
    ]
    filled = [row for row in rows if any(value is not None for field, value in row.items() if field != "row")]
    return pd.DataFrame(filled, columns=["row", *tab.columns], dtype=object)


def headers_without_column(plan: ImportPlan, reading: Reading, tab_id: str) -> list[str]:
    """Headers of the fields that new rows fill but the tab has no column for."""
    tab = reading.layout.tabs[tab_id]
    filled = {field for dossier in plan.new for field in dossier.values}
    return [field.header for field in tab.schema.fields if field.id in filled - tab.available]
