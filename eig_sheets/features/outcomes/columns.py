"""The columns that outcomes rest on; apart from what reads them, since every command asks for the parts of features."""

from __future__ import annotations

from typing import Final

from eig_sheets.campaign.dependencies import FeatureAct

ACT: Final = FeatureAct(
    lambda _: (("candidatures", ("numero", "projet", "preselection", "decision", "etat", "motif", "retour")),)
)
