"""The figures of the community, promotion after promotion: what there was before this one, and what it adds. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import recruits_tab
from eig_sheets.campaign.result_parts import FigureLine, Figures, candidate_rows
from eig_sheets.domain.decisions import RETAINED
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.features.community.rules import SECTION, CommunityRules
from eig_sheets.text.french import number, plural, typographic

_RECRUITED: Final = "Talents recrutés"


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


def community_lines(reading: Reading) -> Iterator[FigureLine]:
    """One line for each figure; none where the figures are inherited from an earlier call, since they have grown.

    Who was recruited is a figure of calls that recruit.
    """
    if _is_of_an_earlier_call(reading):
        return
    rules = reading.campaign.section(CommunityRules)
    talents = candidate_rows(reading)
    figures = community(rules, reading.valid_rows("candidatures"), talents)
    decision = reading.layout.tabs["candidatures"].header("decision")
    for label, figure, counted in (
        ("Projets depuis la première promotion", figures.projects, f"« Lauréat » dans « {decision} »"),
        (
            "Agents publics porteurs de projet",
            figures.agents,
            "les adresses des porteurs des lauréats, une fois chacune",
        ),
        (_RECRUITED, figures.talents, "les candidats « Retenu » d’un projet lauréat"),
    ):
        if figure is not None and (label != _RECRUITED or recruits_tab(reading.campaign)):
            yield FigureLine(label, figure.total, typographic(_explained(figure, counted, rules.source)))


def _is_of_an_earlier_call(reading: Reading) -> bool:
    provenance = reading.campaign.provenance
    given = {provenance.layer_of(key) for key in provenance.files if key.startswith(f"{SECTION.key}.")}
    return not given <= {provenance.layer_of("campaign.id")}


def _explained(figure: Figure, counted: str, source: str) -> str:
    known = f"{number(figure.before)} avant cette promotion" + (f" ({source})" if source else "")
    return f"{known}, plus {plural(figure.added, 'nouveau', 'nouveaux')} : {counted}."


FIGURES: Final = Figures(
    section="Communauté", title="La communauté du programme", header="Avec cette promotion", lines=community_lines
)
