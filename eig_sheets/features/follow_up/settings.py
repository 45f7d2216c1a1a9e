"""`[follow_up]`: the milestones of every selected project, when each is due, and what is wrong in them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from eig_sheets.config import Campaign
from eig_sheets.config.coherence import Order
from eig_sheets.config.sections import Section, beside, texts_beside
from eig_sheets.domain.rules import Rules, Words
from eig_sheets.text.french import plain

Shift = Annotated[int, Field(ge=-1000, le=1000)]
Days = Annotated[int, Field(ge=0, le=366)]
Role = Literal["porteur", "mentor", "equipe", "rh", "gestion", "programme"]

DONE: Final = "Fait"
POINTLESS: Final = "Sans objet"
POSTPONED: Final = "Reporté"
MILESTONE_STATES: Final = (DONE, POSTPONED, POINTLESS)

OF_THE_PROGRAMME: Final = "Programme"
ROLES: Final = {
    "porteur": "Porteur",
    "mentor": "Mentor",
    "equipe": "Équipe EIG",
    "rh": "RH",
    "gestion": "Gestion",
    "programme": OF_THE_PROGRAMME,
}
"""Who answers for a milestone, as the configuration and as people say it."""
REMINDED_ROLES: Final = tuple(role for role in ROLES.values() if role != OF_THE_PROGRAMME)
"""Those who are reminded of it: the programme's own team reads the tab."""


class Milestone(Rules):
    """`[[follow_up.milestones]]`: a milestone of every selected project.

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
    applicants are asked what their project opened. `remind_days`: a milestone is recalled so many days before its date.
    """

    rest_days: Literal["before", "after"] = "before"
    deliverables_months: Annotated[int, Field(ge=0, le=120)] = 2
    asked_months: Annotated[int, Field(ge=0, le=120)] = 1
    remind_days: Days = 7
    milestones: tuple[Milestone, ...] = ()


def follow_up_errors(campaign: Campaign) -> Iterator[str]:
    """A French sentence for each value of `[follow_up]` that contradicts another."""
    milestones = campaign.section(FollowUpRules).milestones
    for word, times in Counter(milestone.id for milestone in milestones).items():
        if times > 1:
            yield f"[[follow_up.milestones]] donne deux fois l’id « {word} » : chaque jalon a le sien"
    spelled = {plain(milestone.label): milestone.label for milestone in milestones}
    for word, times in Counter(plain(milestone.label) for milestone in milestones).items():
        if not word:
            yield (
                f"[[follow_up.milestones]] : le label « {spelled[word]} » n’a ni lettre ni chiffre : donnez-lui un nom"
            )
        elif times > 1:
            yield (
                f"[[follow_up.milestones]] donne deux fois le label « {spelled[word]} » : c’est lui qui reconnaît une "
                "ligne"
            )
    for place, milestone in enumerate(milestones, 1):
        yield from _contradictions(f"follow_up.milestones[{place}]", milestone)


def _contradictions(key: str, milestone: Milestone) -> Iterator[str]:
    shifted = [name for name in ("months", "weeks", "days") if getattr(milestone, name)]
    others = [*shifted, *(["of"] if milestone.of == "end" else [])]
    if milestone.date is not None and (others or milestone.every_months):
        other = (others or ["every_months"])[0]
        yield f"{key} donne à la fois date et {other} : gardez la date, ou la règle"
    elif milestone.every_months and others:
        yield f"{key}.every_months part du premier jour de l’équipe : retirez {others[0]}"
    if not milestone.remind and milestone.remind_days is not None:
        yield f"{key} donne remind_days et remind = false : gardez l’un des deux"


_DAYS: Final = "follow_up.milestones.date"
SECTION: Final = Section(
    key="follow_up",
    model=FollowUpRules,
    errors=follow_up_errors,
    moved={
        "milestones": "follow_up.milestones",
        "emails.experimentation.remind_days": "follow_up.remind_days",
    },
    orders=(
        Order("scoring.closes", _DAYS, "les jalons sont ceux des lauréats", refused=False),
        Order(_DAYS, "emails.experimentation.ends", "un jalon précède la fin du projet", refused=False),
    ),
    packaged=beside(__file__),
)
TEXTS: Final = texts_beside(__file__)
