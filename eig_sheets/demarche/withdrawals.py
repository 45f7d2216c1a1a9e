"""Dossiers that were deleted on the service while nothing was decided: their applicants may have withdrawn. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from eig_sheets.storage.last_run import Withdrawal

REASONS: Final[Mapping[str, str]] = {
    "user_request": "par son porteur",
    "user_removed": "avec le compte de son porteur",
    "instructeur_request": "par un instructeur",
    "manager_request": "par le service",
}
SILENT_REASONS: Final = ("expired", "user_expired", "procedure_removed")
"""The end of a retention period or of a whole démarche: they say nothing of the applicant."""
_UNKNOWN: Final = "pour une raison que l’outil ne connaît pas"
_DECIDED: Final = ("accepte", "refuse", "sans_suite")


def withdrawals(deleted: Iterable[Mapping[str, Any]]) -> dict[str, Withdrawal]:
    """Number → withdrawal, of the service's deleted dossiers; those that were decided or only expired are left out."""
    return {
        str(dossier["number"]): _withdrawal(dossier)
        for dossier in deleted
        if dossier["reason"] not in SILENT_REASONS and dossier["state"] not in _DECIDED
    }


def _withdrawal(deleted: Mapping[str, Any]) -> Withdrawal:
    moment = datetime.fromisoformat(deleted["dateSupression"])
    return Withdrawal(moment, REASONS.get(deleted["reason"], _UNKNOWN))
