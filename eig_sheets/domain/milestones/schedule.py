"""When each milestone of a project is due: from the first day of its team, never from today. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

import pandas as pd

from eig_sheets.domain.decisions import RETAINED, ROLES
from eig_sheets.domain.milestones.rules import FollowUpRules, Milestone
from eig_sheets.domain.rules import Experimentation
from eig_sheets.domain.working_days import working_day
from eig_sheets.text.french import typographic


class Period(NamedTuple):
    """The first and the last day of a project's team, both included."""

    starts: date
    ends: date


class Planned(NamedTuple):
    """A milestone of a project: `key` is the id of its rule and, of one that comes back, which time it is.

    `label` and `role` are the words of its row, `due` its date.
    """

    key: str
    label: str
    role: str
    due: date


def periods(
    numbers: Sequence[str], talents: pd.DataFrame | None, experimentation: Experimentation
) -> dict[str, Period]:
    """The period of each project: that of the call, or as long from the earliest contract of those it recruited.

    `talents`: statut, projet_decide, debut_contrat; None when the workbook has no such tab.
    """
    first = _first_contracts(talents)
    of_the_call = Period(experimentation.starts, experimentation.ends)
    return {
        number: _from(first[number], experimentation) if number in first else of_the_call
        for number in map(str, numbers)
    }


def _first_contracts(talents: pd.DataFrame | None) -> Mapping[str, date]:
    if talents is None:
        return {}
    recruited = talents[talents["statut"].isin([RETAINED])].dropna(subset=["projet_decide", "debut_contrat"])
    earliest = recruited.groupby("projet_decide")["debut_contrat"].min()
    return {str(number): moment.date() for number, moment in earliest.items()}


def _from(starts: date, experimentation: Experimentation) -> Period:
    if starts == experimentation.starts:
        return Period(starts, experimentation.ends)
    return Period(starts, after(starts, months=experimentation.months) - timedelta(days=1))


def schedule(milestones: Sequence[Milestone], rules: FollowUpRules, period: Period) -> list[Planned]:
    """The milestones of a project of that period, in the order of their dates, then of the configuration."""
    found = [planned for milestone in milestones for planned in _planned(milestone, rules, period)]
    return sorted(found, key=lambda planned: planned.due)


def _planned(milestone: Milestone, rules: FollowUpRules, period: Period) -> Iterator[Planned]:
    role, label = ROLES[milestone.owner], typographic(milestone.label)
    if milestone.every_months is None:
        yield Planned(milestone.id, label, role, _due(milestone, rules, period))
        return
    for place in count(1):
        day = after(period.starts, months=place * milestone.every_months)
        if day > period.ends:
            return
        due = working_day(day, rules.rest_days)
        yield Planned(f"{milestone.id}-{place}", f"{label} n° {place}", role, due)


def _due(milestone: Milestone, rules: FollowUpRules, period: Period) -> date:
    """A date that people decided stays, whatever the day of the week."""
    if milestone.date is not None:
        return milestone.date
    anchor = period.starts if milestone.of == "start" else period.ends
    shifted = after(anchor, months=milestone.months) + timedelta(weeks=milestone.weeks, days=milestone.days)
    return working_day(shifted, rules.rest_days)


def after(day: date, *, months: int) -> date:
    """The same day so many months later, or the last of a shorter month; earlier when `months` is negative."""
    return (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
