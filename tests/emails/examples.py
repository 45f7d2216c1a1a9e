"""For each e-mail of the catalogue, the rows and the day that make it due: its test case.

What a test must hold of every e-mail is tried on these, so that a new one is tried as soon as it is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from eig_sheets.campaign.reviews.versions import Record
from eig_sheets.emails.drafting.drafts import Draft
from tests.emails.drafting.support import (
    DOSSIER,
    JUROR,
    LAUREATE,
    RECRUIT,
    REVIEW,
    Case,
    Rows,
    campaign,
    case,
    page_notes,
)
from tests.features.modules import modules_of_features
from tests.messages import CATALOGUE

_OF_FEATURES = modules_of_features("examples")
RULES = campaign({key: section for module in _OF_FEATURES for key, section in module.SECTIONS.items()}, disabled=())
APRIL, MAY = date(2021, 4, 20), date(2021, 5, 6)
ARRIVAL = date(2021, 9, 13)


@dataclass(frozen=True)
class Example:
    """A day, the rows of some tabs, the e-mails that were received and when, and what pages of jurors said."""

    day: date
    tabs: Mapping[str, Rows] = field(default_factory=dict)
    received: Mapping[str, date | None] = field(default_factory=dict)
    pages: tuple[Record, ...] = ()

    @cached_property
    def case(self) -> Case:
        """The campaign of these rows, with every e-mail of EIG5 switched on."""
        return case(rules=RULES, received=self.pages, **self.tabs)

    def draft(self, template: str) -> Draft:
        """The only e-mail of that template."""
        return self.case.one(template, self.day, self.received)


def _dossier(**changes: object) -> dict[str, Rows]:
    return {"candidatures": [{**DOSSIER, **changes}]}


_JURY: dict[str, Rows] = {"candidatures": [DOSSIER], "jury": [JUROR]}
_PROJECT: dict[str, Rows] = {"candidatures": [LAUREATE], "talents": [RECRUIT]}

EXAMPLES: Mapping[str, Example] = {
    "accuse_reception": Example(APRIL, _dossier(preselection=None)),
    "pieces_manquantes": Example(APRIL, _dossier(preselection=None)),
    "ineligible": Example(APRIL, _dossier(preselection="Écarté – inéligible")),
    "non_preselectionne": Example(APRIL, _dossier(preselection="Écarté – insuffisant")),
    "convocation_jury": Example(APRIL, _dossier()),
    "invitation_jury": Example(date(2021, 4, 12), _JURY),
    "relance_jure": Example(date(2021, 4, 29), {**_JURY, "evaluations": [{"numero": "90001", "jure": JUROR["email"]}]}),
    "recu_jure": Example(date(2021, 4, 29), _JURY, pages=(page_notes(),)),
    "remerciement_jure": Example(MAY, {**_JURY, "evaluations": [REVIEW]}),
    "laureat": Example(MAY, _dossier(decision="Lauréat")),
    "liste_attente": Example(MAY, _dossier(decision="Liste d’attente")),
    "promotion_liste_attente": Example(MAY, _dossier(decision="Lauréat"), {"liste_attente-90001": APRIL}),
    "non_retenu": Example(MAY, _dossier(decision="Non retenu")),
    "cofinancement_a_completer": Example(MAY, _dossier(decision="Lauréat", demande_cofinancement="oui")),
    "bienvenue": Example(ARRIVAL, _PROJECT),
    **{template: Example(*example) for module in _OF_FEATURES for template, example in module.EXAMPLES.items()},
}

DUE = tuple(one.id for one in CATALOGUE.values() if one.due)
"""The e-mails that rows and days make due: all but the cancellation, which answers to what was sent."""
