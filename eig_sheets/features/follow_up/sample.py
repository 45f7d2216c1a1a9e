"""The milestones of the sample's projects, set once, then done, postponed or late; the messages about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from eig_sheets.domain.rules import Experimentation
from eig_sheets.emails.catalogue.conditions import monthly
from eig_sheets.features.follow_up.settings import DONE
from eig_sheets.features.follow_up.tabs import FOLLOW_UP
from eig_sheets.sample.dossiers import numbers, selected, withdrawn
from eig_sheets.sample.history import Fact, History, SampleRows, SampleSendings
from eig_sheets.sample.sources import Row, seeded_random, settings_in

_LATEST_NOTICE = 3
"""Days before a date, at most, in which what is done in time is done."""


def _story() -> Mapping[str, Any]:
    story: Mapping[str, Any] = settings_in(Path(__file__).with_name("sample.toml"))["follow_up"]
    return story


def _milestones(dossiers: Sequence[Row], seed: int) -> list[History]:
    """The history of each milestone, project by project; people delete those of a project that is withdrawn."""
    story, number_of = _story(), numbers(dossiers)
    gone = {project: withdrawal["on"] for project, withdrawal in withdrawn().items()}
    told = {(state["projet"], state["jalon"]): state for state in story["states"]}
    return [
        [*_milestone(number_of[project], milestone, told.get((project, milestone["jalon"])), gone.get(project), seed)]
        for project in selected()
        for milestone in story["milestones"]
    ]


def _milestone(
    numero: str, milestone: Mapping[str, Any], otherwise: Mapping[str, Any] | None, withdrawn: date | None, seed: int
) -> Iterator[Fact]:
    known: Row = {field: milestone[field] for field in ("jalon", "responsable")}
    yield Fact(
        _story()["created_on"], {"numero": numero, **known, "echeance": datetime.combine(milestone["on"], time.min)}
    )
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


def _monthly_points(period: Experimentation) -> Mapping[str, Mapping[date, str]]:
    return {"point_mensuel": {day: day.isoformat() for day in monthly(period)}}


PARTS: Final = (SampleRows(FOLLOW_UP, _milestones), SampleSendings(_monthly_points))
