"""The rows of `Talents` of the sample, day after day: received, screened, heard, decided, under contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from eig_sheets.domain.decisions import HEARD, PRESELECTED, REFUSED, RETAINED, WAITING, WITHDRAWN
from eig_sheets.features.talents.sample_candidates import (
    Hearing,
    HearingOutcome,
    not_heard,
    places,
    talents,
    working_days,
)
from eig_sheets.sample.history import Fact, History, day_of
from eig_sheets.sample.sources import Row, professions_of, seeded_random, settings

_COSTS = ("cost_up_to_5_years", "cost_over_5_years")


def talents_over_time(
    rows: Sequence[Row], heard: Sequence[Hearing], numbers: Mapping[str, str], seed: int
) -> list[History]:
    """The history of each candidate; `rows` are what they sent, `numbers` those of the dossiers by project."""
    hearing_of = {str(hearing.candidate["candidature"]): (rank, hearing) for rank, hearing in enumerate(heard, 1)}
    others = {str(row["candidature"]) for row in not_heard(rows, seed)}
    comments = {
        (candidate["prenom"], candidate["nom"]): candidate["commentaire"] for candidate in talents()["candidates"]
    }
    return [
        [*_candidate(row, hearing_of, others, numbers, comments.get((str(row["prenom"]), str(row["nom"]))), seed)]
        for row in rows
    ]


def _candidate(
    row: Row,
    hearing_of: Mapping[str, tuple[int, Hearing]],
    others: set[str],
    numbers: Mapping[str, str],
    comment: str | None,
    seed: int,
) -> Iterator[Fact]:
    whom = str(row["candidature"])
    rng = seeded_random(seed, f"talent {whom}")
    yield Fact(day_of(row["date_depot"]), row)
    screened = rng.choice(working_days("screened"))
    if whom in hearing_of:
        rank, hearing = hearing_of[whom]
        yield Fact(screened, {"statut": PRESELECTED})
        yield _wishes(rank, hearing, screened, numbers, rng)
        yield from _heard(hearing, numbers, rng)
    elif whom in others:
        yield Fact(screened, {"statut": PRESELECTED})
        yield Fact(talents()["without_choice_on"], {"statut": REFUSED, "commentaire": "N’a choisi aucun projet."})
    else:
        yield Fact(screened, {"statut": REFUSED, "commentaire": comment})


def _wishes(rank: int, hearing: Hearing, screened: date, numbers: Mapping[str, str], rng: Random) -> Fact:
    """Up to three projects, the one for which the candidate is heard among the first two."""
    others = [name for name in _asking(str(hearing.candidate["metier"])) if name != hearing.project]
    names = [*rng.sample(others, min(rng.choice((0, 1, 2, 2)), len(others)))]
    names.insert(0 if rng.random() < 0.75 else min(1, len(names)), hearing.project)
    wishes = {f"voeu_{place}": name for place, name in enumerate(names, 1)}
    typed: Mapping[str, Any] = next((wishes for wishes in talents()["wishes"] if wishes["heard"] == rank), {})
    wishes |= {field: names[0] if name == "=" else name for field, name in typed.items() if field != "heard"}
    day = max(talents()["revealed"], screened + timedelta(days=1))
    day += timedelta(days=rng.randint(0, (talents()["chosen_by"] - day).days))
    chosen_at = datetime.combine(day, time(rng.randint(9, 22), rng.randint(0, 59)))
    return Fact(day, {**{field: numbers[name] for field, name in wishes.items()}, "voeux_le": chosen_at})


def _asking(profession: str) -> list[str]:
    """The projects that ask for a profession, or all of them when none does; nobody chooses the one without a team."""
    asked, chosen = professions_of(), [*dict.fromkeys(place.project for place in places())]
    return [name for name in chosen if profession in asked[name]] or chosen


def _heard(hearing: Hearing, numbers: Mapping[str, str], rng: Random) -> Iterator[Fact]:
    yield Fact(talents()["convened_on"], {"audition": hearing.at})
    yield Fact(hearing.at.date(), {"statut": HEARD})
    chosen: Row = {"statut": RETAINED, "projet_decide": numbers[hearing.project]}
    if hearing.outcome is HearingOutcome.REFUSED:
        yield Fact(hearing.decided, {"statut": REFUSED})
    elif hearing.outcome is HearingOutcome.WAITS:
        yield Fact(hearing.decided, {"statut": WAITING})
        yield Fact(talents()["waiting_ends"], {"statut": REFUSED})
    elif hearing.outcome is HearingOutcome.REPLACES:
        story = talents()["withdrawal"]
        yield Fact(hearing.decided, {"statut": WAITING})
        yield Fact(story["replaced_on"], chosen)
        yield from _contract(hearing, story["replacement_starts"], rng)
    elif hearing.outcome is HearingOutcome.WITHDRAWN:
        yield Fact(hearing.decided, chosen)
        gone: Row = {"statut": WITHDRAWN, "projet_decide": None, "commentaire": "A préféré une autre offre."}
        yield Fact(talents()["withdrawal"]["on"], gone)
    else:
        yield Fact(hearing.decided, chosen)
        yield from _contract(hearing, talents()["starts"], rng)


def _contract(hearing: Hearing, starts: date, rng: Random) -> Iterator[Fact]:
    yield Fact(rng.choice(working_days("signed")), {"debut_contrat": datetime.combine(starts, time())})
    experience = hearing.candidate["experience"]
    is_senior = isinstance(experience, int) and experience > 5  # the rule: five years, included
    cost = settings("story.toml")[_COSTS[is_senior]] * rng.uniform(0.95, 1.06)
    yield Fact(rng.choice(working_days("costed")), {"cout_reel": round(cost)})
