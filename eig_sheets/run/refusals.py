"""Anomalies for what the spreadsheet program does not let the robot write, while all the rest is written. Pure.

It adds nothing to a people's tab that is refused, and leaves a robot's tab that is refused as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.text.french import plural
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.layout import TabLayout

ADDITION_REFUSED: Final = warning(
    "ajout_refuse",
    "{what} : le tableur refuse ce que le robot ajoute à cet onglet (réponse : « {reason} »).",
    "Si l’onglet contient un tableau (« Convertir en tableau »), convertissez-le en plage (flèche à droite de son "
    "nom) ; s’il est protégé, ajoutez le robot aux personnes autorisées (« Données > Protéger des feuilles et des "
    "plages »). Le robot réessaie à chaque synchronisation.",
)
TAB_REFUSED: Final = warning(
    "onglet_refuse",
    "{what} : le tableur refuse ce que le robot y écrit (réponse : « {reason} »).",
    "S’il est protégé, ajoutez le robot aux personnes autorisées (« Données > Protéger des feuilles et des plages "
    "») ; sinon, annulez ce qui y a été ajouté. Le robot réessaie à chaque synchronisation.",
)

REFUSED: Final = frozenset({ADDITION_REFUSED, TAB_REFUSED})
"""Codes of what a run could not write."""


def refused_additions(reading: Reading, emails: OutboxStatus) -> tuple[Anomaly, ...]:
    """An anomaly for each of the refused tabs: of people's, at the cell where something was to be added."""
    outbox, refused = reading.layout.tabs.get("emails"), reading.snapshot.refused
    tabs = (tab for tab in reading.layout.tabs.values() if tab.name in refused)
    of_people = (
        anomaly(ADDITION_REFUSED, tab.name, cell, what=what, reason=refused[tab.name])
        for tab in tabs
        for cell, what in (_emails(tab, emails) if tab is outbox else _formulas(tab))
    )
    of_robot = (
        anomaly(TAB_REFUSED, name, what=_not_updated(tab_id, emails), reason=refused[name])
        for tab_id, name in reading.layout.robot_tabs.items()
        if name in refused
    )
    return (*of_people, *of_robot)


def _not_updated(tab_id: str, emails: OutboxStatus) -> str:
    if tab_id == "envois" and emails.added:
        return f"Cet onglet n’est pas mis à jour, et {_not_added(emails)}"
    return "Cet onglet n’est pas mis à jour"


def _not_added(emails: OutboxStatus) -> str:
    return plural(len(emails.added), "e-mail n’est pas ajouté", "e-mails ne sont pas ajoutés")


def _emails(tab: TabLayout, emails: OutboxStatus) -> Iterator[tuple[str, str]]:
    if emails.added:
        yield a1(tab.last_row + 1, tab.columns[tab.schema.key]), _not_added(emails)
    else:
        yield from _formulas(tab)


def _formulas(tab: TabLayout) -> Iterator[tuple[str, str]]:
    """The robot's columns, whose formulas were to be written."""
    for robot in tab.schema.robot_fields:
        column = tab.robot_columns.get(robot.id)
        if column is not None and (tab.header_row, column) not in tab.tab.formulas:
            yield a1(tab.header_row, column), f"La colonne « {robot.header} » n’est pas rétablie"


def without_refused(reading: Reading, emails: OutboxStatus) -> OutboxStatus:
    """The status, without the e-mails to append when they cannot be added to the outbox, or recorded in `Envois`."""
    outbox = reading.layout.tabs.get("emails")
    needed = {outbox.name if outbox else None, reading.layout.robot_tabs.get("envois")}
    if needed.isdisjoint(reading.snapshot.refused):
        return emails
    added = {draft.id for draft in emails.added}
    return emails.limited_to([draft.id for draft in emails.new if draft.id not in added])
