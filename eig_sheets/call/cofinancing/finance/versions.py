"""What a version of the co-financing table says, as it is kept: numbers of dossiers and of programmes, counts, amounts.

Nothing of it names anybody, nor tells what one person costs: of the people recruited, only how many they are, how many
costs and starts of contracts are known, and the months that are paid to all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.cofinancing.finance.lines import programme_number
from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus, RouteReason
from eig_sheets.call.cofinancing.rules_costs import costs_of_one, exact
from eig_sheets.call.cofinancing.rules_recruits import Origin, recruits
from eig_sheets.call.cofinancing.words import between
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import candidate_rows
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import number, plural, typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.cells import written

RULES: Final = ("rule", "months", "total_months", "paid_from", "flat_amount", "net_to_employer_ratio", "programme")
"""Keys of `[cofinancing]` that change amounts, or who gives them up."""
SALARIES: Final = ("up_to_5_years", "over_5_years")
_COPIED: Final = {
    "status": "status", "reason": "reason", "payment": "payment", "least": "amount_min", "most": "amount_max",
    "exact": "exact", "recruited": "recruited", "months": "paid_months", "cost_low": "per_eig_min",
    "cost_high": "per_eig_max",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was handed over: its number, from 1, the day of its data, and the SHA-256 of what it says."""

    number: int
    day: date
    digest: str

    @property
    def text(self) -> str:
        """Version 2, données du lundi 4 octobre 2021."""
        return typographic(f"Version {self.number}, données du {french_day(self.day)}")


def content_of(reading: Reading, results: Results) -> dict[str, Any]:
    """What a version says: `rules`, the values that amounts depend on; `dossiers`, by number."""
    campaign = reading.campaign
    rules = campaign.cofinancing.model_dump(mode="json")
    salaries = campaign.salaries.model_dump(mode="json")
    table = results.of(COFINANCING).join(results.of(APPLICATIONS).dossiers[["decision", "nombre_eig"]])
    known = _known_of_recruits(reading, results)
    return {
        "rules": {
            **{f"cofinancing.{key}": rules[key] for key in RULES},
            **{f"salaries.{key}": salaries[key] for key in SALARIES},
        },
        "dossiers": {row["numero"]: _dossier(row) | known.get(row["numero"], {}) for row in table.to_dict("records")},
    }


def _dossier(row: Mapping[Any, Any]) -> dict[str, Any]:
    copied = {key: written(row[column]) for key, column in _COPIED.items()}
    programme = programme_number(row["programme"]) if row["programme"] else None
    return copied | {"decision": written(row["decision"]), "eig": written(row["nombre_eig"]), "programme": programme}


def _known_of_recruits(reading: Reading, results: Results) -> dict[str, dict[str, int]]:
    """Of the recruits of each project that asks, how many have a real cost, and how many paid months are known."""
    campaign = reading.campaign
    people = candidate_rows(reading)
    if people is None or people.empty or campaign.cofinancing.rule == "none":
        return {}
    money = results.of(COFINANCING)
    asking = results.of(APPLICATIONS).dossiers[
        money["status"].isin([CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL])
    ]
    costs = costs_of_one(asking, campaign.cofinancing, campaign.salaries)
    recruited = recruits(people, asking["numero"], costs, campaign.cofinancing)
    counted = pd.DataFrame(
        {
            "real_costs": (recruited["origin"] == Origin.REAL).groupby(recruited["numero"]).sum(),
            "dated": recruited["thirtieths"].notna().groupby(recruited["numero"]).sum(),
        }
    )
    return {str(numero): {"real_costs": int(real), "dated": int(dated)} for numero, real, dated in counted.itertuples()}


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
        changes += _dossier_difference(numero, old.get(numero), new.get(numero), changed)
    return [
        Difference(change.dossier, *map(typographic, (change.what, change.before, change.after, change.why)))
        for change in changes
    ]


def _rules(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield Difference(None, key, _shown(before.get(key)), _shown(after.get(key)), "configuration modifiée")


def _dossier_difference(
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
