"""Widths of columns in pixels: as wide as the tab says, and as its header, which Grist writes on one line. Pure."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.model.sheet import Column

_PIXELS_PER_CHARACTER: Final = 8
_PIXELS_OF_HEADER: Final = 7.3
"""Of a character of a header, in the widest of the fonts that browsers take for Grist’s."""
_NAME_OF_CELL: Final = 30
"""Characters of « ligne 12, Coût employeur 10 mois », on two lines at most."""
_MARGINS: Final = 18
_NOTE: Final = 20
"""The sign by which a header tells its description."""


def width_of(look: Column) -> int:
    """The width at which neither the header nor what the tab expects in the column is cut."""
    header = len(look.header) * _PIXELS_OF_HEADER + _MARGINS + (_NOTE if look.note else 0)
    width = max(look.width, _NAME_OF_CELL) if look.names_cells else look.width
    return round(max(width * _PIXELS_PER_CHARACTER, header))
