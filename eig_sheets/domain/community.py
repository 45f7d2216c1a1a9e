"""The community of the programme, promotion after promotion: what there was before this one, and what it adds. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from eig_sheets.domain.community_rules import CommunityRules
from eig_sheets.domain.decisions import RETAINED
from eig_sheets.domain.emails.call_conditions import laureates


@dataclass(frozen=True, slots=True)
class Figure:
    """A total: what there was before this promotion, and what this one adds."""

    before: int
    added: int

    @property
    def total(self) -> int:
        """What there is with this promotion."""
        return self.before + self.added


@dataclass(frozen=True, slots=True)
class Community:
    """The figures that the configuration begins; None for those that it does not."""

    projects: Figure | None
    agents: Figure | None
    talents: Figure | None


def community(rules: CommunityRules, dossiers: pd.DataFrame, talents: pd.DataFrame | None) -> Community:
    """The figures with this promotion.

    Projects are the laureates; public agents, their porteurs (« Porteur de projet » and « Porteur de projet 2 »), each
    address once; talents, the candidates « Retenu » whose « Projet décidé » is a laureate. None is counted of what is
    not known yet.
    """
    selected = dossiers[laureates(dossiers)]
    addresses = pd.concat([selected["email_porteur"], selected["email_porteur_2"]]).dropna().str.casefold()
    recruited = 0
    if talents is not None:
        recruited = int((talents["statut"].isin([RETAINED]) & talents["projet_decide"].isin(selected["numero"])).sum())
    return Community(
        _figure(rules.projects, len(selected)),
        _figure(rules.agents, addresses.nunique()),
        _figure(rules.talents, recruited),
    )


def _figure(before: int | None, added: int) -> Figure | None:
    return None if before is None else Figure(before, added)
