"""When each milestone of a project is due: from the first day of its team, never from today. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

import pandas as pd

from eig_sheets.domain.date_bounds import after
from eig_sheets.domain.decisions import RETAINED
from eig_sheets.domain.frames import unreadable
from eig_sheets.domain.rules import Experimentation
from eig_sheets.domain.working_days import working_day
from eig_sheets.features.follow_up.settings import ROLES, FollowUpRules, Milestone
from eig_sheets.text.french import typographic


class Period(NamedTuple):
    """The first and the last day of a project's team, both included; None for an end that nobody can tell."""

    starts: date
    ends: date | None


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
    """The period of each project: that of the call, or from the first to the last day of those it recruited.

    `talents`: statut, projet_decide, debut_contrat, fin_contrat, unreadable; None when the workbook has no such tab.
    With a contract that has no end, a project lasts at least as long as the experimentation. One of which the start, or
    whose person's `statut`, cannot be read leaves its project without a period; one whose end cannot, or precedes its
    start, without an end.
    """
    of_the_call = Period(experimentation.starts, experimentation.ends)
    period_of = dict.fromkeys(map(str, numbers), of_the_call)
    if talents is None:
        return period_of
    people = talents[talents["projet_decide"].isin(numbers)]
    unread = unreadable(people, ["statut", "debut_contrat", "fin_contrat"])
    retained = people["statut"].isin([RETAINED])
    for number, team in people[retained].groupby("projet_decide"):
        period_of[str(number)] = _of_team(team, experimentation)
    reversed_ = (people["fin_contrat"] < people["debut_contrat"]).to_numpy(dtype=bool)
    for number in people.loc[retained & (unread["fin_contrat"] | reversed_), "projet_decide"]:
        period_of[str(number)] = period_of[str(number)]._replace(ends=None)
    for number in people.loc[unread["statut"] | (retained & unread["debut_contrat"]), "projet_decide"]:
        period_of.pop(str(number), None)
    return period_of


def _of_team(team: pd.DataFrame, experimentation: Experimentation) -> Period:
    """From the first day of somebody to the last day of somebody: who leaves before does not end the project."""
    started = [moment.date() for moment in team["debut_contrat"].dropna()]
    starts = min(started, default=experimentation.starts)
    ends = [moment.date() for moment in team["fin_contrat"].dropna()]
    usual = [_usual_end(starts, experimentation)] if len(ends) < len(team) else []
    return Period(starts, max([*ends, *usual]))


def _usual_end(starts: date, experimentation: Experimentation) -> date:
    if starts == experimentation.starts:
        return experimentation.ends
    return after(starts, months=experimentation.months) - timedelta(days=1)


def schedule(rules: FollowUpRules, period: Period) -> list[Planned]:
    """The milestones of a project of that period, in the order of their dates, then of the configuration.

    Without an end, there are none that are counted from it, nor that come back until it.
    """
    every = (planned for milestone in rules.milestones for planned in _planned(milestone, rules, period))
    return sorted(every, key=lambda planned: planned.due)


def _planned(milestone: Milestone, rules: FollowUpRules, period: Period) -> Iterator[Planned]:
    role, label = ROLES[milestone.owner], typographic(milestone.label)
    if milestone.every_months is None:
        due = _due(milestone, rules, period)
        if due is not None:
            yield Planned(milestone.id, label, role, due)
        return
    for place in count(1):
        day = after(period.starts, months=place * milestone.every_months)
        if period.ends is None or day > period.ends:
            return
        due = working_day(day, rules.rest_days)
        yield Planned(f"{milestone.id}-{place}", f"{label} n° {place}", role, due)


def _due(milestone: Milestone, rules: FollowUpRules, period: Period) -> date | None:
    """A date that people decided stays, whatever the day of the week; None when it is counted from an unknown end."""
    if milestone.date is not None:
        return milestone.date
    anchor = period.starts if milestone.of == "start" else period.ends
    if anchor is None:
        return None
    shifted = after(anchor, months=milestone.months) + timedelta(weeks=milestone.weeks, days=milestone.days)
    return working_day(shifted, rules.rest_days)
