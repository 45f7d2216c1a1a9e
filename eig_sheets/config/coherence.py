"""Checks of the dates of a call against one another: those that cannot be are refused, doubtful ones are questioned.

`ORDERS` is the table: one line for each pair of dates. A key that a call does not give is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, Final

from eig_sheets.text.french import MONTHS, plain


@dataclass(frozen=True, slots=True)
class Order:
    """A date that is never after another, each known by its key, and why. The same day is accepted.

    `refused`: the configuration is refused otherwise; else people are asked to check.
    """

    earlier: str
    later: str
    why: str
    refused: bool = True


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
    Order("scoring.closes", "emails.jury_thanked", "les jurés sont remerciés après le jury"),
    Order("campaign.closes", "emails.announced", "une décision s’annonce après la clôture de l’appel"),
    Order("scoring.closes", "emails.announced", "une décision s’annonce après le jury"),
    Order("scoring.closes", "emails.cofinancing_before", "seuls les lauréats complètent leur co-financement"),
    Order("scoring.closes", "emails.talents.revealed", "les lauréats sont révélés après le jury"),
    Order("emails.announced", "emails.talents.revealed", "les lauréats l’apprennent avant tous", refused=False),
    Order("emails.talents.revealed", "emails.talents.wishes_before", "on choisit parmi des projets révélés"),
    Order("emails.talents.wishes_before", "emails.talents.announced", "les talents sont retenus après leurs vœux"),
    Order("scoring.closes", "emails.experimentation.starts", "l’expérimentation suit le jury"),
    Order("emails.talents.wishes_before", "emails.experimentation.starts", "les équipes sont là au premier jour"),
    Order("emails.talents.announced", "emails.experimentation.starts", "les équipes sont là au premier jour"),
    Order("emails.webinars.starts", "campaign.closes", "un webinaire prépare à candidater", refused=False),
)
"""Two dates a line: the one that comes first, the one that follows, and why."""

_EARLIEST: Final = timedelta(days=92)
_LATEST: Final = timedelta(days=731)
_YEAR: Final = re.compile(r"\b20\d\d\b")
_TEXTS_OF_THE_CALL: Final = ("campaign.name", "emails.jury_dates", "emails.talents.jury_dates")
Settings = Mapping[str, Any]
"""A configuration as nested tables, lists being tuples."""


def errors(settings: Settings) -> list[str]:
    """A French sentence for each pair of dates that cannot be, and each date of another year than the call's."""
    found = dates(settings)
    misplaced = _other_years(found)
    others = {key: value for key, value in found.items() if key not in misplaced}
    return [*misplaced.values(), *_disorders(others, refused=True), *_late_invitations(others)]


def questions(settings: Settings) -> list[str]:
    """A French sentence for each pair of dates, or text, that may be a slip."""
    found = dates(settings)
    return [*_disorders(found, refused=False), *_texts_of_other_years(settings, found), *_other_months(settings)]


def impossible_pairs(found: Mapping[str, date]) -> list[tuple[str, str]]:
    """The keys of each two dates of which the first should not be after the second, and is."""
    pairs = [(first, second) for _, first, second in _wrong_orders(found, refused=True)]
    starts = "emails.experimentation.starts"
    within = [*((key, key.replace("invited", "starts")) for key, _ in _of(found, "emails.webinars.invited"))]
    for first, second in [*within, (starts, "emails.experimentation.ends")]:
        if first in found and second in found and day_of(found[first]) > day_of(found[second]):
            pairs.append((first, second))
    return pairs


def bounds(opens: date) -> tuple[date, date]:
    """The first and the last days that are those of a call, by its opening."""
    return opens - _EARLIEST, opens + _LATEST


def dates(settings: Settings) -> dict[str, date]:
    """Every date of a configuration by its key; items of lists have one each."""
    return {key: value for key, value in leaves(settings) if isinstance(value, date)}


def leaves(settings: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Each value that is neither a table nor a list, with its key: `emails.webinars[1].starts`."""
    if isinstance(settings, Mapping):
        for name, item in settings.items():
            yield from leaves(item, f"{key}.{name}".lstrip("."))
    elif isinstance(settings, tuple):
        for place, item in enumerate(settings, 1):
            yield from leaves(item, f"{key}[{place}]")
    else:
        yield key, settings


def _disorders(found: Mapping[str, date], *, refused: bool) -> Iterator[str]:
    for order, first, second in _wrong_orders(found, refused=refused):
        wrong = f"{second} = {found[second].isoformat()} est avant {first} = {found[first].isoformat()}"
        yield f"{wrong} : {order.why} ; {'corrigez' if refused else 'vérifiez'} l’une des deux dates"


def _wrong_orders(found: Mapping[str, date], *, refused: bool) -> Iterator[tuple[Order, str, str]]:
    for order in ORDERS:
        if order.refused is refused:
            for (first, earlier), (second, later) in product(_of(found, order.earlier), _of(found, order.later)):
                if day_of(earlier) > day_of(later):
                    yield order, first, second


def _of(found: Mapping[str, date], key: str) -> list[tuple[str, date]]:
    return [(name, value) for name, value in found.items() if re.sub(r"\[\d+\]", "", name) == key]


def day_of(value: date) -> date:
    """The day of a date or of a moment."""
    return value.date() if isinstance(value, datetime) else value


def _late_invitations(found: Mapping[str, date]) -> Iterator[str]:
    for key, invited in _of(found, "emails.webinars.invited"):
        other = key.replace("invited", "starts")
        if other in found and invited > day_of(found[other]):
            wrong = f"{key} = {invited.isoformat()} est après {other} = {found[other].isoformat()}"
            yield f"{wrong} : on est invité avant un webinaire ; corrigez l’une des deux dates"


def _other_years(found: Mapping[str, date]) -> dict[str, str]:
    """A sentence for each date that is over three months before the opening, or two years after, by its key."""
    opens = found["campaign.opens"]
    sentence = (
        f"n’est pas d’une année de cet appel, ouvert le {opens.isoformat()} (campaign.opens) : corrigez cette date, ou "
        "retirez-la"
    )
    return {key: f"{key} = {value.isoformat()} {sentence}" for key, value in found.items() if _far(key, value, opens)}


def _far(key: str, value: date, opens: date) -> bool:
    first, last = bounds(opens)
    late = day_of(value) > last and not key.startswith("emails.experimentation")
    return late or day_of(value) < first


def _texts_of_other_years(settings: Settings, found: Mapping[str, date]) -> Iterator[str]:
    years = {value.year for value in found.values()}
    for key, text in leaves(settings):
        if key in _TEXTS_OF_THE_CALL:
            for year in dict.fromkeys(_YEAR.findall(text)):
                if int(year) not in years:
                    yield f"{key} = « {text} » : {year} n’est pas une année de cet appel ; vérifiez ce texte"


def _other_months(settings: Settings) -> Iterator[str]:
    closes, text = settings["scoring"]["closes"], settings["emails"]["jury_dates"]
    named = [month for month in MONTHS if plain(month) in plain(text).split()]
    if closes is not None and named and MONTHS[closes.month - 1] not in named:
        end = f"le jury finit en {MONTHS[closes.month - 1]} (scoring.closes = {closes.isoformat()})"
        yield f"emails.jury_dates = « {text} » : {end} ; vérifiez ce texte"
