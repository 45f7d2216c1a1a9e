"""Checks of the values and of the names of each section: those that contradict each other, or do not exist."""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.config.export_columns import STATE_FIELD, FormSettings, ImportSettings, headers_of
from eig_sheets.config.outlets import ADDRESS
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.domain.rules import Criterion, EligibilityRules, EmailRules, RankingRules
from eig_sheets.domain.selection_rules import SelectionLimit, SelectionRules
from eig_sheets.text.french import plain
from eig_sheets.text.french_days import YEARS

_STATES: Final = ("ignored_states", "withdrawn_states", "editable_states", "added_states")


def zone_errors(zone: str) -> Iterator[str]:
    """A French sentence when there is no such time zone."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown, not a name, a folder of zones
        yield f"campaign.timezone = « {zone} » n’est pas accepté : il faut un fuseau connu, par exemple Europe/Paris"


def empty_list_errors(rules: EligibilityRules, imports: ImportSettings) -> Iterator[str]:
    """A French sentence for each list that is written and empty: it may mean that nothing, or all, is accepted."""
    if "eig_numbers" in rules.model_fields_set and not rules.eig_numbers:
        yield (
            "eligibility.eig_numbers = [] ne dit rien : donnez les nombres acceptés, ou retirez cette clé pour que le "
            "nombre ne soit pas vérifié"
        )
    for section, form in _forms(imports).items():
        for field, accepted in form.fields.items():
            if not accepted and field != STATE_FIELD:  # of which it says that the export has none
                key = f"{section}.fields.{field}"
                yield f"{key} = [] ne dit rien : donnez ses en-têtes dans l’export, ou retirez cette clé"


def year_errors(values: Any, key: str = "") -> Iterator[str]:
    """A French sentence for each date of another century, wherever it is: a year that was mistyped."""
    if isinstance(values, date) and values.year not in YEARS:
        yield f"{key} = {values.isoformat()} n’est pas accepté : il faut une année de {YEARS[0]} à {YEARS[-1]}"
    elif isinstance(values, dict):
        for name, value in values.items():
            yield from year_errors(value, f"{key}.{name}".lstrip("."))
    elif isinstance(values, tuple):
        for place, value in enumerate(values, 1):
            yield from year_errors(value, f"{key}[{place}]")


def blank_word_errors(imports: ImportSettings) -> Iterator[str]:
    """A French sentence for each header or state of `[import]` that a blank cell would also be."""
    for section, form in _forms(imports).items():
        yield from _blank_words(section, form)


def _forms(imports: ImportSettings) -> dict[str, ImportSettings | FormSettings]:
    """The columns of the export of each form, by their key."""
    return {"import": imports, **{f"import.{name}": form for name, form in imports.others().items()}}


def _blank_words(section: str, form: ImportSettings | FormSettings) -> Iterator[str]:
    fields = {
        f"fields.{field}": [header for name in names for header in headers_of(name)]
        for field, names in form.fields.items()
    }
    states = {key: getattr(form, key, None) or () for key in _STATES}
    for key, words in (fields | states).items():
        for word in words:
            if not plain(word):
                written = f"« {word} »" if word else "« »"
                yield f"{section}.{key} : {written} n’a ni lettre ni chiffre : retirez-le"


def cofinancing_errors(rules: CofinancingRules) -> Iterator[str]:
    """A French sentence for each value of `[cofinancing]` that contradicts another."""
    low, high = rules.plausible
    if rules.months > rules.total_months:
        yield "cofinancing.months ne peut pas dépasser cofinancing.total_months"
    if not 0 <= low <= high:
        yield "cofinancing.plausible doit aller du plus petit au plus grand, par exemple [0.6, 1.6]"
    if rules.rule == "flat" and not rules.flat_amount:
        yield "cofinancing.rule = « flat » demande cofinancing.flat_amount : le montant pour un EIG, en euros"


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


RESERVED: Final = frozenset(
    {
        "numero", "jure", "deport", "coup_de_coeur", "avis", "commentaire", "communicable", "evalue_le", "row",
        "unreadable", "status", "note", "nsp", "stdev", "reviews", "reviews_expected", "incomplete", "hearts",
        "favorable", "unfavorable",
        "rank", "expected_rank", "interval_50", "mass_50", "interval_90", "mass_90", "p_selected", "zone", "proposal",
        "proposal_reserves", "source", "tie_break", "tied", "alerts", "unranked_reason", "preselection", "decision",
    }
)  # fmt: skip
"""Column names of the tables that also have one column for each criterion: criteria may not use them."""


def name_errors(
    criteria: Sequence[Criterion],
    ranking: RankingRules,
    eligibility: EligibilityRules,
    cofinancing: CofinancingRules,
    emails: EmailRules,
    templates: Iterable[str],
) -> Iterator[str]:
    """A French sentence for each name that is unknown, reserved or duplicate; `templates`: the ids of e-mails."""
    yield from criterion_errors(criteria, "criteria", RESERVED)
    yield from unknown_name_errors("ranking.tie_break", ranking.tie_break, [criterion.id for criterion in criteria])
    yield from unknown_name_errors("eligibility.eliminating", eligibility.eliminating, eligibility.attestations)
    yield from unknown_name_errors("emails.disabled", emails.disabled, templates)
    for word in emails.never:
        if not ADDRESS.fullmatch(word):
            yield f"emails.never : « {word} » n’est pas une adresse : écrivez-la en entier, par exemple nom@domaine.fr"
    for word in emails.allowed:
        if not ADDRESS.fullmatch(f"x{word}" if word.startswith("@") else word):
            yield (
                f"emails.allowed : « {word} » n’est ni une adresse ni un domaine : écrivez par exemple "
                "nom@domaine.gouv.fr ou @domaine.gouv.fr"
            )
    for word in duplicates(host.type for host in cofinancing.hosts):
        yield f"[[cofinancing.hosts]] donne deux fois le type « {word} » : gardez-en un"
    for place, programme in enumerate(cofinancing.programmes, 1):
        if not (programme.number.isdecimal() and len(programme.number) == 3):
            yield (
                f"cofinancing.programmes[{place}].number = « {programme.number} » n’est pas accepté : il faut les "
                "trois chiffres d’un programme budgétaire, entre guillemets"
            )
    for word in duplicates(programme.number for programme in cofinancing.programmes):
        yield f"[[cofinancing.programmes]] donne deux fois le programme {word} : gardez-en un"


def criterion_errors(criteria: Sequence[Criterion], key: str, reserved: Collection[str]) -> Iterator[str]:
    """A French sentence for each criterion, under a key of the configuration, whose id or label cannot be one."""
    for number, criterion in enumerate(criteria, 1):
        if criterion.id in reserved or keyword.iskeyword(criterion.id) or criterion.id.endswith("_nsp"):
            yield f"{key}[{number}].id = « {criterion.id} » est réservé : choisissez un autre nom"
        if not plain(criterion.label):
            yield f"{key}[{number}].label = « {criterion.label} » n’a ni lettre ni chiffre : donnez-lui un nom"
    for word in duplicates(criterion.id for criterion in criteria):
        yield f"[[{key}]] donne deux fois l’id « {word} » : chaque critère a le sien"
    spelled = {plain(criterion.label): criterion.label for criterion in criteria}
    for word in duplicates(plain(criterion.label) for criterion in criteria):
        yield f"[[{key}]] donne deux fois le label « {spelled[word]} » : chaque critère a sa colonne, donc son nom"


def duplicates(words: Iterable[str]) -> list[str]:
    """The words that come twice or more."""
    return [word for word, times in Counter(words).items() if times > 1]
