"""The example campaigns and small workbooks for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eig_sheets import loading
from eig_sheets.config import Campaign
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

ROOT = Path(__file__).parents[2]
EXAMPLES = ("eig6", "fondation", "prix")


def example(name: str) -> Campaign:
    return loading.load(ROOT / "examples" / name / "config" / "campaign.toml")


def tab(name: str, *rows: Sequence[CellValue]) -> TabSnapshot:
    return TabSnapshot(name, [list(row) for row in rows])


def workbook(*tabs: TabSnapshot) -> Snapshot:
    return Snapshot(tabs)
