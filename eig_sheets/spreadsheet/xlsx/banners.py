"""Placement of the lines above the headers in a tab that is printed on several pages across.

Each page across repeats the first columns, at whose end a line that began in them would be cut. In a robot's tab, lines
are folded within these columns. In people's, where a merged cell would keep them from moving a column, lines begin
after them, and the foot of each page says them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.cells import Formula, column_letters
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from eig_sheets.spreadsheet.xlsx.markup import escape_attribute

_LONGEST_FOOT: Final = 100  # of the 255 characters that the whole foot of a page may have

_HEIGHT, _LINE_HEIGHT = 20, 15


@dataclass(frozen=True, slots=True)
class Banners:
    """The lines above the headers of a sheet; `repeated`: how many first columns each page across repeats, or 0."""

    sheet: Sheet
    repeated: int

    @property
    def is_folded(self) -> bool:
        """Whether lines are folded within the repeated columns."""
        return bool(self.repeated) and self.sheet.owner is Owner.ROBOT

    @property
    def column(self) -> int:
        """The 0-based column in which lines begin."""
        aside = self.sheet.owner is Owner.PEOPLE and self.repeated < len(self.sheet.columns)
        return self.repeated if aside else 0

    def height(self, line: str | Formula) -> int:
        """The height of a line's row, in points."""
        if not self.is_folded or isinstance(line, Formula):
            return _HEIGHT
        width = int(sum(column.width for column in self.sheet.columns[: self.repeated]))
        return _HEIGHT + _LINE_HEIGHT * ((len(line) - 1) // width)

    def merges(self) -> str:
        """The element of the merged cells that lines are folded in."""
        if not self.is_folded or self.repeated < 2 or not self.sheet.banner:
            return ""
        last, count = column_letters(self.repeated - 1), len(self.sheet.banner)
        cells = "".join(f'<mergeCell ref="A{row}:{last}{row}"/>' for row in range(1, count + 1))
        return f'<mergeCells count="{count}">{cells}</mergeCells>'

    def foot(self) -> str:
        """The lines in the middle of the foot of each page, as its code."""
        said = " ".join(line for line in self.sheet.banner if isinstance(line, str)) if self.column else ""
        return escape_attribute("&C" + said[:_LONGEST_FOOT].replace("&", "&&")) if said else ""
