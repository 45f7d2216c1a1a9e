"""A timetable judged from its definition alone, and the best one by trying them all: nothing of it is the program's."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta

from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.rules_problem import Placement, Timetabling
from eig_sheets.features.auditions.settings import AuditionRules

TUESDAY, WEDNESDAY = date(2021, 5, 4), date(2021, 5, 5)


def rules(*hours: tuple[date, str, str], minutes: int = 40, breaks: tuple[tuple[str, str], ...] = (), **others):
    days = tuple({"date": day, "from": first, "to": last} for day, first, last in hours)
    pauses = tuple({"from": first, "to": last} for first, last in breaks)
    return AuditionRules.model_validate({"minutes": minutes, "days": days, "breaks": pauses, **others})


def at(text: str, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text))


def span(first: str, last: str, day: date = TUESDAY) -> Span:
    return Span(at(first, day), at(last, day))


def attendance(problem: Timetabling, placement: Placement) -> tuple[set[str], set[str], set[str]]:
    """Who hears, who leaves and who cannot come, minute by minute."""
    [jurors] = [set(group.jurors) for group in problem.groups if group.name == placement.group]
    leaving = {juror for juror in jurors if (placement.numero, juror) in problem.recusals}
    minutes = [placement.span.start + timedelta(minutes=m) for m in range(problem.rules.minutes)]

    def can_come(juror: str) -> bool:
        free = problem.availability.get(juror)
        return free is None or all(any(start <= m < end for start, end in free) for m in minutes)

    missing = {juror for juror in jurors - leaving if not can_come(juror)}
    return jurors - leaving - missing, leaving, missing


def faults(problem: Timetabling, placements: list[Placement]) -> set[tuple[str, str]]:
    """(dossier, what is wrong) of a timetable that nobody decided."""
    faulty: set[tuple[str, str]] = set()
    for placement in placements:
        minutes = [placement.span.start + timedelta(minutes=m) for m in range(problem.rules.minutes)]
        for m in minutes:
            sits = [day for day in problem.rules.days if day.date == m.date() and day.start <= m.time() < day.end]
            pauses = [pause for pause in problem.rules.breaks if pause.start <= m.time() < pause.end]
            if not sits or pauses:
                faulty.add((placement.numero, "outside"))
            others = [other for other in placements if other.span.start <= m < other.span.end]
            if len([other for other in others if other.group == placement.group]) > 1:
                faulty.add((placement.numero, "group"))
            if len({other.group for other in others}) > (problem.rules.parallel or len(problem.groups)):
                faulty.add((placement.numero, "parallel"))
            people = {h.numero: h.porteurs for h in problem.hearings}
            for other in (other for other in others if other is not placement):
                there = people[placement.numero] | attendance(problem, placement)[0]
                elsewhere = people[other.numero] | attendance(problem, other)[0]
                if (people[placement.numero] | people[other.numero]) & there & elsewhere:
                    faulty.add((placement.numero, "porteur"))
        [size] = [len(group.jurors) for group in problem.groups if group.name == placement.group]
        here = len(attendance(problem, placement)[0])
        if here < size * problem.rules.quorum or (size and not here):
            faulty.add((placement.numero, "quorum"))
    return faulty


def every_timetable(problem: Timetabling):
    """Every timetable of proposed slots that has no fault; what people decided stays."""
    options = []
    for hearing in problem.hearings:
        names = [group.name for group in problem.groups if group.name in hearing.groups or not hearing.groups]
        own = problem.decided.get(hearing.numero)
        spans = [Span(own, own + problem.rules.length)] if own else problem.rules.slots
        possible = [Placement(hearing.numero, span, name) for span in spans for name in names]
        options.append([*possible, *([] if own else [None])])
    for picked in itertools.product(*options):
        placements = [placement for placement in picked if placement]
        if not faults(problem, placements):
            yield placements


def score(problem: Timetabling, placements: list[Placement], known: dict[str, Placement] | None = None):
    """What the best timetable has the least of, in turn; what `known` says of the others counts as moved."""
    people = [attendance(problem, placement) for placement in placements]
    absent, leaving = sum(len(missing) for *_, missing in people), sum(len(out) for _, out, _ in people)
    members = {group.name: set(group.jurors) for group in problem.groups}
    readers = {hearing.numero: hearing.readers for hearing in problem.hearings}
    strangers = sum(len(readers[placement.numero] - members[placement.group]) for placement in placements)
    days, of_groups = (
        {(placement.span.start.date(), placement.group if each else "") for placement in placements} for each in (0, 1)
    )
    slots = sorted(problem.rules.slots)
    early = sum(slots.index(placement.span) for placement in placements if placement.span in slots)
    moved = sum(1 for numero, placement in (known or {}).items() if placement not in placements)
    left = len(problem.hearings) - len(placements)
    latest = -sum(len(problem.hearings) - int(placement.numero) for placement in placements)
    return (left, moved, absent, strangers, leaving, len(days), early, len(of_groups), latest)
