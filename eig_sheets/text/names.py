"""Names as they are compared: those of people, in any order of their words, and those of métiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from eig_sheets.text.french import plain


def name_key(name: str) -> frozenset[str]:
    """A name as it compares: its words in any order, without case, accents or hyphens, and without a title."""
    return frozenset(plain(name).split()) - {"m", "mme", "mlle", "monsieur", "madame", "dr", "pr"}


def orders_of(words: Sequence[str]) -> set[tuple[str, ...]]:
    """The words of a name in the orders in which it is written: surnames before or after, wherever they begin."""
    return {(*words[at:], *words[:at]) for at in range(len(words))}


_OTHER_GENDER: Final = re.compile(r"\s*[/(].*|[·•.‧・-](?:e|euse|euses|ne|nes|trice|ère|s)\b.*", re.IGNORECASE)
"""« / développeuse », « (se) », « ·euse », « .ne »: what is written after the first form."""
_FEMININE: Final = (("euses", "eur"), ("euse", "eur"), ("eurs", "eur"), ("iennes", "ien"), ("ienne", "ien"),
                    ("iens", "ien"), ("trices", "teur"), ("trice", "teur"))  # fmt: skip

_MOST_KNOWN: Final = 4_096
"""Names that are worked out once: many rows of a tab have the same."""


def metier_key(typed: str, vocabulary: Iterable[str] = ()) -> str:
    """A métier as it is compared: without case, accents or mark of gender; '' for nothing.

    Of the `vocabulary` (`words.profiles` of the configuration), the one that it begins like, or that begins like it, if
    there is only one: « Juriste » is « Juriste du numérique », « Développeur full-stack » is « Développeur ».
    """
    return _key(typed, (*vocabulary,))


@lru_cache(_MOST_KNOWN)
def _key(typed: str, vocabulary: tuple[str, ...]) -> str:
    own = _words(typed)
    known = {words for words in map(_words, vocabulary) if words}
    alike = [words for words in known if own and (own[: len(words)] == words or words[: len(own)] == own)]
    return " ".join(own if own in known or len(alike) != 1 else alike[0])


def metier_name(typed: str, vocabulary: Sequence[str]) -> str:
    """A métier by its name in the `vocabulary`, as it is typed when that has it not."""
    return _name(typed, (*vocabulary,))


@lru_cache(_MOST_KNOWN)
def _name(typed: str, vocabulary: tuple[str, ...]) -> str:
    key = _key(typed, vocabulary)
    return next((name for name in vocabulary if _key(name, ()) == key), typed)


def _words(typed: str) -> tuple[str, ...]:
    first = _OTHER_GENDER.sub("", typed.strip(), count=1)
    return tuple(map(_masculine, plain(first or typed).split()))


def _masculine(word: str) -> str:
    for feminine, masculine in _FEMININE:
        if word.endswith(feminine) and len(word) > len(feminine) + 2:
            return word.removesuffix(feminine) + masculine
    return word
