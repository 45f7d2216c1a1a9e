"""The selection under limits as the minutes state it: each limit and its cost, each exchange with the ranking."""

from __future__ import annotations

from dataclasses import dataclass

from eig_sheets.campaign.results import Results
from eig_sheets.campaign.selection import Selection
from eig_sheets.campaign.selection_summary import LimitCost, costs_of
from eig_sheets.campaign.selection_texts import sentences, swap_text, utility_text

_NOBODY = "–"


@dataclass(frozen=True, slots=True)
class MinutedSelection:
    """`limits`: each with its cost and where it was published; `swaps`: who is out, who is in, why."""

    sentences: tuple[str, ...]
    limits: tuple[tuple[str, str, str], ...]
    swaps: tuple[tuple[str, str, str], ...]


def minuted(selection: Selection, results: Results) -> MinutedSelection:
    """The selection in the words of the minutes."""
    projects = dict(zip(results.dossiers["numero"], results.dossiers["projet"], strict=True))

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
