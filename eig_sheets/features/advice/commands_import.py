"""`slots import`: adds the bookings of a Calendly export, or the registrations to a webinar of a Livestorm one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click

from eig_sheets.call.applications.commands_source import read_file
from eig_sheets.call.applications.importing.reading import Export
from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.output import show, show_changes
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.writing import carried_out
from eig_sheets.features.advice import tabs
from eig_sheets.features.advice.commands_slots import reading_with
from eig_sheets.features.advice.plan_slots import (
    ABSENT_ADDED,
    BookingRun,
    RegistrationRun,
    plan_bookings,
    plan_registrations,
)
from eig_sheets.features.advice.rules import labels_of
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import ACT
from eig_sheets.features.advice.visitors import UnreadRow, attendees_in, bookings_in
from eig_sheets.text.french import counted, listed, moment, plain, plural
from eig_sheets.workbook.table import Col, Table

SLOTS: Final = "slots"
WEBINARS: Final = "webinars"


class ToDo(NamedTuple):
    """What a person has to do: about a slot of the tab, or a line of the export."""

    what: str
    starts: str | None = None
    email: str | None = None
    cell: str | None = None
    line: int | None = None

    @property
    def in_words(self) -> str:
        """In one line, with where it is."""
        line = None if self.line is None else f"ligne {self.line}"
        return ", ".join(filter(None, (self.what, self.starts, self.email, self.cell, line)))


_TABLE: Final = Table[ToDo](
    Col("what", "À faire par vous"),
    Col("starts", "Créneau"),
    Col("email", "E-mail"),
    Col("cell", "Cellule"),
    Col("line", "Ligne"),
)


@click.command("import", cls=WritingCommand, acts=(ACT,))
@click.argument("file", metavar="FICHIER", type=click.Path())
@click.option(
    "--kind",
    type=click.Choice([SLOTS, WEBINARS]),
    default=SLOTS,
    show_default=True,
    help="slots : des rendez-vous (Calendly) ; webinars : des inscriptions (Livestorm).",
)
@click.option("--webinar", metavar="TITRE|JOUR", help="Avec webinars : lequel, par son titre ou son jour AAAA-MM-JJ.")
@click.pass_obj
def import_visitors(session: Session, file: str, kind: str, webinar: str | None, *, dry_run: bool, form: str) -> None:
    """Ajoute les rendez-vous d’un export Calendly, ou les inscriptions d’un export Livestorm (.csv ou .xlsx).

    Un rendez-vous est reconnu à son heure et à son adresse, une inscription au webinaire et à l’adresse : relancer le
    même import n’ajoute rien. Une ligne qui est là n’est jamais changée : ce que l’export en dit d’autre (annulé,
    replacé à une heure prise) est listé, avec la cellule.
    """
    if webinar is not None and kind != WEBINARS:
        raise click.UsageError("--webinar va avec --kind webinars.")
    export = read_file(session, Path(file))
    if kind == WEBINARS:
        to_do, sentences = registrations_imported(
            session, export, _webinar(session, webinar), dry_run=dry_run, form=form
        )
    else:
        to_do, sentences = bookings_imported(session, export, dry_run=dry_run, form=form)
    if not dry_run:
        show(_TABLE, to_do, form, "Rien à faire à la main.")
    for sentence in sentences:
        session.say(sentence)


_Said = tuple[list[ToDo], list[str]]


def bookings_imported(session: Session, export: Export, *, dry_run: bool, form: str) -> _Said:
    """Add the bookings of an export, or print what would be; what is left to do, and what is to be said."""
    bookings, unread = bookings_in(export, session.campaign.section(SlotSettings).imports, session.campaign.zone)

    def planned() -> BookingRun:
        reading = reading_with(session, tabs.SLOTS)
        return plan_bookings(reading, bookings, session.state.load_last_run(), session.clock.now, export.name)

    run = carried_out(session, planned, dry_run=dry_run)
    if dry_run:
        show_changes(run.plan.changes(run.reading.snapshot), form)
    told = [ToDo(booking.what, moment(booking.starts), booking.email, booking.cell) for booking in run.told]
    counts = {
        ABSENT_ADDED: run.absent,
        ("créneau déjà là", "créneaux déjà là"): run.known,
        ("créneau annulé, non ajouté", "créneaux annulés, non ajoutés"): run.cancelled,
    }
    many = ("créneau réservé à ajouter", "créneaux réservés à ajouter") if dry_run else _BOOKED
    parts = [
        counted(len(run.added.rows) - run.absent, *many),
        *(plural(count, *words) for words, count in counts.items() if count),
    ]
    return [*told, *_to_correct(unread)], [*_summary(session, parts, unread, len(told))]


_BOOKED: Final = ("créneau réservé ajouté", "créneaux réservés ajoutés")
_REGISTERED: Final = ("inscription ajoutée", "inscriptions ajoutées")


def registrations_imported(session: Session, export: Export, label: str, *, dry_run: bool, form: str) -> _Said:
    """Add the registrations of an export to that webinar, or print what would be."""
    attendees, unread = attendees_in(export, session.campaign.section(SlotSettings).imports, session.campaign.zone)

    def planned() -> RegistrationRun:
        reading, last_run = reading_with(session, tabs.REGISTRATIONS), session.state.load_last_run()
        return plan_registrations(reading, label, attendees, last_run, session.clock.now, export.name)

    run = carried_out(session, planned, dry_run=dry_run)
    if dry_run:
        show_changes(run.plan.changes(run.reading.snapshot), form)
    counts = {
        ("présence ajoutée, d’une personne déjà inscrite", "présences ajoutées, de personnes déjà inscrites"): (
            run.attendances
        ),
        ("inscription déjà là", "inscriptions déjà là"): run.known,
    }
    many = ("inscription à ajouter", "inscriptions à ajouter") if dry_run else _REGISTERED
    parts = [
        counted(run.new, *many, feminine=True),
        *(plural(count, *words) for words, count in counts.items() if count),
    ]
    return [*_to_correct(unread)], [*_summary(session, parts, unread, 0)]


def webinars_named(session: Session, chosen: str | None) -> list[str]:
    """The words of the webinars that a title or a day means, of all when there is none. Raises Refusal without any."""
    labels = labels_of(session.campaign.section(SlotSettings).webinars)
    if not labels:
        raise Refusal("La configuration n’a pas de webinaire : ajoutez-le en [[slots.webinars]].")
    return [
        label
        for label, webinar in labels.items()
        if chosen is None or chosen in (label, f"{webinar.starts:%Y-%m-%d}") or plain(chosen) == plain(webinar.title)
    ]


def webinar_names(session: Session) -> str:
    """Those of the configuration, with their days."""
    labels = labels_of(session.campaign.section(SlotSettings).webinars)
    return listed([f"« {label} » ({webinar.starts:%Y-%m-%d})" for label, webinar in labels.items()], "ou")


def _webinar(session: Session, chosen: str | None) -> str:
    """The words that name the webinar in the tab. Raises UsageError when nothing tells which."""
    matching = webinars_named(session, chosen)
    if len(matching) == 1:
        return matching[0]
    raise click.UsageError(f"Dites de quel webinaire avec --webinar : {webinar_names(session)}.")


def _to_correct(unread: Sequence[UnreadRow]) -> Iterable[ToDo]:
    """The lines of the export to correct."""
    for row in unread:
        what = f"« {row.header} » ne se lit pas ({row.value})" if row.value else f"« {row.header} » est vide"
        yield ToDo(what, line=row.row)


def _summary(session: Session, parts: Sequence[str], unread: Sequence[UnreadRow], told: int) -> Iterable[str]:
    yield f"{session.workbook.location} : {' ; '.join(parts)}."
    if told:
        yield f"{plural(told, 'créneau à revoir', 'créneaux à revoir')} par vous : la liste dit lesquels."
    if unread:
        words = "ligne de l’export laissée, qui ne se lit pas", "lignes de l’export laissées, qui ne se lisent pas"
        yield f"{plural(len(unread), *words)} : la liste dit pourquoi."
