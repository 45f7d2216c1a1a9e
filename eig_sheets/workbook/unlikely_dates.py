"""Finds implausible dates, which count as unreadable until somebody corrects them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any, Final

import pandas as pd

from eig_sheets.domain.date_bounds import Bounds, Fields
from eig_sheets.domain.frames import Mask, objects
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking, described
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.unreadable_cells import dossier_of

UNLIKELY_DATE: Final = blocking(
    "date_improbable",
    "« {header} » : le {value} est hors de ce que les dates de l’appel permettent ({limit}) : elle ne compte pas.",
    "Corrigez la date (l’année, souvent), ou videz la cellule.",
)


def without_unlikely_dates(table: Table, fields: Fields) -> tuple[Table, list[Anomaly]]:
    """The table with each date out of its bounds as a cell that cannot be read, and an anomaly at each."""
    beyond = {field: mask for field, bounds in fields.items() if (mask := _beyond(table.frame[field], bounds)).any()}
    if not beyond:
        return table, []
    anomalies = [doubt for field, mask in beyond.items() for doubt in _anomalies(table, field, mask, fields[field])]
    frame = table.frame.copy()
    for field, mask in beyond.items():
        pairs = zip(frame["unreadable"], mask, strict=True)
        frame["unreadable"] = objects((fields | {field} if on else fields for fields, on in pairs), frame.index)
        frame[field] = frame[field].mask(mask)
    keys = [mask for field, mask in beyond.items() if table.layout.schema.field(field).required]
    rows = frozenset(int(row) for mask in keys for row in frame.loc[mask, "row"])
    return Table(table.layout, frame, table.blocked | rows), anomalies


def _beyond(moments: pd.Series, bounds: Bounds) -> Mask:
    first, after = pd.Timestamp(bounds.earliest), pd.Timestamp(bounds.latest) + timedelta(days=1)
    mask: Mask = ((moments < first) | (moments >= after)).to_numpy(dtype=bool)
    return mask


def _anomalies(table: Table, field: str, mask: Mask, bounds: Bounds) -> Iterator[Anomaly]:
    rows = table.frame.loc[mask, ["row", field]].itertuples(index=False)
    return described([*rows], partial(_anomaly, table, field, bounds))


def _anomaly(table: Table, field: str, bounds: Bounds, dated: tuple[int, pd.Timestamp]) -> Anomaly:
    row, moment = int(dated[0]), dated[1].to_pydatetime()
    layout, limit = table.layout, f"du {bounds.earliest:%d/%m/%Y} au {bounds.latest:%d/%m/%Y}"
    words: dict[str, Any] = {"header": layout.header(field), "value": quoted(moment), "limit": limit}
    return anomaly(UNLIKELY_DATE, layout.name, layout.cell(field, row), dossier_of(table.frame, row), **words)
