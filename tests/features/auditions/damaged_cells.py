"""The commands of auditions on a damaged workbook."""

from typing import Final

from tests.damaged_cells.options import DRY, JSON

COMMANDS: Final = (("jury", "schedule", *DRY), ("jury", "schedule", "--check", *JSON))
