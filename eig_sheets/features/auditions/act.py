"""The columns that a timetable of auditions rests on, and its request in `Demandes`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from eig_sheets.campaign.acts import Act, FeatureAct
from eig_sheets.campaign.dependencies import columns_of
from eig_sheets.campaign.feature_actions import FeatureAction
from eig_sheets.config import Campaign


def _columns(campaign: Campaign) -> Iterator[tuple[str, Iterable[str]]]:
    yield from columns_of(campaign, Act.ELIGIBILITY).items()
    yield "jury", ("email", "deports", "organisation", "groupe", "disponibilites")
    yield "candidatures", ("audition", "porteur_projet", "email_porteur")
    yield from (("evaluations", ("numero", "jure", "deport")), ("notes_recues", ("numero", "jure", "deport")))


TIMETABLE: Final = FeatureAct(_columns, (("jury", ("disponibilites",), "ce juré n’est pas convoqué"),))
"""To plan auditions, or to check how they are planned."""

ACTION: Final = FeatureAction(
    id="planning",
    label="Planning des auditions",
    place="eig_sheets.features.auditions.commands:answer_request",
    acts=(TIMETABLE,),
)
