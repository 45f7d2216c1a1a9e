"""The public calendar of a call: every date of its configuration, without anybody's name. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from eig_sheets.config import Campaign
from eig_sheets.config.next_call.dates import call_days
from eig_sheets.domain.milestones.schedule import Period, schedule
from eig_sheets.emails.drafting.appointments import appointment_uid
from eig_sheets.emails.mail.timetables import AgendaEntry
from eig_sheets.text.french import typographic

_FAMILY = "calendrier"
_DAY = timedelta(days=1)


def calendar_entries(campaign: Campaign) -> list[AgendaEntry]:
    """The events, in order of time; whole-day events end the day after (RFC 5545, 3.6.1).

    A uid says what an event is (« the second day of the jury »), not when: a date that changes moves its event.
    """
    entries = [*_call(campaign), *_jury(campaign), *_talents(campaign), *_ten_months(campaign)]
    return sorted(entries, key=lambda entry: (_moment(entry.starts), entry.title))


def _call(campaign: Campaign) -> Iterator[AgendaEntry]:
    call = campaign.campaign
    yield _day(campaign, "ouverture", "Ouverture de l’appel à projets", call.opens)
    yield _day(campaign, "cloture", f"Clôture de l’appel à projets{_hour(call.closes)}", call.closes)


def _jury(campaign: Campaign) -> Iterator[AgendaEntry]:
    days, place = campaign.auditions.days, campaign.emails.audition_place
    title = "Auditions du jury"
    for number, session in enumerate(days, 1):
        yield _entry(campaign, f"audition-{number}", title, *session.span, place)
    for number, day in enumerate(() if days else call_days(campaign.emails.jury_dates), 1):
        yield _day(campaign, f"audition-{number}", title, day, place)
    yield from _optional(campaign, "preselection", "Annonce de la présélection", campaign.emails.preselection_announced)
    yield from _optional(campaign, "annonce", "Annonce des lauréats", campaign.emails.announced)


def _talents(campaign: Campaign) -> Iterator[AgendaEntry]:
    rules, dates = campaign.talents, campaign.emails.talents
    yield from _optional(campaign, "talents-ouverture", "Ouverture de l’appel à candidatures", rules.opens)
    closing = f"Clôture de l’appel à candidatures{_hour(rules.closes)}"
    yield from _optional(campaign, "talents-cloture", closing, rules.closes)
    yield from _optional(campaign, "talents-projets", "Les projets lauréats sont révélés", dates.revealed)
    chosen = f"Dernier jour du choix des projets{_hour(dates.wishes_before)}"
    yield from _optional(campaign, "talents-voeux", chosen, dates.wishes_before)
    for number, day in enumerate(rules.hearing_days, 1):
        title = "Auditions des candidats"
        yield _day(campaign, f"talents-audition-{number}", title, day, dates.audition_place)
    yield from _optional(campaign, "talents-annonce", "Annonce des résultats aux candidats", dates.announced)
    due = "Résultats dus aux candidats avant ce jour"
    yield from _optional(campaign, "talents-resultats", due, rules.results_before)


def _ten_months(campaign: Campaign) -> Iterator[AgendaEntry]:
    """The milestones of a project that begins on the first day of the call's own ten months."""
    period = campaign.emails.experimentation
    if period is None:
        return
    yield _day(campaign, "debut", "Premier jour de l’expérimentation", period.starts)
    yield _day(campaign, "fin", "Dernier jour de l’expérimentation", period.ends)
    for planned in schedule(campaign.milestones, campaign.follow_up, Period(period.starts, period.ends)):
        yield _day(campaign, f"jalon-{planned.key}", planned.label, planned.due)


def _optional(campaign: Campaign, fact: str, title: str, day: date | datetime | None) -> Iterator[AgendaEntry]:
    if day is not None:
        yield _day(campaign, fact, title, day)


def _day(campaign: Campaign, fact: str, title: str, day: date | datetime, place: str = "") -> AgendaEntry:
    whole = day.date() if isinstance(day, datetime) else day
    return _entry(campaign, fact, title, whole, whole + _DAY, place)


def _entry(
    campaign: Campaign,
    fact: str,
    title: str,
    starts: date | datetime,
    ends: date | datetime,
    place: str = "",
) -> AgendaEntry:
    uid = appointment_uid(campaign, _FAMILY, fact)
    return AgendaEntry(uid, starts, ends, typographic(title), place, "", settled=True)


def _hour(moment: date | datetime | None) -> str:
    """« , à 23 h 59 », where an hour is said."""
    return f", à {moment.hour} h {moment.minute:02d}" if isinstance(moment, datetime) else ""


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time())
