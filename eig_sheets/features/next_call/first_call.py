"""A call that follows none: what people answer about it, and the text of its configuration. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from eig_sheets.config.coherence import day_of
from eig_sheets.registry import Feature, Features
from eig_sheets.text.french import plain
from eig_sheets.workbook.tabs import evaluations

COFINANCING: Final = "cofinancing"
"""The word by which the co-financing of recruitments is asked for, beside the names of features."""
_AUDITIONS, _TALENTS, _FOLLOW_UP = "auditions", "talents", "follow_up"
_OF_REVIEWS: Final = tuple(field.id for field in evaluations(()).fields)
COLUMNS: Final = {
    "ministere": (COFINANCING,),
    "region": (),
    "siret": (COFINANCING, "openness"),
    "partenaires": (),
    "profils": (_TALENTS,),
    "porteur_projet_2": (COFINANCING, _FOLLOW_UP),
    "email_porteur_2": (COFINANCING, _FOLLOW_UP),
    "mentor": (_FOLLOW_UP,),
    "email_mentor": (_FOLLOW_UP,),
    "presentation": (),
    "simulation": (COFINANCING,),
    "questions": (_AUDITIONS,),
    "audition": (_AUDITIONS,),
}
"""Columns of `Candidatures` that a small call has no use for, and the parts with which it has one."""
MAILS: Final = {
    "convocation_jury": (_AUDITIONS,),
    "annulation": (_AUDITIONS, "advice", _TALENTS),
    "cofinancement_a_completer": (COFINANCING,),
}
"""The same of e-mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCall:
    """What people answer. `scale`: the least and the best note of a criterion.

    `is_public`: an administration takes its decisions. `states_rows`: the exports of its form say which rows are
    drafts. `guessed`: the names of the answers that nobody gave. `parts`: the names of the features that it has, of
    those that are asked about, and `COFINANCING`. `amount`: euros for each person recruited.
    """

    id: str
    name: str
    opens: date
    closes: date
    jury: tuple[date, ...]
    target: int
    criteria: tuple[str, ...]
    scale: tuple[int, int]
    contact: str
    is_public: bool
    states_rows: bool
    guessed: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    amount: int = 0

    @property
    def disabled(self) -> tuple[str, ...]:
        """The e-mails of the program that it has no use for."""
        return tuple(mail for mail, parts in MAILS.items() if not self.parts & {*parts})


def suggested_closing(opens: date) -> date:
    """Six weeks after the opening."""
    return day_of(opens) + timedelta(weeks=6)


def suggested_jury(closes: date) -> tuple[date, ...]:
    """One day, three weeks after the closing."""
    return (day_of(closes) + timedelta(weeks=3),)


def suggested_id(name: str) -> str:
    """« Prix du guichet 2027 » → « PRIX-DU-GUICHET-2027 »."""
    return "-".join(re.findall(r"[a-z0-9]+", plain(name))).upper() or "APPEL"


def asked_about(features: Features, chosen: Collection[str]) -> Iterator[Feature]:
    """The features that a call is asked about, in order, but those that need one which is not among the chosen.

    `chosen` may grow meanwhile.
    """
    for feature in features:
        if feature.question and all(need in chosen or not _asked(features, need) for need in feature.needs):
            yield feature


def _asked(features: Features, name: str) -> bool:
    return any(feature.question for feature in features if feature.id == name)


def with_needs(parts: Collection[str], features: Features) -> frozenset[str]:
    """These parts, with those that they cannot be without."""
    by_id, found, waiting = {feature.id: feature for feature in features}, set[str](), [*parts]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += by_id[part].needs if part in by_id else ()
    return frozenset(found)


def criterion_ids(labels: Sequence[str]) -> list[str]:
    """An id for each criterion, made from its label, no two alike and none that of another column."""
    ids: list[str] = []
    for label in labels:
        word = "_".join(re.findall(r"[a-z0-9]+", plain(label))) or "critere"
        word = word if word[0].isalpha() else f"critere_{word}"
        taken = (*_OF_REVIEWS, *ids)
        ids.append(
            word if word not in taken else next(f"{word}_{n}" for n in range(2, 1000) if f"{word}_{n}" not in taken)
        )
    return ids
