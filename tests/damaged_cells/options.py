"""Options of the commands that are run on a damaged workbook."""

from typing import Final

FILE: Final = "FILE"
"""Stands for the file or folder that a command writes."""
JSON: Final = ("--format", "json")
DRY: Final = ("--dry-run", *JSON)
