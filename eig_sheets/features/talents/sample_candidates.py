"""The candidates of the sample's call for talents: what each of them sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from eig_sheets.sample.sources import Row, seeded_random, settings, settings_in
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
