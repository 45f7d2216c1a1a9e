"""`[retention]`: how long each kind of data is kept, and who signs its elimination."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from eig_sheets.config.sections import Section, beside
from eig_sheets.domain.rules import Rules, Words

Months = Annotated[int, Field(ge=1, le=1200)]

NAMES: Final = {
    "copies": "copies du robot",
    "logs": "journaux techniques",
    "sendings": "trace des envois et des demandes",
    "jury": "travail du jury",
    "dossiers": "dossiers et décisions",
    "talents": "candidats",
    "finance": "pièces financières",
    "history": "historique des exécutions, sans nom",
    "snapshots": "copies du classeur à chaque exécution",
}
"""The French name of each period, by its key."""


class Retention(Rules):
    """How many months something is kept, and the text that says so, or « hypothèse »."""

    months: Months
    source: Words


class RetentionRules(Rules):
    """`[retention]`: a period that nobody decided is None, and nothing that it rules is ever eliminated.

    `service`: who produced the documents; `archives`: the service that gives its visa; `folders`: other folders in
    which the team keeps what the commands write, relative to the configuration.
    """

    service: str = ""
    archives: str = ""
    folders: tuple[str, ...] = ()
    copies: Retention | None = None
    logs: Retention | None = None
    sendings: Retention | None = None
    jury: Retention | None = None
    dossiers: Retention | None = None
    talents: Retention | None = None
    finance: Retention | None = None
    history: Retention | None = None
    snapshots: Retention | None = None

    def period(self, name: str) -> Retention | None:
        """The period of that key of NAMES; None when nobody decided it."""
        period: Retention | None = getattr(self, name) if name in NAMES else None
        return period


SECTION: Final = Section(key="retention", model=RetentionRules, packaged=beside(__file__))
