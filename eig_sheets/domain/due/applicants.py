"""E-mails about a dossier, from the words that people typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import pandas as pd

from eig_sheets.domain.decisions import (
    LAUREATE,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    WAITING,
)
from eig_sheets.domain.due.days import reached, still_open, to_come
from eig_sheets.domain.due.ids import Due, about_dossiers, message_id
from eig_sheets.domain.rules import EmailRules


def to_applicants(dossiers: pd.DataFrame, rules: EmailRules, today: date, told: Collection[str]) -> Iterator[Due]:
    """The e-mails of the call for projects. `told` are ids of e-mails that people have received."""
    for template, concerned in _conditions(dossiers, rules, today, told).items():
        yield from about_dossiers(template, dossiers[concerned])


def laureates(dossiers: pd.DataFrame) -> pd.Series:
    """The dossiers that somebody decided to select, and that are not set aside."""
    # « Écarté » then « Lauréat » contradict each other: nothing leaves until a person corrects one of them.
    return dossiers["decision"].isin([LAUREATE]) & ~_rejected(dossiers)


def _rejected(dossiers: pd.DataFrame) -> pd.Series:
    return dossiers["preselection"].isin([REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT])


def _conditions(dossiers: pd.DataFrame, rules: EmailRules, today: date, told: Collection[str]) -> dict[str, pd.Series]:
    preselection, decision = dossiers["preselection"], dossiers["decision"]
    undecided = decision.isna()
    untouched, set_aside = undecided & preselection.isna(), undecided | decision.isin([REFUSED])
    announced = _announced(rules.announced, today)
    preselection_announced = _announced(rules.preselection_announced or rules.announced, today)
    laureate = laureates(dossiers) & announced
    waited = laureate & _has_waited(dossiers["numero"], told)
    incomplete = dossiers["eligibility"].isin(["a_instruire"]) & _filled(dossiers["to_complete"])
    cofinancing = dossiers["cofin_requested"].isin([True]) & _filled(dossiers["cofin_missing"])
    insufficient = preselection.isin([REJECTED_INSUFFICIENT])
    return {
        "accuse_reception": untouched,
        "pieces_manquantes": untouched & incomplete & still_open(rules.reply_before, today),
        "ineligible": preselection.isin([REJECTED_INELIGIBLE]) & set_aside,
        "non_preselectionne": insufficient & set_aside & preselection_announced,
        "convocation_jury": undecided & preselection.isin([PRESELECTED]) & to_come(dossiers["audition"], today),
        "laureat": laureate & ~waited,
        "liste_attente": decision.isin([WAITING]) & ~_rejected(dossiers) & announced,
        "promotion_liste_attente": waited,
        "non_retenu": decision.isin([REFUSED]) & ~_rejected(dossiers) & announced,
        "cofinancement_a_completer": laureate & cofinancing,
    }


def _announced(day: date | None, today: date) -> bool:
    return day is None or reached(day, today)


def _has_waited(numbers: pd.Series, told: Collection[str]) -> pd.Series:
    received = {one for one in told if one.startswith("liste_attente-")}
    return numbers.map(lambda numero: message_id("liste_attente", numero) in received).astype(bool)


def _filled(lists: pd.Series) -> pd.Series:
    return lists.map(len).astype(int) > 0
