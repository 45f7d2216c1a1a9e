"""The sections of the call for talents: `[talents]`, and its tables in those of the call; its texts."""

from __future__ import annotations

from typing import Final

from eig_sheets.config.coherence import Order
from eig_sheets.config.sections import Section, beside, texts_beside
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
