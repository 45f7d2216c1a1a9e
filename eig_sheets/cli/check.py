"""`check`: reads everything, writes nothing."""

from __future__ import annotations

import click

from eig_sheets.cli.french import FrenchCommand
from eig_sheets.cli.output import format_option, show
from eig_sheets.cli.session import Session, french_errors

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

    Sort avec le code 1 si l’une d’elles est bloquante : la ligne concernée ne compte pas dans les résultats.
    """
    session: Session = context.obj
    with french_errors():
        from eig_sheets.reading import read
        from eig_sheets.results import compute, in_order
        from eig_sheets.workbook.anomalies import Severity

        reading = read(session.workbook.read(), session.campaign)
        problems = reading.problems
        found = (
            in_order(reading, (*problems, *reading.anomalies))
            if problems
            else compute(reading, session.campaign).anomalies
        )
        records = [
            {
                "severity": one.severity.value,
                "tab": one.tab,
                "cell": one.cell,
                "dossier": one.dossier,
                "code": one.code,
                "message": one.message,
                "remedy": one.remedy,
            }
            for one in found
        ]
    show(records, form, _HEADERS, "Aucune anomalie.")
    if any(one.severity is Severity.BLOCKING for one in found):
        context.exit(1)
