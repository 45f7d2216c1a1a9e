"""The advice of the sample, day after day: slots offered, booked, held or cancelled; who comes to webinars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from eig_sheets.features.advice.rules import BOOKED, CANCELLED, FREE, HELD
from eig_sheets.features.advice.tabs import REGISTRATIONS, SLOTS
from eig_sheets.sample.history import Fact, History, SampleRows
from eig_sheets.sample.jury import address
from eig_sheets.sample.sources import Row, seeded_random, settings_in


def _slots(dossiers: Sequence[Row], seed: int) -> list[History]:
    """The history of each slot, in the order of the hours; `dossiers`: those who ask for advice before they apply."""
    story, visitors = _story(), _visitors(dossiers, seed)
    histories: list[History] = []
    for number, (rank, moment) in enumerate(
        (rank, hour) for day in _fridays() for rank, hour in enumerate(_hours(day))
    ):
        who = next(visitors, None) if rank < story["booked"] else None
        histories.append([*_slot(moment, who, number in story["cancelled"], seed)])
    return histories


def _settings() -> Mapping[str, Any]:
    return settings_in(Path(__file__).with_name("sample.toml"))


def _story() -> Mapping[str, Any]:
    story: Mapping[str, Any] = _settings()["advice"]
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


# ---- Webinars


def _registrations(dossiers: Sequence[Row], seed: int) -> list[History]:
    """The history of each registration, in the order of its moment; `dossiers`: of those who apply later."""
    histories = [history for webinar in _settings()["webinars"] for history in _of_webinar(webinar, dossiers, seed)]
    return sorted(histories, key=lambda history: str((history[0].cells or {})["inscrit_le"]))


def _of_webinar(webinar: Mapping[str, Any], dossiers: Sequence[Row], seed: int) -> Iterator[History]:
    rng = seeded_random(seed, f"webinar {webinar['titre']}")
    carriers = {str(row["email_porteur"]): row for row in dossiers if "@" in str(row["email_porteur"])}
    people: list[Row] = [
        {"nom": row["porteur_projet"], "email": email, "administration": row["administration"]}
        for email, row in rng.sample([*carriers.items()], webinar["applicants"])
    ]
    people += [{"nom": name, "email": address(name), "administration": where} for name, where in _others(webinar)]
    for person in people:
        day = webinar["on"] - timedelta(days=rng.randint(1, webinar["notice"]))
        moment = datetime.combine(day, time(rng.randint(9, 18), rng.randint(0, 59)))
        yield [
            Fact(day, {"webinaire": webinar["titre"], **person, "inscrit_le": moment}),
            Fact(webinar["on"] + timedelta(days=1), {"present": "oui" if rng.random() < 0.7 else "non"}),
        ]


def _others(webinar: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Those who never apply."""
    yield from webinar.get("others", {}).items()


ROWS: Final = (SampleRows(SLOTS, _slots), SampleRows(REGISTRATIONS, _registrations))
