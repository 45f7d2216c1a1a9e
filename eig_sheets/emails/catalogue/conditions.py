"""Conditions: when each e-mail of the call, or to the selected projects, is due, from the data and the date alone.

One function an e-mail, which its record in the catalogue names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from eig_sheets.domain.decisions import (
    LAUREATE,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    WAITING,
)
from eig_sheets.domain.rules import Experimentation
from eig_sheets.emails.catalogue.due import Due, Situation, for_each, message_id, one_each

# ---- Dossiers, until the decision


@for_each("candidatures")
def untouched(dossiers: pd.DataFrame, _now: Situation) -> pd.Series:
    """Nobody typed anything about the dossier."""
    return dossiers["decision"].isna() & dossiers["preselection"].isna()


@for_each("candidatures")
def incomplete(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    """Applicants can still complete the dossier, and nobody typed anything about it."""
    lacks = dossiers["eligibility"].isin(["a_instruire"]) & _filled(dossiers["to_complete"])
    blank = dossiers["decision"].isna() & dossiers["preselection"].isna()
    return blank & lacks & now.still_open(now.rules.reply_before)


@for_each("candidatures")
def rejected_ineligible(dossiers: pd.DataFrame, _now: Situation) -> pd.Series:
    """Officers rejected the dossier as ineligible."""
    return dossiers["preselection"].isin([REJECTED_INELIGIBLE]) & _set_aside(dossiers)


@for_each("candidatures")
def rejected_insufficient(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    """Officers rejected the dossier before the jury."""
    announced = now.announced(now.rules.preselection_announced or now.rules.announced)
    return dossiers["preselection"].isin([REJECTED_INSUFFICIENT]) & _set_aside(dossiers) & announced


@for_each("candidatures")
def hearing(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    """The applicants are invited to a hearing."""
    chosen = dossiers["preselection"].isin([PRESELECTED]) & dossiers["decision"].isna()
    return chosen & now.to_come(dossiers["audition"])


# ---- Jurors: nobody is invited any more once reminders have begun: a reminder names the dossiers of a latecomer too


def jury_invitation(template: str, now: Situation) -> Iterator[Due]:
    """Each juror, from the day of the invitation until the first reminder, never once the jury is over."""
    rules = now.rules
    begun = any(now.reached(day) for day in (*rules.reminders, rules.jury_thanked))
    if now.reached(rules.jury_invited) and not begun and now.still_open(now.jury_ends):
        yield from one_each(template, now.tables.jurors, "email")


def jury_reminder(template: str, now: Situation) -> Iterator[Due]:
    """Each juror with dossiers left to score, at each reminder, until the jury is over."""
    reminders = [day for day in now.rules.reminders if now.reached(day)]
    if reminders and not now.reached(now.rules.jury_thanked) and now.still_open(now.jury_ends):
        late = now.tables.jurors[_filled(now.tables.jurors["pending"])]
        yield from one_each(template, late, "email", max(reminders).isoformat())


def jury_receipt(template: str, now: Situation) -> Iterator[Due]:
    """Each juror whose pages were collected, once for each content, until the day of thanks."""
    if now.rules.jury_thanked is not None and now.still_open(now.rules.jury_thanked):
        jurors = now.tables.jurors
        there = jurors[_filled(jurors["received"])]
        for email, row, receipt in sorted(zip(there["email"], there["row"].astype(int), there["receipt"], strict=True)):
            yield Due(message_id(template, email, receipt), template, None, email, receipt, row)


def jury_thanks(template: str, now: Situation) -> Iterator[Due]:
    """Each juror who took part, for a month after the jury."""
    day = now.rules.jury_thanked
    if day is not None and day <= now.today <= day + timedelta(30):
        yield from one_each(template, now.tables.jurors[now.tables.jurors["took_part"].astype(bool)], "email")


# ---- Dossiers, once decided


def laureates(dossiers: pd.DataFrame) -> pd.Series:
    """Where dossiers are decided as selected and not rejected."""
    # « Écarté » then « Lauréat » contradict each other: nothing leaves until a person corrects one of them.
    return dossiers["decision"].isin([LAUREATE]) & ~_rejected(dossiers)


@for_each("candidatures")
def laureate(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    """The dossier is selected, and was not told to wait before."""
    return _told_selected(dossiers, now) & ~_has_waited(dossiers, now)


@for_each("candidatures")
def waiting(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    """The dossier is on the waiting list."""
    return dossiers["decision"].isin([WAITING]) & ~_rejected(dossiers) & now.announced(now.rules.announced)


@for_each("candidatures")
def promoted(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    """The dossier is selected after it was told to wait."""
    return _told_selected(dossiers, now) & _has_waited(dossiers, now)


@for_each("candidatures")
def refused(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    """The jury did not select the dossier."""
    return dossiers["decision"].isin([REFUSED]) & ~_rejected(dossiers) & now.announced(now.rules.announced)


@for_each("candidatures")
def cofinancing_incomplete(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    """The dossier is selected, and information is missing to pay what it asks for."""
    lacks = dossiers["cofin_requested"].isin([True]) & _filled(dossiers["cofin_missing"])
    return _told_selected(dossiers, now) & lacks


# ---- Words


def _rejected(dossiers: pd.DataFrame) -> pd.Series:
    return dossiers["preselection"].isin([REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT])


def _set_aside(dossiers: pd.DataFrame) -> pd.Series:
    return dossiers["decision"].isna() | dossiers["decision"].isin([REFUSED])


def _told_selected(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    return laureates(dossiers) & now.announced(now.rules.announced)


def _has_waited(dossiers: pd.DataFrame, now: Situation) -> pd.Series:
    received = {email_id for email_id in now.received if email_id.startswith("liste_attente-")}
    if not received:
        return pd.Series(data=False, index=dossiers.index)
    return dossiers["numero"].map(lambda numero: message_id("liste_attente", numero) in received).astype(bool)


def _filled(lists: pd.Series) -> pd.Series:
    return lists.map(len).astype(int) > 0


def welcome(template: str, now: Situation) -> Iterator[Due]:
    """Each selected project, from the first day, for a month."""
    period = under_way(now)
    if period and not months_reached(period, now.today):
        yield from one_each(template, selected_projects(now), "numero")


def monthly(period: Experimentation) -> list[date]:
    """The first day once more in each month that follows, until the end."""
    months = pd.period_range(period.starts, period.ends, freq="M").size
    days = [(pd.Timestamp(period.starts) + pd.DateOffset(months=month)).date() for month in range(1, months)]
    return [day for day in days if day <= period.ends]


def months_reached(period: Experimentation, today: date) -> list[date]:
    """Those of these days that are not to come."""
    return [day for day in monthly(period) if day <= today]


def under_way(now: Situation) -> Experimentation | None:
    """The experimentation, on one of its days."""
    period = now.rules.experimentation
    return period if period and period.starts <= now.today <= period.ends else None


def selected_projects(now: Situation) -> pd.DataFrame:
    """The dossiers that are selected."""
    return now.tables.dossiers[laureates(now.tables.dossiers)]
