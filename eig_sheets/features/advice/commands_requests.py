"""What officers ask for of advice slots in `Demandes`: to add the free ones, to take bookings and registrations in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from eig_sheets.call.applications.commands_source import read_file
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.advice.commands_import import (
    ToDo,
    bookings_imported,
    registrations_imported,
    webinar_names,
    webinars_named,
)
from eig_sheets.features.advice.commands_slots import generated
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.dates import date_in_words

_WHICH_DAYS: Final = "Détail : rien, ou le premier et le dernier jour, « 05/02/2021 02/04/2021 »."
_WHICH_WEBINAR: Final = "Écrivez dans Détail le fichier, puis le webinaire : « inscrits.csv : 2021-03-02 »."
_MOST_SHOWN: Final = 30


def add_slots(session: Session, detail: str) -> str:
    """Add the free slots of the days of the detail; of the whole call where it has none."""
    words = detail.replace(" au ", " ").split()
    days = [_day(word) for word in words]
    if len(days) not in (0, 2):
        raise Refusal(typographic(_WHICH_DAYS))
    first, last = days or (None, None)
    if first and last and first > last:
        raise Refusal(typographic("Le premier jour est après le dernier."))
    run = generated(session, first, last)
    return f"{plural(len(run.rows), 'créneau libre ajouté', 'créneaux libres ajoutés')}."


def take_bookings(session: Session, _: str, path: Path) -> str:
    """Add the bookings of an export."""
    return _said(*bookings_imported(session, read_file(session, path), dry_run=False, form=""))


def take_registrations(session: Session, detail: str, path: Path) -> str:
    """Add the registrations to the webinar of the detail, which is not needed where there is one."""
    labels = webinars_named(session, detail or None)
    if len(labels) != 1:
        raise Refusal(typographic(f"{_WHICH_WEBINAR} Ceux de la configuration : {webinar_names(session)}."))
    [label] = labels
    return _said(*registrations_imported(session, read_file(session, path), label, dry_run=False, form=""))


def _day(word: str) -> datetime:
    day = date_in_words(word)
    if day is None:
        raise Refusal(typographic(f"« {word} » n’est pas un jour. {_WHICH_DAYS}"))
    return day


def _said(to_do: Sequence[ToDo], sentences: Sequence[str]) -> str:
    shown = [f"• {line.in_words}" for line in to_do[:_MOST_SHOWN]]
    rest = len(to_do) - len(shown)
    return "\n".join([*sentences, *shown, *([f"• Et {plural(rest, 'autre')}."] if rest else [])])
