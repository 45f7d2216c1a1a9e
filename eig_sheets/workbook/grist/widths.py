"""Widths of columns in pixels: as wide as the tab says, and as its header, which Grist writes on one line. Pure."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.model.sheet import Column

_PIXELS_PER_CHARACTER: Final = 8
_MARGINS: Final = 34
"""Around a header, with its menu at the right."""
_NOTE: Final = 18
"""The sign by which a header tells its description."""


def width_of(look: Column) -> int:
    """The width at which neither the header nor what the tab expects in the column is cut."""
    header = len(look.header) * _PIXELS_PER_CHARACTER + _MARGINS + (_NOTE if look.note else 0)
    return max(round(look.width * _PIXELS_PER_CHARACTER), header)
