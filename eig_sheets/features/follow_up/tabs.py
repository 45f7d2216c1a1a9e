"""The tabs of the ten months, `Suivi` and `Livrables`, and whom they may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from eig_sheets.campaign.dependencies import FeatureAct
from eig_sheets.campaign.reading_parts import PeopleTab, recruits_tab
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.config import Campaign
from eig_sheets.domain.date_bounds import Bounds, after, contract_bounds
from eig_sheets.features.follow_up.settings import MILESTONE_STATES, ROLES, FollowUpRules
from eig_sheets.personal_data import PersonalTab
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.workbook.fields import NUMBER, PROJECT_NAME, Field, Kind, TabSchema, choice, text, yes_no

FOLLOW_UP, DELIVERABLES = "suivi", "livrables"


def _follow_up(_campaign: Campaign) -> TabSchema:
    """One row per project and milestone."""
    fields = (
        NUMBER,
        Field("jalon", "Jalon", required=True, width=30),
        Field("echeance", "Échéance", Kind.DATE),
        choice(
            "responsable",
            "Responsable",
            tuple(ROLES.values()),
            "Qui le rappel atteint : son adresse est dans Candidatures. Vide : le porteur. « Programme » : personne, "
            "c’est à l’équipe du programme.",
            14,
        ),
        choice("statut", "Statut", MILESTONE_STATES, width=14),
        Field("fait_le", "Fait le", Kind.DATE),
        text("commentaire", "Commentaire", 40),
    )
    return TabSchema(
        FOLLOW_UP,
        "Suivi",
        Owner.PEOPLE,
        "numero",
        fields,
        (PROJECT_NAME,),
        identity=("numero", "jalon"),
        of_dossiers=True,
    )


_DELIVERABLE_KINDS: Final = ("Code", "Données", "Documentation", "Design", "Autre")
LICENCES: Final = (
    # Information, documentation included: CRPA, D. 323-2-1, I.
    "Licence Ouverte 2.0", "ODbL 1.0",
    # Source code, permissive then with reciprocity: CRPA, D. 323-2-1, II.
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CeCILL-B", "MIT",
    "AGPL-3.0", "CeCILL-2.1", "CeCILL-C", "EUPL-1.2", "GPL-3.0", "LGPL-3.0", "MPL-2.0",
    # Another one needs an approval of its own (CRPA, L. 323-2).
    "Autre, homologuée",
)  # fmt: skip
"""Those that the State may choose without asking: CRPA, L. 323-2 and D. 323-2-1, by their SPDX names for code."""


def _deliverables(_campaign: Campaign) -> TabSchema:
    """One row per thing that a project made; hidden in a new workbook, since it is of use for two months."""
    fields = (
        NUMBER,
        choice("type", "Type", _DELIVERABLE_KINDS, width=16),
        text("intitule", "Intitulé", 34),
        text("adresse", "Adresse", 40, "L’adresse de la page où on le trouve."),
        choice("licence", "Licence", LICENCES, "Celles que l’État peut choisir : CRPA, D. 323-2-1.", 20),
        yes_no("ouvert", "Ouvert", "oui : chacun peut le lire et le réutiliser."),
        text("commentaire", "Commentaire", 40),
    )
    return TabSchema(DELIVERABLES, "Livrables", Owner.PEOPLE, "numero", fields, hidden=True, of_dossiers=True)


def _first_month(campaign: Campaign) -> date:
    """Milestones are set from the first month of contracts; failing that, when the experimentation begins.

    A call that says neither follows its projects once the jury, then the call itself, is over.
    """
    rules, closes = campaign.emails, campaign.scoring.closes or campaign.campaign.closes
    if rules.contract_months:
        return min(rules.contract_months).replace(day=1)  # of these dates, only the month and the year count
    if rules.experimentation:
        return rules.experimentation.starts
    return closes.date() if isinstance(closes, datetime) else closes


def _last_months(campaign: Campaign) -> date | None:
    """What projects opened is collected some months before they end."""
    period, rules = campaign.emails.experimentation, campaign.section(FollowUpRules)
    return after(period.ends, months=-rules.deliverables_months) if period else None


def _bounds(campaign: Campaign) -> Mapping[str, Bounds]:
    """As those of contracts, and the dates that the configuration decides."""
    months = contract_bounds(campaign.campaign, campaign.emails.experimentation, campaign.cofinancing)
    if months is None:
        return {}
    decided = [rule.date for rule in campaign.section(FollowUpRules).milestones if rule.date is not None]
    bounds = Bounds(min([months.earliest, *decided]), max([months.latest, *decided]))
    return {"echeance": bounds, "fait_le": bounds}


TABS: Final = (
    PeopleTab(
        id=FOLLOW_UP,
        schema=_follow_up,
        opens=_first_month,
        bounds=_bounds,
        messages=("numero", "jalon", "echeance", "responsable", "statut"),
        meanwhile=((("statut", "echeance", "responsable"), "aucun rappel ne part"),),
    ),
    PeopleTab(id=DELIVERABLES, schema=_deliverables, contents="Ce que chaque projet a ouvert", opens=_last_months),
)


def _columns(campaign: Campaign) -> Iterator[tuple[str, Iterable[str]]]:
    yield "candidatures", ("numero", "projet", "preselection", "decision")
    yield FOLLOW_UP, ("numero", "jalon", "echeance", "responsable", "statut", "fait_le")
    yield recruits_tab(campaign), ("statut", "projet_decide", "debut_contrat", "fin_contrat")


MILESTONES: Final = FeatureAct(_columns)
"""To set the milestones of projects, and to say how far they are."""

ACTION: Final = FeatureAction(
    id="suivi",
    label="Jalons du suivi",
    place="eig_sheets.features.follow_up.commands:answer_request",
    acts=(MILESTONES,),
)


PERSONS: Final = (
    PersonalTab(FOLLOW_UP, "Suivi", "dossiers", ("commentaire",)),
    PersonalTab(DELIVERABLES, "Livrables", "dossiers", ("commentaire",)),
)
