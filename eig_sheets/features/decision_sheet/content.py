"""The content of the decider's sheet, from a reading and its results; independent of the document's format. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING, cofinancing_totals
from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus
from eig_sheets.call.cofinancing.rules_costs import exact
from eig_sheets.call.cofinancing.words import between, total_sentence
from eig_sheets.call.report.minutes.view import DecidedDossier, minutes_of, totals
from eig_sheets.campaign.dependencies import Act, FeatureAct, Pairs, columns_of
from eig_sheets.campaign.doubts import Doubt
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.domain.decisions import LAUREATE, WAITING
from eig_sheets.text.french import plural

_NOT_ASKED: Final = "pas demandé"
_UNKNOWN: Final = "[montant à compléter]"


def _columns(campaign: Campaign) -> Pairs:
    yield from columns_of(campaign, Act.SELECTION, Act.COFINANCING).items()
    yield "candidatures", ("motif",)


DECIDING: Final = FeatureAct(_columns)
"""To submit the list of laureates to whoever decides."""


class NothingDecidedError(Exception):
    """The jury has decided nothing yet. The text is French and names the remedy."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A dossier of a list; `rank` '–' where it has none, `amount` '' in a call that pays nothing."""

    rank: str
    numero: str
    name: str
    administration: str
    amount: str


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """What is submitted.

    `laureates` and `waiting` in the order of ranks; `others`: the other decisions and their counts.
    `total`: what the laureates cost together and what is left of the envelope, '' in a call that pays nothing.
    `envelope_known`: whether the call says its envelope. `departures`: the decisions that do not follow the ranking.
    `pending`: what is to settle before signing, each with where it is. `digest`: of what the ranking is made from.
    """

    title: str
    banner: str
    day: date
    places: int
    received: int
    laureates: tuple[SheetLine, ...]
    waiting: tuple[SheetLine, ...]
    others: tuple[tuple[str, int], ...]
    total: str
    envelope_known: bool
    departures: tuple[DecidedDossier, ...]
    pending: tuple[tuple[str, str], ...]
    digest: str


def sheet_of(reading: Reading, results: Results, doubts: Sequence[Doubt], day: date) -> DecisionSheet:
    """The sheet of a campaign, with the data of that day. Raises NothingDecidedError.

    `doubts`: the cells on which it rests and that cannot be believed.
    """
    minutes = minutes_of(reading, results, day)
    counts = totals(minutes.decided)
    if not counts:
        raise NothingDecidedError(_nothing_decided(reading))
    amounts = _amounts(reading, results)
    hosts = results.of(APPLICATIONS).dossiers.set_index("numero")["administration"]
    lines = {decision: tuple(_line(one, hosts, amounts) for one in minutes.decided if one.decision == decision)
             for decision in (LAUREATE, WAITING)}  # fmt: skip
    paid = reading.campaign.cofinancing.rule != "none"
    money = cofinancing_totals(results, reading.campaign)
    return DecisionSheet(
        title=minutes.title,
        banner=minutes.banner,
        day=day,
        places=minutes.places,
        received=minutes.open_points.received,
        laureates=lines[LAUREATE],
        waiting=lines[WAITING],
        others=tuple((decision, count) for decision, count in counts.items() if decision not in lines),
        total=total_sentence("Co-financement des lauréats", money.decided, money.envelope) if paid else "",
        envelope_known=money.envelope is not None,
        departures=minutes.departures,
        pending=(*_pending(reading, minutes.decided, lines[LAUREATE], minutes.places, doubts),),
        digest=minutes.digest,
    )


def _nothing_decided(reading: Reading) -> str:
    tab = reading.layout.tabs["candidatures"]
    if "decision" not in tab.available:
        return f"{tab.name} n’a pas de colonne « {tab.schema.field('decision').header} » : ajoutez-la à ses en-têtes."
    return (
        f"Aucune décision n’est saisie : une fiche ne soumet à la signature que ce que le jury a décidé. Saisissez "
        f"« {LAUREATE} », « {WAITING} »… en « {tab.header('decision')} », dans {tab.name}."
    )


def _line(decided: DecidedDossier, hosts: pd.Series, amounts: Mapping[str, str]) -> SheetLine:
    host = hosts[decided.numero]
    return SheetLine(
        "–" if decided.rank is None else str(decided.rank),
        decided.numero,
        decided.name,
        host if isinstance(host, str) else "",
        amounts.get(decided.numero, ""),
    )


def _amounts(reading: Reading, results: Results) -> dict[str, str]:
    """The co-financing of each dossier in words, by number; nothing in a call that pays nothing."""
    if reading.campaign.cofinancing.rule == "none":
        return {}
    table = results.of(COFINANCING)
    complete = table.astype(object).where(table.notna(), None)
    return {row["numero"]: _amount(row) for row in complete.to_dict("records")}


def _amount(row: Mapping[Any, Any]) -> str:
    if row["status"] == CofinancingStatus.NONE:
        return _NOT_ASKED
    if row["status"] == CofinancingStatus.VOID:
        return "–"
    least, most = row["amount_min"], row["amount_max"]
    if row["to_check"] or least is None or most is None:
        return _UNKNOWN
    text = between(exact(least), exact(most))
    return f"{text}, sous réserve" if row["status"] == CofinancingStatus.CONDITIONAL else text


def _pending(
    reading: Reading,
    decided: Sequence[DecidedDossier],
    laureates: Sequence[SheetLine],
    places: int,
    doubts: Sequence[Doubt],
) -> Iterator[tuple[str, str]]:
    """What is to settle before signing: where, and what."""
    tab = reading.layout.tabs["candidatures"]
    if len(laureates) > places:
        yield "Lauréats", f"{plural(len(laureates), 'lauréat')} pour {plural(places, 'place')}."
    for one in decided:
        if one.departs and not one.reason:
            yield _named(one.name, one.numero), f"Motif de l’écart au classement ({one.departs}) à écrire."
    if undecided := [_named(one.name, one.numero) for one in decided if not one.decision]:
        yield tab.name, f"Sans décision : {' ; '.join(undecided)}."
    for line in laureates:
        if line.amount == _UNKNOWN:
            yield _named(line.name, line.numero), "Montant du co-financement à compléter."
    for doubt in doubts:
        yield doubt.place, doubt.sentence.removeprefix(doubt.place).removeprefix(", ")


def _named(name: str, numero: str) -> str:
    return f"{name} ({numero})"
