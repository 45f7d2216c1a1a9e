"""The candidatures that are one person's: one address or one name, unless people say that they are two. Pure.

Rule: whoever applied twice has one place at most. In doubt, two candidatures are one person's, until « homonyme » in
`Commentaire` says of one that it is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Final

from eig_sheets.domain.decisions import REFUSED, WITHDRAWN
from eig_sheets.text.french import plain
from eig_sheets.text.names import name_key

OVER: Final = (REFUSED, WITHDRAWN)
"""The words of `Statut` after which a candidature is nobody's any more."""
_SOMEBODY_ELSE: Final = re.compile(r"homonyme( de .+)?")
_PARTS: Final = re.compile(r"[;,.\n]")


def same_people(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """The numbers of each person who has several candidatures that are not over, in the order of the rows.

    `rows`: candidature, prenom, nom, email, statut, commentaire of each; a blank is None.
    """
    standing = [row for row in rows if row["candidature"] and row["statut"] not in OVER and not is_somebody_else(row)]
    first_of: dict[Hashable, str] = {}
    person = {str(row["candidature"]): str(row["candidature"]) for row in standing}
    for row in standing:
        for mark in _marks(row):
            other = first_of.setdefault(mark, str(row["candidature"]))
            person[_root(person, str(row["candidature"]))] = _root(person, other)
    groups: dict[str, list[str]] = {}
    for number in person:
        groups.setdefault(_root(person, number), []).append(number)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def is_somebody_else(row: Mapping[str, Any]) -> bool:
    """Whether people typed « homonyme », or « homonyme de T12 », in `Commentaire`: a question mark is no answer."""
    parts = _PARTS.split(row["commentaire"] or "")
    return any("?" not in part and _SOMEBODY_ELSE.fullmatch(plain(part)) for part in parts)


def full_name(row: Mapping[str, Any]) -> str:
    """The first and the last name, as far as they are known."""
    return " ".join(filter(None, (row["prenom"], row["nom"])))


def _marks(row: Mapping[str, Any]) -> Iterable[Hashable]:
    """What a person has in all their candidatures: an address; a name of two words or more, in any order."""
    if row["email"]:
        yield str(row["email"]).casefold()
    name = name_key(full_name(row))
    if len(name) > 1:
        yield name


def _root(person: dict[str, str], number: str) -> str:
    while person[number] != number:
        number = person[number]
    return number
