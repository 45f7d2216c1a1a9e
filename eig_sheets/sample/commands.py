"""`demo`: creates a sample campaign to try every command on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

import click

from eig_sheets import config, loading, sample
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.jury.progress import is_over
from eig_sheets.call.scoring.commands_tables import rank_table, ranked
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.new_folder import refuse_other_contents
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.program_name import program, shell_quoted
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedCommand
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.installed import FEATURES
from eig_sheets.run.commands_creation import planned_init
from eig_sheets.run.commands_night import summary_text
from eig_sheets.run.commands_two_workbooks import synchronise_both
from eig_sheets.run.nightly import Run
from eig_sheets.sample.commands_jury import put_to_work
from eig_sheets.sample.examples import Example, examples
from eig_sheets.sample.history import SampleWork, SampleWorkbook
from eig_sheets.sample.jury import FOLDER as PAGES
from eig_sheets.spreadsheet.grist.client import key_of
from eig_sheets.spreadsheet.grist.creation import create_document
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.text.french import typographic

_OTHERS: Final = FEATURES.parts(SampleWorkbook)
FILES: Final = ("../campagne.xlsx", *(other.file for other in _OTHERS))
"""Where they are, from the folder of the configuration."""


def new_document(team: str, name: str = "Campagne de démonstration") -> str:
    """The address of a new Grist document."""
    return create_document(team, key_of(os.environ), name).url


def new_documents(team: str) -> tuple[str, ...]:
    """The addresses of a new Grist document for each."""
    return (new_document(team), *(new_document(team, other.document) for other in _OTHERS))


def create(demonstration: Session, day: date | None = None) -> None:
    """Create the workbooks of the demonstration as they are on a day; without one, with the call for projects alone."""
    for session in demonstration.targets:
        fill(session, sample.sheets(schema_of(session.campaign), day=day, on_pages=day is not None))
        if day is not None:
            _record_sent(session, day)


def fill(session: Session, sheets: Sequence[Sheet]) -> None:
    """Create a workbook, with what people typed in these of its tabs."""
    plan, _ = planned_init(session)
    rows = {sheet.id: sheet.rows for sheet in sheets}

    def filled(sheet: Sheet) -> Sheet:
        blank = (None,) * len(sheet.robot_columns)
        return replace(sheet, rows=tuple((*row, *blank) for row in rows[sheet.id])) if sheet.id in rows else sheet

    operations = (
        replace(operation, sheet=filled(operation.sheet)) if isinstance(operation, CreateTab) else operation
        for operation in plan.operations
    )
    session.workbook.apply(Plan(plan.version, tuple(operations)))


def _record_sent(session: Session, day: date) -> None:
    gone = sample.sent(day, session.campaign.emails.experimentation)
    session.ledger.record_outcomes(
        *(
            delivery
            for delivery in gone
            if catalogue_of(session.campaign.features).email_of(delivery.template).is_of(session.campaign.part)
        )
    )


def synchronised(demonstration: Session) -> Run:
    """The run of the projects' workbook, once both are synchronised. Raises WorkbookError."""
    sessions = demonstration.targets
    if len(sessions) == 1:
        return synchronise(demonstration)
    nights = synchronise_both(sessions)
    for night in nights:
        if night.error is not None:
            raise night.error
    return next(night.run for night in nights if night.run is not None)


_EIG: Final = "eig"
_EXAMPLES: Final = {one.name: one for one in examples()}


@click.command(cls=SharedCommand, path="demo")
@click.argument("folder", metavar="[DOSSIER]", type=click.Path(file_okay=False), required=False)
@click.option(
    "--example",
    "name",
    type=click.Choice([_EIG, *_EXAMPLES]),
    default=_EIG,
    show_default=True,
    help="L’appel : "
    + " ; ".join([f"{_EIG}, celui d’EIG5", *(f"{one.name}, {one.title}" for one in _EXAMPLES.values())])
    + ".",
)
@click.option(
    "--grist", metavar="URL", help="Le classeur est un nouveau document Grist, dans l’équipe de cette adresse."
)
@click.pass_obj
def demo(session: Session, folder: str | None, name: str, grist: str | None) -> None:
    """Écrit une campagne d’exemple (demo-eig/ par défaut) et la synchronise.

    Quinze vrais projets d’EIG5 et autant de projets fictifs, avec des notes fictives, le lendemain du jury ; avec
    --today, tels qu’ils seraient ce jour-là, de l’ouverture de l’appel aux dix mois. Dès la présélection, trois jurés
    notent sur une page à eux, dans grilles/. Avec --example, un autre appel, plus petit : sa configuration est à
    copier (examples/README.md). Une campagne d’exemple déjà là est seulement synchronisée : ce que vous y avez changé
    reste.
    """
    shown, target = Path(folder or f"demo-{name}"), Path(folder or f"demo-{name}").absolute()
    settings, example = target / config.CONFIG_NAME, _EXAMPLES.get(name)
    fresh = not settings.exists()
    if fresh:
        refuse_other_contents(target)
        _write_config(target, example, grist)
    else:
        there = loading.load(settings).campaign.id
        example = next((one for one in _EXAMPLES.values() if one.id == there), None)
    day = example.day if example else sample.DAY
    now = session.today or datetime.combine(day, time(12))
    demonstration = Session(str(settings), None, now, session.verbose, session.quiet)
    if grist and not demonstration.workbook.capabilities.remote:
        raise Refusal(_IN_A_FILE.format(folder=target))
    if fresh:
        _fill(demonstration, example, target)
    _print_result(demonstration, synchronised(demonstration), shown)


def _write_config(target: Path, example: Example | None, grist: str | None) -> None:
    if example:
        example.write_config(target, sample.BANNER, new_document(grist) if grist else None)
    else:
        places = new_documents(grist) if grist else FILES
        sample.add_sections(sample.write_config(target, *places))


def _fill(demonstration: Session, example: Example | None, target: Path) -> None:
    if example:
        schema = schema_of(demonstration.campaign)
        fill(demonstration, sample.sheets_of(schema, example.rows(schema, demonstration.campaign)))
    else:
        day = demonstration.clock.today
        create(demonstration, day)
        put_to_work(demonstration, day, target)
        sample.write_export(target, day=day)
    sample.write_launcher(target)


def _print_result(demonstration: Session, run: Run, folder: Path) -> None:
    if run.results is not None:
        show(rank_table(run.results, demonstration.campaign), ranked(run.results), "table", "Aucun dossier.")
        demonstration.say(f"\n{summary_text(run, run.results, demonstration.workbook.location)}")
    day = demonstration.clock.today.isoformat()  # on another one, other e-mails would be due
    command = f"{program()} --config {shell_quoted(str(folder / config.CONFIG_NAME))} --today {day}"
    workbook, pages = demonstration.workbook, folder / PAGES
    has_dossiers = run.results is not None and not run.results.of(APPLICATIONS).dossiers.empty
    other = demonstration.other
    others = "".join(f"\n\n{part.said}" for part in FEATURES.parts(SampleWorkbook)) if other else ""
    steps = _NEXT + others + (_NEXT_OF_JURY if pages.is_dir() else "")
    if pages.is_dir():
        steps += _CLOSED if is_over(demonstration.campaign, demonstration.clock.today) else _FILLED_TODAY
    names = {
        **(_ONLINE if workbook.capabilities.remote else _LOCAL),
        **(_TO_SCORE if has_dossiers else _TO_RECEIVE),
    } | {"workbook": workbook.location, "command": command, "pages": pages, "place": shell_quoted(str(pages))}
    works = demonstration.campaign.features.parts(SampleWork)
    names["shown"] = "".join(f"{work.tab}, et dans " for work in works)
    names["questions"] = "".join(f", {work.question}" for work in works)
    names["commands"] = "".join(f"\n    {command} {work.command}" for work in works)
    names["other"] = other.workbook.location if other else ""
    demonstration.say(typographic(steps.format(**names)))


_IN_A_FILE = (
    "{folder} a déjà une campagne d’exemple, dans un fichier : rien n’est créé dans Grist. Indiquez un autre dossier, "
    "par exemple « eig-sheets demo demo-grist --grist … », ou retirez --grist pour synchroniser celle-là."
)
_LOCAL = {"program": "LibreOffice ou Excel", "saved": ", enregistrez, fermez"}
_ONLINE = {"program": "votre navigateur", "saved": ""}
_TO_SCORE = {"tabs": "puis Classement, Anomalies, E-mails à envoyer",
             "change": "Changez une note dans Évaluations", "follows": "Le classement"}  # fmt: skip
_TO_RECEIVE = {"tabs": "et Candidatures attend les dossiers",
               "change": "Saisissez un dossier dans Candidatures", "follows": "Accueil"}  # fmt: skip

_NEXT = """
Ouvrez {workbook} dans {program} : Accueil dit ce qui attend l’équipe, {tabs}.
{change}{saved}, puis relancez :

    {command} sync

{follows} suit ; rien d’autre de ce que vous avez saisi ne change."""

_NEXT_OF_JURY = """

Le jury est dans {shown}deux onglets masqués : Affectations et Notes reçues. Trois jurés notent
sur une page à eux, dans {pages} ; les autres, dans Évaluations. Qui est en retard, ce que disent les pages{questions} :

    {command} jury status
    {command} jury collect {place}{commands}"""

_CLOSED = """

Ce jury est clos : une page que vous changez aujourd’hui est lue, ses nouvelles notes ne comptent pas."""

_FILLED_TODAY = """

Une page que vous remplissez porte la date de cette machine, après la clôture de ce jury : elle est lue, ses
nouvelles notes ne comptent pas."""
