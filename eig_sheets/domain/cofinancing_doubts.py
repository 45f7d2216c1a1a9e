"""The cells of a dossier on which its co-financing rests, and those of them that cannot be read or believed. Pure."""

from __future__ import annotations

from typing import Final

import pandas as pd

from eig_sheets.domain.costs import SIMULATIONS, Costs
from eig_sheets.domain.frames import Mask, unreadable

RESTS_ON: Final = (
    "demande_cofinancement",
    "type_administration",
    "porteur",
    "type_porteur",
    "programme",
    "convention",
    "nombre_eig",
    *SIMULATIONS,
    "recrutement_clos",
)
"""The fields of a dossier on which the route and the amounts of its co-financing rest."""


def doubtful_cells(dossiers: pd.DataFrame, costs: Costs) -> dict[str, Mask]:
    """For each of RESTS_ON, where it is doubtful: filled in and unreadable, or a cost that cannot be believed.

    Under a flat rule no cost is doubtful: none is looked at.
    """
    doubtful = unreadable(dossiers, RESTS_ON)
    return doubtful | {field: costs.doubtful[field].to_numpy(dtype=bool) for field in SIMULATIONS}
