"""Dossiers as their jury reviews them: the tabs, the rules and the words. Pure."""

from __future__ import annotations

from typing import Final

from eig_sheets.call.applications.rules_eligibility import assess
from eig_sheets.call.scoring.rules_ranking import to_read
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews import affectations
from eig_sheets.campaign.reviews.grids import OF_DOSSIERS
from eig_sheets.campaign.reviews.merged_evaluations import TYPED
from eig_sheets.campaign.reviews.received_notes import NOTES
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.campaign.reviews.subjects import ReviewSubject, SubjectWords
from eig_sheets.workbook.anomalies import warning

ASSIGNMENT_LAPSED: Final = warning(
    "affectation_caduque",
    "{value} devait lire ce dossier, mais {reason} : l’affectation ne compte plus.",
    "Lancez « eig-sheets jury assign --adjust » : le moins possible d’affectations changent.",
)
DOSSIER_DELETED: Final = warning(
    "dossier_supprime",
    "Dossier supprimé sur Démarche Numérique le {day}, {reason}.",
    "Si son porteur se retire, saisissez « Désisté » en « {header} » ; la ligne reste.",
)


def dossiers_of_the_jury(reading: Reading) -> list[str]:
    """The numbers of the dossiers that the jury reads: those that would be ranked once they are."""
    dossiers, campaign = reading.valid_rows("candidatures"), reading.campaign
    available = reading.layout_of("candidatures").available
    return to_read(dossiers, assess(dossiers, available, campaign.campaign, campaign.eligibility))


DOSSIERS: Final = ReviewSubject(
    tab="candidatures",
    key="numero",
    typed=TYPED,
    reviews=(TYPED, NOTES),
    withdrawn="decision",
    deleted=DOSSIER_DELETED,
    grid=OF_DOSSIERS,
    assigned=affectations.TAB,
    table=affectations.TABLE,
    lapsed=ASSIGNMENT_LAPSED,
    profiles="profils",
    opinions=("avis",),
    marks=("coup_de_coeur",),
    words=SubjectWords(
        singular="dossier",
        plural="dossiers",
        read="lecture",
        command="jury assign",
        pages="jury ballots",
        maximum="jury.max_per_juror",
        heading="Affectation du jury",
        nothing="Aucun dossier à lire : ils sont inéligibles, écartés ou retirés, ou l’onglet est vide.",
        unread="le jury ne lit plus ce dossier",
        number=("dossier", "Dossier"),
        name=("project", "Projet"),
        explained="rank --explain",
        scored="Le jury a déjà noté ce dossier.",
    ),
    closes=lambda reading: reading.campaign.campaign.last_moment,
    assignment_act=Act.ASSIGNMENT,
    progress_act=Act.JURY_PROGRESS,
    rules=lambda reading: reading.campaign.jury,
    numbers=dossiers_of_the_jury,
    recusals=recusals_of,
    names=affectations.names,
)
