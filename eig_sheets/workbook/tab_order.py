"""The order of the tabs of a new workbook: what people need every day, what a phase adds, then what is made hidden."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from eig_sheets.workbook.model.plan import CreateTab

_ORDER: Final = (
    "accueil",  # the tab on which a new workbook opens
    "candidatures",
    "jury",
    "evaluations",
    "classement",
    "projets",
    "anomalies",
    "emails",
    "cofinancement",
    "affectations",
    "grilles",
    "notes_recues",
    "declarations_recues",
    "eligibilite",
    "modifications",
    "talents",
    "evaluations_talents",
    "affectations_talents",
    "notes_recues_talents",
    "voeux_recus",
    "classement_talents",
    "regles",
    "parametres",
    "reglages",
    "archives",
    "envois",
    "journal",
    "donnees_graphiques",
)


_SHOWN: Final = {"talents": "candidatures", "evaluations_talents": "evaluations"}
"""The tabs of which some take the place in a workbook of candidates, where they are shown."""


def in_order(created: Iterable[CreateTab]) -> list[CreateTab]:
    """The tabs to create in their order; one that the order does not name comes last of those shown, or of all."""
    places = {tab_id: place for place, tab_id in enumerate(_ORDER)}

    def place(operation: CreateTab) -> tuple[bool, int]:
        tab_id = operation.sheet.id if operation.sheet.hidden else _SHOWN.get(operation.sheet.id, operation.sheet.id)
        return operation.sheet.hidden, places.get(tab_id, len(_ORDER))

    return sorted(created, key=place)
