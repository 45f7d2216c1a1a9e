"""Personal data in a text that is about to be published: an e-mail address, a telephone number, a name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.personal_data import people_of
from eig_sheets.text.french import plain
from eig_sheets.text.names import orders_of

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TELEPHONE: Final = re.compile(r"(?<!\d)(?:(?:\+|00)33[\s.\-]?(?:\(0\)[\s.\-]?)?|0)[1-9](?:[\s.\-]?\d{2}){4}(?!\d)")
_WORDS_OF_A_NAME: Final = 2
"""A single word (« Paul », « Marin ») may be a town, a project or a common noun: it tells of nobody by itself."""

Name = tuple[str, ...]


def people_named(reading: Reading) -> frozenset[Name]:
    """The words of the name of each person of the call's workbooks, as they are compared, in each of its orders."""
    readings = (reading, *((reading.linked,) if reading.linked else ()))
    names_found = {tuple(plain(name).split()) for reading in readings for name in _names(reading)}
    names = {words for words in names_found if len(words) >= _WORDS_OF_A_NAME}
    return frozenset(order for words in names for order in orders_of(words))


def personal_data_in(text: str, people: frozenset[Name]) -> str:
    """What of a text is personal data, in French words; '' when nothing is."""
    if _ADDRESS.search(text):
        return "une adresse électronique"
    if _TELEPHONE.search(text):
        return "un numéro de téléphone"
    return "le nom d’une personne du classeur" if _names_somebody(text, people) else ""


def _names_somebody(text: str, people: frozenset[Name]) -> bool:
    words, lengths = plain(text).split(), {len(name) for name in people}
    return any(tuple(words[at : at + length]) in people for length in lengths for at in range(len(words)))


def _names(reading: Reading) -> Iterator[str]:
    """Every name that somebody typed, of rows that are left out too."""
    for tab in people_of(reading.campaign.features):
        table = reading.tables.get(tab.tab)
        if table is not None and tab.names:
            columns = [table.frame[name] for name in tab.names if name in table.frame]
            yield from (" ".join(part for part in row if isinstance(part, str)) for row in zip(*columns, strict=True))
