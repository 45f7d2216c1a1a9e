"""The e-mails to candidates: when each is due, the appointment that one brings, what they may name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.config import Campaign
from eig_sheets.domain.decisions import HEARD, PRESELECTED, REFUSED, RETAINED, TO_EVALUATE
from eig_sheets.emails.catalogue.appointments import (
    Appointment,
    Details,
    RowAppointments,
    Schedule,
    TypedRow,
    Values,
    is_heard,
)
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.emails.catalogue.due import Situation, for_each, message_id
from eig_sheets.emails.catalogue.entries import Email, Mail
from eig_sheets.emails.catalogue.settings import MessageSettings
from eig_sheets.emails.drafting.computed_values import days_text
from eig_sheets.emails.drafting.lines import Computed, context
from eig_sheets.emails.drafting.subjects import CommonValues, MailSubject, SubjectRow
from eig_sheets.emails.mail.context import Context, Missing
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.rules_choices import ChoiceCode
from eig_sheets.features.talents.settings import WISHES, TalentDates
from eig_sheets.features.talents.tabs import TALENTS


@for_each(TALENTS, "candidature")
def to_evaluate(talents: pd.DataFrame, _now: Situation) -> pd.Series:
    """Nobody has decided on the candidate."""
    return talents["statut"].isna() | talents["statut"].isin([TO_EVALUATE])


@for_each(TALENTS, "candidature")
def to_choose(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """Candidates may choose projects, and this one has not."""
    dates = now.settings.section(TalentDates)
    choosing = now.reached(dates.revealed) and now.still_open(dates.wishes_before)
    return talents["statut"].isin([PRESELECTED]) & ~_chose(talents) & choosing


@for_each(TALENTS, "candidature")
def to_remind_of_choice(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate was told to choose projects and has not, and the end is near."""
    dates = now.settings.section(TalentDates)
    told = talents["candidature"].map(lambda number: message_id("choix_projets", number) in now.received)
    late = now.reached(dates.wishes_reminder) and now.still_open(dates.wishes_before)
    return talents["statut"].isin([PRESELECTED]) & ~_chose(talents) & told.astype(bool) & late


@for_each(TALENTS, "candidature")
def talent_hearing(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate chose projects, and is invited to a hearing."""
    return talents["statut"].isin([PRESELECTED]) & _chose(talents) & now.to_come(talents["audition"])


@for_each(TALENTS, "candidature")
def talent_retained(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate is recruited."""
    return talents["statut"].isin([RETAINED]) & now.announced(now.settings.section(TalentDates).announced)


@for_each(TALENTS, "candidature")
def talent_refused(talents: pd.DataFrame, now: Situation) -> pd.Series:
    """The candidate is not recruited."""
    return talents["statut"].isin([REFUSED]) & now.announced(now.settings.section(TalentDates).announced)


def _chose(talents: pd.DataFrame) -> pd.Series:
    return talents[[*WISHES]].notna().any(axis=1)


def _hearing(settings: MessageSettings, values: Values) -> Details:
    dates = settings.section(TalentDates)
    return Details(f"Audition : {values['campagne']}", dates.audition_minutes, dates.audition_place)


def _candidate_schedule(row: TypedRow, today: date) -> Schedule | None:
    audition, state = row.values["audition"], row.values["statut"]
    if state == HEARD:
        return row.values["candidature"], None
    if row.erased("audition") or not (row.may_be("statut", PRESELECTED) or is_heard(state, audition, today)):
        return None
    chose = any(row.values[wish] is not None for wish in WISHES)
    return row.values["candidature"], audition if row.counts and chose else None


_HEARING: Final = Appointment(
    family="audition-talent",
    details=_hearing,
    in_rows=RowAppointments(_candidate_schedule, ("candidature", "statut", "audition"), WISHES),
)
MAIL: Final = Mail(
    emails=(
        Email(
            id="accuse_talent",
            about=TALENTS,
            due=to_evaluate,
            accepts={"statut": (None, TO_EVALUATE)},
            setting=lambda settings: settings.section(TalentDates).acknowledged,
        ),
        Email(
            id="choix_projets",
            about=TALENTS,
            due=to_choose,
            accepts={"statut": (PRESELECTED,)},
            setting=lambda settings: settings.section(TalentDates).revealed,
        ),
        Email(
            id="rappel_voeux",
            about=TALENTS,
            due=to_remind_of_choice,
            accepts={"statut": (PRESELECTED,)},
            setting=lambda settings: settings.section(TalentDates).wishes_reminder,
        ),
        Email(
            id="convocation_talent",
            about=TALENTS,
            due=talent_hearing,
            accepts={"statut": (PRESELECTED,)},
            chose=WISHES,
            moment="audition",
            appointment=_HEARING,
        ),
        Email(id="talent_retenu", about=TALENTS, due=talent_retained, accepts={"statut": (RETAINED,)}),
        Email(
            id="talent_non_retenu",
            about=TALENTS,
            due=talent_refused,
            accepts={"statut": (REFUSED,)},
            refusal=("statut", REFUSED),
        ),
    )
)


# ---- What they say

_REFUSED: Final = (ChoiceCode.NOT_LAUREATE, ChoiceCode.REPEATED, ChoiceCode.TOO_MANY)


def _values(row: SubjectRow) -> Computed:
    line, rules = row.line, row.campaign.section(TalentDates)
    return {
        "projet_retenu": lambda: _of_chosen(row, "projet"),
        "administration_retenue": lambda: _of_chosen(row, "administration"),
        "voeux": lambda: tuple(_wish(row, line[wish], line.where(wish)) for wish in _wishes(row)),
        "projets": lambda: _laureates(row),
        "lieu_audition": lambda: rules.audition_place,
        "duree_audition": lambda: rules.audition_minutes,
    }


def _laureates(row: SubjectRow) -> tuple[Context, ...]:
    dossiers = row.every_dossier.frame
    numbers = sorted(dossiers.loc[laureates(dossiers), "numero"])
    return tuple(context({}, row.every_dossier.lines(number)) for number in numbers)


def _of_chosen(row: SubjectRow, field: str) -> object:
    number, where = row.line["projet_decide"], row.line.where("projet_decide")
    chosen = next(iter(row.every_dossier.lines(number)), None)
    if chosen is None:
        return _unknown(where) if number is not None else Missing(where)
    value = chosen[field]
    return Missing(chosen.where(field)) if value is None else value


def _wishes(row: SubjectRow) -> tuple[str, ...]:
    """The fields of the wishes to name: without those that do not count, unless none is left.

    Those of no dossier stay: a person has to correct them first.
    """
    filled = tuple(wish for wish in WISHES if row.line[wish] is not None)
    return tuple(wish for wish in filled if wish not in _refused(row)) or filled


def _refused(row: SubjectRow) -> frozenset[str]:
    """The fields of the wishes that name a dossier and do not count."""
    candidates = row.results.of(RESULTS)
    if candidates is None:
        return frozenset()
    chosen = candidates.choices
    reasons = chosen.loc[chosen["candidature"] == row.line["candidature"], "reasons"]
    return frozenset(field for of_row in reasons for code, field in of_row if code in _REFUSED)


def _wish(row: SubjectRow, number: object, where: str) -> Context:
    """A project wished for; for a number of no dossier, only the cell to correct."""
    dossier = row.every_dossier.lines(number)
    return context({}, dossier) if dossier else Context({"numero": number, "projet": _unknown(where)})


def _unknown(where: str) -> Missing:
    return Missing(where, "est introuvable", "corrigez le numéro de dossier en")


SUBJECT: Final = MailSubject(
    tab=TALENTS,
    key="candidature",
    address="email",
    placeholders={
        "projet_retenu": "Nom du projet décidé",
        "administration_retenue": "Administration d’accueil du projet décidé",
        "voeux": "Liste des projets choisis, dans l’ordre des vœux",
        "projets": "Liste des projets lauréats",
        "lieu_audition": "Lieu ou lien de l’audition (emails.talents.audition_place)",
        "duree_audition": "Durée de l’audition, en minutes (emails.talents.audition_minutes)",
    },
    values=_values,
)


def _common(campaign: Campaign) -> Mapping[str, object]:
    rules = campaign.section(TalentDates)
    return {
        "dates_jury_talents": days_text(rules.jury_dates),
        "voeux_avant": rules.wishes_before,
        "revelation_projets": rules.revealed,
    }


COMMON: Final = CommonValues(
    placeholders={
        "dates_jury_talents": "Dates du jury des candidats (emails.talents.jury_dates)",
        "voeux_avant": "Date limite du choix des projets (emails.talents.wishes_before)",
        "revelation_projets": "Jour où les projets lauréats sont révélés (emails.talents.revealed)",
    },
    values=_common,
)
