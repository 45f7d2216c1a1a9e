"""`slots generate` and `slots list`: the advice slots of the days to come, and a text that offers the free ones."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import Any, Final

import click
import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.click_french import Day
from eig_sheets.cli.command import ReadingCommand, WritingCommand
from eig_sheets.cli.output import show, show_changes
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.cli.writing import carried_out
from eig_sheets.features.advice.plan_slots import plan_generated
from eig_sheets.features.advice.rules import free
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import ACT, SLOTS
from eig_sheets.run.appended_rows import AddedRows
from eig_sheets.text.french import moment, plural, typographic
from eig_sheets.workbook.table import Col, Table


def reading_with(session: Session, tab_id: str) -> Reading:
    """The workbook, which has that people's tab. Raises Refusal otherwise, with what to do."""
    reading = own_reading_of(session, session.workbook.read())
    tab = reading.layout.tabs.get(tab_id)
    refuse([problem for problem in reading.problems if tab is None or problem.tab == tab.name])
    if tab is None:
        name = next((people_tab.name for people_tab in reading.schema.tabs if people_tab.id == tab_id), None)
        if name is None:
            raise Refusal(
                typographic(f"L’onglet n’est pas utilisé : ajoutez « {tab_id} » à workbook.people_tabs, puis « init ».")
            )
        raise Refusal(typographic(f"L’onglet « {name} » est introuvable : lancez « eig-sheets init »."))
    return reading


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
    run = generated(session, first, last, dry_run=dry_run)
    if dry_run:
        show_changes(run.plan.changes(run.reading.snapshot), form)
    words = (
        ("créneau libre à ajouter", "créneaux libres à ajouter")
        if dry_run
        else ("créneau libre ajouté", "créneaux libres ajoutés")
    )
    session.say(f"{session.workbook.location} : {plural(len(run.rows), *words)}.")


def generated(session: Session, first: Any, last: Any, *, dry_run: bool = False) -> AddedRows:
    """Add the free slots of the days from `first` to `last`, or plan to. Raises Refusal."""
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

    return carried_out(session, planned, dry_run=dry_run)


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


_TABLE: Final = Table[dict[Any, Any]](
    Col("starts", "Début", lambda row: None if pd.isna(row["debut"]) else f"{row['debut']:%Y-%m-%d %H:%M}"),
    Col("minutes", "Durée (min)", lambda row: None if pd.isna(row["duree"]) else int(row["duree"])),
    Col("state", "Statut", itemgetter("statut")),
    Col("name", "Réservé par", itemgetter("reserve_par")),
    Col("email", "E-mail"),
    Col("administration", "Administration"),
    Col("project", "Projet", itemgetter("projet")),
    Col("row"),
)


@click.command("list", cls=ReadingCommand, acts=(ACT,))
@click.option("--free", "only_free", is_flag=True, help="Les créneaux libres à venir seuls, en texte prêt à coller.")
@click.pass_obj
def list_slots(session: Session, *, only_free: bool, form: str) -> None:
    """Liste les créneaux de conseil, du premier au dernier, sans rien écrire.

    Avec --free, écrit un texte à coller dans un message : les prochains créneaux que personne n’a pris.
    """
    slots = reading_with(session, SLOTS).valid_rows(SLOTS)
    if only_free:
        slots = free(slots, session.campaign.section(SlotSettings).minutes, session.clock.told)
    if only_free and form == "table":
        _print_offer(session, slots)
    else:
        rows = slots.sort_values(["debut", "row"], na_position="first").to_dict("records")
        show(_TABLE, rows, form, "Aucun créneau.")


def _print_offer(session: Session, slots: pd.DataFrame) -> None:
    """A text in French to paste, as the message of the robot would say it."""
    shown = slots["debut"].head(session.campaign.section(SlotSettings).shown)
    if shown.empty:
        echo("Aucun créneau libre à venir.")
        return
    minutes = plural(session.campaign.section(SlotSettings).minutes, "minute")
    lines = [f"- {moment(start.to_pydatetime())}" for start in shown]
    echo(typographic("\n".join([f"Nous pouvons échanger pendant {minutes} à l’un de ces moments :", "", *lines])))
