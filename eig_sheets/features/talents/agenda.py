"""The dates of the call for talents: in the calendar, of the last contact with candidates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.emails.call_dates import Dates, LastContact, at_hour, optional_day, whole_day
from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.features.talents.settings import TalentDates, TalentRules


def _last_contact(campaign: Campaign) -> date | None:
    """The last day that the call for candidates has: that of its outcome, when it says one; None when it has none."""
    rules, told = campaign.section(TalentRules), campaign.section(TalentDates)
    closes = rules.last_moment.date() if rules.last_moment else None
    days = (closes, *rules.hearing_days, rules.results_before, told.announced)
    return max((day for day in days if day), default=None)


LAST_CONTACT: Final = LastContact(_last_contact)


def _talents(campaign: Campaign) -> Iterator[AgendaEntry]:
    rules, dates = campaign.section(TalentRules), campaign.section(TalentDates)
    yield from optional_day(campaign, "talents-ouverture", "Ouverture de l’appel à candidatures", rules.opens)
    closing = f"Clôture de l’appel à candidatures{at_hour(rules.closes)}"
    yield from optional_day(campaign, "talents-cloture", closing, rules.closes)
    yield from optional_day(campaign, "talents-projets", "Les projets lauréats sont révélés", dates.revealed)
    chosen = f"Dernier jour du choix des projets{at_hour(dates.wishes_before)}"
    yield from optional_day(campaign, "talents-voeux", chosen, dates.wishes_before)
    for number, day in enumerate(rules.hearing_days, 1):
        title = "Auditions des candidats"
        yield whole_day(campaign, f"talents-audition-{number}", title, day, dates.audition_place)
    yield from optional_day(campaign, "talents-annonce", "Annonce des résultats aux candidats", dates.announced)
    due = "Résultats dus aux candidats avant ce jour"
    yield from optional_day(campaign, "talents-resultats", due, rules.results_before)


DATES: Final = Dates(_talents)
