"""`follow-up status` and `follow-up generate`: how far milestones are, and those that `Suivi` lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import click
import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.vanished_rows import vanished
from eig_sheets.cli.command import ReadingCommand, WritingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import refuse, results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.cli.writing import answer, carried_out
from eig_sheets.domain.frames import named_rows
from eig_sheets.features.follow_up.milestones import followed_milestones, schedules_of
from eig_sheets.features.follow_up.plan import GenerationRun, plan_generation
from eig_sheets.features.follow_up.progress import MilestoneProgress, state_text
from eig_sheets.features.follow_up.schedule import Planned
from eig_sheets.features.follow_up.settings import FollowUpRules
from eig_sheets.features.follow_up.tabs import FOLLOW_UP, MILESTONES
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.table import Col, Table


def _day(moment: Any) -> date | None:
    return None if pd.isna(moment) else moment.date()


_TABLE: Final = Table[Any](
    Col("dossier", value=lambda row: row.numero),
    Col("project", "Projet", lambda row: row.projet, first=True),
    Col("milestone", "Jalon", lambda row: row.jalon, first=True),
    Col("owner", "Responsable", lambda row: row.responsable),
    Col("due", "Échéance", lambda row: _day(row.echeance), first=True),
    Col("state", value=lambda row: row.progress),
    Col("state_text", "État", lambda row: state_text(row.progress, days=row.late_days), for_programs=False, first=True),
    Col("late_days"),
    Col(
        "planned", "Selon la règle", lambda row: _day(row.planned),
        people=lambda row: None if row.planned == row.echeance else _day(row.planned),
    ),
    Col("done", value=lambda row: _day(row.fait_le)),
)  # fmt: skip
"""Of the rows of `followed_milestones`; people see the date that the rule gives where it is another one."""
_TABLE_DAYS = 31


@click.command(cls=ReadingCommand, acts=(MILESTONES,))
@click.pass_obj
def status(session: Session, form: str) -> None:
    """Dit où en est chaque jalon des projets lauréats, sans rien écrire : en retard d’abord, puis par échéance.

    Le tableau montre ce qui est en retard et ce qui vient dans le mois, et ce que donne la règle de la configuration
    (follow_up.milestones) quand c’est une autre échéance ; csv et json ont toutes les lignes de Suivi.
    """
    reading, _ = results_of(session)
    if FOLLOW_UP not in reading.layout.tabs:
        raise Refusal("Le classeur n’a pas d’onglet Suivi : la synchronisation le crée quand sa phase s’ouvre.")
    milestones = followed_milestones(reading, session.clock.today)
    if form == "table":
        echo(_summary_text(milestones) + "\n")
        soon = milestones["echeance"] <= pd.Timestamp(session.clock.today) + pd.Timedelta(days=_TABLE_DAYS)
        is_soon = milestones["progress"].isin([MilestoneProgress.TO_COME, MilestoneProgress.POSTPONED]) & soon
        milestones = milestones[milestones["progress"].isin([MilestoneProgress.LATE]) | is_soon]
    show(_TABLE, [*named_rows(milestones)], form, "Rien n’est en retard, et rien n’est dû dans le mois.")


def _summary_text(milestones: pd.DataFrame) -> str:
    counts = milestones["progress"].value_counts()
    parts = [state_text(state, int(counts[state])) for state in MilestoneProgress if counts.get(state)]
    return typographic(
        f"{plural(len(milestones), 'jalon')} : {', '.join(parts)}." if parts else "Aucun jalon dans Suivi."
    )


_GENERATED = Table[tuple[str, Planned]](
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
    answer(run, {"rows": _GENERATED.records(rows)}, _GENERATED, rows, _NOTHING, form, dry_run=dry_run)
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
