"""Which e-mails of the catalogue are due, which rows may receive one, and which can leave one day. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.domain.parts import Part
from eig_sheets.emails.catalogue.due import NOTHING_RECEIVED, Due, Situation, Tables
from eig_sheets.emails.catalogue.entries import APPOINTMENTS, CALL, Catalogue, Email
from eig_sheets.emails.catalogue.settings import MessageSettings

COLUMNS: Final = Due._fields


def due(
    tables: Tables,
    settings: MessageSettings,
    today: date,
    received: Mapping[str, date | None] = NOTHING_RECEIVED,
    part: Part = Part.WHOLE,
    catalogue: Catalogue = CALL,
) -> pd.DataFrame:
    """The e-mails due on `today`, one row each, whatever was drafted before: an id may exist already.

    `received`: the ids of e-mails that people have received, and when each was sent (`Situation`): a laureate who was
    told to wait is told otherwise.
    `part`: the part of the call that the workbook holds; e-mails of the other part are left out.
    The answer has `COLUMNS`, in the order of the catalogue then of numbers, people and moments; each id is there once.
    """
    now, disabled = Situation(tables, settings, today, received), settings.emails.disabled
    enabled = (email for email in catalogue if email.id not in disabled and email.is_of(part))
    found = ((email, due_email) for email in enabled if email.due for due_email in email.due(email.id, now))
    rows = [due_email for email, due_email in found if email.setting(settings)]
    return pd.DataFrame(rows, columns=[*COLUMNS], dtype=object).drop_duplicates("id", ignore_index=True)


def announced(tables: Tables, settings: MessageSettings, today: date) -> frozenset[str]:
    """The numbers of the dossiers whose typed decision may be known, even if its message is switched off."""
    now = Situation(tables, settings, today)
    of_dossiers = (email for email in CALL if email.about == "candidatures")
    decisions = [email for email in of_dossiers if email.founded_on_ranking or email.refusal]
    return frozenset(
        str(due_email.numero) for email in decisions if email.due for due_email in email.due(email.id, now)
    )


def may_receive(email: Email, rows: pd.DataFrame) -> pd.Series:
    """The mask of rows that may receive an e-mail one day, by what people typed. `rows` are those of its table."""
    possible = pd.Series(data=True, index=rows.index)
    for field, words in email.accepts.items():
        blank = rows[field].isna() if None in words else False
        possible &= rows[field].isin([word for word in words if word is not None]) | blank
    if email.asks_for is not None:
        possible &= rows[email.asks_for].map(len).astype(int) > 0
    if email.chose:
        possible &= rows[[*email.chose]].notna().any(axis=1)
    return possible


def possible(
    settings: MessageSettings, tabs: Collection[str], part: Part = Part.WHOLE, catalogue: Catalogue = CALL
) -> tuple[str, ...]:
    """The ids of e-mails that can leave one day: not disabled, about one of these tabs or none, with their settings.

    `part`: the part of the call that the workbook holds.
    """
    about = {*tabs, APPOINTMENTS}
    return tuple(
        email.id
        for email in catalogue
        if email.id not in settings.emails.disabled
        and email.about in about
        and email.setting(settings)
        and email.is_of(part)
    )
