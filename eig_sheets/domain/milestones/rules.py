"""`[[milestones]]` and `[follow_up]`: the milestones of every selected project, and when each is due."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from eig_sheets.domain.rules import Rules, Words

Shift = Annotated[int, Field(ge=-1000, le=1000)]
Days = Annotated[int, Field(ge=0, le=366)]
Role = Literal["porteur", "mentor", "equipe", "rh", "gestion", "programme"]


class Milestone(Rules):
    """`[[milestones]]`: a milestone of every selected project.

    It is due on `date`, else so many `months`, then `weeks`, then `days` after the first day of the project's team
    (before it when they are negative), or after its last day (`of = "end"`). `every_months`: it comes back so many
    months after the first day, and again, until the last. `owner`: who is reminded; `programme` is the officers
    themselves, who read the tab. `remind_days` before it is due, else as for any milestone; `remind = false` where
    another message does it.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Words
    owner: Role = "porteur"
    date: datetime.date | None = None
    of: Literal["start", "end"] = "start"
    months: Shift = 0
    weeks: Shift = 0
    days: Shift = 0
    every_months: Annotated[int, Field(ge=1, le=120)] | None = None
    remind: bool = True
    remind_days: Days | None = None


class FollowUpRules(Rules):
    """`[follow_up]`: how milestones are followed.

    `rest_days`: a date that is worked out and on which nobody works gives way to the working day before it, or after.
    `deliverables_months`, `asked_months`: months before the end from which `Livrables` is of use, and from which
    applicants are asked what their project opened.
    """

    rest_days: Literal["before", "after"] = "before"
    deliverables_months: Annotated[int, Field(ge=0, le=120)] = 2
    asked_months: Annotated[int, Field(ge=0, le=120)] = 1
