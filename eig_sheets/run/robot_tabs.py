"""The robot's tabs of the call itself, in the order in which a new workbook has them, and what fills each. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from eig_sheets.call.applications import eligibilite, modifications
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.modifications import RECEIVED_CHANGES
from eig_sheets.call.cofinancing import cofinancement
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.jury import grilles
from eig_sheets.call.jury.assignments import assigned
from eig_sheets.call.jury.grilles import PAGE_LINKS
from eig_sheets.call.report.open_points import left_aside
from eig_sheets.call.rules import regles
from eig_sheets.call.rules.regles import RECORDED_RULES
from eig_sheets.call.scoring import classement
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import AlertTexts, alert_texts
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.call.selection.words import moved_texts
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import asked_instead
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews import affectations, declarations_recues, notes_recues
from eig_sheets.campaign.reviews.notes_recues import COLLECTED
from eig_sheets.campaign.robot_sheets import LeftOutColumns, RobotRows
from eig_sheets.emails.outbox.archive import ARCHIVED, SENDINGS
from eig_sheets.run import accueil, anomalies_tab, donnees_graphiques
from eig_sheets.run.chart_numbers import NUMBERS, charts_left_out
from eig_sheets.run.settings_in_force import settings_in_force
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.workbook import archives, envois, journal, reglages
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.robot_tab import Criteria, RobotTab, Scale
from eig_sheets.workbook.table import Table


def _always(columns: tuple[Column, ...]) -> Callable[[Criteria, Scale], tuple[Column, ...]]:
    return lambda *_: columns


def _of(table: Table[Any]) -> Callable[[Criteria, Scale], tuple[Column, ...]]:
    return _always(table.sheet_columns)


TABS: Final = (
    RobotTab("accueil", "Accueil", _of(accueil.TABLE), apart=accueil.APART),  # a new workbook opens on the first
    RobotTab("classement", "Classement", classement.columns, frozen_columns=3, computed=True),
    RobotTab("cofinancement", "Cofinancement", _always(cofinancement.COLUMNS), frozen_columns=2, computed=True),
    RobotTab("eligibilite", "Éligibilité", _always(eligibilite.COLUMNS), hidden=True, frozen_columns=2, computed=True),
    RobotTab(affectations.TAB, "Affectations", _of(affectations.TABLE), optional=True, hidden=True, frozen_columns=2),
    RobotTab("grilles", "Grilles", _of(grilles.TABLE), optional=True, hidden=True),
    RobotTab("regles", "Règles du jeu", _of(regles.TABLE), hidden=True),
    RobotTab("reglages", "Réglages", _of(reglages.TABLE), hidden=True, computed=True),
    RobotTab("anomalies", "Anomalies", _of(anomalies_tab.TABLE), computed=True),
    RobotTab("modifications", "Modifications reçues", _of(modifications.TABLE), hidden=True),
    RobotTab(
        "notes_recues",
        "Notes reçues",
        lambda criteria, _: notes_recues.table(criteria).sheet_columns,
        optional=True,
        hidden=True,
    ),
    RobotTab("declarations_recues", "Déclarations reçues", _of(declarations_recues.TABLE), optional=True, hidden=True),
    RobotTab("archives", "E-mails archivés", _of(archives.TABLE), optional=True, hidden=True, frozen_columns=1),
    RobotTab("envois", "Envois", _of(envois.TABLE), hidden=True, sent=envois.sent_marks),
    RobotTab("journal", "Journal", _of(journal.TABLE), hidden=True),
    RobotTab(
        donnees_graphiques.TAB_ID,
        "Données des graphiques",
        _always(donnees_graphiques.COLUMNS),
        optional=True,
        hidden=True,
    ),
)


def _alerts(reading: Reading, results: Results) -> AlertTexts:
    scores = results.of(SCORES)
    return alert_texts(scores.ranking, reading.campaign.campaign.target, scores.calibration)


def _ranking_rows(reading: Reading, results: Results) -> Rows:
    return classement.rows(
        results.of(SCORES).ranking,
        results.of(APPLICATIONS).dossiers,
        results.of(COFINANCING),
        [*reading.campaign.labels.items()],
        _alerts(reading, results),
        moved_texts(results.of(SELECTION)),
        left_aside(reading) if reading.owns("candidatures") else (),
    )


def _ranking_columns(reading: Reading, results: Results, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    ranking, bounds = results.of(SCORES).ranking, reading.campaign.ranking.zone
    return classement.fitted(columns, ranking, bounds, _alerts(reading, results))


def _cofinancing_rows(_: Reading, results: Results) -> Rows:
    dossiers, ranking = results.of(APPLICATIONS).dossiers, results.of(SCORES).ranking
    return cofinancement.rows(results.of(COFINANCING), dossiers, ranking)


def _eligibility_rows(reading: Reading, results: Results) -> Rows:
    applications, header = results.of(APPLICATIONS), reading.layout_of("candidatures").header
    return eligibilite.rows(applications.eligibility, applications.dossiers, header)


def _settings(reading: Reading, results: Results) -> Rows:
    return reglages.TABLE.cells(settings_in_force(reading.overrides, results.of(RECORDED_RULES)))


def _assignment_rows(reading: Reading, results: Results) -> Rows:
    dossiers = results.of(APPLICATIONS).dossiers
    return affectations.rows(assigned(results), dossiers, reading.valid_rows("jury"))


def _charts_left_out(reading: Reading) -> frozenset[str]:
    without = charts_left_out(reading.campaign)
    forms = (form for form in donnees_graphiques.FORMS if form.id in without)
    return frozenset(column.header for form in forms for column in form.columns)


def _ranking_left_out(reading: Reading) -> frozenset[str]:
    """The headers of the ranking that show columns which the call does not have, unless a column of people's does."""
    tabs = (reading.layout.tabs.get(schema.id) for schema in reading.schema.tabs)
    shown = {robot for tab in tabs if tab is not None for robot in (*tab.robot_columns, *tab.lost)}
    unused = (robot for schema in reading.schema.tabs for robot in schema.robot_fields if robot.id in schema.unused)
    return frozenset(robot.source_header for robot in unused if robot.id not in shown)


ROWS: Final = (
    RobotRows("classement", _ranking_rows, _ranking_columns, lambda reading, results: _alerts(reading, results).once),
    RobotRows(
        "cofinancement", _cofinancing_rows, lambda _, results, __: cofinancement.columns_of(results.of(COFINANCING))
    ),
    RobotRows("eligibilite", _eligibility_rows),
    RobotRows(affectations.TAB, _assignment_rows),
    RobotRows("grilles", lambda reading, results: grilles.rows(results.of(PAGE_LINKS), reading.valid_rows("jury"))),
    RobotRows("regles", lambda _, results: regles.TABLE.cells(results.of(RECORDED_RULES))),
    RobotRows("reglages", _settings),
    RobotRows("anomalies", lambda reading, results: anomalies_tab.cells(results.anomalies, asked_instead(reading))),
    RobotRows("modifications", lambda _, results: modifications.rows(results.of(RECEIVED_CHANGES))),
    RobotRows("notes_recues", lambda _, results: results.of(COLLECTED).notes),
    RobotRows("declarations_recues", lambda _, results: results.of(COLLECTED).declarations),
    RobotRows("archives", lambda _, results: results.of(ARCHIVED)),
    RobotRows("envois", lambda _, results: envois.TABLE.cells(results.of(SENDINGS))),
    RobotRows(donnees_graphiques.TAB_ID, lambda _, results: donnees_graphiques.rows(results.of(NUMBERS))),
)
LEFT_OUT: Final = (
    LeftOutColumns("classement", _ranking_left_out),
    LeftOutColumns(donnees_graphiques.TAB_ID, _charts_left_out),
)
