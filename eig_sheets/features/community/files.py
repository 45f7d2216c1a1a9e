"""The past projects of the programme, from the package's own file, and a search among them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from math import log
from typing import Final

import snowballstemmer  # type: ignore[import-untyped]  # it has no types of its own

from eig_sheets.text.french import plain

_BEGINS_IN: Final = 9
"""Promotions begin in September (EIG5: 13 September 2021)."""
_SATURATION: Final = 1.5
"""k1: how soon a word that comes again counts no more."""
_LENGTH: Final = 0.75
"""b: how much a long text is worth less."""
_NAME_COUNTS: Final = 2
_STOP_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        au aux avec ce ces cette chez comme dans de des du elle elles en entre est et etre eux grace il ils la le les
        leur leurs lors mais meme ne nos notre nous on ou par pas plus pour qu que qui sa sans se ses son sont sous sur
        tous tout toute toutes un une via vos votre vous afin ainsi aussi autre autres faire fait mieux permettre permet
        projet projets fictif service services public publics publique publiques administration administrations
        """,
    )
)
"""Words that say nothing of a subject; the last ones are in nearly all of these projects."""


@dataclass(frozen=True, slots=True)
class PastProject:
    """A project of an earlier promotion; `year` is that in which the promotion began."""

    promotion: str
    year: int
    name: str
    host: str
    professions: tuple[str, ...]
    summary: str

    def has_begun(self, today: date) -> bool:
        """Whether the promotion had begun on that day: before, nobody knew of the project."""
        return (self.year, _BEGINS_IN) <= (today.year, today.month)


@dataclass(frozen=True, slots=True)
class Found:
    """A project that was found, its score, and the words of it that were looked for, as it has them."""

    project: PastProject
    score: float
    matched: tuple[str, ...]


def search(words: str, projects: Sequence[PastProject]) -> list[Found]:
    """The projects that have some of the words, the most alike first; of equal ones, the most recent."""
    asked = {*_stems(words)}
    documents = [_weights(project) for project in projects]
    mean = sum(sum(weights.values()) for weights in documents) / max(len(documents), 1)
    rarity = {stem: _rarity(sum(stem in weights for weights in documents), len(documents)) for stem in asked}
    results = [
        Found(project, score, _matched(project, asked))
        for project, weights in zip(projects, documents, strict=True)
        if (score := sum(rarity[stem] * _saturated(weights, stem, mean) for stem in asked)) > 0
    ]
    return sorted(results, key=lambda result: (-round(result.score, 9), -result.project.year, result.project.name))


def has_words(words: str) -> bool:
    """Whether there is something to look for, besides words that say nothing of a subject."""
    return bool(_stems(words))


def _rarity(having: int, total: int) -> float:
    """The inverse document frequency of a word that so many projects have; never negative."""
    return log(1 + (total - having + 0.5) / (having + 0.5))


def _saturated(weights: Counter[str], stem: str, mean: float) -> float:
    count, length = weights[stem], sum(weights.values())
    return count * (_SATURATION + 1) / (count + _SATURATION * (1 - _LENGTH + _LENGTH * length / mean))


def _weights(project: PastProject) -> Counter[str]:
    texts = (*[project.name] * _NAME_COUNTS, project.host, project.summary, *project.professions)
    return Counter(stem for text in texts for stem in _stems(text))


def _matched(project: PastProject, asked: set[str]) -> tuple[str, ...]:
    texts = (project.name, project.host, project.summary, *project.professions)
    words = (word for text in texts for word in _words(text) if _stem(plain(word)) in asked)
    return tuple(dict.fromkeys(word.lower() for word in words))


def _stems(text: str) -> list[str]:
    kept = (word for word in map(plain, _words(text)) if len(word) > 1 and word not in _STOP_WORDS)
    return [_stem(word) for word in kept]


def _words(text: str) -> list[str]:
    """The words as they are written; « PrédiSauvetage » is also two, and « d’eau » has « eau »."""
    parts = re.findall(r"[^\W_]+", text)
    return [piece for part in parts for piece in (part, *_joined(part))]


def _joined(word: str) -> list[str]:
    pieces = re.findall(r"[A-ZÀ-Ý]+(?![a-zà-ÿ])|[A-ZÀ-Ý][a-zà-ÿ]+|[a-zà-ÿ]+|\d+", word)
    return pieces if len(pieces) > 1 else []


@cache
def _stem(word: str) -> str:
    """The stem of a word; of one without accents, which Snowball's rules expect: they take most of it all the same."""
    stem: str = _stemmer().stemWord(word)
    return stem


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("french")


FILE: Final = "past_projects.csv"


@cache
def past_projects() -> tuple[PastProject, ...]:
    """All of them, promotion by promotion."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return tuple(
        PastProject(
            row["promotion"],
            int(row["annee"]),
            row["projet"],
            row["accueil"],
            tuple(filter(None, map(str.strip, row["metiers"].split(";")))),
            row["objet"],
        )
        for row in csv.DictReader(text.splitlines())
    )
