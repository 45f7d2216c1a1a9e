"""What there is to do about requests: what their rows and their records say together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Final

from eig_sheets.features.requests.rules import Asked, Recorded, Stage

FREE_ROWS: Final = 10
"""Rows that always wait, with a number and without an action."""
MOST_ATTEMPTS: Final = 3
"""Times that an action is done again when each of its runs was stopped on the way."""
ABANDONED: Final = timedelta(hours=1)
"""After so long, a claim of another machine that nothing ended is held to have been interrupted."""


class Step(StrEnum):
    """What there is to do about a request."""

    CLAIM = "claim"
    ARM = "arm"  # the tick is off: from now on it confirms the list shown
    CONFIRM = "confirm"  # the list shown was ticked
    RESUME = "resume"  # claimed, and never ended


class WaitingReason(StrEnum):
    """Why nothing is done about a number for now: people may still change its row."""

    FOREIGN = "foreign"  # the robot gave no such number
    CONFLICT = "conflict"  # two rows have it and differ
    NO_ACTION = "no_action"
    UNKNOWN_ACTION = "unknown_action"
    NOT_OFFERED = "not_offered"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    NAMELESS = "nameless"  # only some may ask for this, and the row says nobody
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A number about which nothing is done for now; `rows` are those concerned."""

    number: str
    reason: WaitingReason
    rows: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A step for one number, with the row that asks for it and what is recorded of it."""

    step: Step
    asked: Asked
    recorded: Recorded | None = None

    @property
    def number(self) -> str:
        """The request's number."""
        return self.asked.number


@dataclass(frozen=True, slots=True)
class Permissions:
    """The actions that are offered, and the names (as compared) of those who alone may ask for some of them."""

    offered: frozenset[str]
    by: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def refusal(self, asked: Asked, name: str) -> WaitingReason | None:
        """Why the row may not be done; `name` is who asks, as names are compared."""
        if asked.action is None or asked.action not in self.offered:
            return WaitingReason.NOT_OFFERED
        allowed = self.by.get(asked.action)
        if allowed is None or name in allowed:
            return None
        return WaitingReason.NOT_ALLOWED if name else WaitingReason.NAMELESS


@dataclass(frozen=True, slots=True)
class Situation:
    """What there is to do, in the order of the rows, and the numbers that wait for people.

    `edited`: the rows that were changed after the claim of their number, by number; `unnumbered`: rows that ask for
    something without a number; `free`: how many rows are free.
    """

    tasks: tuple[Task, ...]
    waiting: tuple[Waiting, ...]
    edited: Mapping[str, tuple[Asked, ...]]
    unnumbered: tuple[Asked, ...]
    free: int


def situation_of(
    rows: Sequence[Asked],
    recorded: Mapping[str, Recorded],
    permissions: Permissions,
    names: Mapping[int, str],
) -> Situation:
    """What follows from the rows and from what is recorded; `names`: who asks, as compared, by row."""
    tasks: list[Task] = []
    waiting: list[Waiting] = []
    edited: dict[str, tuple[Asked, ...]] = {}
    asking = [row for row in rows if row.is_request]
    in_order = sorted(asking, key=attrgetter("number", "row"))
    by_number = {number: tuple(same_number) for number, same_number in groupby(in_order, key=attrgetter("number"))}
    for number, same_number in by_number.items():
        known = recorded.get(number)
        if not number:
            continue
        if known is None:
            step = _unclaimed(number, same_number, permissions, names)
            (waiting if isinstance(step, Waiting) else tasks).append(step)  # type: ignore[arg-type]
            continue
        changed = tuple(row for row in same_number if not row.is_still(known))
        if changed:
            edited[number] = changed
        if follow_up := _claimed(same_number, known, changed=bool(changed)):
            tasks.append(follow_up)
    begun = (record for record in recorded.values() if record.stage in (Stage.RESERVED, Stage.CLAIMED))
    tasks += [Task(Step.RESUME, _as_asked(record), record) for record in begun]
    tasks.sort(key=lambda task: task.asked.row)
    return Situation(tuple(tasks), tuple(waiting), edited, by_number.get("", ()), _free(rows, recorded))


def _as_asked(recorded: Recorded) -> Asked:
    """What was claimed: it is done again whatever became of its row, before what nobody claimed."""
    return Asked(0, recorded.number, recorded.action, recorded.action, recorded.detail, recorded.by)


def _unclaimed(
    number: str, rows: tuple[Asked, ...], permissions: Permissions, names: Mapping[int, str]
) -> Task | Waiting:
    first = rows[0]
    reason: WaitingReason | None
    if not first.has_own_number:
        reason = WaitingReason.FOREIGN
    elif len({row.content for row in rows}) > 1:
        reason = WaitingReason.CONFLICT
    elif not all(row.readable for row in rows):
        reason = WaitingReason.UNREADABLE
    elif not first.typed:
        reason = WaitingReason.NO_ACTION
    elif first.action is None:
        reason = WaitingReason.UNKNOWN_ACTION
    elif first.is_too_long:
        reason = WaitingReason.TOO_LONG
    else:
        reason = permissions.refusal(first, names.get(first.row, ""))
    if reason is not None:
        return Waiting(number, reason, rows)
    return Task(Step.CLAIM, replace(first, confirmed=any(row.confirmed for row in rows)))


def _claimed(rows: tuple[Asked, ...], recorded: Recorded, *, changed: bool) -> Task | None:
    """What the tick of a list that was shown asks for: a copy that is not ticked confirms nothing."""
    if recorded.stage is not Stage.TO_CONFIRM or changed:
        return None
    if recorded.armed and all(row.confirmed for row in rows):
        return Task(Step.CONFIRM, rows[0], recorded)
    if not recorded.armed and not any(row.confirmed for row in rows):
        return Task(Step.ARM, rows[0], recorded)
    return None


def _free(rows: Sequence[Asked], recorded: Mapping[str, Recorded]) -> int:
    """How many numbers have a single row, free, and no record."""
    times = Counter(row.number for row in rows)
    return sum(
        row.is_free and row.has_own_number and row.number not in recorded and times[row.number] == 1 for row in rows
    )


def without_others_at_work(
    tasks: Iterable[Task], own: Collection[str], now: datetime, *, exclusive: bool
) -> list[Task]:
    """The tasks without those that another machine may be doing now.

    `own`: the tokens of this machine's claims; `exclusive`: nobody else can be at work on the workbook.
    """
    return [
        task
        for task in tasks
        if task.step is not Step.RESUME
        or task.recorded is None
        or exclusive
        or task.recorded.token in own
        or now - task.recorded.moment >= ABANDONED
    ]
