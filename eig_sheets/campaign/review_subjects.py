"""What a jury reviews, dossiers or candidates: the tabs, the rules and the words of each. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.campaign.candidate_recusals import recusals_of_candidates
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recusals import Recusals, recusals_of
from eig_sheets.campaign.talent_results import assessed_candidates
from eig_sheets.domain import eligibility
from eig_sheets.domain.ranking import to_read
from eig_sheets.domain.rules import ReadingRules
from eig_sheets.domain.talents.ranking import to_hear
from eig_sheets.workbook.codes import Code, warning
from eig_sheets.workbook.merged_evaluations import TYPED
from eig_sheets.workbook.notes_tabs import CANDIDATE_NOTES, CANDIDATE_NOTES_TAB, DOSSIER_NOTES_TAB, NOTES, NotesTab
from eig_sheets.workbook.render import affectations, affectations_talents
from eig_sheets.workbook.render.affectations import NamedAssignment
from eig_sheets.workbook.table import Table

ASSIGNMENT_LAPSED: Final = warning(
    "affectation_caduque",
    "{value} devait lire ce dossier, mais {reason} : l’affectation ne compte plus.",
    "Lancez « eig-sheets jury assign --adjust » : le moins possible d’affectations changent.",
)
CANDIDATE_ASSIGNMENT_LAPSED: Final = warning(
    "affectation_talent_caduque",
    "{value} devait noter ce candidat, mais {reason} : l’affectation ne compte plus.",
    "Lancez « eig-sheets --talents jury assign --adjust » : le moins possible d’affectations changent.",
)


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """The French of what is reviewed.

    `read`: one evaluation of it; `command`: the one that assigns; `pages`: that of its ballots; `maximum`: the key of
    the configuration that says how many a juror has at most; `heading`: the title of an assignment in the Journal;
    `nothing`: that there is none to read; `unread`: that one of them is read no more.
    """

    singular: str
    plural: str
    read: str
    command: str
    pages: str
    maximum: str
    heading: str
    nothing: str
    unread: str


@dataclass(frozen=True, slots=True)
class ReviewSubject:
    """Dossiers or candidates, for the jury that reviews them.

    `tab` and `key`: the people's tab that has them, and the field of their number; `typed`: the people's tab of their
    evaluations; `reviews`: every tab that has some, by ids; `opinions`, `marks`: fields of an evaluation that say
    something besides the scores, whatever they hold, or by a « oui »; `notes`: the robot's tab of what pages say;
    `withdrawn`: the field in which « Désisté » is typed. `assigned`: the robot's tab of who reads what,
    a `table`; `lapsed`: the code of the anomaly of a pair that holds no more. `profiles`: the field that is
    compared with what jurors know.
    """

    tab: str
    key: str
    typed: str
    reviews: tuple[str, ...]
    withdrawn: str
    notes: NotesTab
    assigned: str
    table: Table[NamedAssignment]
    lapsed: Code
    profiles: str
    opinions: tuple[str, ...]
    marks: tuple[str, ...]
    words: SubjectWords
    rules: Callable[[Reading], ReadingRules]
    criteria: Callable[[Reading], tuple[str, ...]]
    numbers: Callable[[Reading], list[str]]
    recusals: Callable[[Reading], Recusals]
    names: Callable[[pd.DataFrame], dict[str, str | None]]


def dossiers_of_the_jury(reading: Reading) -> list[str]:
    """The numbers of the dossiers that the jury reads: those that would be ranked once they are."""
    dossiers, campaign = reading.valid_rows("candidatures"), reading.campaign
    available = reading.layout_of("candidatures").available
    return to_read(dossiers, eligibility.assess(dossiers, available, campaign.campaign, campaign.eligibility))


def candidates_of_the_jury(reading: Reading) -> list[str]:
    """The numbers of the candidates whom the jury hears; none without their tab."""
    if not reading.has("talents"):
        return []
    candidates, evaluations, assessed = assessed_candidates(reading)
    return to_hear(candidates, assessed, evaluations["candidature"])


DOSSIERS: Final = ReviewSubject(
    tab="candidatures",
    key="numero",
    typed=TYPED,
    reviews=(TYPED, NOTES),
    withdrawn="decision",
    notes=DOSSIER_NOTES_TAB,
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
    ),
    rules=lambda reading: reading.campaign.jury,
    criteria=lambda reading: (*reading.campaign.labels,),
    numbers=dossiers_of_the_jury,
    recusals=recusals_of,
    names=affectations.names,
)
CANDIDATES: Final = ReviewSubject(
    tab="talents",
    key="candidature",
    typed="evaluations_talents",
    reviews=("evaluations_talents", CANDIDATE_NOTES),
    withdrawn="statut",
    notes=CANDIDATE_NOTES_TAB,
    assigned=affectations_talents.TAB,
    table=affectations_talents.TABLE,
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
    ),
    rules=lambda reading: reading.campaign.jury.talents,
    criteria=lambda reading: (*reading.campaign.talents.labels,),
    numbers=candidates_of_the_jury,
    recusals=recusals_of_candidates,
    names=affectations_talents.names,
)
