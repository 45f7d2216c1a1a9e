"""Dossiers that were deleted on the service while nothing was decided: their applicants may have withdrawn. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from eig_sheets.storage.last_run import Withdrawal

_REASONS: Final[Mapping[str, str]] = {
    "user_request": "par son porteur",
    "user_removed": "avec le compte de son porteur",
    "instructeur_request": "par un instructeur",
    "manager_request": "par le service",
}
"""The others are the end of a retention period or of a whole démarche: they say nothing of the applicant."""
_UNDECIDED: Final = ("en_construction", "en_instruction")


def withdrawals(deleted: Iterable[Mapping[str, Any]]) -> dict[str, Withdrawal]:
    """Number → withdrawal, of the service's deleted dossiers; those that were decided or only expired are left out."""
    return {
        str(one["number"]): Withdrawal(datetime.fromisoformat(one["dateSupression"]), _REASONS[one["reason"]])
        for one in deleted
        if one["reason"] in _REASONS and one["state"] in _UNDECIDED
    }
