"""Fixtures of the contract of every backend: the desk where people edit, a small campaign, a robot's tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from eig_sheets.spreadsheet.model.base import Workbook
from eig_sheets.spreadsheet.model.cells import MAX_TEXT, CellError, Formula, Link
from eig_sheets.spreadsheet.model.plan import AddColumn, Operation, Plan, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet, Tone
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

Rows = Sequence[Sequence[object]]


class Desk(Protocol):
    """Where people work: it makes workbooks, edits them as people do, and gives exactly what is stored.

    `ranked` are the operations that give `Candidatures` its column `rang`, once RANKING is there.
    """

    ranked: tuple[Operation, ...]

    def make_book(self, tabs: Mapping[str, Rows]) -> Workbook:
        """A workbook with those tabs, from A1; a Formula is computed, an Uncomputed is not."""

    def edit(self, book: Workbook, kind: str, **what: object) -> None:
        """One of people's edits, with the names of the local Sheets server.

        `set` (tab, cell, value), `insert_row` and `delete_row` (tab, 1-based at), `sort` (tab, by, descending),
        `rename_tab` and `rename_header` (from, to), `move_column` (tab, header, 0-based place to),
        `delete_column` (tab, header), `delete_tab` (tab), `hide_tab` (tab, shown).
        """

    def stored(self, book: Workbook) -> object:
        """Something that differs as soon as anything was written."""


PEOPLE: dict[str, Rows] = {
    "Candidatures": [
        ["N° de dossier", "Nom du projet", "Nombre d’EIG demandés", "Date de dépôt"],
        ["4512301", "Projet A", 2.0, datetime(2021, 3, 1, 9, 30, 15)],
        ["4512302", "=IMPORTXML(1)", 3.0, datetime(2021, 4, 7, 23, 59, 59)],
        ["4512303", " Projet C ", Formula("1+1", 2.0), None],
    ],
    "Évaluations": [
        ["Notes fictives"],
        [],
        ["N° de dossier", "E-mail du juré", "Pertinence"],
        ["4512301", "ada@example.org", Formula("7/2", 3.5)],
        ["4512302", "ada@example.org", CellError("#N/A")],
        ["4512303", "ada@example.org", True],
    ],
}
RANKING = Sheet(
    "classement", "Classement", Owner.ROBOT,
    (
        Column("Rang", Format.INTEGER, 8, note="Rang officiel."),
        Column("N° de dossier", width=15),
        Column("Note /20", Format.NOTE, 10, scale=(0, 20)),
        Column("Proposition", tones=(("Lauréat", Tone.GOOD), ("Refusé", Tone.BAD)), choices=("Lauréat", "Refusé")),
        Column("Probabilité de sélection", Format.PERCENT, bar=True),
        Column("Classé le", Format.DATETIME),
    ),
    (
        (1, "4512301", 18.85, "Lauréat", 0.93, datetime(2021, 5, 4, 18, 30)),
        (2, "4512302", 12.5, "Refusé", 0.11, datetime(2021, 5, 4)),
        (None, "4512303", None, "", None, None),
    ),
    banner=("Notes fictives", "⚠ Dernière mise à jour il y a plus de 26 heures"),
)  # fmt: skip
RANKED = {"4512301": 1, "4512302": 2, "4512303": None}
"""What RANKING says of each number."""
ANOMALIES = Sheet(
    "anomalies", "Anomalies", Owner.ROBOT, (Column("Cellule"), Column("Message", Format.WRAPPED, 60)),
    ((Link("Évaluations!C5", "Évaluations", "C5"), "Cellule en erreur."),),
)  # fmt: skip
TEXTS = (
    "=1+1", "=IMPORTXML(\"https://example.org\";\"//a\")", "+33 1 02 03 04 05", "-1", "@SUM(1)", "'apostrophe", "0012",
    "3,5", "1e5", "07/04/2021", "VRAI", "TRUE", "#REF!", "30 %",
    "<b>&amp; « é » \"'", " espaces ", "\ttabulation\t",
    "ligne 1\nligne 2", "retour\r\nchariot", "_x0041_ et _x005F_", "👩‍💻 𝔘𝔫𝔦", "é" * MAX_TEXT,
    "narrow\u202fspace\u00a0", "]]>", "e\u0301",
)  # fmt: skip
NUMBERS = (0, -0.1, 3.6, 0.1 + 0.2, 1e-12, 123456789012345, 1e300, 18.875, True, False)


def look(format_: Format = Format.GENERAL) -> Column:
    """A plain column."""
    return Column("Rang", format_)


def plan(snapshot: Snapshot, *operations: Operation) -> Plan:
    """A plan made for that snapshot."""
    return Plan(snapshot.version, operations)


def applied(book: Workbook, *operations: Operation) -> Snapshot:
    """What the workbook holds once the operations were applied to it as it was."""
    book.apply(plan(book.read(), *operations))
    return book.read()


def content(snapshot: Snapshot, tab: str) -> list[list[object]]:
    """The cells of a tab, without the blanks at the end of rows nor the blank rows at the end."""
    named = snapshot.tab(tab)
    assert named is not None, f"no tab {tab} in {[t.name for t in snapshot.tabs]}"
    return without_blank_ends(named)


def without_blank_ends(tab: TabSnapshot) -> list[list[object]]:
    """The rows of a tab, without the blanks at their ends nor the blank rows at its end."""
    rows: list[list[object]] = [list(row) for row in tab.rows]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def rank_column(snapshot: Snapshot, tab: str = "Candidatures") -> int:
    """Where the robot's column `rang` of a tab is."""
    named = snapshot.tab(tab)
    assert named is not None
    places = [column for column, mark in named.column_marks.items() if mark == "rang"]
    assert len(places) == 1, named.column_marks
    return places[0]


ADD_RANK = AddColumn("Candidatures", 1, 4, look(Format.INTEGER), "rang")
SET_RANKS = SetCells("Candidatures", 4, look(Format.INTEGER), ((2, 1), (3, 2), (4, None)))


def people_cells(people: Mapping[str, Rows], snapshot: Snapshot) -> dict[str, list[list[object]]]:
    """The cells of the tabs that people have."""
    return {tab: content(snapshot, tab) for tab in people}


class Campaign:
    """The small campaign of the contract; a spreadsheet without titles above the headers has another one.

    `header_row` is the row of the headers of `Évaluations`.
    """

    people: Mapping[str, Rows] = PEOPLE
    ranking = RANKING
    header_row = 3
