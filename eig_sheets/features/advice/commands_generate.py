"""`slots generate`: adds the free advice slots of the days to come."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from eig_sheets.cli.click_french import Day
from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.output import show_changes
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.writing import carried_out
from eig_sheets.features.advice.commands_reading import reading_with
from eig_sheets.features.advice.plan_slots import plan_generated
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import ACT, SLOTS
from eig_sheets.sync.added_rows import AddedRows
from eig_sheets.text.french import plural

_DAY = Day()
_MOST_DAYS = 400


@click.command("generate", cls=WritingCommand, acts=(ACT,))
@click.option("--from", "first", type=_DAY, metavar="AAAA-MM-JJ", help="Premier jour. Par défaut : l’ouverture.")
@click.option("--to", "last", type=_DAY, metavar="AAAA-MM-JJ", help="Dernier jour, compris. Par défaut : la clôture.")
@click.pass_obj
def generate(session: Session, first: Any, last: Any, *, dry_run: bool, form: str) -> None:
    """Ajoute à Créneaux les créneaux libres que donne la configuration ([slots]).

    Jamais un jour férié ni un jour passé, jamais deux fois le même, ni par-dessus un créneau qui y est. Relancer la
    même commande n’ajoute rien.
    """
    run = _run(session, first, last, dry_run=dry_run, form=form)
    words = (
        ("créneau libre à ajouter", "créneaux libres à ajouter")
        if dry_run
        else ("créneau libre ajouté", "créneaux libres ajoutés")
    )
    session.say(f"{session.workbook.location} : {plural(len(run.rows), *words)}.")


def _run(session: Session, first: Any, last: Any, *, dry_run: bool, form: str) -> AddedRows:
    rules = session.campaign.section(SlotSettings)
    if not rules.weekdays or not rules.hours:
        raise Refusal(
            "La configuration ne dit pas quand sont les créneaux : donnez slots.weekdays et slots.hours "
            "(docs/creneaux.fr.md)."
        )
    start, end = _days(session, first, last)

    def planned() -> AddedRows:
        reading = reading_with(session, SLOTS)
        return plan_generated(reading, start, end, session.state.load_last_run(), session.clock.now)

    run = carried_out(session, planned, dry_run=dry_run)
    if dry_run:
        show_changes(run.plan.changes(run.reading.snapshot), form)
    return run


def _days(session: Session, first: Any, last: Any) -> tuple[date, date]:
    """The days from which and to which there are slots to make, none before today."""
    call, today = session.campaign.campaign, session.clock.today
    start = max(first.date() if first else call.opens, today)
    end = last.date() if last else call.last_moment.date()
    if first and last and first > last:
        raise click.UsageError("--from est après --to.")
    if start > end:
        raise Refusal(f"Il n’y a plus de jour jusqu’au {end:%d/%m/%Y} : donnez un autre --to.")
    if (end - start).days > _MOST_DAYS:
        raise Refusal(f"Plus de {_MOST_DAYS} jours séparent ces dates : vérifiez --from et --to.")
    return start, end
