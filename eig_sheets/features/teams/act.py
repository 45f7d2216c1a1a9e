"""The columns that teams rest on, and their request in `Demandes`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from eig_sheets.campaign.acts import FeatureAct
from eig_sheets.campaign.dependencies import columns_of
from eig_sheets.campaign.feature_actions import FeatureAction
from eig_sheets.config import Campaign
from eig_sheets.features.talents.acts import CANDIDATES


def _columns(campaign: Campaign) -> Iterator[tuple[str, Iterable[str]]]:
    yield from columns_of(campaign, CANDIDATES).items()
    yield "talents", ("projet_decide", "commentaire")
    yield "candidatures", ("profils", "nombre_eig")


TEAMS: Final = FeatureAct(_columns)
"""To propose teams."""

ACTION: Final = FeatureAction(
    id="equipes",
    label="Équipes",
    place="eig_sheets.features.teams.commands:answer_request",
    acts=(TEAMS,),
    of_candidates=True,
)
