"""The registry of the robot's tabs: one entry each, in the order in which a new workbook has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from eig_sheets.domain.calibration import Calibration
from eig_sheets.workbook.alerts import AlertTexts, alert_texts
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.model.sheet import Column
from eig_sheets.workbook.probabilities import Bounds
from eig_sheets.workbook.render import (
    anomalies,
    classement,
    cofinancement,
    eligibilite,
    envois,
    journal,
    modifications,
    reglages,
    regles,
    tableau,
)
from eig_sheets.workbook.render.cells import Rows

Criteria = Sequence[tuple[str, str]]
"""(id, label) of each criterion, in the order of the columns."""
Scale = tuple[float, float]
"""The lowest and the highest score."""


@dataclass(frozen=True, slots=True)
class TabData:
    """Input of the robot's tabs: the frames of `Results`, and the records that no frame holds.

    `header` gives the header of a field of `Candidatures` as people wrote it; `bounds`: those of the zone of
    deliberation.
    """

    criteria: Criteria
    header: Callable[[str], str]
    dossiers: pd.DataFrame
    eligibility: pd.DataFrame
    ranking: pd.DataFrame
    cofinancing: pd.DataFrame
    rules: Sequence[regles.Rule]
    anomalies: Sequence[Anomaly]
    changes: modifications.ReceivedChanges
    sendings: Sequence[envois.Sending]
    bounds: Bounds
    places: int
    calibration: Calibration
    settings: Sequence[reglages.SettingInForce] = ()

    @property
    def alert_texts(self) -> AlertTexts:
        """The French of the alerts of the ranking."""
        return alert_texts(self.ranking, self.places, self.calibration)


@dataclass(frozen=True, slots=True)
class RobotTab:
    """A tab that the robot owns: its id, name, columns and rows.

    Without `rows`, it reports on runs rather than results: `sync` fills it once it knows what the run changes.
    `fitted`: the columns as they suit the results. `heading`: lines above the headers, where there can be some.
    """

    id: str
    name: str
    columns: Callable[[Criteria, Scale], tuple[Column, ...]]
    rows: Callable[[TabData], Rows] | None = None
    fitted: Callable[[TabData, tuple[Column, ...]], tuple[Column, ...]] = lambda _, columns: columns
    heading: Callable[[TabData], tuple[str, ...]] = lambda _: ()


def _always(columns: tuple[Column, ...]) -> Callable[[Criteria, Scale], tuple[Column, ...]]:
    return lambda *_: columns


ROBOT_TABS = (
    RobotTab("tableau_de_bord", "Tableau de bord", _always(tableau.COLUMNS)),  # a new workbook opens on the first
    RobotTab(
        "classement",
        "Classement",
        classement.columns,
        lambda data: classement.rows(data.ranking, data.dossiers, data.cofinancing, data.criteria, data.alert_texts),
        lambda data, columns: classement.fitted(columns, data.ranking, data.bounds, data.alert_texts),
        lambda data: data.alert_texts.once,
    ),
    RobotTab(
        "cofinancement",
        "Cofinancement",
        _always(cofinancement.COLUMNS),
        lambda data: cofinancement.rows(data.cofinancing, data.dossiers, data.ranking),
    ),
    RobotTab(
        "eligibilite",
        "Éligibilité",
        _always(eligibilite.COLUMNS),
        lambda data: eligibilite.rows(data.eligibility, data.dossiers, data.header),
    ),
    RobotTab("regles", "Règles du jeu", _always(regles.COLUMNS), lambda data: regles.rows(data.rules)),
    RobotTab("reglages", "Réglages", _always(reglages.COLUMNS), lambda data: reglages.rows(data.settings)),
    RobotTab("anomalies", "Anomalies", _always(anomalies.COLUMNS), lambda data: anomalies.rows(data.anomalies)),
    RobotTab(
        "modifications",
        "Modifications reçues",
        _always(modifications.COLUMNS),
        lambda data: modifications.rows(data.changes),
    ),
    RobotTab("envois", "Envois", _always(envois.COLUMNS), lambda data: envois.rows(data.sendings)),
    RobotTab("journal", "Journal", _always(journal.COLUMNS)),
)
