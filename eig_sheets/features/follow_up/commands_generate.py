"""`follow-up generate`: adds the milestones that `Suivi` lacks."""

from __future__ import annotations

from collections.abc import Sequence

import click

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.vanished_rows import vanished
from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.cli.writing import answer, carried_out
from eig_sheets.features.follow_up.milestones import schedules_of
from eig_sheets.features.follow_up.plan import GenerationRun, plan_generation
from eig_sheets.features.follow_up.schedule import Planned
from eig_sheets.features.follow_up.settings import FollowUpRules
from eig_sheets.features.follow_up.tabs import FOLLOW_UP, MILESTONES
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.table import Col, Table

_TABLE = Table[tuple[str, Planned]](
    Col("dossier", "Dossier", lambda row: row[0]),
    Col("milestone", "Jalon", lambda row: row[1].label),
    Col("due", "Échéance", lambda row: row[1].due.isoformat()),
    Col("owner", "Responsable", lambda row: row[1].role),
)
_NOTHING = "Rien à ajouter : Suivi a une ligne pour chaque jalon de chaque projet lauréat."


@click.command(cls=WritingCommand, acts=(MILESTONES,))
@click.option(
    "--dossier", "dossiers", metavar="N°", multiple=True, help="Seulement ceux de ce projet (répétable) ; tous, sinon."
)
@click.pass_obj
def generate(session: Session, dossiers: tuple[str, ...], form: str, *, dry_run: bool) -> None:
    """Ajoute dans l’onglet Suivi les jalons qui y manquent, avec leur échéance et leur responsable.

    La synchronisation de la nuit le fait d’elle-même, une fois par projet lauréat. Cette commande remet aussi les
    lignes que quelqu’un a supprimées ou renommées. Une ligne qui est là n’est jamais changée. Les jalons et leurs
    règles sont dans la configuration (follow_up.milestones).
    """
    run = generation(session, dossiers, dry_run=dry_run)
    rows = [(number, milestone) for number, planned in run.added.items() for milestone in planned]
    answer(run, {"rows": _TABLE.records(rows)}, _TABLE, rows, _NOTHING, form, dry_run=dry_run)
    if run.added and form != "json" and not dry_run:
        session.say(summary_text(run))


def generation(session: Session, dossiers: Sequence[str], *, dry_run: bool = False) -> GenerationRun:
    """Add the rows. Raises Refusal when there is nowhere to add them, or no such project."""
    return carried_out(session, lambda: _planned(session, dossiers), dry_run=dry_run)


def answer_request(session: Session, detail: str) -> str:
    """Add the milestones that `Suivi` lacks, of all projects or of the dossier that is the detail; what was done."""
    return summary_text(generation(session, [detail] if detail else []))


def _planned(session: Session, dossiers: Sequence[str]) -> GenerationRun:
    reading = own_reading_of(session)
    last_run = session.state.load_last_run()
    refuse([*reading.problems, *vanished(reading, last_run)])
    numbers = _checked(reading, dossiers)
    run = plan_generation(reading, last_run, session.clock.now, numbers)
    if run.refused:
        name = reading.layout.tabs[FOLLOW_UP].name
        raise Refusal(
            typographic(f"Le tableur ne laisse rien ajouter à « {name} » ({run.refused}). Levez-le et relancez.")
        )
    return run


def _checked(reading: Reading, dossiers: Sequence[str]) -> Sequence[str] | None:
    """The numbers asked for, None for all. Raises Refusal when milestones have no tab, no rule or no project."""
    if FOLLOW_UP not in reading.layout.tabs:
        raise Refusal(
            typographic(
                "Le classeur n’a pas d’onglet Suivi : la synchronisation le crée quand sa phase s’ouvre, puis "
                "« eig-sheets init » s’il a été supprimé."
            )
        )
    if not reading.campaign.section(FollowUpRules).milestones or reading.campaign.emails.experimentation is None:
        raise Refusal(
            "Rien à ajouter : il manque [[follow_up.milestones]] ou emails.experimentation à la configuration."
        )
    known = schedules_of(reading)
    for number in dossiers:
        if number not in known:
            hint = did_you_mean(number, [*known])
            raise Refusal(typographic(f"« {number} » n’est le numéro d’aucun projet lauréat.{hint}"))
    return dossiers or None


def summary_text(run: GenerationRun) -> str:
    """What was added, in a sentence."""
    if not run.added:
        return _NOTHING
    rows = plural(sum(map(len, run.added.values())), "jalon ajouté", "jalons ajoutés")
    return f"{rows} dans Suivi, pour {plural(len(run.added), 'projet')}."
