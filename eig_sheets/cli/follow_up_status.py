"""`follow-up status`: how far each milestone of each selected project is, late ones first."""

from __future__ import annotations

from typing import Any

import click
import pandas as pd

from eig_sheets.campaign.acts import Act
from eig_sheets.campaign.follow_up import TAB, followed_milestones
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import french_day, show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.domain.milestones.status import Progress
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.follow_up_words import state_text

_HEADERS = {
    "project": "Projet",
    "milestone": "Jalon",
    "due": "Échéance",
    "state_text": "État",
    "owner": "Responsable",
    "planned": "Selon la règle",
}
_TABLE_DAYS = 31


@click.command(cls=ReadingCommand, acts=(Act.MILESTONES,))
@click.pass_obj
def status(session: Session, form: str) -> None:
    """Dit où en est chaque jalon des projets lauréats, sans rien écrire : en retard d’abord, puis par échéance.

    Le tableau montre ce qui est en retard et ce qui vient dans le mois, et ce que donne la règle de la configuration
    (milestones) quand c’est une autre échéance ; csv et json ont toutes les lignes de Suivi.
    """
    reading, _ = results_of(session)
    if TAB not in reading.layout.tabs:
        raise Refusal("Le classeur n’a pas d’onglet Suivi : la synchronisation le crée quand sa phase s’ouvre.")
    found = followed_milestones(reading, session.clock.today)
    if form == "table":
        _show_table(session, found)
    else:
        show(_records(found), form, {}, "")


def _records(found: pd.DataFrame) -> list[dict[str, Any]]:
    rows: Any = found.itertuples()
    return [
        {
            "dossier": one.numero,
            "project": one.projet if isinstance(one.projet, str) else None,
            "milestone": one.jalon,
            "owner": one.responsable,
            "due": _day(one.echeance),
            "state": str(one.progress),
            "late_days": int(one.late_days),
            "planned": _day(one.planned),
            "done": _day(one.fait_le),
        }
        for one in rows
    ]


def _day(moment: Any) -> str | None:
    return None if pd.isna(moment) else moment.date().isoformat()


def _show_table(session: Session, found: pd.DataFrame) -> None:
    counts = found["progress"].value_counts()
    parts = [state_text(state, int(counts[state])) for state in Progress if counts.get(state)]
    echo(
        typographic(f"{plural(len(found), 'jalon')} : {', '.join(parts)}." if parts else "Aucun jalon dans Suivi.")
        + "\n"
    )
    soon = found["echeance"] <= pd.Timestamp(session.clock.today) + pd.Timedelta(days=_TABLE_DAYS)
    open_ = found["progress"].isin([Progress.LATE]) | (
        found["progress"].isin([Progress.TO_COME, Progress.POSTPONED]) & soon
    )
    shown = found[open_]
    records = [
        {
            **record,
            "state_text": state_text(state, days=record["late_days"]),
            "due": french_day(record["due"]),
            "planned": french_day(record["planned"]) if record["planned"] != record["due"] else None,
        }
        for record, state in zip(_records(shown), shown["progress"], strict=True)
    ]
    show(records, "table", _HEADERS, "Rien n’est en retard, et rien n’est dû dans le mois.")
