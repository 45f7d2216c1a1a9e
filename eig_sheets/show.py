"""Everything that the robot wants to show for given results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eig_sheets.config import Campaign
from eig_sheets.dashboard import indicators
from eig_sheets.reading import Reading
from eig_sheets.results import Results
from eig_sheets.workbook.render import (
    anomalies,
    classement,
    cofinancement,
    eligibilite,
    envois,
    journal,
    regles,
    tableau,
)
from eig_sheets.workbook.render.envois import Sending
from eig_sheets.workbook.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Pulse:
    """When the robot last succeeded, and what time it is: naive, in the campaign's zone."""

    heartbeat: datetime
    now: datetime


def name_of(tab_id: str, reading: Reading) -> str:
    """What a robot's tab is called now, else our name for it."""
    return reading.layout.robot_tabs.get(tab_id, reading.schema.robot_tabs[tab_id])


def banner_of(campaign: Campaign) -> tuple[str, ...]:
    """The line at the top of every tab that we make."""
    return (campaign.campaign.banner,) if campaign.campaign.banner else ()


def result_sheets(reading: Reading, results: Results, sendings: Sequence[Sending]) -> dict[str, Sheet]:
    """The tabs that depend on the data alone, by id."""
    campaign = reading.campaign
    banner = banner_of(campaign)
    criteria = [*campaign.labels.items()]
    dossiers, money = results.dossiers, results.cofinancing
    header = reading.layout.tabs["candidatures"].header
    named = {tab_id: name_of(tab_id, reading) for tab_id in reading.schema.robot_tabs}
    sheets = (
        classement.sheet(named["classement"], results.ranking, dossiers, money, criteria, campaign.scale, banner),
        cofinancement.sheet(named["cofinancement"], money, dossiers, banner),
        eligibilite.sheet(named["eligibilite"], results.eligibility, dossiers, header, banner),
        regles.sheet(named["regles"], results.rules, banner),
        anomalies.sheet(named["anomalies"], results.anomalies, banner),
        envois.sheet(named["envois"], sendings, banner),
    )
    return {sheet.id: sheet for sheet in sheets}


def dashboard_sheet(reading: Reading, results: Results, sendings: Sequence[Sending], pulse: Pulse) -> Sheet:
    """The tab `Tableau de bord`."""
    lines = indicators(reading, results, sendings)
    name = name_of("tableau_de_bord", reading)
    return tableau.sheet(name, lines, pulse.heartbeat, pulse.now, banner_of(reading.campaign))


def journal_sheet(reading: Reading, lines: Sequence[journal.Line]) -> Sheet:
    """The tab `Journal`."""
    return journal.sheet(name_of("journal", reading), lines, banner_of(reading.campaign))
