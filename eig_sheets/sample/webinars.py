"""The registrations to the webinars of the sample's call: who signs up, then who came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from eig_sheets.sample.history import Fact, History
from eig_sheets.sample.jury import address
from eig_sheets.sample.sources import Row, seeded_random, settings


def registrations(dossiers: Sequence[Row], seed: int) -> list[History]:
    """The history of each registration, in the order of its moment; `dossiers`: of those who apply later."""
    histories = [
        history for webinar in settings("programme.toml")["webinars"] for history in _of(webinar, dossiers, seed)
    ]
    return sorted(histories, key=lambda history: str((history[0].cells or {})["inscrit_le"]))


def _of(webinar: Mapping[str, Any], dossiers: Sequence[Row], seed: int) -> Iterator[History]:
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
