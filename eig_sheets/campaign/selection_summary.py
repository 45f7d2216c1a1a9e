"""The whole account of a selection: what each limit costs, who comes in and out, the next best selection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.selection import OFFICIAL, Selection
from eig_sheets.campaign.selection_texts import envelope_name, limit_name, sentences, swap_text, utility_text
from eig_sheets.domain.selection.comparison import NextBest, costs, next_best
from eig_sheets.domain.selection.problem import ENVELOPE
from eig_sheets.text.french import listed, listed_first, typographic
from eig_sheets.workbook.search_words import CUT

_LONGEST_NAME: Final = 60
"""Characters of a project's name inside a sentence."""


@dataclass(frozen=True, slots=True)
class LimitCost:
    """A limit by its name, where it was published, and the utility gained without it; None: nobody can tell."""

    name: str
    source: str
    cost: float | None


def costs_of(selection: Selection) -> list[LimitCost]:
    """Each limit in the order of the configuration, after the envelope."""
    named: list[tuple[int, str, str]] = []
    if selection.rules.envelope is not None:
        named.append((ENVELOPE, envelope_name(selection.rules.envelope), selection.rules.source))
    named += [(place, limit_name(limit), limit.rule.source) for place, limit in enumerate(selection.limits)]
    prices = costs(selection.problem, selection.outcome, [place for place, *_ in named])
    return [LimitCost(name, source, cost) for (_, name, source), cost in zip(named, prices, strict=True)]


@dataclass(frozen=True, slots=True)
class NextSelection:
    """The next best selection beside the one that is proposed: who it would leave out, who it would take in."""

    best: NextBest
    leaving: tuple[str, ...]
    entering: tuple[str, ...]


def next_of(selection: Selection) -> NextSelection | None:
    """The next best selection, None when there is no other."""
    best = next_best(selection.problem, selection.outcome)
    if best is None:
        return None
    selected = selection.outcome.selected
    leaving, entering = selection.numbers(selected & ~best.selected), selection.numbers(best.selected & ~selected)
    return NextSelection(best, tuple(leaving), tuple(entering))


def explanations(selection: Selection, projects: Mapping[str, str]) -> Iterator[str]:
    """What people read under the list of the selected, one sentence each; `projects`: their names, by number."""
    yield from sentences(selection)
    yield from swap_sentences(selection, projects)
    yield from cost_sentences(selection)
    yield _next_sentence(selection, projects)


def swap_sentences(selection: Selection, projects: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each exchange with the pure ranking, or one that says that there is none."""
    numbers = _named(selection.problem.numbers, projects)
    for swap in selection.swaps:
        if swap.entering is None:
            who = "" if swap.leaving is None else f"{numbers[swap.leaving]} n’est pas retenu"
        elif swap.leaving is None:
            who = f"{numbers[swap.entering]} est retenu"
        else:
            who = f"{numbers[swap.entering]} prend la place de {numbers[swap.leaving]}"
        yield typographic(f"{who} – {swap_text(swap, selection)}.")
    if not selection.swaps:
        yield "Aucun écart au classement."


def cost_sentences(selection: Selection) -> Iterator[str]:
    """One sentence for each limit: what would be gained without it."""
    for limit in costs_of(selection):
        if limit.cost is not None:
            gained = f"coûte {utility_text(limit.cost, selection)}" if limit.cost else "ne coûte rien"
            yield typographic(f"{limit.name} – cette limite {gained} ({limit.source}).")


def _named(numbers: Sequence[str], projects: Mapping[str, str]) -> list[str]:
    """Dossiers as a sentence names them: 90001 (Santé), the name cut where it is long."""
    return [f"{numero} ({_cut(projects[numero])})" if projects.get(numero) else numero for numero in numbers]


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _next_sentence(selection: Selection, projects: Mapping[str, str]) -> str:
    following = next_of(selection)
    if following is None:
        return "Aucune autre sélection ne respecte toutes les limites."
    without = f"sans {listed(_named(following.leaving, projects))}" if following.leaving else ""
    with_ = f"avec {listed_first(_named(following.entering, projects))}" if following.entering else ""
    behind = "" if selection.by == OFFICIAL else f" : {_behind(following.best.behind, selection)}"
    text = f"La sélection suivante est la même {' et '.join(filter(None, (without, with_)))}{behind}."
    return typographic(text if following.best.optimal else f"{text} {CUT}")


def _behind(behind: float, selection: Selection) -> str:
    return f"elle perd {utility_text(behind, selection)}" if behind else "elle vaut autant"
