"""Takes out of a comment the sentences that name a person or another dossier. Pure; in doubt, a sentence goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from eig_sheets.text.french import plain
from eig_sheets.text.names import name_key

CUT: Final = "[…]"


class Reason(StrEnum):
    """Why a sentence is left out, in French."""

    PERSON = "nomme une personne"
    JUROR = "nomme peut-être un juré"
    ADDRESS = "contient une adresse électronique"
    DOSSIER = "nomme un autre dossier"


@dataclass(frozen=True, slots=True)
class Subject:
    """A dossier, as comments may name it: its number, its project, its administration."""

    numero: str
    project: str = ""
    administration: str = ""


@dataclass(frozen=True, slots=True)
class Redacted:
    """What is left of a comment, '' for nothing, and why the rest is not there, each reason once."""

    text: str
    reasons: tuple[Reason, ...] = ()


_END_OF_SENTENCE: Final = re.compile(
    r"(?:(?<!\b[A-ZÀ-Ý])(?<!\bMM)(?<!\bDr)(?<!\bPr)(?<!\bMe)(?<!\bMr)(?<!\bMme)\.|[!?…])+[»”\")\]]*\s+|\s*[\r\n]+\s*"
)
"""What ends a sentence: not the full stop of « M. » or of an initial."""
_CIVILITY: Final = re.compile(
    r"\b(?:M\.|MM\.?|Mr\.?|Mmes?\.?|Mlles?\.?|Dr\.?|Pr\.?|Me|Monsieur|Madame|Mademoiselle)\s+[A-ZÀ-Ý]"
)
_CAPITALISED: Final = re.compile(r"[A-ZÀ-Ý][\w’'-]*\w")
_PARTS_OF_A_TITLE: Final = re.compile(r"\s+[–—-]\s+|\s*[:(),;|/«»]\s*")
_ACRONYM: Final = re.compile(r"[A-ZÀ-Ý].*[A-ZÀ-Ý0-9]")
"""A part of a title of one word by which it is known: « DINUM », « DataJust », not « Plateforme »."""
_WORDS_OF_A_DOSSIER: Final = frozenset(
    ("dossier", "dossiers", "projet", "projets", "candidature", "candidatures", "numero", "numeros")
)
_SHORT_NUMBER: Final = 3
"""Figures up to which a number alone may be a quantity: it is a dossier's only beside a word that says so."""
_MOST_INITIALS: Final = 4
"""Words of the longest name that is signed by initials; one of a single word is not."""
_SHORTEST_PART: Final = 3
"""Letters from which a part of a title, or of a juror's name, is one by which it can be known."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop."""
    found, start = [], 0
    for end in _END_OF_SENTENCE.finditer(text):
        found.append(text[start : end.end()])
        start = end.end()
    return [sentence for one in (*found, text[start:]) if (sentence := " ".join(one.split()))]


class Known:
    """Who and what comments may name."""

    def __init__(self, people: Iterable[str], jurors: Iterable[str], subjects: Iterable[Subject]) -> None:
        """`people` and `jurors`: their full names; `subjects`: every dossier."""
        jurors = [*jurors]
        self._jurors = {word for name in jurors for word in name_key(name) if len(word) >= _SHORTEST_PART}
        self._names: dict[str, list[frozenset[str]]] = {}
        for name in (*people, *jurors):
            if len(key := name_key(name)) > 1:
                self._names.setdefault(max(key, key=lambda word: (len(word), word)), []).append(key)
        self._own = {subject.numero: frozenset(_phrases(subject)) for subject in subjects}
        self._phrases: dict[str, set[str]] = {}
        for phrase in {phrase for own in self._own.values() for phrase in own}:
            self._phrases.setdefault(phrase.split()[0], set()).add(phrase)

    def redacted(self, comment: str, numero: str, author: str = "") -> Redacted:
        """A comment on a dossier by a juror of that name, as its applicant may read it."""
        kept: list[str] = []
        reasons: dict[Reason, None] = {}
        for sentence in sentences(comment):
            reason = self._reason(sentence, numero, author)
            if reason:
                reasons[reason] = None
            if not reason or kept[-1:] != [CUT]:
                kept.append(CUT if reason else sentence)
        says_something = any(sentence != CUT for sentence in kept)
        return Redacted(" ".join(kept) if says_something else "", tuple(reasons))

    def _reason(self, sentence: str, numero: str, author: str) -> Reason | None:
        words = plain(sentence).split()
        if "@" in sentence:
            return Reason.ADDRESS
        if _CIVILITY.search(sentence) or self._names_somebody({*words}):
            return Reason.PERSON
        if self._may_name_a_juror(sentence) or _initials(author, sentence):
            return Reason.JUROR
        return Reason.DOSSIER if self._names_another(words, numero) else None

    def _names_somebody(self, words: set[str]) -> bool:
        return any(key <= words for word in words for key in self._names.get(word, ()))

    def _may_name_a_juror(self, sentence: str) -> bool:
        """Whether a capitalised word is one of a juror's name, alone."""
        written = (plain(word) for word in _CAPITALISED.findall(sentence))
        return any(word in self._jurors for words in written for word in words.split())

    def _names_another(self, words: Sequence[str], numero: str) -> bool:
        own = self._own.get(numero, frozenset())
        text = f" {' '.join(words)} "
        for phrase in sorted(own, key=len, reverse=True):  # « Aides jeunes » does not name the other project « Aides »
            text = text.replace(f" {phrase} ", " | ")
        said = {*words}
        return any(
            phrase not in own and f" {phrase} " in text and (not _is_short(phrase) or said & _WORDS_OF_A_DOSSIER)
            for word in {*text.split()}
            for phrase in self._phrases.get(word, ())
        )


def _is_short(phrase: str) -> bool:
    return phrase.isdigit() and len(phrase) <= _SHORT_NUMBER


def _phrases(subject: Subject) -> Iterator[str]:
    """What names a dossier, in plain form: its number; its project and administration, whole or a telling part."""
    if number := plain(subject.numero):
        yield number
    for text in (subject.project, subject.administration):
        telling = (part for part in _PARTS_OF_A_TITLE.split(text) if " " in part or _ACRONYM.search(part))
        phrases = map(plain, (text, *telling))
        yield from (phrase for phrase in phrases if len(phrase) >= _SHORTEST_PART and not phrase.isdigit())


def _initials(author: str, sentence: str) -> bool:
    """Whether the sentence holds the initials of its author, as one signs: « CM », « C. M. »."""
    letters = [word[0] for word in re.findall(r"\w+", author)]
    if not 1 < len(letters) <= _MOST_INITIALS:
        return False
    pattern = r"\.?\s?-?".join(re.escape(letter.upper()) for letter in letters)
    return re.search(rf"(?<!\w){pattern}(?!\w)", sentence) is not None


def by_text(comments: Iterable[str]) -> list[str]:
    """Comments in the order of their texts, each once: their order tells nothing of jurors."""
    return sorted({*comments}, key=lambda text: (plain(text), text))
