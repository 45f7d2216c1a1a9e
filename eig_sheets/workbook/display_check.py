"""Checks that the robot's columns that are formulas show the values of the robot's tabs.

Each column is one formula, whose result is read back before it is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from eig_sheets.spreadsheet.model.cells import CellError, a1, parse_a1
from eig_sheets.spreadsheet.model.differences import same
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.model.snapshot import KeptOtherwise, Snapshot, TabSnapshot
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking, warning
from eig_sheets.workbook.fields import RobotField
from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.ownership import key_of, rows_of_formula
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.read_back import find_headers, records
from eig_sheets.workbook.schema import Schema

ROW_UNDER_OTHER_HEADERS: Final = blocking(
    "ligne_sous_autres_en_tetes",
    "Les valeurs de cette ligne sont sous d’autres en-têtes que les leurs : quelqu’un a déplacé une colonne à "
    "l’instant où le robot l’ajoutait.",
    "Remettez chaque valeur sous son en-tête, ou supprimez la ligne : le robot le verra à la lecture suivante.",
)
TEXT_KEPT_OTHERWISE: Final = warning(
    "texte_garde_autrement",
    "{program} ne garde pas ce que le robot écrit ici : il a écrit « {expected} », la cellule dit « {value} »."
    "{hint} Personne n’y est pour rien, et le robot ne réécrit plus ces cellules.",
    "Lisez le texte que dit cette ligne ; transmettez-la à la personne qui maintient l’outil.",
)
ROBOT_COLUMN_WRONG: Final = warning(
    "colonne_robot_fausse",
    "La colonne « {header} » du robot montre « {value} » au lieu de « {expected} » : sa formule n’a pas donné ce "
    "que dit l’onglet « {source} ».",
    "Ne vous y fiez pas : lisez l’onglet « {source} », et prévenez la personne qui exploite le robot.",
)


def wrong_columns(tab: TabLayout, layout: Layout, snapshot: Snapshot, schema: Schema) -> Iterator[Anomaly]:
    """An anomaly, at its first wrong cell, for each robot's column of the tab that shows something else.

    A column whose formula is in error, not in the header, or looks at a tab that is gone shows nothing: other
    anomalies report that. One that looks at a tab whose columns people moved is put right with that tab.
    """
    for robot in tab.schema.robot_fields:
        column = tab.robot_columns.get(robot.id)
        source = snapshot.tab(layout.robot_tabs.get(robot.source_tab, ""))
        whole = source is not None and _has_its_columns(source, schema.robot_columns[robot.source_tab])
        if column is not None and source is not None and whole and _is_shown(tab, column):
            yield from _first_wrong(tab, robot, column, source)


def _has_its_columns(source: TabSnapshot, columns: Sequence[Column]) -> bool:
    """Whether a robot's tab has its columns where the robot wrote them; renamed ones count as there."""
    places = find_headers(source, [column.header for column in columns])
    return places is not None and places.columns == tuple(range(len(columns)))


def _is_shown(tab: TabLayout, column: int) -> bool:
    error = isinstance(tab.tab.value(tab.header_row, column), CellError)
    return not error and tab.header_row in rows_of_formula(tab.tab, column)


def looked_up(tab: TabLayout, robot: RobotField, source: TabSnapshot | None) -> Mapping[str, object]:
    """The values that the column's formula should show, by key, case-folded as lookups compare keys.

    The first row of a key counts; nothing is found where the tab is not there, or its headers are not.
    """
    headers = _headers(tab, robot)
    values: dict[str, object] = {}
    if source is not None and find_headers(source, headers) is not None:
        for row in records(source, headers):
            values.setdefault(key_of(row[headers[0]]).casefold(), row[headers[1]])
    return values


def _headers(tab: TabLayout, robot: RobotField) -> tuple[str, str]:
    """The headers of the key and of the value in the robot's tab."""
    return tab.schema.field(tab.schema.key).header, robot.source_header


def _first_wrong(tab: TabLayout, robot: RobotField, column: int, source: TabSnapshot) -> Iterator[Anomaly]:
    key = tab.columns.get(tab.schema.key)
    if key is None or find_headers(source, _headers(tab, robot)) is None:  # people renamed them: nothing to compare
        return
    expected_values = looked_up(tab, robot, source)
    filled = (row for row, cells in enumerate(tab.tab.rows, 1) if cells and row > tab.header_row)
    for row in filled:
        number = key_of(tab.tab.value(row, key)).casefold()
        expected, value = expected_values.get(number) if number else None, tab.tab.value(row, column)
        if not same(value, expected):
            yield anomaly(
                ROBOT_COLUMN_WRONG,
                tab.name,
                a1(row, column),
                header=robot.header,
                value=_value_text(value),
                expected=_value_text(expected),
                source=source.name,
            )
            return


def _value_text(value: object) -> str:
    return "rien" if value is None else quoted(value)


def misplaced_rows(snapshot: Snapshot) -> Iterator[Anomaly]:
    """The anomaly of each added row whose values are under other headers, since a column moved meanwhile."""
    for tab, row in snapshot.misplaced:
        yield anomaly(ROW_UNDER_OTHER_HEADERS, tab, a1(row, 0))


_OF_RUNS: Final = ("accueil", "anomalies", "journal")
"""Robot's tabs whose texts change with each run: a cell of another one is named first."""


def kept_otherwise(snapshot: Snapshot) -> Iterator[Anomaly]:
    """One anomaly, at the first cell, for all texts that the program does not keep as the robot writes them."""

    def order(text: KeptOtherwise) -> tuple[bool, tuple[int, int]]:
        tab = snapshot.tab(text.tab)
        return tab is not None and tab.mark in _OF_RUNS, parse_a1(text.cell)

    program = snapshot.capabilities.program
    for first in sorted(snapshot.kept_otherwise, key=order)[:1]:
        written, kept = _where_they_part(first.written, first.kept)
        hint = " De même ailleurs." if snapshot.kept_otherwise[1:] else ""
        yield anomaly(
            TEXT_KEPT_OTHERWISE, first.tab, first.cell, expected=written, value=kept, hint=hint, program=program
        )


def _where_they_part(written: str, kept: object) -> tuple[str, str]:
    """Excerpts of two texts around their first difference; both whole when they are short, or when one is no text."""
    if not isinstance(kept, str) or len(written) <= _SHORT:
        return quoted(written), _value_text(kept)
    place = next((at for at, (char, other) in enumerate(zip(written, kept, strict=False)) if char != other), len(kept))
    first, end = max(0, place - 10), place + 2
    before, after = "…" if first else "", "…" if end < len(written) else ""
    return f"{before}{written[first:end]}{after}", f"{before}{kept[first:end]}{'…' if end < len(kept) else ''}"


_SHORT: Final = 30
"""Characters of a text that is shown whole."""
