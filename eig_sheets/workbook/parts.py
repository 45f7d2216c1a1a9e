"""Registry of which tabs are in which workbook, when candidates have a workbook of their own."""

from __future__ import annotations

from typing import Final

from eig_sheets.domain.parts import Part

TALENT_TABS: Final = ("talents", "evaluations_talents")
"""People's tabs of the candidates."""

_EMPTIED: Final = ("affectations_talents", "classement_talents", "notes_recues_talents")
"""Robot's tabs of the candidates: a workbook of projects has them only if it once held everything, and empties them."""
_MOVED: Final = ("voeux_recus",)
"""The same for records that no other tab holds: each is kept until the candidates' workbook has it."""

_OF_TALENTS: Final = frozenset((*TALENT_TABS, "projets"))
_OF_BOTH: Final = frozenset(
    (
        "accueil",
        "jury",
        "emails",
        "anomalies",
        "modifications",
        "archives",
        "envois",
        "journal",
        *_EMPTIED,
        *_MOVED,
    )
)
_NEEDED: Final = {
    Part.WHOLE: frozenset(("candidatures", "jury", "evaluations", "emails")),
    Part.PROJECTS: frozenset(("candidatures", "jury", "evaluations", "emails")),
    Part.TALENTS: frozenset(("talents", "jury", "evaluations_talents", "emails")),
}
_ALONE: Final = frozenset(("projets",))
"""Robot's tabs that only a candidates' workbook has: elsewhere, the tab that they sum up is in the same workbook."""

COMPUTED: Final = frozenset(
    ("classement", "cofinancement", "eligibilite", "classement_talents", "reglages", "anomalies")
)
"""Robot's tabs that a run only writes; it reads back the others, which are records or tell of runs."""

WORKBOOKS: Final = {
    Part.WHOLE: "classeur",
    Part.PROJECTS: "classeur des projets",
    Part.TALENTS: "classeur des candidats",
}
"""French names of the workbook of each part."""


def is_in(tab_id: str, part: Part) -> bool:
    """Whether the workbook of that part has the tab, people's or the robot's, by its id."""
    if part is Part.WHOLE:
        return tab_id not in _ALONE
    return tab_id in _OF_BOTH or (tab_id in _OF_TALENTS) == (part is Part.TALENTS)


def is_emptied(tab_id: str, part: Part) -> bool:
    """Whether the robot's tab, left there by earlier runs, is to be emptied in the workbook of that part."""
    return part is Part.PROJECTS and tab_id in _EMPTIED


def always_in(part: Part) -> frozenset[str]:
    """The ids of the people's tabs that the workbook of that part always has, the outbox included."""
    return _NEEDED[part]
