"""An anomaly: a problem of a code, at its cell, with the sentences of the code filled in.

`docs/anomalies.fr.md` lists the codes for the staff; a test keeps them equal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.text.french import number, typographic
from eig_sheets.workbook.codes import Code, Severity
from eig_sheets.workbook.model.cell_names import between, name_of
from eig_sheets.workbook.model.snapshot import Snapshot


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
    kind: Code
    message: str
    remedy: str
    others: int = 0
    cell_name: str = ""
    field: str = ""
    cells: tuple[str, ...] = ()
    cell_names: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The name of its code."""
        return self.kind.name

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
        """The anomaly with the names of its cells where these are not their addresses."""
        if self.cell is None or not snapshot.capabilities.row_ids:
            return self
        names = tuple(name_of(cell, self.tab, snapshot) for cell in self.cells)
        return replace(self, cell_name=name_of(self.cell, self.tab, snapshot), cell_names=names)


def anomaly(
    code: Code,
    tab: str,
    cell: str | None = None,
    dossier: str | None = None,
    *,
    blocks: bool = False,
    field: str = "",
    **words: object,
) -> Anomaly:
    """An anomaly of that code; `words` fill its sentences; `blocks` decides where the code leaves it open."""
    severity = code.severity or (Severity.BLOCKING if blocks else Severity.WARNING)
    words = {"hint": "", "suggestion": "", "tab": tab, **{name: _as_text(word) for name, word in words.items()}}
    message, remedy = (typographic(sentence.format(**words)) for sentence in (code.message, code.remedy))
    return Anomaly(severity, tab, cell, dossier, code, message, remedy, field=field)


_LONGEST_WORD: Final = 600


def _as_text(word: object) -> object:
    if isinstance(word, int):
        return number(word)
    too_long = isinstance(word, str) and len(word) > _LONGEST_WORD  # a person may paste any length in a cell
    return f"{str(word)[:_LONGEST_WORD]}…" if too_long else word
