"""The rules of the co-financing, as the configuration states them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from eig_sheets.domain.rules import Euros, PositiveNumber, Rules, Salary, Score, Words

Route = Literal["decret_transfert", "delegation_gestion", "portage"]


class Host(Rules):
    """`[[cofinancing.hosts]]`: how a type of administration receives credits.

    `with_programme` replaces `route` when the dossier names a budget programme.
    """

    type: Words
    route: Route
    with_programme: Route | None = None


class Programme(Rules):
    """`[[cofinancing.programmes]]`: a budget programme, and the mission of the State's budget that it is of."""

    number: Words
    name: str = ""
    mission: Words


class CofinancingRules(Rules):
    """`[cofinancing]`: `months` pays months out of total_months, `flat` an amount for each EIG, `none` nothing.

    `paid_from`: the first day of the months that are paid; a contract that has fewer of them is paid fewer. Without it,
    every contract is paid as many. `envelope`: what there is to share, in euros, when it is known.
    """

    rule: Literal["months", "flat", "none"]
    months: PositiveNumber = 3
    total_months: PositiveNumber = 10
    paid_from: date | None = None
    flat_amount: Euros = 0
    envelope: Euros | None = None
    net_to_employer_ratio: PositiveNumber = 1.75
    plausible: tuple[Score, Score] = (0.6, 1.6)
    programme: str = ""
    source: str = ""
    hosts: tuple[Host, ...] = ()
    programmes: tuple[Programme, ...] = ()


class SalaryRules(Rules):
    """`[salaries]`: net euros a month."""

    up_to_5_years: Salary = 3500
    over_5_years: Salary = 4000
