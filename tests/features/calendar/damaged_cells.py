"""The commands of the calendar on a damaged workbook."""

from typing import Final

from tests.damaged_cells.options import FILE

COMMANDS: Final = (("calendar", "export", "--to", f"{FILE}.ics"),)
LEFT_OUT: Final[dict[tuple[str, ...], str]] = {}
