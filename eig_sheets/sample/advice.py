"""The advice slots of the sample: offered, booked, held or cancelled, day after day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from eig_sheets.domain.decisions import BOOKED, CANCELLED, FREE, HELD
from eig_sheets.sample.history import Fact, History
from eig_sheets.sample.jury import address
from eig_sheets.sample.sources import Row, seeded_random, settings


def slots(dossiers: Sequence[Row], seed: int) -> list[History]:
    """The history of each slot, in the order of the hours; `dossiers`: those who ask for advice before they apply."""
    story, visitors = _story(), _visitors(dossiers, seed)
    histories: list[History] = []
    for number, (rank, moment) in enumerate(
        (rank, hour) for day in _fridays() for rank, hour in enumerate(_hours(day))
    ):
        who = next(visitors, None) if rank < story["booked"] else None
        histories.append([*_slot(moment, who, number in story["cancelled"], seed)])
    return histories


def _story() -> Mapping[str, Any]:
    story: Mapping[str, Any] = settings("programme.toml")["advice"]
    return story


def _fridays() -> list[date]:
    first, last = _story()["first"], _story()["last"]
    return [first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1)]


def _hours(day: date) -> Iterator[datetime]:
    story = _story()
    for rank in range(story["booked"] + story["free"]):
        yield datetime.combine(day, story["hour"]) + timedelta(minutes=rank * story["minutes"])


def _visitors(dossiers: Sequence[Row], seed: int) -> Iterator[Row]:
    """Those who ask for advice: who will apply, once each, and a few who never do."""
    people: dict[object, Row] = {
        row["email_porteur"]: {
            "reserve_par": row["porteur_projet"],
            "email": row["email_porteur"],
            "administration": row["administration"],
            "projet": row["projet"],
        }
        for row in dossiers
        if "@" in str(row["email_porteur"])
    }
    visitors = [*people.values()]
    for visitor in _story()["visitors"]:
        known = {"administration": visitor["administration"], "projet": visitor["projet"]}
        visitors.append({"reserve_par": visitor["nom"], "email": address(visitor["nom"]), **known})
    seeded_random(seed, "advice").shuffle(visitors)
    return iter(visitors)


def _slot(moment: datetime, who: Row | None, cancelled: bool, seed: int) -> Iterator[Fact]:
    story, day = _story(), moment.date()
    yield Fact(story["published_on"], {"debut": moment, "duree": story["minutes"], "statut": FREE})
    if who is None:
        yield Fact(day + timedelta(days=1), None)
        return
    notice = seeded_random(seed, f"slot {moment}").randint(2, story["notice"])
    yield Fact(max(story["published_on"], day - timedelta(days=notice)), {**who, "statut": BOOKED})
    yield Fact(day - timedelta(days=1), {"statut": CANCELLED}) if cancelled else Fact(day, {"statut": HELD})
