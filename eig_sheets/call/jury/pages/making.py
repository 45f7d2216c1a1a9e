"""Makes the pages of a campaign's jurors from its workbook: whose they are, and what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

import pandas as pd

from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.pages.descriptions import LINKS
from eig_sheets.call.jury.pages.pages import Page, PageCriterion, PageDossier, PageKind
from eig_sheets.call.jury.receipts import asked_dossiers, jurors_of, rankable_dossiers
from eig_sheets.call.jury.scored_versions import versions_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import half_days
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.recusals import addresses_in_doubt, jurors_in_doubt
from eig_sheets.campaign.reviews.subjects import ReviewSubject, second_subject
from eig_sheets.text.french import typographic

DECLARATION: Final = typographic(
    "Je déclare n’avoir, à ma connaissance, aucun lien d’intérêts, personnel, professionnel ou financier, avec les "
    "projets autres que ceux pour lesquels je me déporte ci-dessus. Si cela change, je me déporterai et je le dirai. "
    "Je garde secrets les dossiers, les notes et les débats du jury."
)
"""The text of a declaration where the configuration has none: proposed, to be approved by each administration."""
_LINK_FIELDS: Final = dict(zip(LINKS, ("fiche", "presentation", "simulation"), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class OtherPages:
    """What the pages of jurors show of what a feature has reviewed (`second_subject`).

    `shown`: what they say of each one, by its number; `asked`: the numbers of each juror, of those that are shown.
    """

    shown: Callable[[Reading, Results], dict[str, PageDossier]]
    asked: Callable[[Reading, Results, Sequence[str]], dict[str, list[str]]]


def pages_of(reading: Reading, results: Results, kind: PageKind) -> tuple[Page, ...]:
    """The pages of all who have something to fill, in the order of the tab `Jury`; without answers.

    A juror of whom it cannot be read who they are, or from what they step aside, has none: a page may show what it
    must not. A declaration asks just that: only an address that cannot be read keeps one from being made.
    """
    if kind is PageKind.CANDIDATES:
        other = next(iter(reading.campaign.features.parts(OtherPages)), None)
        shown = other.shown(reading, results) if other else {}
        asked = other.asked(reading, results, [*shown]) if other else {}
    elif kind is PageKind.DECLARATION:  # every dossier, before anything is known of their interests
        shown = _described(reading, results)
        asked = {juror: [*shown] for juror in jurors_of(reading)["email"]}
    else:
        shown = _described(reading, results)
        asked = asked_dossiers(reading, results)
    people = jurors_of(reading)
    closed = addresses_in_doubt(reading) if kind is PageKind.DECLARATION else jurors_in_doubt(reading)
    pages = []
    for juror in (email for email in people["email"] if email in asked and email not in closed):
        person = people.loc[people["email"] == juror].iloc[0]
        mine = tuple(shown[numero] for numero in asked[juror] if numero in shown)
        if mine:
            pages.append(_page(reading, kind, person, mine))
    return tuple(pages)


def _page(reading: Reading, kind: PageKind, person: Any, dossiers: tuple[PageDossier, ...]) -> Page:
    campaign, declares = reading.campaign, kind is PageKind.DECLARATION
    subject = (second_subject(campaign) if kind is PageKind.CANDIDATES else None) or DOSSIERS
    criteria = subject.grid.criteria(campaign)
    grouped = not declares and subject.rules(reading).reads_as_group
    return Page(
        kind,
        campaign.campaign.id,
        campaign.campaign.name,
        person["email"],
        _text(person["nom"]) or person["email"],
        dossiers,
        () if declares else tuple(PageCriterion(asked.id, asked.label, asked.meaning) for asked in criteria),
        subject.grid.scale(campaign),
        _text(person["groupe"]) if grouped else "",
        None if declares else _deadline(reading, subject),
        campaign.jury.declaration or DECLARATION if declares else "",
        half_days(campaign) if declares else (),
        campaign.emails.contact,
    )


def _deadline(reading: Reading, subject: ReviewSubject) -> datetime | None:
    """The last moment of those notes, as pages say it."""
    closes = reading.campaign.scoring.closes
    if subject is not DOSSIERS or not isinstance(closes, datetime):
        day = subject.grid.last_day(reading.campaign)
        return None if day is None else datetime.combine(day, time(23, 59))
    return closes


def _described(reading: Reading, results: Results) -> dict[str, PageDossier]:
    """What jurors read of each dossier that is ranked, or would be with an evaluation, by number."""
    dossiers = reading.valid_rows("candidatures")
    dossiers = dossiers[dossiers["numero"].isin(rankable_dossiers(reading, results))]
    versions = versions_of(dossiers)
    return {str(row["numero"]): _dossier(row, versions) for row in dossiers.to_dict("records")}


def _dossier(row: Mapping[Any, Any], versions: Mapping[str, str]) -> PageDossier:
    links = ((label, _text(row.get(field))) for label, field in _LINK_FIELDS.items())
    return PageDossier(
        row["numero"],
        _text(row.get("projet")),
        _text(row.get("administration")),
        _text(row.get("resume")),
        tuple((label, address) for label, address in links if address),
        _text(row.get("questions")),
        versions[row["numero"]],
    )


def _text(value: Any) -> str:
    return str(value).strip() if pd.notna(value) else ""
