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
from eig_sheets.call.scoring.calibration import Zone
from eig_sheets.call.scoring.commands_tables import RankRow, ranked
from eig_sheets.call.scoring.rules_proposals import Proposal
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import ProbabilityStyle, style_of
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.new_folder import refuse_other_contents
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.program_name import program, shell_quoted
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedCommand
from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.installed import FEATURES
from eig_sheets.run.commands_creation import planned_init
from eig_sheets.run.commands_night import summary_text
from eig_sheets.run.commands_two_workbooks import synchronise_both
from eig_sheets.run.nightly import Run
from eig_sheets.sample.commands_jury import put_to_work
from eig_sheets.sample.examples import Example, examples
from eig_sheets.sample.history import SampleWorkbook
from eig_sheets.spreadsheet.grist.client import key_of
from eig_sheets.spreadsheet.grist.creation import create_document
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.text.french import typographic
from eig_sheets.workbook.table import Col, Table
from eig_sheets.workbook.words import ZONES

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
    """Print the ranking around the line, and the one thing to try: all of it fits one screen."""
    results, workbook = run.results, demonstration.workbook
    last = None
    if results is not None:
        rows = [row for row in ranked(results) if row["rank"] is not None]
        last = next((row for row in reversed(rows) if row["proposal"] == Proposal.LAUREATE), None)
        show(_table(results, demonstration.campaign), _around_the_line(rows), "table", "Aucun dossier classé.")
        demonstration.say(f"\n{summary_text(run, results, workbook.location)}")
    day = demonstration.clock.today.isoformat()  # on another one, other e-mails would be due
    command = f"{program()} --config {shell_quoted(str(folder / config.CONFIG_NAME))} --today {day}"
    names = _ONLINE if workbook.capabilities.remote else _LOCAL
    change = _TO_SCORE.format(project=last["projet"], number=last["numero"]) if last else _TO_RECEIVE
    follows = "Le classement" if last else "Accueil"
    said = _NEXT.format(workbook=workbook.location, command=command, change=change, follows=follows, **names)
    demonstration.say(typographic(said))


def _around_the_line(rows: Sequence[RankRow]) -> list[RankRow]:
    """The first ranked, then those on which the jury has to deliberate, or the last in the places, with a neighbour."""
    hesitating = [place for place, row in enumerate(rows) if row["zone"] == Zone.DELIBERATION]
    places = hesitating or [place for place, row in enumerate(rows) if row["proposal"] == Proposal.LAUREATE][-1:]
    near = range(max(places[0] - 1, 0), places[-1] + 2) if places else ()
    return [row for place, row in enumerate(rows) if place < _FIRST or place in near]


_FIRST: Final = 2


def _chance(style: ProbabilityStyle, probability: float | None) -> str | None:
    """None while nothing tells the severity of jurors."""
    return None if probability is None else style.text(probability)


def _table(results: Results, campaign: Campaign) -> Table[RankRow]:
    style = style_of(results.of(SCORES).ranking["p_selected"], campaign.ranking.zone)
    return Table(
        Col("rank", "Rang"),
        Col("numero", "Dossier"),
        Col("projet", "Projet"),
        Col("note", "Note /20"),
        Col("p_selected", "Sélection", lambda row: _chance(style, row["p_selected"])),
        Col("zone", "Zone", lambda row: ZONES.get(row["zone"])),
    )


_IN_A_FILE = (
    "{folder} a déjà une campagne d’exemple, dans un fichier : rien n’est créé dans Grist. Indiquez un autre dossier, "
    "par exemple « eig-sheets demo demo-grist --grist … », ou retirez --grist pour synchroniser celle-là."
)
_LOCAL = {"program": "LibreOffice ou Excel", "saved": ", enregistrez, fermez"}
_ONLINE = {"program": "votre navigateur", "saved": ""}
_TO_SCORE = "Dans Évaluations, changez une note de « {project} » ({number})"
_TO_RECEIVE = "Saisissez un dossier dans Candidatures"
_NEXT = """
Ouvrez {workbook} dans {program}.
{change}{saved}, puis :

    {command} sync

{follows} suit ; rien d’autre de ce que vous avez saisi ne change.
La suite : docs/demonstration.fr.md."""
