"""The candidates of the sample, what each sent, and who is heard for which place of a team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from eig_sheets.sample.dossiers import selected
from eig_sheets.sample.sources import Row, professions_of, seeded_random, settings, settings_in
from eig_sheets.text.french import plain


def applications(seed: int) -> list[Row]:
    """One row a candidate, in the order of receipt: what was sent, and nothing of what was decided."""
    rng = seeded_random(seed, "candidates")
    own = [dict(candidate) for candidate in talents()["candidates"]]
    people, professions = _names(rng), [*_professions(own)]
    rng.shuffle(professions)
    rows = [_application(*next(people), profession, rng) for profession in professions]
    rows += [
        {**_application(candidate["prenom"], candidate["nom"], candidate["metier"], rng), **_filled(candidate)}
        for candidate in own
    ]
    rows.sort(key=lambda row: str(row["date_depot"]))
    return [_numbered(row, number) for row, number in zip(rows, _numbers(rng), strict=False)]


def talents() -> Mapping[str, Any]:
    """What the sample says of its call for talents."""
    return settings_in(Path(__file__).with_name("sample.toml"))


def is_special(row: Row) -> bool:
    """Whether the candidate is one of those of whom the sample says something of their own."""
    return (row["prenom"], row["nom"]) in {
        (candidate["prenom"], candidate["nom"]) for candidate in talents()["candidates"]
    }


def _names(rng: Random) -> Iterator[tuple[str, str]]:
    """First and family names, no two people alike."""
    words = talents()["words"]
    pairs = [*product(words["first_names"], words["family_names"])]
    rng.shuffle(pairs)
    return iter(pairs)


def _professions(own: Sequence[Row]) -> Iterator[str]:
    """The profession of each candidate, but of those who have rows of their own."""
    taken = [candidate["metier"] for candidate in own]
    for profession, numbers in talents()["professions"].items():
        yield from [profession] * (numbers["applied"] - taken.count(profession))


def _application(first: str, family: str, profession: str, rng: Random) -> Row:
    situation, longest = rng.choice([*talents()["situations"].items()])
    return {
        "prenom": first,
        "nom": family,
        "email": f"{plain(first)}.{plain(family).replace(' ', '-')}@{settings('story.toml')['domain']}",
        "metier": profession,
        "experience": round(rng.triangular(0, longest, min(4, longest))),
        "statut_actuel": situation,
        "date_depot": _moment(rng),
        "cv": "cv.pdf",
    }


def _moment(rng: Random) -> datetime:
    first, last = talents()["pace"]
    day = first + timedelta(days=round((last - first).days * rng.random() ** talents()["busiest"]))
    return datetime.combine(day, time(rng.randint(8, 22), rng.randint(0, 59), rng.randint(0, 59)))


def _filled(own: Row) -> Row:
    """The cells of a candidate's own; an empty text clears one."""
    return {field: None if value == "" else value for field, value in own.items() if field != "commentaire"}


def _numbers(rng: Random) -> Iterator[int]:
    number = talents()["first_number"]
    while True:
        number += rng.randint(20, 300)
        yield number


def _numbered(row: Row, number: int) -> Row:
    domain = settings("story.toml")["domain"]
    attached = {"cv": f"https://{domain}/{number}/{row['cv']}"} if row["cv"] else {}
    return {"candidature": str(number), **row, **attached}


class Place(NamedTuple):
    """A place of a team: a project and the profession that it asks for."""

    project: str
    profession: str


class HearingOutcome(Enum):
    """What becomes of a candidate who was heard."""

    RECRUITED = auto()
    WITHDRAWN = auto()
    """Chosen, then gives up."""
    REPLACES = auto()
    """On the waiting list, then takes the place of who gave up."""
    WAITS = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Hearing:
    """A candidate who is heard; `quality` is the mean around which notes are drawn."""

    candidate: Row
    project: str
    at: datetime
    outcome: HearingOutcome
    quality: float
    decided: date


def hearings(rows: Sequence[Row], seed: int) -> list[Hearing]:
    """The hearings of a year, in the order of their hours; `rows` are the candidates."""
    chosen = [*_chosen(rows, seed)]
    slots = _slots([place.project for place, _ in chosen])
    made = [_hearing(place, rank, people[rank], next(slots[place.project]), seed)
            for place, people in chosen for rank in range(len(people))]  # fmt: skip
    return sorted(made, key=lambda hearing: (hearing.at, hearing.project))


def places() -> list[Place]:
    """Each place of each team: what real projects asked for, but where the sample says otherwise."""
    asked = professions_of() | talents()["teams"]
    return [Place(name, profession) for name in selected() for profession in asked[name]]


def not_heard(rows: Sequence[Row], seed: int) -> list[Row]:
    """Those who are preselected, and are not heard."""
    return [row for profession, numbers in _hearing_numbers() for row in
            _drawn(rows, profession, seed)[numbers["heard"] : numbers["preselected"]]]  # fmt: skip


def _hearing_numbers() -> Iterator[tuple[str, Mapping[str, int]]]:
    yield from talents()["professions"].items()


def _drawn(rows: Sequence[Row], profession: str, seed: int) -> list[Row]:
    """The candidates of a profession whom nothing sets apart, in an order drawn by lot."""
    candidates = [row for row in rows if row["metier"] == profession and not is_special(row)]
    seeded_random(seed, f"heard {profession}").shuffle(candidates)
    return candidates


def _chosen(rows: Sequence[Row], seed: int) -> Iterator[tuple[Place, list[Row]]]:
    """Each place and the candidates heard for it, the one whom it gets first."""
    everywhere = places()
    for profession, numbers in _hearing_numbers():
        asked = [place for place in everywhere if place.profession == profession]
        people = _drawn(rows, profession, seed)[: numbers["heard"]]
        for number, place in enumerate(asked):
            yield place, people[number :: len(asked)]


def _slots(projects: Sequence[str]) -> dict[str, Iterator[datetime]]:
    """The hours of each project's jury: all of them on one day."""
    days = talents()["hearings"]
    return {name: _hours(days[number % len(days)]) for number, name in enumerate(dict.fromkeys(projects))}


def _hours(day: date) -> Iterator[datetime]:
    moment = datetime.combine(day, talents()["first_hour"])
    while True:
        yield moment
        moment += timedelta(minutes=talents()["hearing_minutes"])


def _hearing(place: Place, rank: int, row: Row, at: datetime, seed: int) -> Hearing:
    rng = seeded_random(seed, f"hearing {row['candidature']}")
    quality = rng.uniform(3.3, 3.8) if rank == 0 else rng.uniform(2.9, 3.3) if rank == 1 else rng.uniform(1.8, 2.9)
    return Hearing(row, place.project, at, _outcome(place, rank, rng.random()), quality, _decided(place.project))


def _outcome(place: Place, rank: int, chance: float) -> HearingOutcome:
    if place == withdrawal_place() and rank < 2:
        return HearingOutcome.REPLACES if rank else HearingOutcome.WITHDRAWN
    if rank == 0:
        return HearingOutcome.RECRUITED
    return HearingOutcome.WAITS if rank == 1 and chance < 0.5 else HearingOutcome.REFUSED


def working_days(period: str) -> list[date]:
    """The working days of a period that the sample names."""
    first, last = talents()[period]
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def withdrawal_place() -> Place:
    """The place that somebody gives up."""
    story: Mapping[str, Any] = talents()["withdrawal"]
    return Place(story["projet"], story["metier"])


def _decided(project: str) -> date:
    """The day when people decide on a team: one after the other, on working days."""
    days, everyone = working_days("decided"), selected()
    return days[everyone.index(project) * len(days) // len(everyone)]
