"""Capabilities of each kind of workbook: code asks for the capability that it depends on, never for a program.

The defaults are those of the plainest workbook (`PLAIN`): a file that one program holds while it writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.cells import MAX_TEXT


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Capabilities that a backend declares for its workbooks; each `Snapshot` carries them.

    `concurrent_editors`: people type in it between our reading and our writing, so that no cell is overwritten by its
    position. `row_ids`: a row is found again by an id when it is written, wherever people moved it,
    and that id is the name of the row for people (`workbook/model/cell_names.py`).
    `header_formulas`: a robot's column in a people's tab is one formula in its header cell (`SetFormula`), which fills
    the column; otherwise its cells are set (`SetCells`).
    `inserts_rows`: appended rows are inserted, and what was under the last filled row goes down.
    `marks`: marks are given and taken away by themselves (`Equip`), those of tabs and columns that people made too, and
    follow a column that people copy; otherwise a mark comes with the tab or column that we make.
    `protections`: tabs and columns can be kept for some people (`Equip`).
    `filter_views`: a tab may have views that each opens for themselves, and a link leads to one (`Equip`).
    `unmarked_imports`: an .xlsx file of ours may have been imported into it, which loses the marks.
    `look_digests`: a tab stores the digest of the look that we gave it (`TabSnapshot.look`).
    `never_empty`: it always has a tab; a new one has a blank tab.
    `remote`: each reading is a call over the network.
    `row_access`: it knows people by their addresses, and can be kept from whoever is not among them (`CloseAccess`).
    `keeps_sent`: the e-mails that left are kept apart from the tab that shows them (`Snapshot.sent`).
    `authors`: the program itself writes who typed a cell, in a column beside it (`Column.author`).
    `title_rows`: a tab may have lines above its headers, one of them a formula.
    `longest_text`: characters that one cell can hold; `text_holder`: what keeps no more than these, in French.
    `program`: the spreadsheet program that holds it, as a sentence begins with it.
    `most_rows`: rows that people may fill in one tab, so that a run ends within seconds (`workbook/size_limits.py`).
    """

    concurrent_editors: bool = False
    row_ids: bool = False
    header_formulas: bool = False
    inserts_rows: bool = False
    marks: bool = False
    protections: bool = False
    filter_views: bool = False
    unmarked_imports: bool = False
    look_digests: bool = False
    never_empty: bool = False
    remote: bool = False
    row_access: bool = False
    keeps_sent: bool = False
    authors: bool = False
    title_rows: bool = True
    longest_text: int = MAX_TEXT
    text_holder: str = "un fichier Excel"
    program: str = "Le tableur"
    most_rows: int = 10_000


PLAIN: Final = Capabilities()
