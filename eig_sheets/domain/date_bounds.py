"""The days between which each date of people's tabs can be believed, from the dates of the call itself. Pure.

A date beyond them is a slip (a wrong year, a wrong century): no rule goes by it. They are wide on purpose: a dossier
that comes weeks late, a contract that starts late or ends early are what rules are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

import pandas as pd

from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.domain.rules import CallRules, Experimentation


class Bounds(NamedTuple):
    """The first and the last day that can be believed, both included."""

    earliest: date
    latest: date


Fields = Mapping[str, Bounds]
"""Field → its bounds."""


def date_bounds(
    call: CallRules,
    experimentation: Experimentation | None,
    cofinancing: CofinancingRules,
) -> dict[str, dict[str, Bounds]]:
    """The bounds of each field, by tab. A call that says nothing of its months has those of deposits alone.

    A dossier can come as long before the opening or after the closing as there is from the closing
    to the experimentation, or as the window was open where there is none. A contract starts
    between the opening of the call and the end of the experimentation, and ends at most as long after it as it lasts.
    What people decide is of the same time.
    """
    period = _months(experimentation, cofinancing)
    deposits = deposit_bounds(call, experimentation, cofinancing)
    bounds_of = {"candidatures": {"date_depot": deposits}}
    for tab_id, field, bounds in _of_the_months(call, period):
        bounds_of.setdefault(tab_id, {})[field] = bounds
    return bounds_of


def deposit_bounds(call: CallRules, experimentation: Experimentation | None, cofinancing: CofinancingRules) -> Bounds:
    """The days between which a dossier can have come."""
    return window_bounds(call.first_moment, call.last_moment, experimentation, cofinancing)


def window_bounds(
    opens: datetime, closes: datetime, experimentation: Experimentation | None, cofinancing: CofinancingRules
) -> Bounds:
    """The days between which something can have come that people could send from a moment to another."""
    return _deposits(opens, closes, _months(experimentation, cofinancing))


def call_bounds(
    call: CallRules, experimentation: Experimentation | None, cofinancing: CofinancingRules
) -> Bounds | None:
    """From the opening of the call to the end of the months of its projects; None where it says nothing of these."""
    period = _months(experimentation, cofinancing)
    return None if period is None else Bounds(call.opens, period.latest)


def contract_bounds(
    call: CallRules, experimentation: Experimentation | None, cofinancing: CofinancingRules
) -> Bounds | None:
    """The days between which a contract can end; None where the call says nothing of its months."""
    period = _months(experimentation, cofinancing)
    return None if period is None else _afterwards(call, period)


def after(day: date, *, months: int) -> date:
    """The same day so many months later, or the last of a shorter month; earlier when `months` is negative."""
    return (pd.Timestamp(day) + pd.DateOffset(months=months)).date()


def _afterwards(call: CallRules, period: Bounds) -> Bounds:
    return Bounds(call.opens, period.latest + (period.latest - period.earliest))


def _months(experimentation: Experimentation | None, cofinancing: CofinancingRules) -> Bounds | None:
    """The months of the projects: the experimentation, else the contract whose first days are paid."""
    if experimentation is not None:
        return Bounds(experimentation.starts, experimentation.ends)
    if cofinancing.paid_from is None:
        return None
    return Bounds(cofinancing.paid_from, after(cofinancing.paid_from, months=round(cofinancing.total_months)))


def _deposits(opens: datetime, closes: datetime, period: Bounds | None) -> Bounds:
    first, last = opens.date(), closes.date()
    margin = max(timedelta(1), last - first if period is None else period.earliest - last)
    return Bounds(first - margin, last + margin)


def _of_the_months(call: CallRules, period: Bounds | None) -> Iterator[tuple[str, str, Bounds]]:
    if period is None:
        return
    opens, lasts = call.opens, period.latest - period.earliest
    until_the_end = Bounds(opens, period.latest)
    for tab_id, field in _IN_THE_CALL:
        yield tab_id, field, until_the_end
    yield "jury", "declaration", Bounds(opens - lasts, period.latest)  # jurors may be named long before


_IN_THE_CALL = (("candidatures", "audition"), ("candidatures", "decide_le"))
"""The dates that are of the call: from its opening to the end of the months of its projects."""
