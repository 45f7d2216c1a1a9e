"""Prospects: people who came for advice and may still apply, since no dossier is theirs. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.emails.due import Fact
from eig_sheets.features.advice.rules import (
    Submissions,
    came_to_a_slot,
    came_to_a_webinar,
    has_applied,
    organisation_has_applied,
)
from eig_sheets.text.french import plain
from eig_sheets.workbook.fields import Kind

TAB = "candidatures"


def submissions_of(reading: Reading) -> Submissions:
    """The addresses and organisations of every dossier, rows that do not count included; the last day of the call.

    None of them in the candidates' own workbook, which writes to nobody who came for advice.
    """
    closes = reading.campaign.campaign.last_moment.date()
    if not reading.owns(TAB):
        return Submissions(frozenset(), frozenset(), closes)
    frame = reading.tables[TAB].frame
    fields = [field.id for field in reading.schema.tab(TAB).fields if field.kind is Kind.EMAIL]
    addresses = {str(address).casefold() for field in fields for address in frame[field].dropna()}
    organisations = {plain(name) for field in ("administration", "porteur") for name in frame[field].dropna()}
    return Submissions(frozenset(addresses), frozenset(organisations), closes)


SUBMISSIONS: Final = Fact(submissions_of)
"""The dossiers that are there, by which who has applied is known."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """How many people came and have no dossier, and how many others are left alone for their organisation has one.

    `first`: the tab's id and the row of the first of those without a dossier; None without any.
    """

    without_dossier: int
    left_alone: int
    first: tuple[str, int] | None = None


def prospects(reading: Reading) -> Prospects:
    """The people who came to a slot or to a webinar, once each, by whether a dossier tells of them."""
    submissions = submissions_of(reading)
    came = {
        "creneaux": came_to_a_slot(reading.valid_rows("creneaux")) if reading.has("creneaux") else None,
        "inscriptions": came_to_a_webinar(reading.valid_rows("inscriptions")) if reading.has("inscriptions") else None,
    }
    frames = [
        people[["email", "administration", "row"]].assign(tab=tab)
        for tab, people in came.items()
        if people is not None and not people.empty
    ]
    if not frames:
        return Prospects(0, 0)
    people = pd.concat(frames).drop_duplicates("email")
    others = people[~has_applied(people, submissions)]
    left_alone = organisation_has_applied(others, submissions)
    places = [(str(tab), int(row)) for tab, row in others.loc[~left_alone, ["tab", "row"]].to_numpy()]
    return Prospects(len(places), int(left_alone.sum()), next(iter(places), None))
