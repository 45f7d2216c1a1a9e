"""Capabilities of a Grist document, in which people type during runs."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.model.capabilities import Capabilities

LONGEST_TEXT: Final = 50_000
"""Characters of one cell: Grist holds more, but a request is at most 1 MB, and other spreadsheets no more than this."""

CAPABILITIES: Final = Capabilities(
    concurrent_editors=True,
    row_ids=True,
    header_formulas=True,
    marks=True,
    look_digests=True,
    never_empty=True,
    remote=True,
    row_access=True,
    keeps_sent=True,
    authors=True,
    title_rows=False,
    longest_text=LONGEST_TEXT,
    text_holder="le robot",
    program="Grist",
)
