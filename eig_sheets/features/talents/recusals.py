"""Recusals of candidates: whom a juror must not judge; déports that name nobody. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.conflicts import (
    UNKNOWN_RECUSAL,
    DossierNames,
    PeopleNames,
    in_a_sentence,
    is_no_recusal,
    told_apart,
)
from eig_sheets.campaign.reviews.recusals import Recusals, RecusalSource, first_said, said_in_evaluations
from eig_sheets.campaign.reviews.versions import Pair
from eig_sheets.domain.frames import named_rows
from eig_sheets.features.talents.notes import TAB as CANDIDATE_NOTES
from eig_sheets.features.talents.settings import WISHES
from eig_sheets.workbook.anomalies import Anomaly, anomaly


def recusals_of_candidates(reading: Reading) -> Recusals:
    """Each candidate whom a juror must not judge: « oui » in « Déport », the juror's own candidature, « Déports ».

    A déport of `Jury` names a candidate, by number or by name, or a project: then those who chose it, or are decided
    for it. Jurors of candidates submit projects themselves: that alone sets none of them aside.
    """
    evaluations = reading.tables_of(("evaluations_talents", CANDIDATE_NOTES))
    said: dict[RecusalSource, Iterable[Pair]] = {
        RecusalSource.EVALUATION: said_in_evaluations(evaluations, "candidature")
    }
    if reading.has("talents"):
        said |= {RecusalSource.DECLARED: _declared(reading), RecusalSource.CANDIDATE: _own(reading)}
    return first_said(said)


def _own(reading: Reading) -> Iterator[Pair]:
    people = reading.valid_rows("talents")
    jurors = {*reading.valid_rows("jury")["email"].dropna()}
    theirs = people[people["email"].isin(jurors)]
    yield from zip(theirs["candidature"], theirs["email"], strict=True)


def _declared(reading: Reading) -> Iterator[Pair]:
    names, projects = _names(reading)
    interested = _by_project(reading.valid_rows("talents"))
    for juror in _declaring(reading):
        for item in juror.deports:
            people = names.named(item)
            chosen = () if people else (interested.get(project, ()) for project in projects.named(item))
            yield from ((number, juror.email) for number in chain(people, *chosen))


def _names(reading: Reading) -> tuple[PeopleNames, DossierNames]:
    return PeopleNames(reading.valid_rows("talents"), "candidature"), DossierNames(reading.valid_rows("candidatures"))


def _declaring(reading: Reading) -> Iterator[Any]:
    return named_rows(reading.valid_rows("jury").dropna(subset=["email", "deports"]))


def _by_project(people: pd.DataFrame) -> dict[str, list[str]]:
    """The candidates who chose each project, or are decided for it, whatever is wrong with their choice."""
    candidates: dict[str, list[str]] = {}
    for field in (*WISHES, "projet_decide"):
        for number, project in zip(people["candidature"], people[field], strict=True):
            if project:
                candidates.setdefault(project, []).append(number)
    return candidates


_UNKNOWN: Final[dict[str, Any]] = {"known": "un projet, ni un numéro ni un nom", "what": "candidat", "hint": ""}


def unknown_recusals_of_candidates(reading: Reading) -> Iterator[Anomaly]:
    """An anomaly for each déport that names neither a candidate nor a project, where candidates are alone.

    In a workbook that has the dossiers too, those on dossiers say it.
    """
    if reading.owns("candidatures") or not (reading.owns("jury") and reading.owns("talents")):
        return
    names, projects = _names(reading)
    layout, where = reading.layout.tabs["jury"], reading.layout.tabs["talents"].name
    for juror in _declaring(reading):
        unknown = [
            item for item in juror.deports if not (is_no_recusal(item) or names.named(item) or projects.named(item))
        ]
        for items in told_apart(unknown):
            cell = layout.cell("deports", juror.row)
            words: dict[str, Any] = {"value": in_a_sentence(items), "header": layout.header("deports")}
            yield anomaly(UNKNOWN_RECUSAL, layout.name, cell, **words, **_UNKNOWN, where=where)
