"""`calendar`: the dates of the call, in one file that calendars subscribe to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.timetables import AgendaEntry
from eig_sheets.emails.outlets.agendas import write_agendas
from eig_sheets.features.calendar.entries import calendar_entries
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.table import Col, Table


def _last_day(entry: AgendaEntry) -> date:
    """When it ends for people: what lasts whole days, on the last of them, not on the day after as in a calendar."""
    return entry.ends if isinstance(entry.ends, datetime) else entry.ends - timedelta(days=1)


_TABLE: Final = Table[AgendaEntry](
    Col("starts", "Début", lambda entry: entry.starts.isoformat(), people=lambda entry: entry.starts),
    Col("ends", "Fin", lambda entry: entry.ends.isoformat(), people=_last_day),
    Col("title", "Quoi"),
    Col("place", "Lieu"),
)


@click.command("export", cls=ReadingCommand)
@click.option(
    "--to",
    "target",
    metavar="FICHIER.ics",
    type=click.Path(path_type=Path),
    help="Écrit ce fichier ; sans cette option, les dates sont seulement affichées.",
)
@click.pass_obj
def export_calendar(session: Session, target: Path | None, form: str) -> None:
    """Donne toutes les dates de l’appel, de son ouverture au dernier jour de l’expérimentation.

    Le fichier .ics se met dans un agenda, ou se publie à une adresse à laquelle Google Agenda, Outlook et Apple
    s’abonnent. Récrit, il garde l’identité de chaque date : une date qui change déplace son rendez-vous, une date
    retirée l’annule. Aucun nom de personne n’y est. En csv et en json, une date sans heure a la fin qu’a un agenda : le
    lendemain de son dernier jour.
    """
    if target is not None and target.suffix.lower() != ".ics":
        raise click.UsageError(f"--to {target} : le nom du fichier doit se terminer par .ics.")
    campaign = session.campaign
    entries = calendar_entries(campaign)
    if target is not None:
        title = typographic(campaign.campaign.name or campaign.campaign.id)
        now = datetime.now(campaign.zone)
        changed = write_agendas(target.parent, {target.name: entries}, title, campaign.zone, now)
        said = plural(len(entries), "date") if changed else "rien n’a changé"
        session.say(f"{target} : {said}.")
        return
    show(_TABLE, entries, form, "Aucune date.")
