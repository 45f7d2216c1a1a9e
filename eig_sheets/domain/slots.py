"""Advice slots: those to make for a call, those that are free, those that overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

import pandas as pd

from eig_sheets.domain.audition_rules import Span
from eig_sheets.domain.decisions import BOOKED, CANCELLED, FREE, HELD
from eig_sheets.domain.slot_rules import SlotRules

TAKEN = (BOOKED, HELD)
"""Words of a slot that somebody has."""


def generated(
    rules: SlotRules,
    minutes: int,
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
        for slot in rules.slots_on(day, minutes)
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
