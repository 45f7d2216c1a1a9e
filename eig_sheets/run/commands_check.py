"""`check`: the anomalies that a sync would list, without its write."""

from __future__ import annotations

from operator import itemgetter
from typing import Final

import click

from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import planned_sync
from eig_sheets.cli.session import Session
from eig_sheets.run import anomalies_tab
from eig_sheets.workbook.anomalies import Anomaly, Severity
from eig_sheets.workbook.table import Col, Table

PlacedAnomaly = tuple[str, Anomaly]
"""An anomaly, and in which workbook it is."""
_TABLE: Final[Table[PlacedAnomaly]] = anomalies_tab.TABLE.over(itemgetter(1))
_OF_TWO_WORKBOOKS: Final = Table[PlacedAnomaly](*_TABLE, Col("workbook", "Classeur", itemgetter(0), first=True))


@click.command(cls=ReadingCommand)
@click.pass_context
def check(context: click.Context, form: str) -> None:
    """Liste les anomalies du classeur, sans rien écrire.

    Ce sont celles que « eig-sheets sync » mettrait dans l’onglet Anomalies, et les notes reçues qu’il rétablirait. Sort
    avec le code 1 si l’une d’elles est bloquante : quelque chose repose sur cette cellule, et attend.
    """
    session: Session = context.obj
    runs = [(workbook.campaign.part.value, planned_sync(workbook)) for workbook in session.targets]
    rows = [(part, anomaly) for part, run in runs for anomaly in in_order(run.reading, (*run.anomalies, *run.put_back))]
    show(_TABLE if len(runs) == 1 else _OF_TWO_WORKBOOKS, rows, form, "Aucune anomalie.")
    if any(anomaly.severity is Severity.BLOCKING for _, anomaly in rows):
        context.exit(1)
