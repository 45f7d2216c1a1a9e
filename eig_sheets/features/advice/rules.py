"""Advice slots to make, free, overlapping; who came and submitted nothing; who is registered to a webinar.

A reminder to someone who has applied is worse than none: the address of any dossier, or its organisation, is enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

import pandas as pd

from eig_sheets.domain.hours import Span
from eig_sheets.emails.catalogue.due import moment_name
from eig_sheets.features.advice.settings import SlotSettings, Webinar
from eig_sheets.text.french import plain

FREE: Final = "Libre"
REQUESTED: Final = "Demandé"
BOOKED: Final = "Réservé"
HELD: Final = "Tenu"
CANCELLED: Final = "Annulé"
SLOT_STATES: Final = (FREE, REQUESTED, BOOKED, HELD, CANCELLED)
TAKEN: Final = (BOOKED, HELD)
"""Words of a slot that somebody has."""


def generated(
    rules: SlotSettings,
    first: date,
    last: date,
    is_holiday: Callable[[date], object],
    existing: Iterable[tuple[Span, str | None]],
) -> list[Span]:
    """The slots to add from a day to another, both included.

    `existing`: the hours and the word of the rows that are there. None is added twice, even when it was called off, nor
    over a row that was not.
    """
    there = [*existing]
    starts = {span.start for span, _ in there}
    standing = sorted(span for span, state in there if state != CANCELLED)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [
        slot
        for day in days
        if rules.is_a_day(day) and not is_holiday(day)
        for slot in rules.slots_on(day)
        if slot.start not in starts and not any(slot.overlaps(span) for span in standing)
    ]


def spans(slots: pd.DataFrame, minutes: int) -> pd.Series:
    """The hours of each slot, on the index of the table: `minutes` where no duration is given; None without a start."""
    lengths = slots["duree"].fillna(minutes).clip(lower=1, upper=24 * 60)
    return pd.Series(
        [
            None if pd.isna(start) else Span(start.to_pydatetime(), start.to_pydatetime() + timedelta(minutes=length))
            for start, length in zip(slots["debut"], lengths.astype(float), strict=True)
        ],
        index=slots.index,
        dtype=object,
    )


def free(slots: pd.DataFrame, minutes: int, after: datetime) -> pd.DataFrame:
    """The slots to offer, in order: free, without a name, after a moment, and at an hour that nobody else has."""
    hours = spans(slots, minutes)
    taken = [*hours[slots["statut"].isin(TAKEN)].dropna()]
    ours = slots["statut"].isin([FREE]) & slots["email"].isna() & slots["reserve_par"].isna() & (slots["debut"] > after)
    offered = slots[ours].sort_values(["debut", "row"]).drop_duplicates("debut")
    alone = [not any(hours[place].overlaps(span) for span in taken) for place in offered.index]
    return offered[pd.Series(alone, index=offered.index, dtype=bool)]


def overlapping(slots: pd.DataFrame, minutes: int) -> list[tuple[int, int]]:
    """Pairs of rows of taken slots that overlap: the earlier slot, then the one that begins before it is over."""
    booked = slots[slots["statut"].isin(TAKEN) & slots["debut"].notna()]
    ordered = sorted(zip(spans(booked, minutes), booked["row"].astype(int), strict=True))
    overlaps, last = [], ordered[0] if ordered else None
    for span, row in ordered[1:]:
        if last is not None and last[0].overlaps(span):
            overlaps.append((last[1], row))
        if last is None or span.end > last[0].end:
            last = span, row
    return overlaps


def same_day(slots: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of rows of slots that the same person has on the same day."""
    booked = slots[slots["statut"].isin(TAKEN) & slots["debut"].notna() & slots["email"].notna()]
    keys = zip(booked["email"], booked["debut"].dt.date, booked["debut"], booked["row"].astype(int), strict=True)
    return [(earlier[3], later[3]) for earlier, later in pairwise(sorted(keys)) if earlier[:2] == later[:2]]


# ---- Who came and has no dossier


@dataclass(frozen=True, slots=True)
class Submissions:
    """The dossiers that are there: every address in them, their organisations as they compare; the call's last day.

    Rows that are left out of results count too.
    """

    addresses: frozenset[str]
    organisations: frozenset[str]
    closes: date


def came_to_a_slot(slots: pd.DataFrame | None) -> pd.DataFrame | None:
    """The first row of each person whose advice slot was held."""
    if slots is None:
        return None
    return slots[slots["statut"].isin([HELD]) & slots["email"].notna()].sort_values("row").drop_duplicates("email")


def came_to_a_webinar(registrations: pd.DataFrame | None) -> pd.DataFrame | None:
    """The first row of each person who attended a webinar."""
    if registrations is None:
        return None
    attended = registrations["present"].isin([True]) & registrations["email"].notna()
    return registrations[attended].sort_values("row").drop_duplicates("email")


def has_applied(people: pd.DataFrame, submissions: Submissions) -> pd.Series:
    """Where a dossier has the address of a person."""
    return people["email"].str.casefold().isin(submissions.addresses)


def organisation_has_applied(people: pd.DataFrame, submissions: Submissions) -> pd.Series:
    """Where a dossier is of the organisation of a person: somebody else may have submitted it for both."""
    return people["administration"].fillna("").map(plain).isin(submissions.organisations - {""})


def without_dossier(people: pd.DataFrame, submissions: Submissions) -> pd.DataFrame:
    """The people who are in no dossier, neither by their address nor by their organisation."""
    return people[~has_applied(people, submissions) & ~organisation_has_applied(people, submissions)]


def labels_of(webinars: Iterable[Webinar]) -> dict[str, Webinar]:
    """Each webinar by the words that name it in a drop-down: its title, with its day and hour when it is not alone."""
    listed = [*webinars]
    titles = Counter(plain(webinar.title) for webinar in listed)
    return {
        webinar.title
        if titles[plain(webinar.title)] == 1
        else f"{webinar.title} – {webinar.starts:%d/%m/%Y %H:%M}": webinar
        for webinar in listed
    }


def webinar_at(rules: SlotSettings, number: str) -> Webinar | None:
    """The webinar of a round of its e-mail."""
    return next((webinar for webinar in rules.webinars if moment_name(webinar.starts) == number), None)


def registered(registrations: pd.DataFrame | None, rules: SlotSettings) -> Mapping[str, pd.DataFrame]:
    """The people who are registered to each webinar, once each, by the name of its round: the rows of `Inscriptions`.

    A row without an address names nobody who could be written to.
    """
    if registrations is None:
        return {}
    known = registrations[registrations["email"].notna()].sort_values("row")
    return {
        moment_name(webinar.starts): known[known["webinaire"].isin([label])].drop_duplicates("email")
        for label, webinar in labels_of(rules.webinars).items()
    }
