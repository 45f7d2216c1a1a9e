"""Which e-mails are due: to an applicant, from the words that people typed; to a juror, from what is left to score."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

import pandas as pd

from eig_sheets.domain.decisions import (
    LAUREATE,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    WAITING,
)
from eig_sheets.domain.rules import TEMPLATES, EmailRules
from eig_sheets.french import plain

__all__ = ["COLUMNS", "TEMPLATES", "due", "message_id"]

COLUMNS: Final = ("id", "template", "numero", "person", "round")

_ONCE: Final = "1"

_Row = tuple[str, str, str | None, str | None, str]


def due(dossiers: pd.DataFrame, jurors: pd.DataFrame, rules: EmailRules, today: date) -> pd.DataFrame:
    """The e-mails due on `today`, one a row, whatever was drafted before: an id that exists already is not new.

    `dossiers`, one a row: numero (unique), eligibility, to_complete (tuple), preselection, decision, cofin_requested,
    cofin_missing (tuple). `jurors`, one a row: email (unique), pending (tuple of dossier numbers).
    The answer has `COLUMNS`, in the order of `TEMPLATES` then of numbers and addresses; numero or person is None.
    """
    rows = [*_to_applicants(dossiers, rules, today), *_to_jurors(jurors, rules, today)]
    return pd.DataFrame([row for row in rows if row[1] not in rules.disabled], columns=[*COLUMNS], dtype=object)


def message_id(template: str, whom: str, number: str) -> str:
    """The stable id of an e-mail to a dossier or a person; `number` tells one round of the same e-mail from another."""
    return "-".join((template, _short_name(whom)) + ((number,) if number != _ONCE else ()))


def _short_name(whom: str) -> str:
    # A plain number names itself. Anything else gets a hash, which keeps apart what looks alike once simplified.
    if whom.isascii() and whom.isalnum():
        return whom
    words = plain(whom.partition("@")[0])[:24].split()
    return "-".join((*words, hashlib.sha256(whom.encode()).hexdigest()[:10]))


def _to_applicants(dossiers: pd.DataFrame, rules: EmailRules, today: date) -> Iterator[_Row]:
    for template, concerned in _conditions(dossiers, rules, today).items():
        for numero in sorted(dossiers.loc[concerned, "numero"]):
            yield message_id(template, numero, _ONCE), template, numero, None, _ONCE


def _conditions(dossiers: pd.DataFrame, rules: EmailRules, today: date) -> dict[str, pd.Series]:
    preselection, decision = dossiers["preselection"], dossiers["decision"]
    undecided = decision.isna()
    untouched = undecided & preselection.isna()
    ineligible = preselection.isin([REJECTED_INELIGIBLE])
    # « Écarté » then « Lauréat » contradict each other: nothing leaves until a person corrects one of them.
    rejected = preselection.isin([REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT])
    announced = rules.announced is None or rules.announced <= today
    laureate = decision.isin([LAUREATE]) & ~rejected & announced
    incomplete = dossiers["eligibility"].isin(["a_instruire"]) & _filled(dossiers["to_complete"])
    cofinancing = dossiers["cofin_requested"].isin([True]) & _filled(dossiers["cofin_missing"])
    return {
        "accuse_reception": untouched,
        "pieces_manquantes": untouched & incomplete & _can_still_reply(rules, today),
        "ineligible": ineligible & (undecided | decision.isin([REFUSED])),
        "convocation_jury": undecided & preselection.isin([PRESELECTED]),
        "laureat": laureate,
        "liste_attente": decision.isin([WAITING]) & ~rejected & announced,
        "non_retenu": decision.isin([REFUSED]) & ~ineligible & announced,
        "cofinancement_a_completer": laureate & cofinancing,
    }


def _filled(lists: pd.Series) -> pd.Series:
    return lists.map(len).astype(int) > 0


def _can_still_reply(rules: EmailRules, today: date) -> bool:
    before = rules.reply_before
    return before is None or today <= (before.date() if isinstance(before, datetime) else before)


def _to_jurors(jurors: pd.DataFrame, rules: EmailRules, today: date) -> Iterator[_Row]:
    reached = [reminder for reminder in rules.reminders if reminder <= today]
    if not reached:
        return
    reminder = max(reached).isoformat()
    for email in sorted(jurors.loc[_filled(jurors["pending"]), "email"]):
        yield message_id("relance_jure", email, reminder), "relance_jure", None, email, reminder
