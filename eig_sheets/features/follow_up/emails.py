"""The e-mails of the ten months: when each is due, to whom, what it may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from eig_sheets.domain.date_bounds import after
from eig_sheets.domain.decisions import LAUREATE, PRESELECTED
from eig_sheets.emails.catalogue.conditions import months_reached, selected_projects, under_way
from eig_sheets.emails.catalogue.due import Due, Situation, message_id, one_each
from eig_sheets.emails.catalogue.entries import Email, Mail, Words
from eig_sheets.emails.catalogue.settings import MessageSettings
from eig_sheets.emails.drafting.lines import Computed, Line, Lines
from eig_sheets.emails.drafting.subjects import ListedRows, MailSubject, SubjectRow
from eig_sheets.emails.mail.placeholders import TEAM
from eig_sheets.features.follow_up.milestones import milestone_rows
from eig_sheets.features.follow_up.settings import (
    DONE,
    OF_THE_PROGRAMME,
    POINTLESS,
    POSTPONED,
    REMINDED_ROLES,
    ROLES,
    FollowUpRules,
)
from eig_sheets.features.follow_up.tabs import FOLLOW_UP


def milestone(template: str, now: Situation) -> Iterator[Due]:
    """A reminder for each milestone that is near and not done, until its day; another when it is postponed.

    `remind_days` of each is that of its rule; NaN for one that people added, or that has none of its own.
    """
    milestones = now.tables.of(FOLLOW_UP)
    if now.rules.experimentation is None or milestones is None or not now.announced(now.rules.announced):
        return
    today = pd.Timestamp(now.today)
    days = milestones["remind_days"].fillna(now.settings.section(FollowUpRules).remind_days)
    near = (milestones["echeance"] >= today) & (milestones["echeance"] - pd.to_timedelta(days, unit="D") <= today)
    selected = milestones["numero"].isin(selected_projects(now)["numero"])
    theirs = selected & ~milestones["responsable"].isin([OF_THE_PROGRAMME])
    left = ~milestones["statut"].isin([DONE, POINTLESS])
    due_soon = milestones.loc[near & left & theirs, ["numero", "echeance", "jalon", "row"]]
    for numero, due_on, name, row in due_soon.sort_values([*due_soon]).to_numpy(dtype=object).tolist():
        day = due_on.date().isoformat()
        yield Due(message_id(template, f"{numero}\n{name}", day), template, numero, None, day, row)


def monthly_point(template: str, now: Situation) -> Iterator[Due]:
    """Each project, for the latest monthly point."""
    period = under_way(now)
    if period and (points := months_reached(period, now.today)):
        yield from one_each(template, selected_projects(now), "numero", points[-1].isoformat())


def openness(template: str, now: Situation) -> Iterator[Due]:
    """Each project, from the day on which it may tell what it opened, until the last."""
    period = now.rules.experimentation
    if period is None:
        return
    asked = after(period.ends, months=-now.settings.section(FollowUpRules).asked_months)
    if asked <= now.today <= period.ends:
        yield from one_each(template, selected_projects(now), "numero")


_SELECTED: Final[Words] = {"preselection": (None, PRESELECTED), "decision": (None, LAUREATE)}


def _period(settings: MessageSettings) -> object:
    return settings.emails.experimentation


MAIL: Final = Mail(
    emails=(
        Email(
            id="rappel_jalon",
            about=FOLLOW_UP,
            due=milestone,
            accepts={"statut": (None, POSTPONED), "responsable": (None, *REMINDED_ROLES)},
            setting=_period,
            to_team=True,
        ),
        Email(
            id="point_mensuel",
            about="candidatures",
            due=monthly_point,
            accepts=_SELECTED,
            setting=_period,
            to_team=True,
        ),
        Email(
            id="bilan_ouverture",
            about="candidatures",
            due=openness,
            accepts=_SELECTED,
            setting=_period,
            to_team=True,
        ),
    )
)


# ---- Who a milestone is for

_FIELDS: Final = {
    ROLES["mentor"]: "email_mentor",
    ROLES["rh"]: "email_rh",
    ROLES["gestion"]: "email_gestion",
}
"""The field of `Candidatures` with the address of each; for the others, that of the applicant."""

_ADMINISTRATIVE: Final = (ROLES["rh"], ROLES["gestion"])


def _recipient_field(role: str | None) -> str:
    """The field of the dossier that holds the address of who answers for the milestone."""
    return _FIELDS.get(role or "", "email_porteur")


def _recipients(role: str | None, row: SubjectRow) -> tuple[str, ...] | str | None:
    """The address of who answers for it: those of the team once there is one, else one of its dossier's."""
    if row.team and role == ROLES["equipe"]:
        return row.team
    address: str | None = row.dossiers[0][_recipient_field(role)] if row.dossiers else None
    return address


def _copies(role: str | None, row: SubjectRow) -> tuple[str, ...]:
    """The addresses in copy: the applicants, and the team unless the milestone is about its own contracts."""
    applicants = (dossier[field] for dossier in row.dossiers for field in ("email_porteur", "email_porteur_2"))
    return tuple(filter(None, (*applicants, *(() if role in _ADMINISTRATIVE else row.team))))


def _values(row: SubjectRow) -> Computed:
    role = row.line["responsable"]
    return {
        "emails_equipe": lambda: row.team,
        "email_responsable": lambda: _recipients(role, row),
        "emails_copie": lambda: _copies(role, row),
    }


SUBJECT: Final = MailSubject(
    tab=FOLLOW_UP,
    key="numero",
    rows=milestone_rows,
    placeholders={
        "emails_equipe": TEAM,
        "email_responsable": "E-mail de qui répond du jalon (Responsable)",
        "emails_copie": "E-mails de qui suit le jalon avec lui : les porteurs et, hors RH et gestion, l’équipe",
    },
    values=_values,
    fields=lambda line: {"email_responsable": _recipient_field(line["responsable"])},
)


# ---- The milestones of a project, in messages about its dossier

_MONTH: Final = pd.Timedelta(days=31)


def _left(lines: Lines, rows: pd.DataFrame, today: date | None) -> Mapping[Any, list[Line]]:
    """Milestones not reached yet, in the order of their dates, by project: those of the coming month."""
    left = ~rows["statut"].isin([DONE, POINTLESS])
    if today is not None:
        left &= ~(rows["echeance"] > pd.Timestamp(today) + _MONTH)
    milestones: dict[Any, list[Line]] = {}
    found = map(lines.line, rows.loc[left, "row"].tolist())
    for line in sorted(found, key=lambda milestone: (milestone["echeance"] or datetime.max, milestone.row)):
        milestones.setdefault(line["numero"], []).append(line)
    return milestones


LISTED: Final = ListedRows(
    placeholder="jalons",
    label="Liste des jalons du projet en retard ou à moins d’un mois, ni faits ni sans objet",
    tab=FOLLOW_UP,
    lines=_left,
)
