"""The call for talents of the sample: its candidates, their jury and its notes, what they are told, their workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final

from eig_sheets.domain.decisions import REFUSED, RETAINED
from eig_sheets.domain.emails.deliveries import Delivery
from eig_sheets.features.talents.sample_candidates import applications, talents
from eig_sheets.features.talents.sample_hearings import Hearing, hearings
from eig_sheets.features.talents.sample_jury import talent_jurors, talent_reviews
from eig_sheets.features.talents.sample_selection import talents_over_time
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.sample.deliveries import delivery
from eig_sheets.sample.dossiers import dossiers, numbers
from eig_sheets.sample.history import (
    History,
    SampleDeliveries,
    SampleJurors,
    SampleReviews,
    SampleRows,
    SampleWorkbook,
)
from eig_sheets.sample.sources import Row

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
        said=(
            "Les candidats ont leur classeur, {other} : ses jurés n’ouvrent que lui, ceux des projets ne l’ouvrent "
            "pas. « sync »\nmet les deux à jour."
        ),
    ),
)
