"""The jury of the sample's candidates, and what it notes at each hearing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from itertools import cycle, islice

from eig_sheets.features.talents.sample_candidates import talents
from eig_sheets.features.talents.sample_hearings import Hearing, places
from eig_sheets.sample.history import Fact, History
from eig_sheets.sample.jury import address
from eig_sheets.sample.sources import Row, seeded_random, settings, table


def talent_jurors(dossiers: Sequence[Row]) -> list[Row]:
    """Its members as rows of `Jury`: those who carry projects that have candidates, jurors of projects, and others."""
    jury = table("jurors.csv")[: talents()["jury"]["from_projects"]]
    rows = [_juror(juror["nom"], address(juror["nom"]), juror["organisation"]) for juror in jury]
    rows += [_juror(name, address(name), where) for name, where in talents()["jury"]["others"].items()]
    return [*_carriers(dossiers).values(), *rows]


def talent_reviews(
    hearings: Sequence[Hearing], dossiers: Sequence[Row], criteria: Sequence[str], seed: int
) -> list[History]:
    """The evaluations of each hearing, from its day on, in the order of the hours."""
    carriers, jurors = _carriers(dossiers), talent_jurors(dossiers)
    number_of = {str(row["projet"]): row["numero"] for row in dossiers}
    others = cycle([row["email"] for row in jurors[len(carriers) :]])
    histories: list[History] = []
    for rank, hearing in enumerate(hearings, 1):
        panel = [carriers[hearing.project]["email"], *islice(others, talents()["reviews"] - 1)]
        subject: Row = {"candidature": hearing.candidate["candidature"], "numero": number_of[hearing.project]}
        for place, juror in enumerate(panel, 1):
            notes = _notes(hearing, str(juror), criteria, seed) | _typed(rank, place, criteria)
            histories.append([Fact(hearing.at.date(), subject | {"jure": juror} | notes)])
    return histories


def _carriers(dossiers: Sequence[Row]) -> dict[str, Row]:
    """Project → who carries it, where it has candidates: the règlement has them in the jury."""
    rows = {str(row["projet"]): row for row in dossiers}
    heard = {name: rows[name] for name in dict.fromkeys(place.project for place in places())}
    return {
        name: _juror(str(row["porteur_projet"]), str(row["email_porteur"]), str(row["administration"]))
        for name, row in heard.items()
    }


def _juror(name: str, email: str, organisation: str) -> Row:
    formed = datetime.combine(talents()["jury_formed"], time.min)
    return {"nom": name, "email": email, "organisation": organisation, "declaration": formed}


def _notes(hearing: Hearing, juror: str, criteria: Sequence[str], seed: int) -> Row:
    rng = seeded_random(seed, f"{hearing.candidate['candidature']} {juror}")
    mark = hearing.quality + seeded_random(seed, f"severity of {juror}").uniform(-0.25, 0.25)
    low, high = settings("story.toml")["scale"]
    notes = {criterion: float(min(high, max(low, round(rng.gauss(mark, 0.4) * 2) / 2))) for criterion in criteria}
    words = talents()["words"]["praise" if sum(notes.values()) >= 3 * len(notes) else "doubts"]
    return {**notes, "commentaire": rng.choice(words) if rng.random() < 0.5 else None}


def _typed(rank: int, place: int, criteria: Sequence[str]) -> Row:
    """What a juror types otherwise at this hearing: a wrong name, a note off the scale, that they step aside."""
    row: Row = {}
    for note in talents()["notes"]:
        if (note["heard"], note["rank"]) == (rank, place):
            row |= {field: value for field, value in note.items() if field not in ("heard", "rank")}
    if "jure" in row:
        row["jure"] = address(str(row["jure"]))
    return row | (dict.fromkeys((*criteria, "commentaire")) if row.get("deport") else {})
