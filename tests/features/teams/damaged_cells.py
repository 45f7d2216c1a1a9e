"""The command of teams on a damaged workbook."""

from typing import Final

from tests.damaged_cells.options import DRY

COMMANDS: Final = (("teams", "propose", *DRY),)
