"""Which rows may still receive a message, by the words that people typed so far, whatever the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from eig_sheets.domain.decisions import (
    BOOKED,
    DONE,
    HELD,
    LAUREATE,
    MILESTONE_STATES,
    POINTLESS,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    RETAINED,
    TO_EVALUATE,
    WAITING,
)
from eig_sheets.domain.due.talents import WISHES

_Words = Mapping[str, tuple[str | None, ...]]


def _decided(word: str) -> _Words:
    return {"preselection": (None, PRESELECTED), "decision": (None, word)}


def _set_aside(word: str) -> _Words:
    return {"preselection": (None, word), "decision": (None, REFUSED)}


_UNTOUCHED: Final[_Words] = {"preselection": (None,), "decision": (None,)}

_ACCEPTED: Final[Mapping[str, _Words]] = {
    "accuse_reception": _UNTOUCHED,
    "pieces_manquantes": _UNTOUCHED,
    "ineligible": _set_aside(REJECTED_INELIGIBLE),
    "non_preselectionne": _set_aside(REJECTED_INSUFFICIENT),
    "convocation_jury": {"preselection": (None, PRESELECTED), "decision": (None,)},
    "laureat": _decided(LAUREATE),
    "liste_attente": _decided(WAITING),
    "promotion_liste_attente": _decided(LAUREATE),
    "non_retenu": _decided(REFUSED),
    "cofinancement_a_completer": _decided(LAUREATE),
    "bienvenue": _decided(LAUREATE),
    "point_mensuel": _decided(LAUREATE),
    "accuse_talent": {"statut": (None, TO_EVALUATE)},
    "choix_projets": {"statut": (PRESELECTED,)},
    "convocation_talent": {"statut": (PRESELECTED,)},
    "talent_retenu": {"statut": (RETAINED,)},
    "talent_non_retenu": {"statut": (REFUSED,)},
    "confirmation_creneau": {"statut": (BOOKED,)},
    "invitation_webinaire": {"statut": (BOOKED, HELD)},
    "rappel_jalon": {"statut": (None, *(state for state in MILESTONE_STATES if state not in (DONE, POINTLESS)))},
}
"""For each template, the words under which a row may receive it; None for a blank."""

_NOT_EMPTY: Final = {
    "pieces_manquantes": "to_complete",
    "cofinancement_a_completer": "cofin_missing",
    "relance_jure": "pending",
}
"""E-mails that ask for what a row lacks: those who lack nothing do not receive them."""


def may_receive(template: str, rows: pd.DataFrame) -> pd.Series:
    """Where nothing that people typed keeps that message from being due one day. `rows` are those of its table."""
    possible = pd.Series(data=True, index=rows.index)
    for field, words in _ACCEPTED.get(template, {}).items():
        blank = rows[field].isna() if None in words else False
        possible &= rows[field].isin([word for word in words if word is not None]) | blank
    if (asked := _NOT_EMPTY.get(template)) is not None:
        possible &= rows[asked].map(len).astype(int) > 0
    if template == "convocation_talent":
        possible &= rows[[*WISHES]].notna().any(axis=1)
    return possible
