"""Tabs beside whose cells a program writes who typed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.signing import MARK, AuthorColumn, Signature, digest, signing
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.workbook.snapshots import SCHEMA, Row, place, tab, tabs_with

ROBOT = "robot@example.org"
WHEN = "2026-12-01 10:32"


def signed_tab(tab_id: str, rows: Sequence[Row], field_id: str, people: Sequence[str | None]) -> TabSnapshot:
    """A people's tab in which each of `people` typed the field of a row, and Grist said so; None: nobody is said."""
    field = SCHEMA.tab(tab_id).field(field_id)
    assert field.author is not None
    header = field.author.header
    made = tab(tab_id, rows, extra=[header])
    signs = signing(
        field_id, field.author, {each.id: place(tab_id, each.id) for each in SCHEMA.tab(tab_id).fields}
    ).signs
    column = len(made.rows[0]) - 1
    lines = [list(line) for line in made.rows]
    for line, who in zip(lines[1:], people, strict=True):
        line[column] = str(Signature(who, WHEN, digest(line[signed] for signed in signs))) if who else None
    marks = {column: f"{MARK}{field_id}"}
    return replace(made, rows=lines, column_marks=marks, authors={field_id: AuthorColumn(column, signs)})


def watched(*tabs: TabSnapshot) -> Snapshot:
    """The small campaign with these tabs, where the program says who typed a cell."""
    return replace(tabs_with(*tabs), capabilities=Capabilities(authors=True), robots=frozenset({ROBOT}))
