"""Which rows of `Suivi` to add for a project: once each, and none that people deleted. Pure.

Rule (issue 18, point 4): rows are generated, then people's. What was made is remembered by the id of its rule, so that
a row that people rename, date otherwise or delete is not made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from eig_sheets.features.follow_up.schedule import Planned
from eig_sheets.text.french import plain

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
