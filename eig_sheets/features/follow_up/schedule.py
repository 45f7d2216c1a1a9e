"""When each milestone of a project is due, and which rows of `Suivi` to add for it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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
from eig_sheets.text.french import plain, typographic


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


Made = Mapping[str, Mapping[str, str]]
"""Number of a project → key of a milestone → the date (ISO 8601) of the row that was made; '' where it is not known."""

Schedules = Mapping[str, Sequence[Planned]]
"""Number of a project → its milestones."""


def never_made(schedules: Schedules, typed: Mapping[str, Collection[str]], made: Made) -> dict[str, list[Planned]]:
    """The milestones of each project for which no row was ever made.

    `typed`: the milestones that rows of the tab name, by project. A project that has rows and that is not remembered
    has had them all, those that people deleted included.
    """
    added = {}
    for number, planned in schedules.items():
        known = made.get(number)
        if known is None and _any_there(planned, typed.get(number, ())):
            continue
        there = _names(typed.get(number, ()))
        new = [
            milestone
            for milestone in planned
            if milestone.key not in (known or ()) and plain(milestone.label) not in there
        ]
        added.update({number: new} if new else {})
    return added


def unnamed(schedules: Schedules, typed: Mapping[str, Collection[str]]) -> dict[str, list[Planned]]:
    """The milestones of each project that no row names, whatever was made before: those that people ask for again."""
    listed = {number: [*_unnamed(planned, typed.get(number, ()))] for number, planned in schedules.items()}
    return {number: planned for number, planned in listed.items() if planned}


def remembered(schedules: Schedules, typed: Mapping[str, Collection[str]], made: Made, added: Schedules) -> Made:
    """What to remember once rows are added; a project that has rows and was not remembered has had all of them."""
    known = {number: dict(keys) for number, keys in made.items()}
    for number, planned in schedules.items():
        if number not in known and _any_there(planned, typed.get(number, ())):
            known[number] = dict.fromkeys((milestone.key for milestone in planned), "")
        elif number in known:
            named = (milestone.key for milestone in planned if plain(milestone.label) in _names(typed.get(number, ())))
            known[number] = {**dict.fromkeys(named, ""), **known[number]}
    for number, planned in added.items():
        known[number] = {**known.get(number, {}), **{milestone.key: milestone.due.isoformat() for milestone in planned}}
    return known


def moved(planned: Sequence[Planned], made: Mapping[str, str], typed: Mapping[str, date]) -> list[Planned]:
    """The milestones whose row still has its first date, where the rule now gives another.

    `typed`: the date of each row that is neither done nor given up, by `plain` name.
    """
    return [
        milestone
        for milestone in planned
        if (day := typed.get(plain(milestone.label))) is not None
        and made.get(milestone.key) == day.isoformat() != milestone.due.isoformat()
    ]


def _any_there(planned: Sequence[Planned], typed: Collection[str]) -> bool:
    return len([*_unnamed(planned, typed)]) < len(planned)


def _unnamed(planned: Sequence[Planned], typed: Collection[str]) -> Iterator[Planned]:
    there = _names(typed)
    return (milestone for milestone in planned if plain(milestone.label) not in there)


def _names(typed: Collection[str]) -> set[str]:
    return {plain(name) for name in typed}
