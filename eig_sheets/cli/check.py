"""`check`: the anomalies that a sync would list, without its write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.expected_errors import french_errors
from eig_sheets.cli.output import format_option, show
from eig_sheets.cli.session import Session

if TYPE_CHECKING:
    from eig_sheets.workbook.anomalies import Anomaly

_HEADERS = {
    "severity": "Gravité",
    "tab": "Onglet",
    "cell": "Cellule",
    "dossier": "Dossier",
    "message": "Ce qui ne va pas",
    "remedy": "Que faire",
}


@click.command(cls=FrenchCommand)
@format_option
@click.pass_context
def check(context: click.Context, form: str) -> None:
    """Liste les anomalies du classeur, sans rien écrire.

    Ce sont celles que « eig-sheets sync » mettrait dans l’onglet Anomalies, et les notes reçues qu’il rétablirait. Sort
    avec le code 1 si l’une d’elles est bloquante : quelque chose repose sur cette cellule, et attend.
    """
    session: Session = context.obj
    with french_errors():
        from eig_sheets.campaign.anomaly_order import in_order
        from eig_sheets.cli.pipeline import planned_sync
        from eig_sheets.workbook.anomalies import Severity

        runs = [(one.campaign.part.value, planned_sync(one)) for one in session.both]
        found = [(part, one) for part, run in runs for one in in_order(run.reading, (*run.anomalies, *run.put_back))]
        records = [record_of(anomaly) | ({"workbook": part} if len(runs) > 1 else {}) for part, anomaly in found]
    headers = {"workbook": "Classeur", **_HEADERS} if len(runs) > 1 else _HEADERS
    show(records, form, headers, "Aucune anomalie.")
    if any(anomaly.severity is Severity.BLOCKING for _, anomaly in found):
        context.exit(1)


def record_of(anomaly: Anomaly) -> dict[str, Any]:
    """An anomaly as programs read it (design 4)."""
    return {
        "severity": anomaly.severity.value,
        "tab": anomaly.tab,
        "cell": anomaly.shown_cell,
        "cells": [*anomaly.shown_cells],
        "dossier": anomaly.dossier,
        "code": anomaly.code,
        "message": anomaly.message,
        "remedy": anomaly.remedy,
    }
