"""The milestones of the sample's projects: set once, then done, postponed or late, day after day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from eig_sheets.domain.decisions import DONE
from eig_sheets.sample.history import Fact, History
from eig_sheets.sample.sources import Row, seeded_random, settings

_LATEST_NOTICE = 3
"""Days before a date, at most, in which what is done in time is done."""


def milestones(
    numbers: Mapping[str, str], projects: Sequence[str], withdrawn: Mapping[str, date], seed: int
) -> list[History]:
    """The history of each milestone, project by project; `numbers`: of the dossiers, by project.

    `withdrawn`: the day when people delete the milestones of a project that is withdrawn.
    """
    story = settings("programme.toml")["follow_up"]
    told = {(state["projet"], state["jalon"]): state for state in story["states"]}
    return [
        [
            *_milestone(
                numbers[project], milestone, told.get((project, milestone["jalon"])), withdrawn.get(project), seed
            )
        ]
        for project in projects
        for milestone in story["milestones"]
    ]


def _milestone(
    numero: str, milestone: Mapping[str, Any], otherwise: Mapping[str, Any] | None, withdrawn: date | None, seed: int
) -> Iterator[Fact]:
    known: Row = {field: milestone[field] for field in ("jalon", "responsable")}
    created_on = settings("programme.toml")["follow_up"]["created_on"]
    yield Fact(created_on, {"numero": numero, **known, "echeance": datetime.combine(milestone["on"], time.min)})
    if withdrawn is not None:
        yield Fact(withdrawn, None)
    elif otherwise is not None:
        yield from _otherwise(otherwise, milestone["on"])
    else:
        notice = seeded_random(seed, f"{numero} {milestone['jalon']}").randint(0, _LATEST_NOTICE)
        done = milestone["on"] - timedelta(days=notice)
        yield Fact(done, {"statut": DONE, "fait_le": datetime.combine(done, time.min)})


def _otherwise(told: Mapping[str, Any], day: date) -> Iterator[Fact]:
    """What people say on the eve of a milestone, and that it is done on its new day where the sample says so."""
    row: Row = {"statut": told["statut"] or None, "commentaire": told.get("commentaire")}
    later = told.get("echeance")
    yield Fact(day - timedelta(days=1), row | ({"echeance": datetime.combine(later, time.min)} if later else {}))
    if later and told.get("fait"):
        yield Fact(later, {"statut": DONE, "fait_le": datetime.combine(later, time.min)})
