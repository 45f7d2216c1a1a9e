"""The e-mails of the ten months, to who answers for a milestone and to each project; what they may name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from eig_sheets.domain.decisions import LAUREATE, PRESELECTED
from eig_sheets.domain.emails.email import Email, Mail, Words
from eig_sheets.domain.emails.settings import MessageSettings
from eig_sheets.emails.drafting.lines import Computed, Line, Lines
from eig_sheets.emails.drafting.subjects import ListedRows, MailSubject, SubjectRow
from eig_sheets.emails.mail.placeholders import TEAM
from eig_sheets.features.follow_up import conditions
from eig_sheets.features.follow_up.milestones import milestone_rows
from eig_sheets.features.follow_up.settings import DONE, POINTLESS, POSTPONED, REMINDED_ROLES, ROLES
from eig_sheets.features.follow_up.tabs import FOLLOW_UP

_SELECTED: Final[Words] = {"preselection": (None, PRESELECTED), "decision": (None, LAUREATE)}


def _period(settings: MessageSettings) -> object:
    return settings.emails.experimentation


MAIL: Final = Mail(
    emails=(
        Email(
            id="rappel_jalon",
            about=FOLLOW_UP,
            due=conditions.milestone,
            accepts={"statut": (None, POSTPONED), "responsable": (None, *REMINDED_ROLES)},
            setting=_period,
            to_team=True,
        ),
        Email(
            id="point_mensuel",
            about="candidatures",
            due=conditions.monthly_point,
            accepts=_SELECTED,
            setting=_period,
            to_team=True,
        ),
        Email(
            id="bilan_ouverture",
            about="candidatures",
            due=conditions.openness,
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
