"""Who the reminder of a milestone is for, by the word of its `Responsable`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eig_sheets.domain.decisions import ROLES
from eig_sheets.emails.drafting.lines import Line

_FIELDS: Final = {
    ROLES["mentor"]: "email_mentor",
    ROLES["rh"]: "email_rh",
    ROLES["gestion"]: "email_gestion",
}
"""The field of `Candidatures` with the address of each; for the others, that of the applicant."""

_ADMINISTRATIVE: Final = (ROLES["rh"], ROLES["gestion"])


def recipient_field(role: str | None) -> str:
    """The field of the dossier that holds the address of who answers for the milestone."""
    return _FIELDS.get(role or "", "email_porteur")


def recipients(role: str | None, dossiers: Sequence[Line], team: tuple[str, ...]) -> tuple[str, ...] | str | None:
    """The address of who answers for it: those of the team once there is one, else one of its dossier's."""
    if team and role == ROLES["equipe"]:
        return team
    address: str | None = dossiers[0][recipient_field(role)] if dossiers else None
    return address


def copies(role: str | None, dossiers: Sequence[Line], team: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses in copy: the applicants, and the team but where its own contracts are the matter."""
    applicants = (dossier[field] for dossier in dossiers for field in ("email_porteur", "email_porteur_2"))
    return tuple(filter(None, (*applicants, *(() if role in _ADMINISTRATIVE else team))))
