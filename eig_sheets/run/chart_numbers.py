"""The numbers that the charts draw: the same as `check`, `rank` and `cofinancing` print. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.rules_eligibility import SUBMITTED, EligibilityStatus
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus
from eig_sheets.call.cofinancing.rules_totals import exact_sum
from eig_sheets.call.scoring.rules_ranking import Unranked
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Result, Results
from eig_sheets.config import Campaign
from eig_sheets.run.donnees_graphiques import ChartNumbers, Numbers
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.text.french import moment, number, plural
from eig_sheets.text.names import metier_name
from eig_sheets.workbook import words

Row = tuple[WrittenValue, ...]

COMPLETE, TO_COMPLETE, TO_READ = "Complets et éligibles", "À compléter par le porteur", "À lire ou à vérifier"
INELIGIBLE, LEFT_OUT = "Inéligibles", "Laissés de côté (anomalie bloquante)"
UNKNOWN_ROUTE = "Voie à préciser"


NUMBERS: Final = Result[Numbers]("chart_numbers")
"""The numbers of the charts, and of the tab that has them."""

_DECIMALS: Final = 9
"""Rounded so that a mean does not depend on the order of rows, nor on the digits that a file keeps."""


def chart_numbers(reading: Reading, results: Results) -> Numbers:
    """The numbers of each chart, by its id; none for what the call does not have, or has none of yet."""
    if not reading.owns("candidatures"):
        return {}
    campaign = reading.campaign
    ranking = results.of(SCORES).ranking
    running = ranking[ranking["unranked_reason"].isin([None, Unranked.WITHOUT_EVALUATION])]
    wanted = int(running["reviews_expected"].sum())
    received = f"Évaluations reçues : {number(int(running['reviews'].sum()))} sur {plural(wanted, 'attendue')}"
    deadline = moment(campaign.campaign.last_moment)
    low, high = (number(end) for end in campaign.scale)
    numbers = {
        "depots": ChartNumbers(f"Dossiers reçus chaque jour ; clôture : {deadline}", (*_deposits(results, campaign),)),
        "completude": ChartNumbers("Complétude des dossiers", (*_completeness(reading, results),)),
        "evaluations": ChartNumbers(received, (*_reviews(running),)),
        "notes": ChartNumbers(
            f"Notes des dossiers classés, par critère (de {low} à {high})", (*_notes(results, campaign),)
        ),
        "cofinancement": ChartNumbers("Co-financement demandé, par voie", (*_routes(results.of(COFINANCING)),)),
        "metiers": ChartNumbers(
            "Métiers demandés", (*_professions(results.of(APPLICATIONS).dossiers, campaign.words.profiles),)
        ),
    }
    without = charts_left_out(campaign)
    return {chart: drawn for chart, drawn in numbers.items() if chart not in without}


def charts_left_out(campaign: Campaign) -> frozenset[str]:
    """The ids of charts of what a call does not have."""
    without = {"cofinancement"} if campaign.cofinancing.rule == "none" else set()
    return frozenset(without | ({"metiers"} if "profils" in campaign.workbook.without_columns else set()))


def _deposits(results: Results, campaign: Campaign) -> Iterator[Row]:
    """Each day of the call, and those of dossiers that came before or after: in time, and not."""
    second = pd.to_datetime(results.of(APPLICATIONS).dossiers[SUBMITTED]).dropna().dt.floor("s")
    if second.empty:
        return
    first, last = campaign.campaign.first_moment, campaign.campaign.last_moment
    days, inside = second.dt.date, second.between(first, last)
    in_time, late = Counter(days[inside]), Counter(days[~inside])
    for day in pd.date_range(min(first.date(), days.min()), max(last.date(), days.max())).date:
        yield f"{day:%d/%m}", in_time[day], late[day]


def _completeness(reading: Reading, results: Results) -> Iterator[Row]:
    assessed = results.of(APPLICATIONS).eligibility
    left_out = len(reading.tables["candidatures"].frame) - len(results.of(APPLICATIONS).dossiers)
    if assessed.empty and not left_out:
        return
    doubtful = assessed["status"] == EligibilityStatus.TO_REVIEW
    asked = assessed["to_complete"].str.len() > 0
    yield COMPLETE, int((assessed["status"] == EligibilityStatus.ELIGIBLE).sum())
    yield TO_COMPLETE, int((doubtful & asked).sum())
    yield TO_READ, int((doubtful & ~asked).sum())
    yield INELIGIBLE, int((assessed["status"] == EligibilityStatus.INELIGIBLE).sum())
    yield LEFT_OUT, left_out


def _reviews(running: pd.DataFrame) -> Iterator[Row]:
    """How many of the compared dossiers lack each number of evaluations."""
    if not running["reviews_expected"].sum():
        return
    lacking = Counter(max(0, int(count)) for count in running["reviews_expected"] - running["reviews"])
    for count in range(max(lacking) + 1):
        yield number(count) if count else "aucune", lacking[count]


def _notes(results: Results, campaign: Campaign) -> Iterator[Row]:
    """Of the ranked dossiers, the lowest, the mean and the highest of each criterion's mean."""
    ranked = results.of(SCORES).ranking[results.of(SCORES).ranking["rank"].notna()]
    for criterion, label in campaign.labels.items():
        means = ranked[criterion].dropna().astype(float)
        if not means.empty:
            yield label, *(round(float(value), _DECIMALS) for value in (means.min(), means.mean(), means.max()))


def _routes(money: pd.DataFrame) -> Iterator[Row]:
    """The co-financing asked for by each route of credits, without the dossiers that are out of the call."""
    asked = money[money["status"].isin([CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL])]
    names = [
        words.credit_route(*route) or UNKNOWN_ROUTE
        for route in asked[["route", "payment", "carried"]].itertuples(index=False)
    ]
    for name, group in asked.groupby(names, sort=True):
        yield str(name), *(float(exact_sum(group[end])) for end in ("amount_min", "amount_max"))


def _professions(dossiers: pd.DataFrame, profiles: Sequence[str]) -> Iterator[Row]:
    """How many projects ask for each profession, the most wanted first; one of the call's by its name there."""
    counted: Counter[str] = Counter()
    for asked in dossiers["profils"]:
        names: Sequence[str] = asked if isinstance(asked, (list, tuple)) else ()
        counted.update({metier_name(name, profiles) for name in names})
    yield from sorted(counted.items(), key=lambda item: (-item[1], item[0]))
