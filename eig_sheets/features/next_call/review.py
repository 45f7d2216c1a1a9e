"""What people should read again in the configuration of the next call, and in its texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from eig_sheets.config.campaign import Campaign
from eig_sheets.config.coherence import MONTHS_ALONE, leaves
from eig_sheets.domain.working_days import public_holiday
from eig_sheets.features.next_call.dates import Correction
from eig_sheets.features.next_call.differences import FIRST_OF_MONTH
from eig_sheets.text.french import DAYS, MONTHS, day, moment, number
from eig_sheets.text.french_days import named_days

_YEAR: Final = re.compile(r"\b20\d\d\b")
_AMOUNT: Final = re.compile(r"\d[\d \u00a0\u202f.,]*(?:€|euros\b)")
_MONTH: Final = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_MONEY: Final = ("salaries.", "cofinancing.flat_amount", "cofinancing.envelope", "cofinancing.months")
_NO_DAY: Final = (*MONTHS_ALONE, FIRST_OF_MONTH)
"""Dates that stand for a month: whether somebody works on that day is nothing to look at."""
_ASSUMPTION: Final = "hypothèse"
_OF_MONEY: Final = "montant"
DECIDED, SHIFTED = "date décidée", "date décalée"
"""Reasons: people have just said this date, or it moved with those that they said."""


class Nature(StrEnum):
    """What kind of thing there is to read again, in the order in which one would."""

    DATE = "les dates"
    AMOUNT = "les montants"
    RULE = "les règles, leurs hypothèses et leurs sources"
    TEXT = "les textes"
    JUROR = "les jurés repris, sans déports ni déclaration"


@dataclass(frozen=True, slots=True)
class Review:
    """Something to read again: where it is (a key, or a text and its line), what it says, and why."""

    where: str
    value: str
    why: str
    nature: Nature = field(default=Nature.RULE, compare=False)


def of_settings(
    campaign: Campaign,
    sources: Mapping[str, str],
    decided: frozenset[str],
    corrections: Mapping[str, Correction] = MappingProxyType({}),
    of_last: frozenset[str] = frozenset(),
) -> Iterator[Review]:
    """The keys with a date, a year, an amount, an assumption, or a source that is of the last call.

    `decided`: those that people just decided. `corrections`: the proposals that could not be; those that are left out
    are listed too. `of_last`: words that a comment or a text of the last call has: its id, the names of its sources.

    In a list of tables only dates and years are looked for: a comment there may be of one table.
    """
    last = re.compile("|".join([_YEAR.pattern, _ASSUMPTION, *(rf"\b{re.escape(word)}\b" for word in sorted(of_last))]))
    for key, value in leaves(_without_lists_of_words(campaign.model_dump(by_alias=True, exclude_unset=True))):
        plain_key = re.sub(r"\[\d+\]", "", key)
        source = "" if "]." in key else sources.get(plain_key, "")
        reasons = [*_reasons(plain_key, value, source, last, is_decided=key.partition("[")[0] in decided)]
        if (corrected := corrections.get(key)) and corrected.value == value:
            reasons.append(corrected.why)
        if reasons:
            said = _month(value) if plain_key in MONTHS_ALONE else _written(value)
            yield Review(key, said, " ; ".join(reasons), _nature(plain_key, value, reasons))
    for key, corrected in corrections.items():
        if corrected.value is None:
            yield Review(re.sub(r"\[\d+\]", "", key), "", corrected.why, Nature.DATE)


def _nature(key: str, value: Any, reasons: Collection[str]) -> Nature:
    in_words = isinstance(value, str) and not key.endswith(".source") and named_days(value)
    if isinstance(value, date) or in_words:
        return Nature.DATE
    return Nature.AMOUNT if _OF_MONEY in reasons else Nature.RULE


def _without_lists_of_words(value: Any) -> Any:
    """The settings with lists of words or numbers as one text, to be read once."""
    if isinstance(value, Mapping):
        return {name: _without_lists_of_words(item) for name, item in value.items()}
    if isinstance(value, tuple) and not any(isinstance(item, (Mapping, date)) for item in value):
        return ", ".join(map(_written, value))
    return value


def _reasons(key: str, value: Any, source: str, last: re.Pattern[str], *, is_decided: bool) -> Iterator[str]:
    if isinstance(value, date):
        yield DECIDED if is_decided else SHIFTED
        if key not in _NO_DAY:
            yield from _rests(value)
        return
    if isinstance(value, str) and _YEAR.search(value):
        yield "année"
    if isinstance(value, (int, float)) and key.startswith(_MONEY):
        yield _OF_MONEY
    if isinstance(value, str) and (key.endswith(".source") or (not _YEAR.search(value) and last.search(value))):
        yield "de l’appel d’avant"
    if last.search(source):
        yield source


def _month(value: date) -> str:
    return f"{MONTHS[value.month - 1]} {value.year}"


def _rests(value: date) -> Iterator[str]:
    """Whether nobody works on that day."""
    if holiday := public_holiday(value):
        yield f"jour férié ({holiday})"
    elif value.weekday() > 4:
        yield DAYS[value.weekday()]


def _written(value: Any) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case int() | float():
            return number(value)
        case _:
            return str(value)


def of_templates(texts: Mapping[str, str]) -> Iterator[Review]:
    """The lines of templates with a month, a year, an amount or an assumption, by the template's name."""
    for name, text in texts.items():
        for place, line in enumerate(text.splitlines(), 1):
            words = re.sub(r"{[{%].*?[}%]}", "", line)  # without placeholders
            patterns = {"mois": _MONTH, "année": _YEAR, "montant": _AMOUNT, _ASSUMPTION: re.compile(_ASSUMPTION)}
            reasons = [why for why, pattern in patterns.items() if pattern.search(words)]
            if reasons:
                yield Review(f"{name}, ligne {place}", line.strip(), " ; ".join(reasons), Nature.TEXT)
