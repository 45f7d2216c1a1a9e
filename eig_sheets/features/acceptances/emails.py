"""Reminders to those who were asked whether they accept, and have not answered. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.emails.catalogue.due import Condition, Fact, Situation, for_each
from eig_sheets.emails.catalogue.entries import Email, Mail
from eig_sheets.features.acceptances.answers import concerned, silent
from eig_sheets.features.acceptances.asked import FIELD, Asked, asked_in
from eig_sheets.features.acceptances.jurors import JURORS
from eig_sheets.features.acceptances.laureates import LAUREATES
from eig_sheets.features.acceptances.settings import AcceptanceSettings

Silent = Mapping[str, Collection[str]]


def _silent(reading: Reading) -> Silent:
    every = asked_in(reading.campaign)
    return {asked.tab: [*silent(concerned(reading, asked))[asked.key]] for asked in every}


SILENT: Final[Fact[Silent]] = Fact(_silent)
"""Those who may answer and have not, by tab: their keys."""


def reminder(asked: Asked, chosen: tuple[str, str] | None = None) -> Condition:
    """Once for each row that was asked so many days ago, and has not answered.

    `chosen`: the field and the word of rows that are still asked.
    """

    @for_each(asked.tab, asked.key)
    def condition(rows: pd.DataFrame, now: Situation) -> pd.Series:
        told = rows[asked.key].isin([*_late(asked, now)])
        return told & rows[chosen[0]].isin([chosen[1]]) if chosen else told

    return condition


def _late(asked: Asked, now: Situation) -> Collection[str]:
    keys = (now.tables.fact(SILENT) or {}).get(asked.tab, ())
    days = [(key, now.last_sent(asked.templates, key)) for key in keys]
    return [key for key, day in days if day is not None and day + _wait(now) <= now.today]


def _wait(now: Situation) -> timedelta:
    return timedelta(now.settings.section(AcceptanceSettings).reminded_after_days)


def _while_the_jury_lasts(condition: Condition) -> Condition:
    return lambda template, now: condition(template, now) if now.still_open(now.jury_ends) else iter(())


MAIL: Final = Mail(
    emails=(
        Email(id="rappel_acceptation", about=LAUREATES.tab, due=reminder(LAUREATES, ("decision", LAUREATE)),
              accepts={"decision": (LAUREATE,), FIELD: (None,)}),
        Email(id="rappel_acceptation_jure", about=JURORS.tab, due=_while_the_jury_lasts(reminder(JURORS)),
              accepts={FIELD: (None,)}),
    ),
    facts=(SILENT,),
)  # fmt: skip
