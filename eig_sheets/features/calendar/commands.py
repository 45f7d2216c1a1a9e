"""`calendar`: every date of the call, without anybody's name, in one file that calendars subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.session import Session
from eig_sheets.config import Campaign
from eig_sheets.emails.call_dates import Dates, at_hour, optional_day, whole_day
from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.emails.outlets.eml import write_agendas
from eig_sheets.text.french import plural, typographic
from eig_sheets.text.french_days import each_day_named
from eig_sheets.workbook.table import Col, Table


def calendar_entries(campaign: Campaign) -> list[AgendaEntry]:
    """The events of the call and of its features, in order of time."""
    of_features = [one for part in campaign.features.parts(Dates) for one in part.entries(campaign)]
    entries = [*(one for source in _OF_THE_CALL for one in source(campaign)), *of_features]
    in_words, known = [*_jury_days(campaign)], {one.uid for one in of_features}
    entries += in_words if known.isdisjoint(one.uid for one in in_words) else []
    return sorted(entries, key=lambda one: (_moment(one.starts), one.title))


def _call(campaign: Campaign) -> Iterator[AgendaEntry]:
    call = campaign.campaign
    yield whole_day(campaign, "ouverture", "Ouverture de l’appel à projets", call.opens)
    yield whole_day(campaign, "cloture", f"Clôture de l’appel à projets{at_hour(call.closes)}", call.closes)


def _jury_days(campaign: Campaign) -> Iterator[AgendaEntry]:
    """The days of the jury as its e-mails say them, where no feature gives them by the hour."""
    emails = campaign.emails
    for number, day in enumerate(each_day_named(emails.jury_dates), 1):
        yield whole_day(
            campaign, f"audition-{number}", "Auditions du jury", day, emails.jury_place or emails.audition_place
        )


def _announcements(campaign: Campaign) -> Iterator[AgendaEntry]:
    emails = campaign.emails
    yield from optional_day(campaign, "preselection", "Annonce de la présélection", emails.preselection_announced)
    yield from optional_day(campaign, "annonce", "Annonce des lauréats", emails.announced)


def _experimentation(campaign: Campaign) -> Iterator[AgendaEntry]:
    period = campaign.emails.experimentation
    if period is not None:
        yield whole_day(campaign, "debut", "Premier jour de l’expérimentation", period.starts)
        yield whole_day(campaign, "fin", "Dernier jour de l’expérimentation", period.ends)


_OF_THE_CALL: Final = (_call, _announcements, _experimentation)


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time())


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
