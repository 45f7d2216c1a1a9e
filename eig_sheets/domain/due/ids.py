"""The name of an e-mail: always the same for the same message to the same people, never that of another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import pandas as pd

from eig_sheets.french import plain

ONCE: Final = "1"
"""The round of an e-mail that has only one."""


class Due(NamedTuple):
    """An e-mail that is due.

    `numero` or `person` (address, or number of a candidate) is who it is about, `row` their line in the tab.
    """

    id: str
    template: str
    numero: str | None
    person: str | None
    round: str
    row: int


def message_id(template: str, whom: str, number: str = ONCE) -> str:
    """The stable id of an e-mail to a dossier or a person; `number` tells one round of the same e-mail from another."""
    return "-".join((template, short_name(whom)) + ((number,) if number != ONCE else ()))


def short_name(whom: str) -> str:
    """A name that is safe in an id, different for each person or dossier."""
    # A plain number names itself. Anything else gets a hash, which keeps apart what looks alike once simplified.
    if whom.isascii() and whom.isalnum():
        return whom
    words = plain(whom.partition("@")[0])[:24].split()
    return "-".join((*words, hashlib.sha256(whom.encode()).hexdigest()[:10]))


def about_dossiers(template: str, rows: pd.DataFrame, number: str = ONCE) -> Iterator[Due]:
    """One e-mail for each of these dossiers, in the order of their numbers."""
    for numero, row in _sorted(rows, "numero"):
        yield Due(message_id(template, numero, number), template, numero, None, number, row)


def to_people(template: str, rows: pd.DataFrame, key: str, number: str = ONCE) -> Iterator[Due]:
    """One e-mail for each of these people, in the order of their `key`."""
    for person, row in _sorted(rows, key):
        yield Due(message_id(template, person, number), template, None, person, number, row)


def _sorted(rows: pd.DataFrame, key: str) -> Iterable[tuple[Any, int]]:
    return sorted(zip(rows[key], rows["row"].astype(int), strict=True))
