"""E-mails to people who booked an advice slot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

import pandas as pd

from eig_sheets.domain.decisions import BOOKED, HELD
from eig_sheets.domain.due.days import reached, still_open
from eig_sheets.domain.due.ids import Due, message_id, to_people
from eig_sheets.domain.rules import Webinar

_BY: Final = ("email", "reserve_par", "projet", "administration")


def to_advised(slots: pd.DataFrame, webinars: tuple[Webinar, ...], today: date) -> Iterator[Due]:
    """A confirmation for each slot that is booked and still to come; an invitation to each webinar, once a person."""
    known = slots[slots["email"].notna() & slots["statut"].isin([BOOKED, HELD])]
    people = known.sort_values("row").drop_duplicates("email")
    for webinar in webinars:
        if reached(webinar.invited, today) and still_open(webinar.starts, today):
            yield from to_people("invitation_webinaire", people, "email", moment_name(webinar.starts))
    booked = slots[slots["statut"].isin([BOOKED]) & (slots["debut"] >= pd.Timestamp(today))]
    # A slot without an address is told, so that a person fills it: until then, something else names it.
    whose = booked[[*_BY]].bfill(axis=1)["email"].fillna("?")
    for moment, row, whom in sorted(zip(booked["debut"], booked["row"].astype(int), whose, strict=True)):
        number = moment_name(moment)
        yield Due(message_id("confirmation_creneau", whom, number), "confirmation_creneau", None, whom, number, row)


def moment_name(moment: datetime) -> str:
    """A moment, in an id."""
    return moment.strftime("%Y-%m-%d-%H%M")
