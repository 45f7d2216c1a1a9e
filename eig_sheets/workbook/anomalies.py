"""The catalogue of anomalies of a workbook: for each code, its severity, its message and its remedy.

`docs/anomalies.fr.md` is this catalogue for the staff; a test keeps them equal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.text.french import number, typographic
from eig_sheets.workbook.access_codes import ACCESS_CODES
from eig_sheets.workbook.alteration_codes import ALTERATION_CODES
from eig_sheets.workbook.assignment_codes import ASSIGNMENT_CODES
from eig_sheets.workbook.audition_codes import AUDITION_CODES
from eig_sheets.workbook.cell_codes import CELL_CODES
from eig_sheets.workbook.cofinancing_codes import COFINANCING_CODES
from eig_sheets.workbook.column_codes import COLUMN_CODES
from eig_sheets.workbook.deliberation_codes import DELIBERATION_CODES
from eig_sheets.workbook.demarche_codes import DEMARCHE_CODES
from eig_sheets.workbook.follow_up_codes import FOLLOW_UP_CODES
from eig_sheets.workbook.model.cell_names import between, name_of
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.part_codes import PART_CODES
from eig_sheets.workbook.received_codes import RECEIVED_CODES
from eig_sheets.workbook.selection_codes import SELECTION_CODES
from eig_sheets.workbook.severity import WORKBOOK_CODES, Code, Severity
from eig_sheets.workbook.slot_codes import SLOT_CODES
from eig_sheets.workbook.state_codes import STATE_CODES
from eig_sheets.workbook.talent_codes import TALENT_CODES
from eig_sheets.workbook.team_codes import TEAM_CODES
from eig_sheets.workbook.version_codes import VERSION_CODES
from eig_sheets.workbook.wish_codes import WISH_CODES

__all__ = ["CODES", "WORKBOOK_CODES", "Anomaly", "Code", "Severity", "anomaly"]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A problem found in a workbook, in French. `cell` is None when no single cell is at fault.

    `others`: how many more of its kind it stands for, when it is the line that counts those that are not listed.
    `cells`: all cells of its cause, of which `cell` is the first; () where it is the only one.
    `cell_name` is the name by which people know it, where that is not its address, `cell_names` those of `cells`.
    `field`: the id of the field that it is about, where its cell is in no column of a field.
    """

    severity: Severity
    tab: str
    cell: str | None
    dossier: str | None
    code: str
    message: str
    remedy: str
    others: int = 0
    cell_name: str = ""
    field: str = ""
    cells: tuple[str, ...] = ()
    cell_names: tuple[str, ...] = ()

    @property
    def shown_cell(self) -> str | None:
        """The cell as people know it."""
        return self.cell_name or self.cell

    @property
    def shown_cells(self) -> tuple[str, ...]:
        """All its cells, as people know them."""
        return self.cell_names or self.cells or ((self.shown_cell,) if self.shown_cell else ())

    @property
    def place(self) -> str:
        """The cell with its tab: « Jury!B4 », or « Jury, ligne 3, E-mail »; the tab alone where there is no cell."""
        return f"{self.tab}{between(by_id=bool(self.cell_name))}{self.shown_cell}" if self.cell else self.tab

    def named(self, snapshot: Snapshot) -> Anomaly:
        """The same, with the names of its cells where these are not their addresses."""
        if self.cell is None or not snapshot.capabilities.row_ids:
            return self
        names = tuple(name_of(cell, self.tab, snapshot) for cell in self.cells)
        return replace(self, cell_name=name_of(self.cell, self.tab, snapshot), cell_names=names)


CODES: Final[dict[str, Code]] = {
    **CELL_CODES,
    **DELIBERATION_CODES,
    **SELECTION_CODES,
    **COFINANCING_CODES,
    **COLUMN_CODES,
    **ACCESS_CODES,
    **ALTERATION_CODES,
    **ASSIGNMENT_CODES,
    **DEMARCHE_CODES,
    **STATE_CODES,
    **TEAM_CODES,
    **TALENT_CODES,
    **PART_CODES,
    **RECEIVED_CODES,
    **VERSION_CODES,
    **AUDITION_CODES,
    **WISH_CODES,
    **FOLLOW_UP_CODES,
    **SLOT_CODES,
}
"""Anomalies of one cell or one row."""


def anomaly(
    code: str,
    tab: str,
    cell: str | None = None,
    dossier: str | None = None,
    *,
    blocks: bool = False,
    field: str = "",
    **words: object,
) -> Anomaly:
    """The anomaly of that code; `words` fill its sentences; `blocks` decides where the code leaves it open."""
    entry = CODES.get(code) or WORKBOOK_CODES[code]
    severity = entry.severity or (Severity.BLOCKING if blocks else Severity.WARNING)
    words = {"hint": "", "suggestion": "", "tab": tab, **{name: _as_text(word) for name, word in words.items()}}
    message, remedy = (typographic(sentence.format(**words)) for sentence in (entry.message, entry.remedy))
    return Anomaly(severity, tab, cell, dossier, code, message, remedy, field=field)


_LONGEST_WORD: Final = 600


def _as_text(word: object) -> object:
    if isinstance(word, int):
        return number(word)
    too_long = isinstance(word, str) and len(word) > _LONGEST_WORD  # a person may paste any length in a cell
    return f"{str(word)[:_LONGEST_WORD]}…" if too_long else word
