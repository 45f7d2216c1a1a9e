"""The annexes of the decided laureates, one for each route."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.finance.agreements import agreement_annex
from eig_sheets.finance.annex import Annex, annex_of
from eig_sheets.finance.decree import decree_annex
from eig_sheets.finance.delegations import delegation_annex
from eig_sheets.finance.lines import FinanceLine


def annexes_of(lines: Sequence[FinanceLine], rules: CofinancingRules) -> tuple[Annex, ...]:
    """The three annexes, whether or not a laureate goes by that route."""
    by_decree = [line for line in lines if line.by_decree]
    delegated, carried = [line for line in lines if line.by_delegation], [line for line in lines if line.carried]
    return (
        annex_of(by_decree, decree_annex(by_decree, rules)),
        annex_of(delegated, delegation_annex(delegated, rules.programme)),
        annex_of(carried, agreement_annex(carried)),
    )
