"""`slots list`: the advice slots, or a text that offers the free ones."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Final

import click
import pandas as pd

from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.features.advice.commands_reading import reading_with
from eig_sheets.features.advice.rules import free
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import ACT, SLOTS
from eig_sheets.text.french import moment, plural, typographic
from eig_sheets.workbook.table import Col, Table

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
