"""`calendar`: the dates of the call, in one file that calendars subscribe to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from eig_sheets.cli.click_french import FrenchCommand, FrenchGroup
from eig_sheets.cli.output import format_option, show
from eig_sheets.cli.session import Session, french_errors
from eig_sheets.text.french import plural, typographic

_HEADERS = {"starts": "Début", "ends": "Fin", "title": "Quoi", "place": "Lieu"}


@click.group(cls=FrenchGroup)
def calendar() -> None:
    """Le calendrier de l’appel : les dates de la configuration, à mettre dans un agenda."""


@calendar.command("export", cls=FrenchCommand)
@click.option(
    "--to",
    "target",
    metavar="FICHIER.ics",
    type=click.Path(path_type=Path),
    help="Écrit ce fichier ; sans cette option, les dates sont seulement affichées.",
)
@format_option
@click.pass_obj
def export_calendar(session: Session, target: Path | None, form: str) -> None:
    """Donne toutes les dates de l’appel : fenêtre, webinaires, auditions, annonces, talents, jalons.

    Le fichier .ics se met dans un agenda, ou se publie à une adresse à laquelle Google Agenda, Outlook et Apple
    s’abonnent. Récrit, il garde l’identité de chaque date : une date qui change déplace son rendez-vous, une date
    retirée l’annule. Aucun nom de personne n’y est. Les dates d’un jour de début et de fin sont celles d’un agenda : la
    fin est le lendemain.
    """
    with french_errors():
        from eig_sheets.emails.outlets.agendas import write_agendas
        from eig_sheets.sync.calendar import calendar_entries

        campaign = session.campaign
        entries = calendar_entries(campaign)
        if target is not None:
            title = typographic(campaign.campaign.name or campaign.campaign.id)
            now = datetime.now(campaign.zone)
            changed = write_agendas(target.parent, {target.name: entries}, title, campaign.zone, now)
            said = plural(len(entries), "date") if changed else "rien n’a changé"
            session.say(f"{target} : {said}.")
            return
    records = [
        {"starts": one.starts.isoformat(), "ends": one.ends.isoformat(), "title": one.title, "place": one.place}
        for one in entries
    ]
    show(records, form, _HEADERS, "Aucune date.")
