"""The e-mails of the sample that are told to be sent on a day: those of the steps that are over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from eig_sheets.domain.decisions import LAUREATE, REFUSED, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT, WAITING
from eig_sheets.domain.rules import Experimentation
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.emails.catalogue.due import ONCE
from eig_sheets.installed import FEATURES
from eig_sheets.sample.history import SampleDeliveries, SampleSendings, delivery
from eig_sheets.sample.programme import decided
from eig_sheets.sample.sources import Row, settings

_OF_SCREENING: Final = {REJECTED_INELIGIBLE: "ineligible", REJECTED_INSUFFICIENT: "non_preselectionne"}
_OF_DECISIONS: Final = {LAUREATE: "laureat", WAITING: "liste_attente", REFUSED: "non_retenu"}


def sent(day: date, dossiers: Sequence[Row], seed: int, period: Experimentation | None) -> Iterator[Delivery]:
    """As if people had sent each e-mail after its step; `dossiers` are those of the whole story.

    `period`: the months in which projects are followed.
    """
    yield from _to_projects(day, dossiers)
    for part in FEATURES.parts(SampleDeliveries):
        yield from part.sent(day, seed)
    if period is not None:
        yield from _each_month(day, dossiers, period)


def _to_projects(day: date, dossiers: Sequence[Row]) -> Iterator[Delivery]:
    """What is told of the screening once decisions are taken, and of decisions once all of them are."""
    story, told_on = settings("story.toml"), settings("programme.toml")["decisions"]["told_on"]
    for row in dossiers:
        screening, numero = str(row.get("preselection")), str(row["numero"])
        if day >= story["decided_on"] and screening in _OF_SCREENING:
            yield delivery(_OF_SCREENING[screening], numero, story["screened_on"], numero)
        templates = _of_decision(decided(row, told_on)) if day > told_on else ()
        yield from (delivery(template, numero, told_on, numero) for template in templates)


def _of_decision(row: Row) -> Iterator[str]:
    """What its decision makes one write about a dossier."""
    decision = str(row.get("decision"))
    if decision in _OF_DECISIONS:
        yield _OF_DECISIONS[decision]
    if decision == LAUREATE and row["programme"] is None and row["demande_cofinancement"] == "oui":
        yield "cofinancement_a_completer"


def _each_month(day: date, dossiers: Sequence[Row], period: Experimentation) -> Iterator[Delivery]:
    """The welcome of each project, then what features send to all of them: all but those of today."""
    followed = [str(row["numero"]) for row in dossiers if decided(row, day).get("decision") == LAUREATE]
    rounds: list[Mapping[str, Mapping[date, str]]] = [{"bienvenue": {period.starts: ONCE}}]
    rounds += [part.rounds(period) for part in FEATURES.parts(SampleSendings)]
    for template, days in ((name, days) for some in rounds for name, days in some.items()):
        for told_on, number in days.items():
            if told_on < day:
                yield from (delivery(template, numero, told_on, numero, number) for numero in followed)
