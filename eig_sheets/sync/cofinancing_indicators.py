"""The indicators of co-financing on `Accueil`: what is asked, and what the laureates cost beside the envelope."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from eig_sheets.campaign.results import Results, cofinancing_totals
from eig_sheets.config import Campaign
from eig_sheets.domain.cofinancing import CofinancingStatus
from eig_sheets.domain.cofinancing_totals import Total, Totals, exact_sum
from eig_sheets.text.french import plural
from eig_sheets.workbook import words
from eig_sheets.workbook.cofinancing_texts import GROUPS, envelope_text, remarks
from eig_sheets.workbook.render.accueil import Indicator

_SECTION = "Co-financement"


def cofinancing_indicators(results: Results, campaign: Campaign) -> Iterator[Indicator]:
    """The indicators; none for a call without co-financing."""
    if campaign.cofinancing.rule == "none":
        return
    money, totals = results.cofinancing, cofinancing_totals(results, campaign)
    inside = money[money["status"] != CofinancingStatus.VOID]
    requested = inside[inside["requested"].eq(other=True).fillna(value=False)]
    yield Indicator(_SECTION, "Demandé", len(requested), len(requested) / len(inside) if len(inside) else None)
    for status in (CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL):
        yield from _of_status(requested[requested["status"] == status], words.COFINANCING[status])
    excluded = len(money) - len(inside)
    detail = "Inéligibles, écartés ou désistés : ils ne comptent dans aucun montant." if excluded else ""
    yield Indicator(_SECTION, words.COFINANCING[CofinancingStatus.VOID], excluded, detail=detail)
    yield from _of_laureates(totals)


def _of_status(group: pd.DataFrame, label: str) -> Iterator[Indicator]:
    unknown = int(group["amount_max"].isna().sum())
    counted = plural(unknown, "montant inconnu compte", "montants inconnus comptent")
    detail = f"{counted} pour zéro." if unknown else ""
    for end, column in (("minimum", "amount_min"), ("maximum", "amount_max")):
        shown = detail if end == "maximum" else ""
        yield Indicator(_SECTION, f"{label} : {end}", len(group), amount=float(exact_sum(group[column])), detail=shown)


def _of_laureates(totals: Totals) -> Iterator[Indicator]:
    if totals.envelope is not None:
        yield Indicator(_SECTION, "Enveloppe", amount=float(totals.envelope))
    for group, label in GROUPS.items():
        total: Total = getattr(totals, group)
        for end, amount in (("minimum", total.least), ("maximum", total.most)):
            share = float(amount / totals.envelope) if totals.envelope else None
            detail = _detail(total, totals) if end == "maximum" else ""
            yield Indicator(_SECTION, f"{label} : {end}", total.asking, share, float(amount), detail=detail)


def _detail(total: Total, totals: Totals) -> str:
    provisional = ["Montant prévisionnel."] if total.asking and total.provisional else []
    envelope = [f"{envelope_text(total, totals.envelope)}."] if totals.envelope is not None and total.asking else []
    return " ".join((*provisional, *remarks(total), *envelope))
