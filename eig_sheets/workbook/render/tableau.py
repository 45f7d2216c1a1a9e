"""The tab `Tableau de bord`: progress indicators of the campaign, and the robot's heartbeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.cells import Formula, WrittenValue
from eig_sheets.workbook.model.sheet import Chart, Column, Format, Sheet

COLUMNS = (
    Column("Rubrique", width=18),
    Column("Indicateur", Format.WRAPPED, 44),
    Column("Nombre", Format.INTEGER, 11),
    Column("Avancement", Format.PERCENT, 16, bar=True),
    Column("Montant", Format.EURO, 18),
    Column("Date", Format.DATETIME, 18),
    Column("Précision", Format.WRAPPED, 70),
)
HEARTBEAT: Final = "Dernière synchronisation réussie"
SILENCE = timedelta(hours=26)
"""After so long without a success, the banner turns red (design 2.3)."""

_LATE = typographic(
    "⚠ Aucune synchronisation réussie depuis plus de 26 heures : les résultats peuvent être anciens. "
    "Voyez le Journal ou prévenez la personne qui exploite le robot."
)
_ALIVE = "Le robot synchronise normalement."


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row: a count, a share of a whole, an amount or a date, a detail, the title of the chart of the count."""

    section: str
    label: str
    count: int | None = None
    share: float | None = None
    amount: float | None = None
    moment: datetime | None = None
    detail: str = ""
    chart: str = ""


def filled(blank: Sheet, indicators: Sequence[Indicator], heartbeat: datetime, now: datetime) -> Sheet:
    """The tab with its rows, banner and charts; `blank` has headers alone, `heartbeat` is the last success."""
    first = Indicator(
        "Synchronisation",
        HEARTBEAT,
        moment=heartbeat,
        detail="Tant que rien ne change, cette date n’est mise à jour que toutes les douze heures.",
    )
    lines = (first, *indicators)
    heartbeat_row = len(blank.banner) + 3  # after the banner, the line added to it, the headers
    displayed = _LATE if now - heartbeat > SILENCE else _ALIVE
    status = Formula(f'IF(NOW()-F{heartbeat_row}>26/24,"{_LATE}","{_ALIVE}")', displayed)
    charts = tuple(_charts(lines, heartbeat_row))
    return replace(blank, rows=tuple(map(_row, lines)), banner=(*blank.banner, status), charts=charts)


def _charts(lines: Sequence[Indicator], first_row: int) -> Iterator[Chart]:
    """A chart for each sequence of lines that name the same chart."""
    row = first_row
    for title, group in groupby(lines, lambda line: line.chart):
        count = len(list(group))
        if title:
            yield Chart(title, 1, 2, row, row + count - 1)
        row += count


def _row(indicator: Indicator) -> tuple[WrittenValue, ...]:
    detail = typographic(indicator.detail) or None
    return (
        indicator.section,
        typographic(indicator.label),
        indicator.count,
        indicator.share,
        indicator.amount,
        indicator.moment,
        detail,
    )
