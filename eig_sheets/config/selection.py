"""Checks of `[selection]`: a limit that nobody published, that limits nothing or that contradicts itself is refused."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.domain.selection_rules import SelectionLimit, SelectionRules
from eig_sheets.text.french import plain

_PUBLISHED = "écrivez où cette limite a été publiée, par exemple « Cahier des charges, 5.2 »"


def selection_errors(rules: SelectionRules | None) -> Iterator[str]:
    """A French sentence for each limit that cannot be used."""
    if rules is None:
        return
    if rules.envelope is not None and not plain(rules.source):
        yield f"il manque « selection.source », sans quoi selection.envelope est refusée : {_PUBLISHED}"
    first: dict[tuple[str, str], int] = {}
    for place, limit in enumerate(rules.limits, 1):
        key = f"selection.limits[{place}]"
        yield from _limit_errors(key, limit)
        other = first.setdefault((plain(limit.column), plain(str(limit.value))), place)
        if other != place:
            yield f"{key} porte sur la même chose que selection.limits[{other}] : réunissez-les, avec min et max"


def _limit_errors(key: str, limit: SelectionLimit) -> Iterator[str]:
    if not plain(limit.source):
        yield f"il manque « {key}.source », sans quoi cette limite est refusée : {_PUBLISHED}"
    if not plain(limit.column):
        yield f"{key}.column = « {limit.column} » n’a ni lettre ni chiffre : donnez l’en-tête d’une colonne"
    if limit.value is not None and not isinstance(limit.value, (str, int, float)):
        yield f"{key}.value n’est pas accepté : il faut un texte entre guillemets, un nombre, true ou false"
    if isinstance(limit.value, str) and not plain(limit.value):
        yield f"{key}.value = « {limit.value} » n’a ni lettre ni chiffre : donnez une valeur, ou retirez cette clé"
    if limit.min is None and limit.max is None:
        yield f"{key} ne limite rien : donnez min, max ou les deux"
    if limit.min is not None and limit.max is not None and limit.min > limit.max:
        yield f"{key}.min = {limit.min} dépasse {key}.max = {limit.max} : corrigez l’un des deux"
