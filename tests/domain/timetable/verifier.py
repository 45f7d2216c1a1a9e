"""A timetable judged from its definition alone, and the best one by trying them all: nothing of it is the program's."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta

from eig_sheets.domain.audition_rules import AuditionRules, Span
from eig_sheets.domain.timetable.problem import Placement, Timetabling

TUESDAY, WEDNESDAY = date(2021, 5, 4), date(2021, 5, 5)


def rules(*hours: tuple[date, str, str], minutes: int = 40, breaks: tuple[tuple[str, str], ...] = (), **others):
    days = tuple({"date": day, "from": first, "to": last} for day, first, last in hours)
    pauses = tuple({"from": first, "to": last} for first, last in breaks)
    return AuditionRules.model_validate({"minutes": minutes, "days": days, "breaks": pauses, **others})


def at(text: str, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text))


def span(first: str, last: str, day: date = TUESDAY) -> Span:
    return Span(at(first, day), at(last, day))


def attendance(problem: Timetabling, one: Placement) -> tuple[set[str], set[str], set[str]]:
    """Who hears, who leaves and who cannot come, minute by minute."""
    [jurors] = [set(group.jurors) for group in problem.groups if group.name == one.group]
    leaving = {juror for juror in jurors if (one.numero, juror) in problem.recusals}
    minutes = [one.span.start + timedelta(minutes=m) for m in range(problem.rules.minutes)]

    def can_come(juror: str) -> bool:
        free = problem.availability.get(juror)
        return free is None or all(any(start <= m < end for start, end in free) for m in minutes)

    missing = {juror for juror in jurors - leaving if not can_come(juror)}
    return jurors - leaving - missing, leaving, missing


def faults(problem: Timetabling, placements: list[Placement]) -> set[tuple[str, str]]:
    """(dossier, what is wrong) of a timetable that nobody decided."""
    found: set[tuple[str, str]] = set()
    for one in placements:
        minutes = [one.span.start + timedelta(minutes=m) for m in range(problem.rules.minutes)]
        for m in minutes:
            sits = [day for day in problem.rules.days if day.date == m.date() and day.start <= m.time() < day.end]
            pauses = [pause for pause in problem.rules.breaks if pause.start <= m.time() < pause.end]
            if not sits or pauses:
                found.add((one.numero, "outside"))
            others = [other for other in placements if other.span.start <= m < other.span.end]
            if len([other for other in others if other.group == one.group]) > 1:
                found.add((one.numero, "group"))
            if len({other.group for other in others}) > (problem.rules.parallel or len(problem.groups)):
                found.add((one.numero, "parallel"))
            people = {h.numero: h.porteurs for h in problem.hearings}
            for other in (other for other in others if other is not one):
                there = people[one.numero] | attendance(problem, one)[0]
                elsewhere = people[other.numero] | attendance(problem, other)[0]
                if (people[one.numero] | people[other.numero]) & there & elsewhere:
                    found.add((one.numero, "porteur"))
        [size] = [len(group.jurors) for group in problem.groups if group.name == one.group]
        here = len(attendance(problem, one)[0])
        if here < size * problem.rules.quorum or (size and not here):
            found.add((one.numero, "quorum"))
    return found


def every_timetable(problem: Timetabling):
    """Every timetable of proposed slots that has no fault; what people decided stays."""
    options = []
    for hearing in problem.hearings:
        names = [group.name for group in problem.groups if group.name in hearing.groups or not hearing.groups]
        own = problem.decided.get(hearing.numero)
        spans = [Span(own, own + problem.rules.length)] if own else problem.rules.slots
        found = [Placement(hearing.numero, one, name) for one in spans for name in names]
        options.append([*found, *([] if own else [None])])
    for picked in itertools.product(*options):
        placements = [one for one in picked if one]
        if not faults(problem, placements):
            yield placements


def score(problem: Timetabling, placements: list[Placement], known: dict[str, Placement] | None = None):
    """What the best timetable has the least of, in turn; what `known` says of the others counts as moved."""
    people = [attendance(problem, one) for one in placements]
    absent, leaving = sum(len(missing) for *_, missing in people), sum(len(out) for _, out, _ in people)
    members = {group.name: set(group.jurors) for group in problem.groups}
    readers = {hearing.numero: hearing.readers for hearing in problem.hearings}
    strangers = sum(len(readers[one.numero] - members[one.group]) for one in placements)
    days, of_groups = ({(one.span.start.date(), one.group if each else "") for one in placements} for each in (0, 1))
    slots = sorted(problem.rules.slots)
    early = sum(slots.index(one.span) for one in placements if one.span in slots)
    moved = sum(1 for numero, one in (known or {}).items() if one not in placements)
    left = len(problem.hearings) - len(placements)
    latest = -sum(len(problem.hearings) - int(one.numero) for one in placements)
    return (left, moved, absent, strangers, leaving, len(days), early, len(of_groups), latest)
