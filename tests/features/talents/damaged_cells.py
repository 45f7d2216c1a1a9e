"""The commands about candidates on a damaged workbook."""

from typing import Final

from tests.damaged_cells.options import DRY, FILE, JSON

COMMANDS: Final = (
    ("rank", "--talents", *JSON),
    ("--talents", "jury", "assign", *DRY),
    ("--talents", "jury", "ballots", "--to", FILE, *DRY),
    ("--talents", "jury", "status", *JSON),
)
