"""Candidates as a jury reviews them: tabs, rules, words; the grid of their jury. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.grids import Grid
from eig_sheets.campaign.reviews.received_notes import NotesTab
from eig_sheets.campaign.reviews.row_checks import of_kept, scores_in_deports
from eig_sheets.campaign.reviews.subjects import ReviewSubject, SubjectWords
from eig_sheets.config import Campaign
from eig_sheets.features.talents import assigned, notes
from eig_sheets.features.talents.acts import CANDIDATE_ASSIGNMENT, CANDIDATES
from eig_sheets.features.talents.recusals import recusals_of_candidates
from eig_sheets.features.talents.results import assessed_candidates
from eig_sheets.features.talents.rules_ranking import to_hear
from eig_sheets.features.talents.settings import CandidateReadingRules, TalentRules
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.workbook.anomalies import Anomaly, blocking, warning
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.row_checks import (
    JUROR_TWICE,
    UNKNOWN_DOSSIER,
    Suspects,
    alike,
    leave_out,
    unknown,
    unknown_jurors,
)

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


CANDIDATE_ASSIGNMENT_LAPSED: Final = warning(
    "affectation_talent_caduque",
    "{value} devait noter ce candidat, mais {reason} : l’affectation ne compte plus.",
    "Lancez « eig-sheets --talents jury assign --adjust » : le moins possible d’affectations changent.",
)
CANDIDATE_DELETED: Final = warning(
    "candidature_supprimee",
    "Candidature supprimée sur Démarche Numérique le {day}, {reason}.",
    "Si la personne se retire, saisissez « Désisté » en « {header} » ; la ligne reste.",
)


def candidates_of_the_jury(reading: Reading) -> list[str]:
    """The numbers of the candidates whom the jury hears; none without their tab."""
    if not reading.has(TALENTS):
        return []
    candidates, evaluations, assessed = assessed_candidates(reading)
    return to_hear(candidates, assessed, evaluations["candidature"])


SUBJECT: Final = ReviewSubject(
    tab=TALENTS,
    key="candidature",
    typed=REVIEWS,
    reviews=(REVIEWS, NOTES_TAB.id),
    withdrawn="statut",
    deleted=CANDIDATE_DELETED,
    grid=GRID,
    assigned=assigned.TAB,
    table=assigned.TABLE,
    lapsed=CANDIDATE_ASSIGNMENT_LAPSED,
    profiles="metier",
    opinions=(),
    marks=(),
    words=SubjectWords(
        singular="candidat",
        plural="candidats",
        read="évaluation",
        command="--talents jury assign",
        pages="--talents jury ballots",
        maximum="jury.talents.max_per_juror",
        heading="Affectation du jury des candidats",
        nothing="Aucun candidat à noter : saisissez « Présélectionné » en « Statut » de ceux que le jury entend.",
        unread="le jury n’entend plus ce candidat",
        number=("candidate", "Candidature"),
        name=("name", "Candidat"),
        explained="rank --talents --explain",
        scored="Le jury a déjà noté cette candidature.",
        unknown=(
            "La candidature « {number} » n’est pas dans l’onglet « Talents », ou une anomalie l’écarte : voyez "
            "« eig-sheets check ».{hint}"
        ),
        missing=(
            "Il n’y a pas d’onglets Talents et Évaluations talents : ajoutez-les à workbook.people_tabs s’ils n’y sont "
            "pas, puis lancez « eig-sheets init »."
        ),
    ),
    closes=lambda reading: reading.campaign.section(TalentRules).last_moment,
    assignment_act=CANDIDATE_ASSIGNMENT,
    progress_act=CANDIDATES,
    rules=lambda reading: reading.campaign.section(CandidateReadingRules),
    numbers=candidates_of_the_jury,
    recusals=recusals_of_candidates,
    names=assigned.names,
)
