"""The commands of advice on a damaged workbook, and what people type there."""

from typing import Final

from tests.damaged_cells.options import JSON

COMMANDS: Final = (("slots", "list", *JSON), ("slots", "list", "--free"))
LEFT_OUT: Final = {
    ("slots", "generate"): "makes rows of dates that are given",
    ("slots", "import"): "its result is of a file",
}
TYPED: Final = {("inscriptions", "commentaire"): "A posé deux questions."}
"""What the demonstration leaves blank, by tab and field."""
