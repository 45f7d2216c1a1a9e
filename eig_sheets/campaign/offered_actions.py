"""What officers may ask for in a call: the actions of its configuration that the program does in it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.campaign.acts import AnyAct
from eig_sheets.config import Campaign
from eig_sheets.domain.request_steps import Permissions
from eig_sheets.domain.requests import Action

OF_FEATURES: Final = frozenset({Action.FOLLOW_UP, Action.SCHEDULE})
"""Those that nothing does in a call without the feature that has them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeatureAction:
    """An action that a feature does.

    `place`: the function that does it, « module:name », imported when it is asked for: it takes the session and the
    request, and returns what is answered. `acts`: what it does, as of a `Job`.
    """

    action: Action
    place: str
    acts: tuple[AnyAct, ...] = ()


def offered_actions(campaign: Campaign) -> tuple[Action, ...]:
    """The actions that are offered, in the order of the drop-down."""
    done = {part.action for part in campaign.features.parts(FeatureAction)}
    return tuple(action for action in campaign.requests.offered if action not in OF_FEATURES or action in done)


def permissions_of(campaign: Campaign) -> Permissions:
    """What may be asked for, and by whom."""
    return replace(campaign.requests.permissions, offered=frozenset(offered_actions(campaign)))
