"""`doctor`: the set-up checked end to end, in words, with what to do. Nothing is written but on request."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import Final

import click

from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.session import Session
from eig_sheets.features.doctor import setup
from eig_sheets.features.doctor.commands_checks import all_findings, attempted
from eig_sheets.features.doctor.commands_services import reported
from eig_sheets.spreadsheet.backends import Resources, backend_of
from eig_sheets.spreadsheet.model.diagnosis import Finding, FindingStatus, attention
from eig_sheets.workbook.table import Col, Table

_TABLE: Final = Table[Finding](
    Col("check", "Vérification"), Col("status", "État"), Col("message", "Ce qui a été vu"), Col("remedy", "Que faire")
)
_ACCOUNTS: Final = "Comptes"


@click.command(cls=ReadingCommand)
@click.option("--mail", metavar="ADRESSE", help="Envoie aussi un message d’essai à cette adresse, par [smtp].")
@click.option(
    "--canary",
    is_flag=True,
    help="Écrit aussi une ligne dans un onglet à part, « Essai d’écriture », la relit et l’efface ; signale l’issue au "
    "service de [alerts] health_url.",
)
@click.option(
    "--access",
    is_flag=True,
    help="Sur Grist : demande aussi, au nom de chaque compte avec qui le document est partagé, ce qu’il y voit.",
)
@click.pass_context
def doctor(context: click.Context, *, mail: str | None, canary: bool, access: bool, form: str) -> None:
    """Vérifie l’installation de bout en bout, et dit que faire, sans rien écrire.

    Python, configuration, modèles, clé et droits du robot, partage, onglets, quotas, horloge, dossier d’état, disque,
    messagerie, alertes. Sort avec le code 1 si quelque chose empêche le robot de travailler. Avec --canary, pour une
    tâche planifiée qui alerte, essaie aussi d’écrire.
    """
    session: Session = context.obj
    settings = {name: _setting(context, name) for name in ("config", "workbook")}
    with session.step("Vérifications"):
        findings = [*all_findings(session, settings, mail, canary=canary)]
        findings += _account_findings(session) if access else []
        if canary:
            findings += reported(session, findings)
    show(_TABLE, findings, form)
    if any(finding.status is FindingStatus.ERROR for finding in findings):
        context.exit(1)


def _setting(context: click.Context, name: str) -> str:
    """What gave a global option its value, in French; '': nothing did."""
    source = context.find_root().get_parameter_source(name)
    if source is click.core.ParameterSource.COMMANDLINE:
        return f"option --{name}"
    return f"variable EIG_SHEETS_{name.upper()}" if source is click.core.ParameterSource.ENVIRONMENT else ""


def _account_findings(session: Session) -> list[Finding]:
    """What each account that the workbooks are shared with sees of them, where accounts can be told apart."""
    first, *others = map(_accounts_of, session.targets)
    return [*first, *(replace(finding, check=setup.of_talents(finding.check)) for group in others for finding in group)]


def _accounts_of(session: Session) -> list[Finding]:
    prove = backend_of(session.place).accounts
    if prove is not None:
        resources = Resources(os.environ, session.state_as_it_is, session.campaign.workbook.officers)
        return attempted(_ACCOUNTS, partial(prove, session.place, resources))
    return [
        attention(
            _ACCOUNTS,
            f"{session.place} : qui ouvre ce classeur y voit tout.",
            "Ne le partagez qu’avec qui doit tout voir ; dans un document Grist, chacun ne voit que ce qui le regarde "
            "(docs/grist.md).",
        )
    ]
