"""The sample campaign as a snapshot and a reading, without a file."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from eig_sheets import config, loading, sample
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.schema import Schema

EIG5 = loading.load(config.packaged())


def schema() -> Schema:
    return schema_of(EIG5)


def sheets(seed: int = 5) -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in sample.sheets(schema(), seed=seed)}


def snapshot(tabs: Iterable[Sheet]) -> Snapshot:
    return Snapshot(tuple(TabSnapshot(tab.name, [list(row) for row in tab.grid()]) for tab in tabs))


def reading(seed: int = 5) -> Reading:
    return read(snapshot(sheets(seed).values()), EIG5)


def raw(tab_id: str, seed: int = 5) -> pd.DataFrame:
    """A tab's cells by field id, and the 1-based `row`."""
    sheet, fields = sheets(seed)[tab_id], schema().tab(tab_id).fields
    frame = pd.DataFrame(sheet.rows, columns=[field.id for field in fields], dtype=object)
    return frame.assign(row=range(sheet.header_row + 1, sheet.header_row + 1 + len(frame)))
