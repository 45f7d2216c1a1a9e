"""Capabilities of a Google spreadsheet, in which people type during runs."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.google.cells import LONGEST_TEXT
from eig_sheets.workbook.model.capabilities import Capabilities

CAPABILITIES: Final = Capabilities(
    concurrent_editors=True,
    header_formulas=True,
    inserts_rows=True,
    marks=True,
    protections=True,
    filter_views=True,
    unmarked_imports=True,
    look_digests=True,
    never_empty=True,
    remote=True,
    longest_text=LONGEST_TEXT,
    text_holder="une feuille Google",
    program="Google",
)
