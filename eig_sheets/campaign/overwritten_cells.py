"""The anomalies of what people typed in the robot's tabs and columns, which it replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.storage.last_run import TypedOver
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.anomaly_limits import of_one_cause
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.model.cell_names import name_of

TYPED_IN_ROBOT_TAB: Final = warning(
    "saisie_dans_onglet_robot",
    "« {value} » a été saisi dans {where}, que le robot récrit ; la cellule a repris sa valeur.",
    "Notez-le plutôt dans un onglet ou une colonne de l’équipe.",
)

_LONGEST_VALUE: Final = 80
"""Characters of one of several values in a sentence."""


def report(reading: Reading, typed: Sequence[TypedOver]) -> Iterator[Anomaly]:
    """An anomaly for each day and each tab, or column: every value that was typed there, for people to retype."""
    causes: dict[tuple[str, str, date], list[TypedOver]] = {}
    for entry in typed:
        causes.setdefault((entry.tab, entry.column, entry.seen), []).append(entry)
    for (tab, column, _), entries in causes.items():
        where = f"la colonne « {column} » de « {tab} »" if column else f"l’onglet « {tab} »"
        first = anomaly(TYPED_IN_ROBOT_TAB, tab, entries[0].cell, value=entries[0].value, where=where)
        said = [f"{name_of(entry.cell, tab, reading.snapshot)} « {_cut(entry.value)} »" for entry in entries]
        yield of_one_cause(first, [entry.cell for entry in entries], said)


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE].rstrip()}…"
