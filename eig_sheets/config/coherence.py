"""Checks of the dates of a call against one another: those that cannot be are refused, doubtful ones are questioned.

`ORDERS` is the table: one line for each pair of dates. A key that a call does not give is not compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, Final

from eig_sheets.text.french import MONTHS, plain
from eig_sheets.text.french_days import named_days, of_months


@dataclass(frozen=True, slots=True)
class Order:
    """A date that is never after another, each known by its key, and why. The same day is accepted.

    Of days in words, the last is compared with what follows, the first with what comes before; of a month, whatever
    its day, any day will do.

    `refused`: the configuration is refused otherwise; else people are asked to check. `of_one_item`: both are of the
    same item of a list.
    """

    earlier: str
    later: str
    why: str
    refused: bool = True
    of_one_item: bool = False


ORDERS: Final = (
    Order("campaign.opens", "emails.jury_invited", "les jurés sont invités une fois l’appel ouvert", refused=False),
    Order("campaign.closes", "emails.reply_before", "on complète un dossier après la clôture de l’appel"),
    Order("emails.reply_before", "scoring.closes", "un dossier est complet avant la fin du jury", refused=False),
    Order("campaign.closes", "emails.preselection_announced", "la présélection suit la clôture de l’appel"),
    Order("emails.preselection_announced", "scoring.closes", "la présélection précède le jury", refused=False),
    Order("campaign.closes", "scoring.closes", "le jury suit la clôture de l’appel"),
    Order("emails.jury_invited", "scoring.closes", "les jurés sont invités avant la fin du jury"),
    Order("emails.jury_invited", "emails.reminders", "une relance suit l’invitation des jurés"),
    Order("campaign.closes", "emails.reminders", "les jurés notent après la clôture de l’appel"),
    Order("emails.reminders", "scoring.closes", "après le jury, il n’y a plus rien à relancer"),
    Order("campaign.closes", "emails.jury_dates", "le jury suit la clôture de l’appel", refused=False),
    Order("emails.jury_dates", "scoring.closes", "les notes valent jusqu’à la fin du jury", refused=False),
    Order("scoring.closes", "emails.jury_thanked", "les jurés sont remerciés après le jury"),
    Order("emails.jury_dates", "emails.jury_thanked", "les jurés sont remerciés après le jury"),
    Order("campaign.closes", "emails.announced", "une décision s’annonce après la clôture de l’appel"),
    Order("scoring.closes", "emails.announced", "une décision s’annonce après le jury"),
    Order("emails.jury_dates", "emails.announced", "une décision s’annonce après le jury"),
    Order("scoring.closes", "emails.cofinancing_before", "seuls les lauréats complètent leur co-financement"),
    Order("scoring.closes", "cofinancing.paid_from", "on paie des EIG recrutés après le jury"),
    Order("cofinancing.paid_from", "emails.experimentation.ends", "on paie des mois de l’expérimentation"),
    Order("campaign.closes", "emails.scoping_months", "le cadrage suit la clôture de l’appel"),
    Order("scoring.closes", "emails.scoping_months", "on cadre les projets lauréats", refused=False),
    Order("campaign.closes", "emails.contract_months", "les contrats suivent la clôture de l’appel"),
    Order("scoring.closes", "emails.contract_months", "on recrute pour les projets lauréats", refused=False),
    Order("scoring.closes", "emails.experimentation.starts", "l’expérimentation suit le jury"),
)
"""Two dates a line: the one that comes first, the one that follows, and why."""

_EARLIEST: Final = timedelta(days=92)
_LATEST: Final = timedelta(days=731)
_PLACE_IN_LIST: Final = re.compile(r"\[\d+\]")
_YEAR: Final = re.compile(r"\b20\d\d\b")
MONTHS_ALONE: Final = ("emails.scoping_months", "emails.contract_months")
_NAME: Final = "campaign.name"
_DAYS_IN_WORDS: Final = "jury_dates"
_DAY_NUMBER: Final = re.compile(r"\b\d{1,2}(?:er|ᵉʳ)?\b")
Orders = Iterable[Order]
Settings = Mapping[str, Any]
"""A configuration as nested tables, lists being tuples."""


@dataclass(frozen=True, slots=True)
class WordedDays:
    """« les 4 et 5 mai 2021 », its first day and its last."""

    text: str
    first: date
    last: date


Compared = date | WordedDays


def errors(settings: Settings, orders: Orders = ORDERS) -> list[str]:
    """A French sentence for each pair of dates that cannot be, and each date of another year than the call's."""
    values = dict(leaves(settings))
    dates = compared(values.items())
    misplaced = _other_years(_dates(values))
    others = {key: value for key, value in dates.items() if key not in misplaced}
    return [*misplaced.values(), *_disorders(others, orders, refused=True)]


def questions(settings: Settings, orders: Orders = ORDERS) -> list[str]:
    """A French sentence for each pair of dates, or text, that may be a slip."""
    values = dict(leaves(settings))
    dates = compared(values.items())
    texts = (*_texts_of_other_years(values, _dates(values)), *_other_months(settings, dates))
    return [*_disorders(dates, orders, refused=False), *texts]


def has_days_in_words(key: str) -> bool:
    """Whether the value of a key is a text that names the days of a jury."""
    return key.rpartition(".")[2] == _DAYS_IN_WORDS


def compared(values: Iterable[tuple[str, Any]]) -> dict[str, Compared]:
    """The dates among values, and the days that texts name, by key."""
    dates: dict[str, Compared] = {}
    for key, value in values:
        if isinstance(value, date):
            dates[key] = value
        elif has_days_in_words(key) and (days := named_days(value)):
            dates[key] = WordedDays(value, *days)
    return dates


def impossible_pairs(dates: Mapping[str, Compared], orders: Orders = ORDERS) -> list[tuple[str, str]]:
    """The keys of each pair of dates in an impossible order: the first is after the second, and should not be."""
    pairs = [(first, second) for _, first, second in _wrong_orders(dates, orders, refused=True)]
    starts, ends = "emails.experimentation.starts", "emails.experimentation.ends"
    if starts in dates and ends in dates and end_of(dates[starts]) > end_of(dates[ends]):
        pairs.append((starts, ends))
    return pairs


def bounds(opens: date) -> tuple[date, date]:
    """The first and the last days that are those of a call, by its opening."""
    return opens - _EARLIEST, opens + _LATEST


def dates(settings: Settings) -> dict[str, date]:
    """Every date of a configuration by its key; items of lists have one each."""
    return _dates(dict(leaves(settings)))


def _dates(values: Mapping[str, Any]) -> dict[str, date]:
    return {key: value for key, value in values.items() if isinstance(value, date)}


def leaves(settings: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Each value that is neither a table nor a list, with its key: `emails.reminders[1]`."""
    waiting = [(key, settings)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += reversed([(f"{key}.{name}" if key else name, item) for name, item in value.items()])
        elif isinstance(value, tuple):
            waiting += reversed([(f"{key}[{place}]", item) for place, item in enumerate(value, 1)])
        else:
            yield key, value


def _disorders(dates: Mapping[str, Compared], orders: Orders, *, refused: bool) -> Iterator[str]:
    said: dict[tuple[str, str], Order] = {}
    for order, first, second in _wrong_orders(dates, orders, refused=refused):
        if said.setdefault((second, order.why), order) is not order:  # the jury's end, then its days in words
            continue
        wrong = f"{second} = {_written(dates[second])} est avant {first} = {_written(dates[first])}"
        yield f"{wrong} : {order.why} ; {'corrigez' if refused else 'vérifiez'} l’une des deux dates"


def _written(value: Compared) -> str:
    return f"« {value.text} »" if isinstance(value, WordedDays) else value.isoformat()


def _wrong_orders(dates: Mapping[str, Compared], orders: Orders, *, refused: bool) -> Iterator[tuple[Order, str, str]]:
    by_setting = _by_setting(dates)
    for order in orders:
        if order.refused is refused:
            for (first, earlier), (second, later) in product(by_setting[order.earlier], by_setting[order.later]):
                if order.of_one_item and _PLACE_IN_LIST.findall(first) != _PLACE_IN_LIST.findall(second):
                    continue
                if end_of(earlier) > _start_of(order.later, later):
                    yield order, first, second


def end_of(value: Compared) -> date:
    """The day to compare with what follows: the last one of days in words, the first one of months without a day."""
    if isinstance(value, WordedDays):
        return value.last if _DAY_NUMBER.search(value.text) else value.first
    return day_of(value)


def _start_of(key: str, value: Compared) -> date:
    if isinstance(value, WordedDays):
        return value.first if _DAY_NUMBER.search(value.text) else value.last
    return of_months([day_of(value)]).last if key in MONTHS_ALONE else day_of(value)


def _by_setting(dates: Mapping[str, Compared]) -> defaultdict[str, list[tuple[str, Compared]]]:
    """The keys and values of each setting: one, or as many as its list has items; none for what is not given."""
    groups: defaultdict[str, list[tuple[str, Compared]]] = defaultdict(list)
    for key, value in dates.items():
        groups[_PLACE_IN_LIST.sub("", key)].append((key, value))
    return groups


def day_of(value: date) -> date:
    """The day of a date or of a moment."""
    return value.date() if isinstance(value, datetime) else value


def _other_years(dates: Mapping[str, date]) -> dict[str, str]:
    """A sentence for each date that is over three months before the opening, or two years after, by its key."""
    opens = dates["campaign.opens"]
    sentence = (
        f"n’est pas d’une année de cet appel, ouvert le {opens.isoformat()} (campaign.opens) : corrigez cette date, ou "
        "retirez-la"
    )
    return {key: f"{key} = {value.isoformat()} {sentence}" for key, value in dates.items() if _far(key, value, opens)}


def _far(key: str, value: date, opens: date) -> bool:
    first, last = bounds(opens)
    late = day_of(value) > last and not key.startswith("emails.experimentation")
    return late or day_of(value) < first


def _texts_of_other_years(values: Mapping[str, Any], dates: Mapping[str, date]) -> Iterator[str]:
    years = {value.year for value in dates.values()}
    for key, text in values.items():
        if key == _NAME or has_days_in_words(key):
            for year in dict.fromkeys(_YEAR.findall(text)):
                if int(year) not in years:
                    yield f"{key} = « {text} » : {year} n’est pas une année de cet appel ; vérifiez ce texte"


def _other_months(settings: Settings, dates: Mapping[str, Compared]) -> Iterator[str]:
    closes, text = settings["scoring"]["closes"], settings["emails"]["jury_dates"]
    named = [month for month in MONTHS if plain(month) in plain(text).split()]
    days = dates.get("emails.jury_dates")
    if closes is None or (days is not None and end_of(days) > day_of(closes)):
        return
    if named and MONTHS[closes.month - 1] not in named:
        end = f"le jury finit en {MONTHS[closes.month - 1]} (scoring.closes = {closes.isoformat()})"
        yield f"emails.jury_dates = « {text} » : {end} ; vérifiez ce texte"
