"""Deliberation checks: decisions that depart from the ranking without a reason, jurors without a declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.calibration import WeakLink
from eig_sheets.domain.decisions import LAUREATE, REFUSED, WAITING
from eig_sheets.domain.proposals import Proposal
from eig_sheets.domain.ranking import Unranked
from eig_sheets.domain.scoring import is_complete
from eig_sheets.workbook import words
from eig_sheets.workbook.alerts import weak_link_anomaly
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning

DECISION_WITHOUT_REASON: Final = warning(
    "decision_sans_motif",
    "« {value} » s’écarte du classement ({reason}), sans motif.",
    "Écrivez pourquoi dans « {header} ».",
)
NO_DECLARATION: Final = warning(
    "declaration_absente",
    "{value} note des dossiers et sa déclaration d’intérêts n’est pas notée reçue.",
    "Remplissez « {header} » avec la date de réception, ou demandez-la.",
)

_FOLLOWED: Final = {LAUREATE: Proposal.LAUREATE, WAITING: Proposal.WAITING, REFUSED: Proposal.REFUSED}
"""What a decision follows; none departs from a proposal that leaves it to the jury, and « Désisté » is no choice."""


def deliberation_anomalies(
    reading: Reading,
    dossiers: pd.DataFrame,
    ranking: pd.DataFrame,
    evaluated: pd.DataFrame,
    weak_links: Sequence[WeakLink],
) -> Iterator[Anomaly]:
    """Anomalies: decisions without a reason, jurors without a declaration, parts of the jury hardly compared."""
    yield from _departures(reading, dossiers, ranking)
    yield from _undeclared(reading, evaluated)
    jury = reading.layout.tabs["jury"]
    yield from (weak_link_anomaly(link, jury.name, jury.header("groupe")) for link in weak_links)


def _departures(reading: Reading, dossiers: pd.DataFrame, ranking: pd.DataFrame) -> Iterator[Anomaly]:
    tab = reading.layout.tabs["candidatures"]
    decided = dossiers[dossiers["decision"].isin([*_FOLLOWED]) & dossiers["motif"].isna()]
    proposals = ranking.set_index("numero")[["proposal", "proposal_reserves", "unranked_reason"]]
    for numero, decision, row in zip(decided["numero"], decided["decision"], decided["row"], strict=True):
        proposal, reserves, unranked = proposals.loc[numero]
        if reason := _departure(decision, proposal, reserves, unranked):
            where = {"header": tab.header("motif"), "value": decision, "reason": reason}
            yield anomaly(DECISION_WITHOUT_REASON, tab.name, tab.cell("decision", int(row)), numero, **where)


def _departure(decision: str, proposal: str | None, reserves: Sequence[str], unranked: str | None) -> str:
    """The recommendation that a decision departs from; '' when it follows it, or when the jury has to decide."""
    if unranked in (Unranked.REJECTED_INELIGIBLE, Unranked.REJECTED_INSUFFICIENT):
        return ""  # two words that contradict each other are an anomaly of their own
    if unranked:
        return "" if decision == REFUSED else words.UNRANKED[unranked]
    if proposal in (None, Proposal.DELIBERATION, _FOLLOWED[decision]):
        return ""
    return f"proposition : {(words.proposal_text(proposal, reserves) or '').lower()}"


def _undeclared(reading: Reading, evaluated: pd.DataFrame) -> Iterator[Anomaly]:
    if "jury" not in reading.tables or "declaration" not in reading.layout.tabs["jury"].available:
        return
    tab = reading.layout.tabs["jury"]
    scored = evaluated.loc[is_complete(evaluated["status"]), "jure"]
    jury = reading.valid_rows("jury")
    for email, row in jury.loc[jury["declaration"].isna() & jury["email"].isin(scored), ["email", "row"]].to_numpy():
        cell = tab.cell("declaration", int(row))
        yield anomaly(NO_DECLARATION, tab.name, cell, None, value=email, header=tab.header("declaration"))
