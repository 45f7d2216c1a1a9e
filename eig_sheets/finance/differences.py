"""What differs between a version that was handed over and today: which dossier, from what to what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from eig_sheets.domain.cofinancing import CofinancingStatus, RouteReason
from eig_sheets.domain.costs import exact
from eig_sheets.text.french import number, plural, typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.cofinancing_texts import between

_PRESENT, _ABSENT, _UNKNOWN = "présent", "absent", "inconnu"
_PAYMENTS: Final = {"decret_transfert": "décret de transfert", "delegation_gestion": "délégation de gestion"}
_TYPED: Final = {"decision": "Décision", "eig": "EIG demandés", "programme": "Programme"}
_STATED: Final = "saisi dans Candidatures"
_CORRECTED: Final = "coût réel, expérience ou contrat corrigé"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, in French; `dossier` is None for a rule, which concerns them all."""

    dossier: str | None
    what: str
    before: str
    after: str
    why: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs, rules first, then dossiers in today's order, then those that are no longer there."""
    rules = [*_rules(before["rules"], after["rules"])]
    changed = tuple(f"règle changée : {rule.what}" for rule in rules)
    old, new = before["dossiers"], after["dossiers"]
    changes = [*rules]
    for numero in (*new, *(numero for numero in old if numero not in new)):
        changes += _dossier(numero, old.get(numero), new.get(numero), changed)
    return [
        Difference(change.dossier, *map(typographic, (change.what, change.before, change.after, change.why)))
        for change in changes
    ]


def _rules(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield Difference(None, key, _shown(before.get(key)), _shown(after.get(key)), "configuration modifiée")


def _dossier(
    numero: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, rules: tuple[str, ...]
) -> Iterator[Difference]:
    if before is None or after is None:
        shown = (_ABSENT, _PRESENT) if before is None else (_PRESENT, _ABSENT)
        why = "nouveau dossier" if before is None else "retiré de Candidatures, ou laissé de côté par une anomalie"
        yield Difference(numero, "Dossier", *shown, why)
        return
    for key, what in _TYPED.items():
        if before.get(key) != after.get(key):
            yield Difference(numero, what, _shown(before.get(key)), _shown(after.get(key)), _STATED)
    yield from _status(numero, before, after)
    if before.get("payment") != after.get("payment"):
        was, now = (_PAYMENTS.get(dossier.get("payment") or "", "aucune") for dossier in (before, after))
        yield Difference(numero, "Voie des crédits", was, now, _out_of_call(after) or "types d’administration changés")
    if before.get("recruited") != after.get("recruited"):
        was, now = (number(dossier.get("recruited") or 0) for dossier in (before, after))
        yield Difference(numero, "EIG recrutés", was, now, _out_of_call(after) or _of_recruits(before, after))
    if _amounts(before) != _amounts(after):
        causes = [*_causes(before, after), *rules] or [_CORRECTED]
        yield Difference(numero, "Montant", _amount(before), _amount(after), " ; ".join(causes))


def _status(numero: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    if before.get("status") != after.get("status"):
        was, now = (words.COFINANCING.get(dossier.get("status") or "", _UNKNOWN) for dossier in (before, after))
        yield Difference(numero, "Statut", was, now, _out_of_call(after) or "voyez « Ce qui manque »")


def _out_of_call(after: Mapping[str, Any]) -> str:
    """Why a dossier is out of the call; '' for one that is in it."""
    return (
        words.COFINANCING_REASONS[RouteReason(after["reason"])] if after.get("status") == CofinancingStatus.VOID else ""
    )


def _of_recruits(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    more = (after.get("recruited") or 0) - (before.get("recruited") or 0)
    if more > 0:
        return plural(more, "EIG recruté", "EIG recrutés")
    return plural(-more, "EIG qui n’est plus retenu : désistement ?", "EIG qui ne sont plus retenus : désistements ?")


def _causes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Why an amount changed, as far as what is kept tells."""
    if out := _out_of_call(after):
        yield out
        return
    if before.get("status") != after.get("status") and CofinancingStatus.NONE in (
        before.get("status"),
        after.get("status"),
    ):
        yield "demande de co-financement changée"
    if before.get("recruited") != after.get("recruited"):
        yield _of_recruits(before, after)
    for key, more, fewer in (
        ("real_costs", "coût réel saisi", "coût réel retiré"),
        ("dated", "contrat saisi", "contrat retiré"),
    ):
        change = (after.get(key) or 0) - (before.get(key) or 0)
        if change:
            yield more if change > 0 else fewer
    if None not in (before.get("months"), after.get("months")) and before["months"] != after["months"]:
        yield f"mois payés : de {number(before['months'], 2)} à {number(after['months'], 2)}"
    if any(before.get(key) != after.get(key) for key in ("cost_low", "cost_high")):
        yield "simulation du dossier changée"
    if before.get("eig") != after.get("eig"):
        yield "nombre d’EIG demandés changé"


def _amounts(dossier: Mapping[str, Any]) -> tuple[Any, Any]:
    return dossier.get("least"), dossier.get("most")


def _amount(dossier: Mapping[str, Any]) -> str:
    least, most = _amounts(dossier)
    return _UNKNOWN if least is None or most is None else between(exact(least), exact(most))


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "vide"
    return number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
