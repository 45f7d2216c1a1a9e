"""What a feature can do when officers ask for it in the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from eig_sheets.campaign.acts import AnyAct


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FeatureAction:
    """An action that a feature does, for a feature that takes requests: the call itself takes none.

    `id`: as the configuration and the records name it. `label`: in the drop-down. `place`: the function that does it,
    « module:name », imported when it is asked for: it takes the session and the detail of the request, and returns what
    is answered. `acts`: what it rests on. `of_candidates`: it is offered in the workbook of candidates alone too.
    """

    id: str
    label: str
    place: str
    acts: tuple[AnyAct, ...] = ()
    of_candidates: bool = False
