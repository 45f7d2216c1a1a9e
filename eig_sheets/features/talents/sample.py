"""The call for talents of the sample: candidates, jury, notes, messages, workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import cycle, islice
from typing import Final

from eig_sheets.domain.decisions import REFUSED, RETAINED
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.features.talents.sample_candidates import Hearing, applications, hearings, places, talents
from eig_sheets.features.talents.sample_selection import talents_over_time
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.sample.dossiers import dossiers, numbers
from eig_sheets.sample.history import (
    Fact,
    History,
    SampleDeliveries,
    SampleJurors,
    SampleReviews,
    SampleRows,
    SampleWorkbook,
    delivery,
)
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


_TOLD: Final = {RETAINED: "talent_retenu", REFUSED: "talent_non_retenu"}


@cache
def _heard(seed: int) -> list[Hearing]:
    return hearings(applications(seed), seed)


@cache
def _candidates(seed: int) -> list[History]:
    return talents_over_time(applications(seed), _heard(seed), numbers(dossiers(seed)), seed)


def _reviews(rows: Sequence[Row], criteria: Sequence[str], seed: int) -> list[History]:
    return talent_reviews(_heard(seed), rows, criteria, seed)


def _jurors(rows: Sequence[Row], day: date) -> list[Row]:
    """The jurors of candidates, once they are named."""
    return talent_jurors(rows) if day >= talents()["jury_formed"] else []


def _sent(day: date, seed: int) -> Iterator[Delivery]:
    for history in _candidates(seed):
        yield from _to_candidate(day, history)


def _to_candidate(day: date, history: History) -> Iterator[Delivery]:
    """What is told of a decision: on the next day, but to those who were heard, once every team is decided."""
    whom, was_heard = str((history[0].cells or {})["candidature"]), False
    for fact in history:
        cells = fact.cells or {}
        was_heard |= "audition" in cells
        told_on = max(fact.day, talents()["told_on"]) if was_heard else fact.day + timedelta(days=1)
        if cells.get("statut") in _TOLD and told_on < day:
            yield delivery(_TOLD[str(cells["statut"])], whom, told_on)


PARTS: Final = (
    SampleRows(TALENTS, lambda _, seed: _candidates(seed)),
    SampleReviews(REVIEWS, _reviews),
    SampleJurors(TALENTS, _jurors),
    SampleDeliveries(_sent),
    SampleWorkbook(
        key="talents",
        comment="le classeur des candidats",
        file="../talents.xlsx",
        document="Campagne de démonstration, candidats",
    ),
)
