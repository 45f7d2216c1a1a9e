"""What an .xlsx file can do: we hold it alone while it is written, and everything in it has a place."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.model.capabilities import Capabilities
from eig_sheets.workbook.model.cells import MAX_TEXT

CAPABILITIES: Final = Capabilities(longest_text=MAX_TEXT)
