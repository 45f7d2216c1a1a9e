"""`check`: lists the anomalies of the workbook, writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.output import format_option, show
from eig_sheets.cli.session import Session, french_errors

if TYPE_CHECKING:
    from eig_sheets.campaign.reading import Reading
    from eig_sheets.workbook.anomalies import Anomaly

_HEADERS = {
    "severity": "Gravité",
    "tab": "Onglet",
    "cell": "Cellule",
    "dossier": "Dossier",
    "message": "Ce qui ne va pas",
    "remedy": "Que faire",
}


def _anomalies(reading: Reading, session: Session) -> tuple[Anomaly, ...]:
    from eig_sheets.campaign.platform_states import state_anomalies
    from eig_sheets.campaign.recorded_rules import recorded
    from eig_sheets.campaign.results import compute, in_order
    from eig_sheets.campaign.rule_changes import compare_rules
    from eig_sheets.campaign.since_last_run import output_of

    if reading.problems:
        return in_order(reading, (*reading.problems, *reading.anomalies))
    results, clock = compute(reading), session.clock
    last_run = session.state.load_last_run()
    before = recorded(reading, output_of("regles", reading, last_run), last_run.outputs.get("regles", ()))
    rule_changes = compare_rules(reading, results, before, clock.now, clock.today)
    states = state_anomalies(reading, clock.today)
    return in_order(reading, (*results.anomalies, *rule_changes.anomalies, *states))


@click.command(cls=FrenchCommand)
@format_option
@click.pass_context
def check(context: click.Context, form: str) -> None:
    """Liste les anomalies du classeur, sans rien écrire.

    Sort avec le code 1 si l’une d’elles est bloquante : la ligne concernée ne compte pas dans les résultats.
    """
    session: Session = context.obj
    with french_errors():
        from eig_sheets.campaign.reading import read
        from eig_sheets.workbook.anomalies import Severity

        anomalies = _anomalies(read(session.workbook.read(), session.campaign), session)
        records = [
            {
                "severity": anomaly.severity.value,
                "tab": anomaly.tab,
                "cell": anomaly.shown_cell,
                "dossier": anomaly.dossier,
                "code": anomaly.code,
                "message": anomaly.message,
                "remedy": anomaly.remedy,
            }
            for anomaly in anomalies
        ]
    show(records, form, _HEADERS, "Aucune anomalie.")
    if any(anomaly.severity is Severity.BLOCKING for anomaly in anomalies):
        context.exit(1)
