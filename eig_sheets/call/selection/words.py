"""The selection in French: its limits by name, the reason of each exchange, what to relax, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.call.selection.rules_comparison import NextBest, Swap, Why, costs, next_best
from eig_sheets.call.selection.rules_problem import ENVELOPE, PLACES, Bound
from eig_sheets.call.selection.rules_solver import Relaxed
from eig_sheets.call.selection.selection import OFFICIAL, LimitInForce, Selection
from eig_sheets.campaign import limits
from eig_sheets.domain.selection_rules import SelectionLimit
from eig_sheets.text.french import NARROW, euros, listed, listed_first, number, plural, typographic
from eig_sheets.workbook.quoting import CUT

UTILITIES: Final = {**limits.UTILITIES, OFFICIAL: "rang officiel"}
"""What is maximised."""
_UNITS: Final = {
    "p_selected": ("de probabilité de sélection", "de probabilité de sélection"),
    "note": ("point de note", "points de note"),
}
_PLACES: Final = ("place", "places")


def limit_name(limit: LimitInForce) -> str:
    """Région « Bretagne » : au moins 1; Ministère : au plus 3 par valeur."""
    each = " par valeur" if limit.rule.value is None else ""
    of = "" if limit.rule.value is None else f" « {limit.values[0]} »"
    return typographic(f"{limit.column.header}{of} : {range_text(limit.rule)}{each}")


def range_text(limit: SelectionLimit) -> str:
    """Au moins 1; au plus 3; de 1 à 3."""
    if limit.min is None or limit.max is None:
        return f"au plus {number(limit.max or 0)}" if limit.min is None else f"au moins {number(limit.min)}"
    return f"exactement {number(limit.min)}" if limit.min == limit.max else f"de {limit.min} à {limit.max}"


def envelope_name(envelope: float) -> str:
    """Enveloppe : 500 000 €."""
    return typographic(f"Enveloppe : {money(envelope)}")


def money(amount: float) -> str:
    """500 000 €, or 500 000,40 €: cents when there are some."""
    return f"{number(int(amount))}{NARROW}€" if amount == int(amount) else euros(amount)


def bound_text(bound: Bound, selection: Selection) -> str:
    """What a bound asks: au plus 3 « Intérieur » (Ministère de rattachement)."""
    if bound.limit == PLACES:
        return f"il n’y a que {plural(bound.level, 'place')}"
    if bound.limit == ENVELOPE:
        return f"l’enveloppe est de {money(bound.level / 100)}"
    limit = selection.limits[bound.limit]
    ask = "il en faut au moins" if bound.at_least else "il en faut au plus"
    return f"{ask} {number(bound.level)} « {bound.value} » ({limit.column.header})"


def sources_of(bounds: Sequence[Bound], selection: Selection) -> list[str]:
    """Where the limits of some bounds were published."""
    sources = (selection.rules.source if bound.limit == ENVELOPE else _source(bound, selection) for bound in bounds)
    return [*dict.fromkeys(source for source in sources if source)]


def _source(bound: Bound, selection: Selection) -> str:
    return "" if bound.limit == PLACES else selection.limits[bound.limit].rule.source


def swap_text(swap: Swap, selection: Selection) -> str:
    """Why one is selected instead of the other, and what it costs: one sentence without its full stop."""
    reasons = {
        Why.DECIDED_OUT: _decision_text(swap.leaving, selection),
        Why.DECIDED_IN: "décision saisie : Lauréat",
        Why.UTILITY: f"l’autre compte davantage dans la {UTILITIES[selection.by]}",
        Why.LIMIT: _bounds_text(swap.bounds, selection),
    }
    return typographic(f"{reasons[swap.why]}{_cost_text(swap.cost, selection)}")


def _bounds_text(bounds: Sequence[Bound], selection: Selection) -> str:
    said = listed([bound_text(bound, selection) for bound in bounds[:3]])
    others = f" ; {plural(len(bounds) - 3, 'autre limite', 'autres limites')}" if len(bounds) > 3 else ""
    published = sources_of(bounds[:3], selection)
    return f"limite : {said}{others}" + (f" ({' ; '.join(published)})" if published else "")


def _decision_text(dossier: int | None, selection: Selection) -> str:
    decision = None if dossier is None else selection.pool.rows["decision"].iloc[dossier]
    if decision is None:  # nothing was typed, but all places had been given when somebody withdrew
        return "toutes les places ont été données : la liste d’attente passe d’abord"
    return f"décision saisie : {decision}"


def _cost_text(cost: float, selection: Selection) -> str:
    if selection.by == OFFICIAL or not cost:
        return ""
    return f" ; {'coûte' if cost > 0 else 'gagne'} {utility_text(abs(cost), selection)}"


def utility_text(utility: float, selection: Selection) -> str:
    """An amount of what is maximised: 0,123 de probabilité de sélection."""
    unit, units = _UNITS.get(selection.by, _PLACES)
    return f"{number(round(utility, 4))} {unit if abs(utility) < 2 else units}"


def relaxed_text(relaxed: Relaxed, selection: Selection) -> str:
    """What to relax, from what to what."""
    bound = relaxed.bound
    if bound.limit == PLACES:
        text = f"Places : de {number(bound.level)} à {number(relaxed.level)} (décisions « Lauréat » saisies)"
    elif bound.limit == ENVELOPE:
        text = f"Enveloppe : de {money(bound.level / 100)} à {money(relaxed.level / 100)}"
    else:
        limit = selection.limits[bound.limit]
        kind = "minimum" if bound.at_least else "maximum"
        text = (
            f"{limit.column.header} « {bound.value} » : {kind} de {number(bound.level)} à {number(relaxed.level)} "
            f"({limit.rule.source})"
        )
    return typographic(text)


def moved_texts(selection: Selection | None) -> dict[str, str]:
    """What a limit, a decision or the utility did to each dossier that is not where the ranking alone puts it."""
    texts: dict[str, str] = {}
    if selection is None:
        return texts
    for swap in selection.swaps:
        why = swap_text(swap, selection)
        if swap.leaving is not None:
            texts[selection.problem.numbers[swap.leaving]] = typographic(f"hors de la sélection – {why}")
        if swap.entering is not None:
            texts[selection.problem.numbers[swap.entering]] = typographic(f"{_entering(swap, selection)} – {why}")
    return texts


def _entering(swap: Swap, selection: Selection) -> str:
    if swap.leaving is None:
        return "dans la sélection"
    return f"dans la sélection, à la place de {selection.problem.numbers[swap.leaving]}"


def sentences(selection: Selection) -> Iterator[str]:
    """What the selection keeps, and what must be known of it, one sentence each."""
    kept = [limit_name(limit) for limit in selection.limits]
    kept += [] if selection.rules.envelope is None else [envelope_name(selection.rules.envelope)]
    if selection.outcome.relaxed:
        asked = " ; ".join(relaxed_text(relaxed, selection) for relaxed in selection.outcome.relaxed)
        yield typographic(
            "Aucune sélection ne respecte toutes les limites. Le plus petit assouplissement qui en permette une : "
            f"{asked}."
        )
    elif kept:
        yield typographic(f"La sélection proposée respecte : {' ; '.join(kept)}.")
    if selection.outcome.gap:
        yield typographic(CUT)
    if selection.by != OFFICIAL and selection.outcome.optimal:
        yield typographic(f"Elle est la meilleure par la {UTILITIES[selection.by]}.")
    if selection.by not in (selection.rules.utility, OFFICIAL):
        yield typographic("Faute de classement corrigé, c’est la note qui compte.")
    if selection.unknown and selection.rules.envelope is not None:
        counted = plural(selection.unknown, "montant inconnu compte", "montants inconnus comptent")
        yield typographic(f"{counted} pour zéro dans l’enveloppe.")


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
        has_limits = selection.limits or selection.rules.envelope is not None
        why = "ne respecte toutes les limites" if has_limits else "n’est possible, d’après les décisions saisies"
        return f"Aucune autre sélection {why}."
    without = f"sans {listed(_named(following.leaving, projects))}" if following.leaving else ""
    with_ = f"avec {listed_first(_named(following.entering, projects))}" if following.entering else ""
    behind = "" if selection.by == OFFICIAL else f" : {_behind(following.best.behind, selection)}"
    text = f"La sélection suivante est la même {' et '.join(filter(None, (without, with_)))}{behind}."
    return typographic(text if following.best.optimal else f"{text} {CUT}")


def _behind(behind: float, selection: Selection) -> str:
    return f"elle perd {utility_text(behind, selection)}" if behind else "elle vaut autant"
