"""Checks of the names in a configuration: of criteria, types and e-mails; they must exist and be unique."""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.config.outlets import ADDRESS
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.domain.rules import Criterion, EligibilityRules, EmailRules, RankingRules
from eig_sheets.text.french import plain

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
