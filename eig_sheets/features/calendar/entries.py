"""The public calendar of a call: every date of its configuration, without anybody's name. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.emails.call_dates import Dates, at_hour, optional_day, whole_day
from eig_sheets.emails.mail.timetables import AgendaEntry
from eig_sheets.text.french_days import each_day_named


def calendar_entries(campaign: Campaign) -> list[AgendaEntry]:
    """The events of the call and of its features, in order of time."""
    of_features = [one for part in campaign.features.parts(Dates) for one in part.entries(campaign)]
    entries = [*(one for source in _OF_THE_CALL for one in source(campaign)), *of_features]
    in_words, known = [*_jury_days(campaign)], {one.uid for one in of_features}
    entries += in_words if known.isdisjoint(one.uid for one in in_words) else []
    return sorted(entries, key=lambda one: (_moment(one.starts), one.title))


def _call(campaign: Campaign) -> Iterator[AgendaEntry]:
    call = campaign.campaign
    yield whole_day(campaign, "ouverture", "Ouverture de l’appel à projets", call.opens)
    yield whole_day(campaign, "cloture", f"Clôture de l’appel à projets{at_hour(call.closes)}", call.closes)


def _jury_days(campaign: Campaign) -> Iterator[AgendaEntry]:
    """The days of the jury as its e-mails say them, where no feature gives them by the hour."""
    for number, day in enumerate(each_day_named(campaign.emails.jury_dates), 1):
        yield whole_day(campaign, f"audition-{number}", "Auditions du jury", day, campaign.emails.audition_place)


def _announcements(campaign: Campaign) -> Iterator[AgendaEntry]:
    emails = campaign.emails
    yield from optional_day(campaign, "preselection", "Annonce de la présélection", emails.preselection_announced)
    yield from optional_day(campaign, "annonce", "Annonce des lauréats", emails.announced)


def _experimentation(campaign: Campaign) -> Iterator[AgendaEntry]:
    period = campaign.emails.experimentation
    if period is not None:
        yield whole_day(campaign, "debut", "Premier jour de l’expérimentation", period.starts)
        yield whole_day(campaign, "fin", "Dernier jour de l’expérimentation", period.ends)


_OF_THE_CALL: Final = (_call, _announcements, _experimentation)


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time())
