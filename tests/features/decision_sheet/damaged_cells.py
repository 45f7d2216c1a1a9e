"""The command of the decider's sheet on a damaged workbook."""

from typing import Final

from tests.damaged_cells.options import FILE

COMMANDS: Final = (("decision-sheet", "--to", f"{FILE}.docx"),)
