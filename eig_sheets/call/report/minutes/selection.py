"""The selection under limits as the minutes state it: each limit and its cost, each exchange with the ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.report.open_points import OpenPoint, OpenPoints
from eig_sheets.call.selection.selection import Selection
from eig_sheets.call.selection.words import LimitCost, costs_of, sentences, swap_text, utility_text
from eig_sheets.campaign.results import Results
from eig_sheets.documents.paper import Paper
from eig_sheets.text.french import plural

_NOBODY = "–"


@dataclass(frozen=True, slots=True)
class MinutedSelection:
    """`limits`: each with its cost and where it was published; `swaps`: who is out, who is in, why."""

    sentences: tuple[str, ...]
    limits: tuple[tuple[str, str, str], ...]
    swaps: tuple[tuple[str, str, str], ...]


def minuted(selection: Selection, results: Results) -> MinutedSelection:
    """The selection in the words of the minutes."""
    projects = dict(
        zip(results.of(APPLICATIONS).dossiers["numero"], results.of(APPLICATIONS).dossiers["projet"], strict=True)
    )

    def name(place: int | None) -> str:
        if place is None:
            return _NOBODY
        numero = selection.problem.numbers[place]
        return f"{projects[numero]} ({numero})" if isinstance(projects[numero], str) else numero

    return MinutedSelection(
        tuple(sentences(selection)),
        tuple((cost.name, _cost(cost, selection), cost.source) for cost in costs_of(selection)),
        tuple((name(swap.leaving), name(swap.entering), swap_text(swap, selection)) for swap in selection.swaps),
    )


def _cost(limit: LimitCost, selection: Selection) -> str:
    if limit.cost is None:
        return _NOBODY
    return utility_text(limit.cost, selection) if limit.cost else "rien"


_NUMBER, _PROJECT, _CELL, _WHY = "N°", "Projet", "Cellule", "Pourquoi"


def write_open_points(paper: Paper, points: OpenPoints) -> None:
    """Write the section: a sentence and a table for each kind, or the sentence that there is none."""
    paper.heading("3. Dossiers reçus et points ouverts")
    aside = len(points.dossiers)
    counted = f"{plural(points.received, 'dossier reçu', 'dossiers reçus')}, chacun compté une fois"
    if aside:
        left = plural(aside, "dossier est laissé", "dossiers sont laissés")
        paper.sentence(
            f"{counted} : {left} de côté, et ne {'compte' if aside < 2 else 'comptent'} dans aucun résultat."
        )
        paper.table((_NUMBER, _PROJECT, _CELL, _WHY), map(_of_a_dossier, points.dossiers), (1.9, 4.6, 3.0, 8.1))
    else:
        paper.sentence(f"{counted} : aucun n’est laissé de côté.")
    if points.unnumbered:
        rows = plural(len(points.unnumbered), "ligne n’a pas", "lignes n’ont pas")
        paper.sentence(f"{rows} de numéro lisible : rien ne dit si c’est un dossier de plus.")
        paper.table((_NUMBER, _PROJECT, _CELL, _WHY), map(_of_a_dossier, points.unnumbered), (1.9, 4.6, 3.0, 8.1))
    _of_jurors(paper, "Évaluations qui ne comptent pas", points.evaluations)
    _of_jurors(paper, "Déports à trancher", points.recusals)
    if points.reserves:
        paper.sentence("Propositions « sous réserve », et ce qui manque à chacune :")
        rows_of = ((reserve.numero, reserve.name, reserve.why) for reserve in points.reserves)
        paper.table((_NUMBER, _PROJECT, "Ce qui manque"), rows_of, (1.9, 4.6, 11.1))
    else:
        paper.sentence("Propositions « sous réserve » : aucune.")


def _of_a_dossier(point: OpenPoint) -> tuple[str, ...]:
    return (point.numero or "–", point.name or "–", point.place, point.why)


def _of_jurors(paper: Paper, what: str, points: Sequence[OpenPoint]) -> None:
    if not points:
        paper.sentence(f"{what} : {'aucun' if what.startswith('Déports') else 'aucune'}.")
        return
    paper.sentence(f"{what} :")
    rows = ((point.numero or "–", point.juror or "–", point.place or "–", point.why) for point in points)
    paper.table((_NUMBER, "Juré", _CELL, _WHY), rows, (1.9, 4.0, 3.0, 8.7))
