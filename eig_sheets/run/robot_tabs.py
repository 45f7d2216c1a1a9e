"""The registry of the robot's tabs: one entry each, in the order in which a new workbook has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eig_sheets.call.applications import eligibilite, modifications
from eig_sheets.call.cofinancing import cofinancement
from eig_sheets.call.jury import grilles
from eig_sheets.call.rules import regles
from eig_sheets.call.scoring import classement
from eig_sheets.campaign.reviews import affectations, declarations_recues, notes_recues
from eig_sheets.run import accueil, anomalies_tab, donnees_graphiques
from eig_sheets.run.tab_data import Criteria, Scale
from eig_sheets.spreadsheet.model.sheet import Apart, Column
from eig_sheets.workbook import archives, envois, journal, reglages
from eig_sheets.workbook.robot_tab import FormerTab, RobotTab
from eig_sheets.workbook.table import Table


def _always(columns: tuple[Column, ...]) -> Callable[[Criteria, Scale], tuple[Column, ...]]:
    return lambda *_: columns


def _of(table: Table[Any]) -> Callable[[Criteria, Scale], tuple[Column, ...]]:
    return _always(table.sheet_columns)


_DASHBOARD = FormerTab(
    "tableau_de_bord",
    "Tableau de bord",
    ("Rubrique", "Indicateur", "Nombre", "Avancement", "Montant", "Date", "Précision"),
)

ROBOT_TABS = (
    RobotTab(  # a new workbook opens on the first
        "accueil", "Accueil", _of(accueil.TABLE), former=_DASHBOARD, apart=accueil.APART
    ),
    RobotTab(
        "classement",
        "Classement",
        classement.columns,
        lambda data: classement.rows(
            data.ranking,
            data.dossiers,
            data.cofinancing,
            data.criteria,
            data.alert_texts,
            data.moved,
            data.left_aside,
        ),
        lambda data, columns: classement.fitted(columns, data.ranking, data.bounds, data.alert_texts),
        lambda data: data.alert_texts.once,
        frozen_columns=3,
    ),
    RobotTab(
        "cofinancement",
        "Cofinancement",
        _always(cofinancement.COLUMNS),
        lambda data: cofinancement.rows(data.cofinancing, data.dossiers, data.ranking),
        lambda data, _: cofinancement.columns_of(data.cofinancing),
        frozen_columns=2,
    ),
    RobotTab(
        "eligibilite",
        "Éligibilité",
        _always(eligibilite.COLUMNS),
        lambda data: eligibilite.rows(data.eligibility, data.dossiers, data.header),
        hidden=True,
        frozen_columns=2,
    ),
    RobotTab(
        affectations.TAB,
        "Affectations",
        _of(affectations.TABLE),
        lambda data: affectations.rows(data.assignments, data.dossiers, data.jurors),
        optional=True,
        hidden=True,
        frozen_columns=2,
    ),
    RobotTab(
        "grilles",
        "Grilles",
        _of(grilles.TABLE),
        lambda data: grilles.rows(data.page_links, data.jurors),
        optional=True,
        hidden=True,
    ),
    RobotTab("regles", "Règles du jeu", _of(regles.TABLE), lambda data: regles.TABLE.cells(data.rules), hidden=True),
    RobotTab(
        "reglages",
        "Réglages",
        _of(reglages.TABLE),
        lambda data: reglages.TABLE.cells(data.settings),
        hidden=True,
    ),
    RobotTab(
        "anomalies", "Anomalies", _of(anomalies_tab.TABLE), lambda data: anomalies_tab.TABLE.cells(data.anomalies)
    ),
    RobotTab(
        "modifications",
        "Modifications reçues",
        _of(modifications.TABLE),
        lambda data: modifications.rows(data.changes),
        hidden=True,
    ),
    RobotTab(
        "notes_recues",
        "Notes reçues",
        lambda criteria, _: notes_recues.table(criteria).sheet_columns,
        lambda data: data.collected.notes,
        optional=True,
        hidden=True,
    ),
    RobotTab(
        "declarations_recues",
        "Déclarations reçues",
        _of(declarations_recues.TABLE),
        lambda data: data.collected.declarations,
        optional=True,
        hidden=True,
    ),
    RobotTab(
        "archives",
        "E-mails archivés",
        _of(archives.TABLE),
        lambda data: data.archived,
        optional=True,
        hidden=True,
        frozen_columns=1,
    ),
    RobotTab(
        "envois",
        "Envois",
        _of(envois.TABLE),
        lambda data: envois.TABLE.cells(data.sendings),
        hidden=True,
        sent=envois.sent_marks,
    ),
    RobotTab("journal", "Journal", _of(journal.TABLE), hidden=True),
    RobotTab(
        donnees_graphiques.TAB_ID,
        "Données des graphiques",
        _always(donnees_graphiques.COLUMNS),
        lambda data: donnees_graphiques.rows(data.numbers),
        optional=True,
        hidden=True,
    ),
)

_APART = {tab.id: tab.apart for tab in ROBOT_TABS if tab.apart is not None}
_FORMER = {tab.id: tab.former for tab in ROBOT_TABS if tab.former is not None}
_CURRENT = {former.id: tab_id for tab_id, former in _FORMER.items()}


def apart(tab_id: str) -> Apart | None:
    """The rows of the robot's tab of that id that a page shows above the others."""
    return _APART.get(tab_id)


def former_tab(tab_id: str) -> FormerTab | None:
    """The tab of older versions that goes on as the robot's tab of that id."""
    return _FORMER.get(tab_id)


def current_id(tab_id: str) -> str:
    """The id of the robot's tab as which that one goes on: its own, unless an older version gave it."""
    return _CURRENT.get(tab_id, tab_id)


def marks_of(tab_id: str) -> tuple[str, ...]:
    """The marks by which a robot's tab is recognized: its own, and the one that older versions gave it."""
    former = former_tab(tab_id)
    return (tab_id,) if former is None else (tab_id, former.id)
