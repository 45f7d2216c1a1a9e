"""The projects that candidates choose: which wishes are valid; the candidatures that are one person's."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from eig_sheets.domain.decisions import REFUSED, WITHDRAWN
from eig_sheets.domain.frames import Mask, Objects, labelled, no_row, objects
from eig_sheets.features.talents.settings import WISHES
from eig_sheets.text.french import plain
from eig_sheets.text.names import name_key

RECEIVED: Final = "voeux_le"


class ChoiceCode(StrEnum):
    """What is wrong with a wish, or with all those of a candidate."""

    UNKNOWN = "voeu_inconnu"  # no dossier has this number
    NOT_LAUREATE = "voeu_non_laureat"  # the dossier is not a selected project
    REPEATED = "voeu_en_double"  # the same project is an earlier wish
    TOO_MANY = "voeu_en_trop"  # beyond the number of wishes of the call
    GAP = "voeu_saute"  # an earlier wish is blank
    LATE = "voeux_tardifs"  # received after the deadline: none of them counts
    UNDATED = "voeux_sans_date"  # nothing says when they were received: they count


INVALID: Final = frozenset(
    {ChoiceCode.UNKNOWN, ChoiceCode.NOT_LAUREATE, ChoiceCode.REPEATED, ChoiceCode.TOO_MANY, ChoiceCode.LATE}
)
"""The codes of wishes that do not count."""


class ChoiceReason(NamedTuple):
    """What is wrong, and the field of the cell to look at."""

    code: ChoiceCode
    field: str


def choices(
    candidates: pd.DataFrame,
    numbers: Collection[str],
    laureates: Collection[str],
    deadline: datetime | None,
    most: int = len(WISHES),
) -> pd.DataFrame:
    """The choices of each candidate, on the index of `candidates`.

    Columns: `candidature`; `wishes`, the tuple of the valid numbers in order; `reasons`, a tuple of ChoiceReason.
    `numbers`: those of all dossiers; `laureates`: those of the selected projects; `deadline`: the last second at which
    wishes may be received, None without one; `most`: how many there may be. A wish that is not valid leaves the others.
    """
    late, undated = _late(candidates, deadline)
    findings: list[tuple[ChoiceReason, Mask]] = []
    valid: list[Objects] = []
    blank_before = no_row(candidates)
    for place, field in enumerate(WISHES):
        wish = candidates[field]
        filled = wish.notna().to_numpy(dtype=bool)
        earlier = no_row(candidates)
        for before in WISHES[:place]:
            earlier |= (wish == candidates[before]).to_numpy(dtype=bool, na_value=False)
        known, selected = (wish.isin(list(projects)).to_numpy(dtype=bool) for projects in (numbers, laureates))
        masks = {
            ChoiceCode.UNKNOWN: filled & ~known & ~selected,
            ChoiceCode.NOT_LAUREATE: filled & known & ~selected,
            ChoiceCode.REPEATED: filled & earlier,
            ChoiceCode.TOO_MANY: filled & no_row(candidates) if place < most else filled,
            ChoiceCode.GAP: filled & blank_before,
        }
        findings += [(ChoiceReason(code, field), mask) for code, mask in masks.items()]
        wrong = np.logical_or.reduce([mask for code, mask in masks.items() if code in INVALID])
        valid.append(wish.where(filled & ~wrong & ~late).to_numpy(dtype=object))
        blank_before |= ~filled
    chose = candidates[[*WISHES]].notna().any(axis=1).to_numpy(dtype=bool)
    findings += [
        (ChoiceReason(ChoiceCode.LATE, RECEIVED), late & chose),
        (ChoiceReason(ChoiceCode.UNDATED, RECEIVED), undated & chose),
    ]
    return pd.DataFrame(
        {
            "candidature": candidates["candidature"],
            "wishes": objects(
                (tuple(number for number in wishes if isinstance(number, str)) for wishes in zip(*valid, strict=True)),
                candidates.index,
            ),
            "reasons": labelled(findings, candidates.index),
        }
    )


def _late(candidates: pd.DataFrame, deadline: datetime | None) -> tuple[Mask, Mask]:
    """Where wishes came after the deadline, and where nothing tells; an unreadable date is blank."""
    if deadline is None:
        return no_row(candidates), no_row(candidates)
    received = pd.to_datetime(candidates[RECEIVED]).dt.floor("s")
    return (received > pd.Timestamp(deadline)).to_numpy(dtype=bool), received.isna().to_numpy(dtype=bool)


def rank_of(wishes: tuple[str, ...], numero: str) -> int | None:
    """The place of a project among valid wishes, from 1; None when it is not one."""
    return wishes.index(numero) + 1 if numero in wishes else None


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
