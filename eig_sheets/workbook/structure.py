"""Columns that are absent, twice there, or no longer the robot's: said once, never a reason to stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.cells import CellError, a1
from eig_sheets.workbook.layout import TabLayout, closest_header
from eig_sheets.workbook.quoting import quoted


def columns_at_fault(tab: TabLayout, used: Sequence[str]) -> Iterator[Anomaly]:
    """Anomalies of a tab's header row; `used` are the optional fields that the rules of the call look at."""
    for field_id in used:
        if field_id not in tab.columns:
            yield _absent(tab, field_id)
    for field_id, columns in tab.repeated.items():
        if not tab.schema.field(field_id).required:
            cells = ", ".join(a1(tab.header_row, column) for column in columns)
            cell = a1(tab.header_row, columns[1])
            yield anomaly("colonne_en_double", tab.name, cell, header=tab.header(field_id), cells=cells)
    for robot in tab.schema.robot_fields:
        if robot.id in tab.lost:
            cell = a1(tab.header_row, tab.lost[robot.id])
            yield anomaly("colonne_robot_introuvable", tab.name, cell, header=robot.header)
        elif robot.id in tab.robot_columns:
            yield from _typed_in_the_way(tab, robot.header, tab.robot_columns[robot.id])


def _typed_in_the_way(tab: TabLayout, header: str, column: int) -> Iterator[Anomaly]:
    """Values typed under a formula of ours, which cannot spread over them: it then shows an error and nothing else."""
    if not isinstance(tab.tab.value(tab.header_row, column), CellError):
        return
    for row in range(tab.header_row + 1, len(tab.tab.rows) + 1):
        value = tab.tab.value(row, column)
        if value is not None:
            cell = a1(row, column)
            yield anomaly("saisie_dans_colonne_robot", tab.name, cell, header=header, value=quoted(value))


def _absent(tab: TabLayout, field_id: str) -> Anomaly:
    wanted = tab.schema.field(field_id)
    places = {found: (column,) for found, column in tab.columns.items()}
    hint = closest_header(wanted, tab.tab, tab.header_row, places)
    return anomaly("colonne_absente", tab.name, header=wanted.header, hint=hint)
