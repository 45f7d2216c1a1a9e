"""The input data of the robot's tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from eig_sheets.call.applications import modifications
from eig_sheets.call.jury import grilles
from eig_sheets.call.rules import regles
from eig_sheets.call.scoring import classement
from eig_sheets.call.scoring.calibration import Calibration
from eig_sheets.call.scoring.words import AlertTexts, Bounds, alert_texts
from eig_sheets.campaign.reviews import affectations, notes_recues
from eig_sheets.run import donnees_graphiques
from eig_sheets.workbook import envois, reglages
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.cells import Rows

Criteria = Sequence[tuple[str, str]]
"""(id, label) of each criterion, in the order of the columns."""
Scale = tuple[float, float]
"""The lowest and the highest score."""


@dataclass(frozen=True, slots=True)
class TabData:
    """Input of the robot's tabs: the frames of `Results`, and the records that no frame holds.

    `header` gives the header of a field of `Candidatures` as people wrote it; `bounds`: those of the zone of
    deliberation; `moved`: what a selection under limits did to a dossier, by its number;
    `numbers`: those of the charts; `left_aside`: the dossiers that were received and that no result counts.
    """

    criteria: Criteria
    header: Callable[[str], str]
    dossiers: pd.DataFrame
    eligibility: pd.DataFrame
    ranking: pd.DataFrame
    cofinancing: pd.DataFrame
    rules: Sequence[regles.RecordedRule]
    anomalies: Sequence[Anomaly]
    changes: modifications.ReceivedChanges
    sendings: Sequence[envois.Sending]
    bounds: Bounds
    places: int
    calibration: Calibration
    settings: Sequence[reglages.SettingInForce] = ()
    collected: notes_recues.CollectedRows = notes_recues.NOTHING_COLLECTED
    assignments: Sequence[affectations.Assignment] = ()
    page_links: Sequence[grilles.PageLink] = ()
    jurors: pd.DataFrame = field(default_factory=pd.DataFrame)
    archived: Rows = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    numbers: donnees_graphiques.Numbers = field(default_factory=dict)
    left_aside: Sequence[classement.LeftAside] = ()

    @property
    def alert_texts(self) -> AlertTexts:
        """The French of the alerts of the ranking."""
        return alert_texts(self.ranking, self.places, self.calibration)
