"""Candidates as a jury reviews them: their tabs, the rules of their jury, its words. Pure."""

from __future__ import annotations

from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.review_subjects import ReviewSubject, SubjectWords
from eig_sheets.features.talents import assigned
from eig_sheets.features.talents.acts import CANDIDATE_ASSIGNMENT, CANDIDATES
from eig_sheets.features.talents.grid import GRID, NOTES_TAB
from eig_sheets.features.talents.recusals import recusals_of_candidates
from eig_sheets.features.talents.results import assessed_candidates
from eig_sheets.features.talents.rules_ranking import to_hear
from eig_sheets.features.talents.settings import CandidateReadingRules, TalentRules
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.workbook.codes import warning

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
