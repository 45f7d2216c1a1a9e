"""What the acts of the call for talents, and those of the call itself, rest on in the tabs of candidates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.dependencies import Act, ActColumns, FeatureAct, Pairs
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.config import Campaign
from eig_sheets.features.talents import notes
from eig_sheets.features.talents.rules_eligibility import checked_fields
from eig_sheets.features.talents.settings import WISHES, TalentRules
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS


def _scores(campaign: Campaign) -> Pairs:
    for tab in (REVIEWS, notes.TAB):
        yield tab, ("candidature", "jure", "numero", "deport", *campaign.section(TalentRules).labels)


def _candidates(campaign: Campaign) -> Pairs:
    yield (
        TALENTS,
        ("candidature", "prenom", "nom", "email", "metier", "statut", "date_depot", "etat", *WISHES, "voeux_le"),
    )
    yield TALENTS, checked_fields(campaign.section(TalentRules))
    yield from _scores(campaign)
    yield "jury", ("email", "deports", "organisation")
    yield "candidatures", ("numero", "projet", "preselection", "decision", "administration")
    yield "candidatures", ("email_porteur", "email_porteur_2", "email_mentor")


def _assignment(campaign: Campaign) -> Pairs:
    yield from _candidates(campaign)
    yield "jury", ("groupe", "maximum", "expertise")


CANDIDATES: Final = FeatureAct(_candidates)
"""To rank candidates."""
CANDIDATE_ASSIGNMENT: Final = FeatureAct(_assignment)
"""To say who notes which candidate."""


def _cofinancing(campaign: Campaign) -> Pairs:
    if campaign.cofinancing.rule != "none":
        who = ("candidature", "prenom", "nom", "email")
        yield TALENTS, (*who, "statut", "projet_decide", "experience", "cout_reel", "debut_contrat", "fin_contrat")


def _messages(campaign: Campaign) -> Pairs:
    yield from _scores(campaign)
    yield TALENTS, ("prenom", "nom")


def _collection(_campaign: Campaign) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield TALENTS, ("candidature",)


def _import(_campaign: Campaign) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield TALENTS, ("candidature", "email")


EXPLAIN: Final = FeatureAction(
    id="expliquer_candidature",
    label="Expliquer une candidature",
    place="eig_sheets.features.talents.commands_ranking:answer_request",
    acts=(CANDIDATES,),
    of_candidates=True,
)
ADDED: Final = (
    ActColumns(Act.COFINANCING, _cofinancing),
    ActColumns(Act.MESSAGES, _messages),
    ActColumns(Act.COLLECTION, _collection),
    ActColumns(Act.IMPORT, _import),
)
