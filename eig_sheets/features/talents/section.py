"""The sections of the call for talents: `[talents]`, and its tables in those of the call; its dates, its texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from eig_sheets.campaign.reading_parts import LastContact, Revealed
from eig_sheets.campaign.tabs import NameErrors, label_errors
from eig_sheets.config import Campaign
from eig_sheets.config.coherence import Order
from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.config.sections import Section, beside, texts_beside
from eig_sheets.emails.call_dates import Dates, at_hour, optional_day, whole_day
from eig_sheets.emails.mail.timetables import AgendaEntry
from eig_sheets.features.talents.settings import (
    CandidateDemarche,
    CandidateForm,
    CandidateReadingRules,
    TalentDates,
    TalentRules,
    WishDemarche,
    WishForm,
    talent_errors,
)
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.features.talents.wishes_schema import WISHES_SCHEMA
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.schema import Schema

SECTIONS: Final = (
    Section(
        key="talents",
        model=TalentRules,
        errors=talent_errors,
        orders=(
            Order("scoring.closes", "emails.talents.revealed", "les lauréats sont révélés après le jury"),
            Order("emails.jury_dates", "emails.talents.revealed", "les lauréats sont révélés après le jury"),
            Order("emails.announced", "emails.talents.revealed", "les lauréats l’apprennent avant tous", refused=False),
            Order("emails.talents.revealed", "emails.talents.wishes_before", "on choisit parmi des projets révélés"),
            Order("talents.opens", "talents.closes", "l’appel à talents s’ouvre, puis se clôt"),
            Order(
                "talents.opens", "emails.talents.revealed", "on candidate avant de connaître les projets", refused=False
            ),
            Order("talents.closes", "emails.talents.wishes_before", "on choisit des projets après avoir candidaté"),
            Order("talents.closes", "talents.hearing_days", "on entend des candidats après la clôture de leur appel"),
            Order("emails.talents.revealed", "emails.talents.wishes_reminder", "on relance qui connaît les projets"),
            Order(
                "emails.talents.wishes_reminder",
                "emails.talents.wishes_before",
                "après la date limite, rien à relancer",
            ),
            Order(
                "emails.talents.wishes_before", "talents.hearing_days", "on dit ses vœux avant le jury", refused=False
            ),
            Order("talents.hearing_days", "talents.results_before", "les résultats suivent le jury des talents"),
            Order(
                "emails.talents.announced", "talents.results_before", "les résultats se notifient avant", refused=False
            ),
            Order("talents.results_before", "emails.experimentation.starts", "les équipes sont là au premier jour"),
            Order(
                "emails.talents.wishes_before", "emails.talents.announced", "les talents sont retenus après leurs vœux"
            ),
            Order(
                "scoring.closes", "emails.talents.jury_dates", "les talents sont entendus après le jury", refused=False
            ),
            Order(
                "emails.talents.wishes_before",
                "emails.talents.jury_dates",
                "on dit ses vœux avant le jury",
                refused=False,
            ),
            Order("emails.talents.jury_dates", "emails.talents.announced", "les talents sont retenus après leur jury"),
            Order("emails.talents.jury_dates", "emails.experimentation.starts", "les équipes sont là au premier jour"),
            Order(
                "emails.talents.wishes_before", "emails.experimentation.starts", "les équipes sont là au premier jour"
            ),
            Order("emails.talents.announced", "emails.experimentation.starts", "les équipes sont là au premier jour"),
        ),
        packaged=beside(__file__),
        beside=("workbook.talents",),
    ),
    Section(key="emails.talents", model=TalentDates),
    Section(key="jury.talents", model=CandidateReadingRules),
    Section(key="import.talents", model=CandidateForm),
    Section(key="import.wishes", model=WishForm),
    Section(key="demarche.talents", model=CandidateDemarche, optional=True),
    Section(key="demarche.wishes", model=WishDemarche, optional=True),
)
TEXTS: Final = texts_beside(__file__)


def _name_errors(campaign: Campaign, everything: Schema) -> Iterator[str]:
    fields = everything.tab(TALENTS).fields
    candidate, answer = [field.id for field in fields], [field.id for field in WISHES_SCHEMA.fields]
    yield from unknown_name_errors("import.talents.fields", campaign.section(CandidateForm).fields, candidate)
    yield from unknown_name_errors("import.wishes.fields", campaign.section(WishForm).fields, answer)
    rules = campaign.section(TalentRules)
    yield from unknown_name_errors("talents.required", rules.required, candidate)
    for number, exclusion in enumerate(rules.exclusions, 1):
        texts = [field.id for field in fields if field.kind is Kind.TEXT]
        yield from unknown_name_errors(f"talents.exclusions[{number}].fields", exclusion.fields, texts)
    yield from label_errors(rules.criteria, "talents.criteria", everything.tab(REVIEWS))


NAMES: Final = NameErrors(_name_errors)


def _last_contact(campaign: Campaign) -> date | None:
    """The last day that the call for candidates has: that of its outcome, when it says one; None when it has none."""
    rules, told = campaign.section(TalentRules), campaign.section(TalentDates)
    closes = rules.last_moment.date() if rules.last_moment else None
    days = (closes, *rules.hearing_days, rules.results_before, told.announced)
    return max((day for day in days if day), default=None)


LAST_CONTACT: Final = LastContact(_last_contact)
REVEALED: Final = Revealed("emails.talents.revealed", lambda campaign: campaign.section(TalentDates).revealed)


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
