"""Fictional campaigns, and the documents that a jury gets of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from eig_sheets.call.report.audience import JURY, Audience
from eig_sheets.call.report.html import assets
from eig_sheets.call.report.minutes.document import document
from eig_sheets.call.report.minutes.view import Minutes, minutes_of
from eig_sheets.call.report.pages import page_of
from eig_sheets.call.report.view import JuryView, view_of
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from tests.workbook.snapshots import EIG5, book, dossier, evaluation, juror

DAY = date(2021, 5, 4)
JURORS = ("ada", "bob", "chloe", "dan", "eve", "fred")

Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """A campaign as it was read, and what it gives."""

    reading: Reading
    results: Results
    campaign: Campaign

    @property
    def view(self) -> JuryView:
        return self.view_for(JURY)

    def view_for(self, audience: Audience) -> JuryView:
        return view_of(self.reading, self.results, DAY, audience)

    @property
    def page(self) -> str:
        return self.page_for(JURY)

    def page_for(self, audience: Audience) -> str:
        return page_of(self.reading, self.results, DAY, audience, assets())

    @property
    def minutes(self) -> Minutes:
        return minutes_of(self.reading, self.results, DAY)

    @property
    def document(self) -> bytes:
        return document(self.minutes)


def rules(**sections: dict[str, Any]) -> Campaign:
    """EIG5 with other values in some sections."""
    changed = {name: getattr(EIG5, name).model_copy(update=values) for name, values in sections.items()}
    return EIG5.model_copy(update=changed).set_path(EIG5.path)


def case(dossiers: Rows, jurors: Rows, evaluations: Rows, campaign: Campaign = EIG5) -> Case:
    reading = read(book(dossiers, jurors, evaluations), campaign)
    assert not reading.problems
    return Case(reading, compute(reading), campaign)


def drawn(count: int, reviews: int = 4, *, seed: int = 1, panels: int = 1) -> tuple[Rows, Rows, Rows]:
    """Dossiers, jurors and evaluations drawn from a seed; each panel of jurors scores dossiers of its own."""
    dice = random.Random(seed)
    dossiers = [
        dossier(str(1000 + place), projet=f"Projet {place}", resume=f"Résumé {place}") for place in range(count)
    ]
    panel_of = [JURORS[panel::panels] for panel in range(panels)]
    severity = {name: dice.gauss(0, 0.3) for name in JURORS}
    given = []
    for place in range(count):
        quality = dice.gauss(2.8, 0.25)
        panel = panel_of[place % panels]
        for name in dice.sample(panel, min(reviews, len(panel))):
            scores = [_score(quality - severity[name] + dice.gauss(0, 0.3)) for _ in EIG5.criteria]
            given.append(evaluation(str(1000 + place), name, *scores, commentaire=f"Avis de {name} sur {place}"))
    return dossiers, [juror(name) for name in JURORS], given


def _score(value: float) -> float:
    return max(1.0, min(4.0, round(2 * value) / 2))


def corrected(count: int = 12, places: int = 5, **cofinancing: Any) -> Case:
    """A campaign whose ranking is corrected, with a line."""
    return case(*drawn(count), rules(campaign={"target": places, "banner": ""}, cofinancing=cofinancing))


def long_names(count: int = 30) -> Case:
    """A whole call as officers fear it: every name, administration, summary and comment is long."""
    dossiers, jurors, given = drawn(count)
    said = "Un service numérique rapproche les pièces, signale les incohérences et explique chaque signalement. "
    for place, row in enumerate(dossiers):
        row["projet"] = f"Plateforme nationale de détection des fraudes dans les aides aux entreprises, lot {place}"
        row["administration"] = (
            "Direction générale de la concurrence, de la consommation et de la répression des fraudes"
        )
        row |= {"ministere": "Ministère de l’Économie, des Finances et de la Relance", "resume": 6 * said}
    for place, row in enumerate(given):
        row["commentaire"] = (2 * said)[: 110 + 37 * place % 80]
    return case(dossiers, jurors, given, rules(campaign={"target": 20}, cofinancing={"envelope": 500_000.0}))


def everyone_fits() -> Case:
    """As many places as projects."""
    return case(*drawn(6), rules(campaign={"target": 6}, ranking={"min_note": 12.0}))


def contradicted() -> Case:
    """Ada gives a point more than the others; she alone read dossier 7, which her note puts within the places."""
    fair = {"1": 3.0, "2": 2.75, "3": 2.5, "4": 2.25, "5": 2.0, "6": 2.0}
    given = [
        evaluation(number, name, *[score] * 5) for number, score in fair.items() for name in ("bob", "chloe", "dan")
    ]
    given += [evaluation(number, "ada", *[fair[number] + 1] * 5) for number in "3456"]
    given.append(evaluation("7", "ada", *[3.0] * 5))
    dossiers = [dossier(str(place), projet=f"Projet {place}") for place in range(1, 8)]
    return case(dossiers, [juror(name) for name in JURORS], given, rules(campaign={"target": 2}))


def at_the_ends() -> Case:
    """Ada, severe by a point, alone gave dossier 1 the highest scores; Eve, generous by one, dossier 8 the lowest."""
    fair = {"2": 3.0, "3": 2.75, "4": 2.5, "5": 2.25, "6": 2.0, "7": 2.0}
    given = [
        evaluation(number, name, *[score] * 5) for number, score in fair.items() for name in ("bob", "chloe", "dan")
    ]
    given += [evaluation(number, "ada", *[fair[number] - 1] * 5) for number in "23467"]
    given += [evaluation(number, "eve", *[fair[number] + 1] * 5) for number in "2345"]
    given += [evaluation("1", "ada", *[4.0] * 5), evaluation("8", "eve", *[1.0] * 5)]
    dossiers = [dossier(str(place)) for place in range(1, 9)]
    return case(dossiers, [juror(name) for name in JURORS], given, rules(campaign={"target": 3}))


def mostly_tied() -> Case:
    """Twenty-one dossiers with the same votes, and another."""
    given = [evaluation(str(place), name) for place in range(21) for name in ("ada", "bob")]
    given += [evaluation("21", name, *[4.0] * 5) for name in ("ada", "bob")]
    dossiers = [dossier(str(place)) for place in range(22)]
    return case(dossiers, [juror(name) for name in JURORS], given, rules(campaign={"target": 5}))


def disjoint() -> Case:
    """Two panels that share no dossier."""
    return case(*drawn(8, panels=2), rules(campaign={"target": 4}))


def collective() -> Case:
    """One grid a dossier, each of another juror."""
    dossiers, jurors, _ = drawn(4)
    given = [evaluation(row["numero"], name, 3, 3, 2, 4, 3) for row, name in zip(dossiers, JURORS, strict=False)]
    return case(dossiers, jurors, given, rules(campaign={"target": 2}))


def alone() -> Case:
    """One dossier, one juror."""
    return case([dossier("1")], [juror("ada")], [evaluation("1", "ada", 3, 3, 2, 4, 3)])


def empty() -> Case:
    """Nobody applied yet."""
    return case([], [], [])


def unscored() -> Case:
    """Nobody scored yet."""
    dossiers, jurors, _ = drawn(3)
    return case(dossiers, jurors, [])


CASES = {
    "corrected": corrected,
    "everyone fits": everyone_fits,
    "disjoint": disjoint,
    "contradicted": contradicted,
    "collective": collective,
    "alone": alone,
    "empty": empty,
    "unscored": unscored,
    "envelope": lambda: corrected(envelope=200_000.0),
    "no co-financing": lambda: corrected(rule="none"),
}
