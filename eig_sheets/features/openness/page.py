"""The page that everybody may read: the rules of the ranking, from the configuration itself (CRPA, L. 312-1-3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Final

from eig_sheets import __version__
from eig_sheets.call.report.algorithm.stated_rules import (
    FILED,
    READ_IN_FICHE,
    REQUIRED,
    contribution,
    operations,
    parameters_section,
    require,
    require_sources,
    rights,
)
from eig_sheets.call.report.people import RuleSources
from eig_sheets.call.report.ranking_inputs import canonical
from eig_sheets.campaign.overrides import Overrides
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import Campaign
from eig_sheets.documents.sections import Explanation, Section, section
from eig_sheets.features.openness.page_rules import cofinancing_sections, criteria_section, eligibility_section
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import typographic

_SECTIONS: Final = (
    "campaign", "scoring", "criteria", "jury", "ranking", "eligibility", "cofinancing", "salaries", "selection",
    "algorithm",
)  # fmt: skip


def published(campaign: Campaign, overrides: Overrides, day: date) -> Explanation:
    """The page of a campaign, as of that day. Raises UnsaidError.

    `overrides`: the settings of its officers, which `campaign` has; their cells are the sources of their values.
    """
    require(campaign, *REQUIRED)
    source_of = RuleSources(campaign, overrides)
    sections = tuple(_sections(campaign, source_of, day))
    require_sources(campaign, source_of)
    title = campaign.campaign.name or campaign.campaign.id
    return Explanation(typographic("Comment les projets sont classés"), title, campaign.campaign.banner, sections)


def _sections(campaign: Campaign, source_of: RuleSources, day: date) -> Iterator[Section]:
    yield section("1. À quoi sert ce traitement, et qui décide", contribution(campaign))
    yield section("2. Les données, et d’où elles viennent", (), ("Donnée", "Source"), data(campaign), (8.8, 8.8))
    yield eligibility_section("3. Les conditions de l’appel", campaign, source_of)
    yield criteria_section("4. Les critères", campaign)
    yield parameters_section("5. Les paramètres, et d’où ils viennent", campaign, source_of)
    yield section("6. Les opérations, dans l’ordre", operations(campaign))
    yield from cofinancing_sections("7. Le co-financement", campaign, source_of)
    yield section("8. Vos droits", rights(campaign))
    yield section("9. Version", _version(campaign, day))


def data(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """The data that are processed, and where each comes from."""
    yield from _filed(campaign)
    yield "Note de chaque critère, avis, coup de cœur, déport", "les grilles remplies par les jurés"
    yield "Groupe de chaque juré", "l’équipe du programme"
    yield "Présélection, décision et leurs motifs", "les personnes qui décident"
    if campaign.cofinancing.rule != "none":
        yield (
            "Coût, type d’administration, programme budgétaire (co-financement seulement)",
            "le dossier, complété par l’équipe",
        )


def _filed(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """What applicants filed as such, and what the team read in their document and typed."""
    rules, tab = campaign.eligibility, schema_of(campaign).tab("candidatures")
    filed = [name for name in rules.attestations if name not in rules.read_in_fiche]
    content = ", contenu et attestations du dossier" if filed else " et contenu du dossier"
    yield f"Date de réception{content}", FILED
    if rules.read_in_fiche:
        yield " ; ".join(tab.field(name).header for name in rules.read_in_fiche), READ_IN_FICHE


def _version(campaign: Campaign, day: date) -> Iterator[str]:
    of_day = f"avec la configuration du {french_day(day)}"
    yield f"Appel {campaign.campaign.id}. Page écrite par eig-sheets {__version__}, {of_day}."
    yield f"Empreinte des règles (SHA-256) : {_digest(campaign)}"
    yield (
        f"Elle porte sur les sections {', '.join(_SECTIONS)} de la configuration, réglages de l’équipe compris, et "
        "sur decisions.public_law, en JSON (UTF-8, clés triées, sans espaces)."
    )


def _digest(campaign: Campaign) -> str:
    """The SHA-256 of what the page tells of the configuration: the same for the same rules."""
    rules = campaign.model_dump(mode="json", include={**dict.fromkeys(_SECTIONS, True), "decisions": {"public_law"}})
    return hashlib.sha256(canonical(rules)).hexdigest()
