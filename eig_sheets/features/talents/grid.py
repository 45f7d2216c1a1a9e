"""The grid of the jury of candidates: its criteria, its scale, its tabs, and which of its evaluations cannot count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from eig_sheets.campaign.grids import Grid
from eig_sheets.config import Campaign
from eig_sheets.features.talents import notes
from eig_sheets.features.talents.settings import TalentRules
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.checks import of_kept, scores_in_deports
from eig_sheets.workbook.codes import blocking
from eig_sheets.workbook.notes_tabs import NotesTab
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.repeated_rows import JUROR_TWICE, alike
from eig_sheets.workbook.suspects import Suspects, leave_out
from eig_sheets.workbook.unknown_references import UNKNOWN_DOSSIER, unknown, unknown_jurors

UNKNOWN_CANDIDATE: Final = blocking(
    "candidature_inconnue",
    "La candidature « {value} » n’est pas dans l’onglet « {where} ».{hint}",
    "Corrigez le numéro, ou ajoutez la candidature.",
)


def check_reviews(checked: dict[str, Table], tab_id: str, anomalies: list[Anomaly]) -> None:
    """Leave out the evaluations of candidates that cannot count."""
    if tab_id == REVIEWS:
        leave_out(checked, tab_id, repeated_hearings(checked[tab_id]), anomalies)
    references = (("candidature", TALENTS, UNKNOWN_CANDIDATE), ("numero", "candidatures", UNKNOWN_DOSSIER))
    for column, other, code in references:
        if other in checked:
            suspects = unknown(checked[tab_id], column, checked[other], checked[other].layout.schema.key, code)
            leave_out(checked, tab_id, suspects, anomalies)
    for suspects in (*unknown_jurors(checked, tab_id), scores_in_deports(checked[tab_id])):
        leave_out(checked, tab_id, suspects, anomalies)
    if TALENTS in checked:
        checked[tab_id] = of_kept(checked, tab_id, TALENTS)


def repeated_hearings(table: Table) -> Suspects:
    """The evaluations by one juror of one candidate for one project; or for several, where one does not say which."""
    columns, frame = ("candidature", "jure"), table.frame
    keys = frame[list(columns)]
    several = keys.duplicated(keep=False) & keys.notna().all(axis=1)
    untold = frame["numero"].isna().groupby([frame[column] for column in columns]).transform("any").eq(other=True)
    return alike(table, several & (untold | frame.duplicated([*columns, "numero"], keep=False)), columns, JUROR_TWICE)


NOTES_TAB: Final = NotesTab(
    notes.TAB,
    REVIEWS,
    "candidature",
    notes.OF_CANDIDATES,
    "candidat",
    "Évaluations talents",
    "--talents jury collect",
    "talents.results_before",
    apart="numero",
    checks=check_reviews,
    unknown=UNKNOWN_CANDIDATE,
)


def _last_day(campaign: Campaign) -> date | None:
    """The day before the outcome is due."""
    before = campaign.section(TalentRules).results_before
    return None if before is None else before - timedelta(days=1)


GRID: Final = Grid(
    notes=NOTES_TAB,
    criteria=lambda campaign: campaign.section(TalentRules).criteria,
    scale=lambda campaign: campaign.section(TalentRules).scale,
    last_day=_last_day,
)
