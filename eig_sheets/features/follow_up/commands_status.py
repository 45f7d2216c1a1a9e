"""`follow-up status`: how far each milestone of each selected project is, late ones first."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import click
import pandas as pd

from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.domain.frames import named_rows
from eig_sheets.features.follow_up.milestones import followed_milestones
from eig_sheets.features.follow_up.progress import MilestoneProgress, state_text
from eig_sheets.features.follow_up.tabs import FOLLOW_UP, MILESTONES
from eig_sheets.text.french import plural, typographic
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
