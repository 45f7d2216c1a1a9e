"""The features that this program has, a line each; their order is that in which everything lists them."""

from __future__ import annotations

from typing import Final

from eig_sheets.features import (
    acceptances,
    advice,
    auditions,
    calendar,
    community,
    copies,
    decision_sheet,
    doctor,
    feedback,
    fleet,
    follow_up,
    next_call,
    openness,
    outcomes,
    privacy,
    requests,
    returns,
    talent_acceptances,
    talents,
    teams,
)
from eig_sheets.registry import Features


def _call() -> tuple[object, ...]:
    from eig_sheets.run import parts

    return parts.PARTS


FEATURES: Final = Features.of(
    talents.FEATURE,
    requests.FEATURE,
    advice.FEATURE,
    auditions.FEATURE,
    teams.FEATURE,
    outcomes.FEATURE,
    follow_up.FEATURE,
    feedback.FEATURE,
    acceptances.FEATURE,
    talent_acceptances.FEATURE,
    returns.FEATURE,
    decision_sheet.FEATURE,
    openness.FEATURE,
    calendar.FEATURE,
    community.FEATURE,
    privacy.FEATURE,
    next_call.FEATURE,
    doctor.FEATURE,
    fleet.FEATURE,
    copies.FEATURE,
    own=_call,
)
