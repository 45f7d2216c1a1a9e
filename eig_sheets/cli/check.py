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
    from eig_sheets.campaign.follow_up_checks import follow_up_anomalies
    from eig_sheets.campaign.platform_states import state_anomalies
    from eig_sheets.campaign.recorded_rules import recorded
    from eig_sheets.campaign.recorded_teams import with_teams
    from eig_sheets.campaign.results import compute, in_order
    from eig_sheets.campaign.rule_changes import compare_rules
    from eig_sheets.campaign.since_last_run import output_of
    from eig_sheets.campaign.slot_checks import slot_anomalies
    from eig_sheets.campaign.withdrawn import known_anomalies
    from eig_sheets.sync.sheets import taken_name_anomalies

    if reading.problems:
        return in_order(reading, (*reading.problems, *reading.anomalies))
    last_run, clock = session.state.load_last_run(), session.clock
    gone = (*known_anomalies(reading, last_run),)
    results = with_teams(reading, compute(reading, gone, scored=last_run.scored), last_run)
    if not reading.owns("candidatures"):
        return results.anomalies
    before = recorded(reading, output_of("regles", reading, last_run), last_run.outputs.get("regles", ()))
    rule_changes = compare_rules(reading, results, before, clock.now, clock.today)
    dated = (
        *state_anomalies(reading, clock.today),
        *slot_anomalies(reading, clock.today),
        *follow_up_anomalies(reading, last_run.milestones, clock.today),
    )
    names = taken_name_anomalies(reading, results, ())
    return in_order(reading, (*results.anomalies, *rule_changes.anomalies, *dated, *names))


@click.command(cls=FrenchCommand)
@format_option
@click.pass_context
def check(context: click.Context, form: str) -> None:
    """Liste les anomalies du classeur, sans rien écrire.

    Sort avec le code 1 si l’une d’elles est bloquante : la ligne concernée ne compte pas dans les résultats.
    """
    session: Session = context.obj
    with french_errors():
        from eig_sheets.cli.linked import reading_of
        from eig_sheets.workbook.anomalies import Severity

        found = [(one, _anomalies(reading_of(one), one)) for one in session.both]
        anomalies = [anomaly for _, some in found for anomaly in some]
        records = [
            {
                "severity": anomaly.severity.value,
                "tab": anomaly.tab,
                "cell": anomaly.shown_cell,
                "dossier": anomaly.dossier,
                "code": anomaly.code,
                "message": anomaly.message,
                "remedy": anomaly.remedy,
                **({"workbook": one.campaign.part.value} if len(found) > 1 else {}),
            }
            for one, some in found
            for anomaly in some
        ]
    headers = {"workbook": "Classeur", **_HEADERS} if len(found) > 1 else _HEADERS
    show(records, form, headers, "Aucune anomalie.")
    if any(anomaly.severity is Severity.BLOCKING for anomaly in anomalies):
        context.exit(1)
