"""The people recruited for each project: what each costs, what of their contract the programme pays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from eig_sheets.call.cofinancing.rules_costs import SIMULATIONS, Costs, exact, exact_column, to_cent
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.domain.decisions import RETAINED
from eig_sheets.domain.frames import Mask, chosen, labelled, objects, unreadable

THIRTIETHS: Final = 30
"""Days of every month, for who is paid."""
_YEAR: Final = 12 * THIRTIETHS


def paid_thirtieths(starts: pd.Series, ends: pd.Series, rules: CofinancingRules) -> pd.Series:
    """The thirtieths of a month that the programme pays of each contract, null where its dates do not tell.

    `starts`, `ends`: first and last days, both included. A contract without an end lasts `total_months`. Without
    `paid_from`, every contract is paid `months`, whenever it starts; so is one that covers the whole period.
    """
    whole = _thirtieths(rules.months)
    if rules.paid_from is None:
        return pd.Series(whole, index=starts.index)
    first = _first_day(pd.Series([pd.Timestamp(rules.paid_from)])).iloc[0]
    begun = _first_day(starts)
    over = _day_after(ends).fillna(begun + _thirtieths(rules.total_months))
    paid = over.clip(upper=first + whole) - begun.clip(lower=first)
    return paid.clip(lower=0).mask(is_reversed(starts, ends))


def is_reversed(starts: pd.Series, ends: pd.Series) -> Mask:
    """Which contracts end before they start."""
    reversed_: Mask = (ends < starts).to_numpy(dtype=bool)
    return reversed_


def needs_dates(rules: CofinancingRules) -> bool:
    """Whether an amount depends on when a contract starts."""
    return rules.rule == "months" and rules.paid_from is not None


def last_paid_day(rules: CofinancingRules) -> date | None:
    """The last day of the period that the programme pays; None when it has no dates."""
    if rules.paid_from is None:
        return None
    day = rules.paid_from
    start = day.year * _YEAR + (day.month - 1) * THIRTIETHS + min(day.day, THIRTIETHS) - 1
    last = start + int(_thirtieths(rules.months)) - 1
    year, of_year = divmod(last, _YEAR)
    month, of_month = divmod(of_year, THIRTIETHS)
    end = pd.Timestamp(year, month + 1, 1).days_in_month
    return date(year, month + 1, end if of_month == THIRTIETHS - 1 else min(of_month + 1, end))


def months_of(thirtieths: float) -> float:
    """Thirtieths as months: 75 → 2.5."""
    return float(exact(thirtieths) / THIRTIETHS)


def _thirtieths(months: float) -> float:
    return float(exact(months) * Decimal(THIRTIETHS))


def _first_day(days: pd.Series) -> pd.Series:
    """The place of each day in years of 360; the 31st is the 30th."""
    of_month = days.dt.day.clip(upper=THIRTIETHS) - 1
    places: pd.Series = days.dt.year * _YEAR + (days.dt.month - 1) * THIRTIETHS + of_month
    return places.astype(float)


def _day_after(days: pd.Series) -> pd.Series:
    """The place of the day after each: the last day of a month, be it the 28th, is its thirtieth."""
    places = _first_day(days)
    after: pd.Series = places.mask(days.dt.is_month_end, places // THIRTIETHS * THIRTIETHS + THIRTIETHS - 1).add(1)
    return after


JUNIOR_YEARS = 5
"""Up to so many years of experience, included, the first simulation applies; beyond, the second."""


_RESTS_ON = ("candidature", "statut", "cout_reel", "experience", "debut_contrat", "fin_contrat")
"""Fields of talents on which the amount of their project rests."""


class Origin(StrEnum):
    """The source of the cost of a recruited talent."""

    REAL = "cout_reel"  # typed for this talent
    SIMULATED = "simulation"  # the dossier's simulation for this experience
    ESTIMATED = "estimation"  # the estimate that replaces a missing simulation
    FLAT = "forfait"  # the amount that the call pays for each EIG, whatever they cost


class Awaited(StrEnum):
    """What is missing before the amount of a project for which somebody is recruited is settled."""

    FEWER = "recrutement_en_cours"  # fewer are recruited than asked for, and nobody said that this is all
    MORE = "trop_de_recrutes"  # more are recruited than asked for: people say who is paid
    COST = "cout_inconnu"  # neither a real cost nor an experience that can be read
    START = "debut_contrat"  # the programme pays some months of a year: a contract without a start says nothing
    REVERSED = "contrat_a_l_envers"  # it ends before it starts
    DOUBT = "a_verifier"  # none of these, but a cell on which the amount rests cannot be read or believed


def recruits(talents: pd.DataFrame, numbers: pd.Series, costs: Costs, rules: CofinancingRules) -> pd.DataFrame:
    """The talents retained for one of the dossiers `numbers`, on their own index.

    Columns: `candidature`, `numero` of the project, `cost` in euros for `total_months` (null when unknown) and
    `origin`, an Origin or None; `start`, `end` of the contract, null when nobody typed them; `thirtieths` of a month
    that the programme pays, null when unknown; `reversed`. An unreadable real cost or experience leaves the cost
    unknown; a flat amount is paid whatever they say.
    """
    kept = talents[(talents["statut"] == RETAINED) & talents["projet_decide"].isin(numbers)]
    recruited = kept[["candidature"]].assign(numero=kept["projet_decide"])
    recruited["start"], recruited["end"] = kept["debut_contrat"], kept["fin_contrat"]
    recruited["reversed"] = needs_dates(rules) & is_reversed(recruited["start"], recruited["end"])
    if costs.flat is not None:
        return recruited.assign(cost=costs.flat, origin=Origin.FLAT.value, thirtieths=float(THIRTIETHS))
    thirtieths = paid_thirtieths(recruited["start"], recruited["end"], rules)
    if needs_dates(rules):  # an end that cannot be read is no contract of the usual length
        thirtieths = thirtieths.mask(unreadable(kept, ["fin_contrat"])["fin_contrat"])
    return recruited.assign(thirtieths=thirtieths, **_costs(kept, numbers, costs))


def _costs(kept: pd.DataFrame, numbers: pd.Series, costs: Costs) -> dict[str, pd.Series]:
    """`cost` and `origin` of each retained talent."""
    real, years = kept["cout_reel"].astype(float), kept["experience"].astype(float)
    simulated = _by_experience(costs.used, years, kept["projet_decide"], numbers)
    estimated = _by_experience(costs.estimated, years, kept["projet_decide"], numbers).astype(bool)
    unread = pd.Series(unreadable(kept, ["cout_reel"])["cout_reel"], index=kept.index)
    cost = real.fillna(simulated.where(years.notna() & ~unread))
    origins = [
        (None, cost.isna()),
        (Origin.REAL, real.notna()),
        (Origin.ESTIMATED, estimated),
        (Origin.SIMULATED, ~estimated),
    ]
    origin = chosen([(word, mask.to_numpy(dtype=bool)) for word, mask in origins], kept.index)
    return {"cost": cost, "origin": origin}


def _by_experience(costs: pd.DataFrame, years: pd.Series, projects: pd.Series, numbers: pd.Series) -> pd.Series:
    """For each talent, the value of their project that goes with their experience."""
    place = pd.Index(numbers).get_indexer(projects)
    senior = (years > JUNIOR_YEARS).to_numpy(dtype=int)
    return pd.Series(costs[SIMULATIONS].to_numpy()[place, senior], index=years.index)


def doubts_by_project(talents: pd.DataFrame, numbers: pd.Series, costs: Costs, rules: CofinancingRules) -> pd.DataFrame:
    """The cells of talents that cannot be read or believed, of the projects that rest on them, indexed by their number.

    `doubtful`: a tuple of (row, field). `uncertain`: one of them is a `Statut` or a number: nobody knows who is
    recruited.

    A real cost that is read replaces the experience; an amount of contracts without dates needs no date.
    """
    about = talents[talents["projet_decide"].isin(numbers)]
    unread = unreadable(about, _RESTS_ON)
    retained = (about["statut"] == RETAINED).to_numpy(dtype=bool)
    cells = {"candidature": retained & unread["candidature"], "statut": unread["statut"]}
    if costs.flat is None:
        real, (low, high) = about["cout_reel"].astype(float), costs.bounds
        cells["cout_reel"] = retained & (unread["cout_reel"] | ((real < low) | (real > high)).to_numpy(dtype=bool))
        cells["experience"] = retained & unread["experience"] & real.isna().to_numpy(dtype=bool)
    if needs_dates(rules):
        reversed_ = is_reversed(about["debut_contrat"], about["fin_contrat"])
        cells["debut_contrat"] = retained & unread["debut_contrat"]
        cells["fin_contrat"] = retained & (unread["fin_contrat"] | reversed_)
    codes = labelled([*cells.items()], about.index)
    rows = [tuple((int(row), field) for field in fields) for row, fields in zip(about["row"], codes, strict=True)]
    named = pd.DataFrame({"numero": about["projet_decide"], "doubtful": objects(rows, about.index)})
    named["uncertain"] = cells["candidature"] | cells["statut"]
    projects = named[named["doubtful"].astype(bool)].groupby("numero")
    return projects.agg({"doubtful": "sum", "uncertain": "any"})


def unplaced(talents: pd.DataFrame, numbers: pd.Series) -> pd.DataFrame:
    """The talents retained for a project that cannot be read, or that is none of the dossiers `numbers`."""
    retained = talents[talents["statut"] == RETAINED]
    unread = unreadable(retained, ["projet_decide"])["projet_decide"]
    return retained[unread | (retained["projet_decide"].notna() & ~retained["projet_decide"].isin(numbers))]


def by_project(recruited: pd.DataFrame, whole: float) -> pd.DataFrame:
    """The projects for which somebody is recruited, indexed by their number.

    Columns: `recruited`, how many; `unpriced` of them have no known cost, `undated` no known months, `reversed` a
    contract that cannot be; `estimated`: one of the costs is; `thirtieths` of all; `amount` = Σ cost × thirtieths / 30
    / `whole`, half-up to the cent, null unless every cost and every length is known.
    """
    projects = recruited.groupby("numero")
    known = recruited[recruited["cost"].notna() & recruited["thirtieths"].notna()]
    counted = pd.DataFrame(
        {
            "recruited": projects.size(),
            "unpriced": recruited["cost"].isna().groupby(recruited["numero"]).sum(),
            "undated": recruited["thirtieths"].isna().groupby(recruited["numero"]).sum(),
            "reversed": projects["reversed"].any(),
            "estimated": recruited["origin"].eq(Origin.ESTIMATED).groupby(recruited["numero"]).any(),
            "thirtieths": projects["thirtieths"].sum(),
        }
    )
    products = pd.Series(
        exact_column(known["cost"]) * exact_column(known["thirtieths"]), index=known["numero"], dtype=object
    )
    divisor = exact(THIRTIETHS) * exact(whole)
    sums = {numero: to_cent(sum(of_project) / divisor) for numero, of_project in products.groupby(level=0)}
    amounts = pd.Series(sums, dtype=float).reindex(counted.index)
    return counted.assign(amount=amounts.where((counted["unpriced"] == 0) & (counted["undated"] == 0)))


def awaited(projects: pd.DataFrame, asked: pd.Series, closed: pd.Series, doubtful: pd.Series) -> pd.Series:
    """The Awaited of each dossier, on the index that all four share: none before anybody is recruited.

    `projects`: rows of `by_project`, null where nobody is recruited; `asked`: the number of EIG; `closed`: whether
    people said that nobody else will be recruited; `doubtful`: whether a cell cannot be read or believed.
    """
    some = projects["recruited"] > 0
    causes = [
        (Awaited.FEWER, some & (projects["recruited"] < asked) & ~closed),
        (Awaited.MORE, projects["recruited"] > asked),
        (Awaited.COST, projects["unpriced"] > 0),
        (Awaited.START, (projects["undated"] > 0) & ~projects["reversed"].eq(True)),
        (Awaited.REVERSED, projects["reversed"].eq(True)),
    ]
    masks = [(code, np.asarray(mask, dtype=bool)) for code, mask in causes]
    told = np.logical_or.reduce([mask for _, mask in masks])
    return labelled([*masks, (Awaited.DOUBT, (some & doubtful).to_numpy(dtype=bool) & ~told)], asked.index)
