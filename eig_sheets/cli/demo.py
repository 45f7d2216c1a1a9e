"""`demo`: creates a sample campaign to try every command on."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.new_folder import refuse_other_contents
from eig_sheets.cli.program_name import program, shell_quoted
from eig_sheets.cli.session import Session, french_errors

if TYPE_CHECKING:
    from eig_sheets.sync.nightly import Run


@click.command(cls=FrenchCommand)
@click.argument("folder", metavar="[DOSSIER]", type=click.Path(file_okay=False), default="demo-eig")
@click.option(
    "--grist", metavar="URL", help="Le classeur est un nouveau document Grist, dans l’équipe de cette adresse."
)
@click.pass_obj
def demo(session: Session, folder: str, grist: str | None) -> None:
    """Écrit une campagne d’exemple (demo-eig/ par défaut) et la synchronise.

    Quinze vrais projets d’EIG5 et autant de projets fictifs, avec des notes fictives, le lendemain du jury ; avec
    --today, tels qu’ils seraient ce jour-là. Une campagne d’exemple déjà là est seulement synchronisée : ce que vous y
    avez changé reste.
    """
    with french_errors():
        from eig_sheets import config, sample

        target = Path(folder).absolute()
        settings = target / config.CONFIG_NAME
        fresh = not settings.exists()
        if fresh:
            refuse_other_contents(target)
            sample.write_config(target, _new_document(grist)) if grist else sample.write_config(target)
        demonstration = Session(str(settings), None, session.today or _noon(sample.DAY), session.verbose, session.quiet)
        if fresh:
            day = demonstration.clock.today
            create(demonstration, day)
            sample.write_export(target, day=day)
            sample.write_launcher(target)
        _print_result(demonstration, _synchronised(demonstration), Path(folder))


def _new_document(team: str) -> str:
    """The address of a new Grist document."""
    from eig_sheets.workbook.grist.client import key_of
    from eig_sheets.workbook.grist.creation import create_document

    return create_document(team, key_of(os.environ), "Campagne de démonstration").url


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12))


def create(demonstration: Session, day: date | None = None) -> None:
    """Create the workbook of the demonstration, as it is on a day; without one, with all of its story."""
    from eig_sheets import sample
    from eig_sheets.campaign.reading import schema_of
    from eig_sheets.cli.missing import create_missing
    from eig_sheets.sync.init import robot_sheets
    from eig_sheets.sync.sheets import banner_line
    from eig_sheets.workbook.model.plan import CreateTab, Plan

    schema = schema_of(demonstration.campaign)
    capabilities = demonstration.workbook.capabilities
    dashboard = next(robot_sheets(schema, demonstration.campaign, capabilities))  # first: the workbook opens on it
    sheets = (dashboard, *sample.sheets(schema, banner_line(demonstration.campaign, capabilities), day=day))
    workbook = demonstration.workbook
    version = workbook.read().version if workbook.exists() else ""
    workbook.apply(Plan(version, tuple(CreateTab(sheet) for sheet in sheets)))
    create_missing(demonstration)
    period = demonstration.campaign.emails.experimentation
    if day is not None and period is not None:
        demonstration.ledger.record_outcomes(*sample.sent(day, period.starts))


def _synchronised(demonstration: Session) -> Run:
    from eig_sheets.cli.pipeline import synchronise

    return synchronise(demonstration)


def _print_result(demonstration: Session, run: Run, folder: Path) -> None:
    from eig_sheets import config
    from eig_sheets.cli.output import show
    from eig_sheets.cli.records import RANK_HEADERS, rank_lines, rank_records
    from eig_sheets.cli.sync import summary_text
    from eig_sheets.text.french import typographic

    if run.results is not None:
        records = rank_records(run.results, demonstration.campaign)
        lines = rank_lines(records, run.results, demonstration.campaign)
        show(lines, "table", RANK_HEADERS, "Aucun dossier.")
        demonstration.say(f"\n{summary_text(run, run.results, demonstration.workbook.location)}")
    day = demonstration.clock.today.isoformat()  # on another one, other e-mails would be due
    command = f"{program()} --config {shell_quoted(str(folder / config.CONFIG_NAME))} --today {day} sync"
    workbook = demonstration.workbook
    steps = _NEXT_ONLINE if workbook.capabilities.remote else _NEXT
    demonstration.say(typographic(steps.format(workbook=workbook.location, command=command)))


_NEXT = """
Ouvrez {workbook} dans LibreOffice ou Excel : Classement, Cofinancement, Anomalies, E-mails à envoyer.
Changez une note dans Évaluations, enregistrez, fermez, puis relancez :

    {command}

Le classement suit ; rien d’autre de ce que vous avez saisi ne change."""

_NEXT_ONLINE = """
Ouvrez {workbook} dans votre navigateur : Classement, Cofinancement, Anomalies, E-mails à envoyer.
Changez une note dans Évaluations, puis relancez :

    {command}

Le classement suit ; rien d’autre de ce que vous avez saisi ne change."""
