"""What a workbook would say without some dossiers: no number of it depends on them, nor on what was noted of them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results, compute
from eig_sheets.workbook.parse import Table

_OF_DOSSIERS = ("candidatures", "evaluations", "notes_recues")
_OF_CANDIDATES = ("talents", "evaluations_talents", "notes_recues_talents")


def readable_results(reading: Reading, excluded: AbstractSet[str]) -> tuple[Reading, Results]:
    """The reading without these dossiers, and its results for as many places as are theirs in proportion.

    The places of the call would be too many for those that are left, and which of them the others take is what nobody
    may tell from these results: of 18 places for 35 dossiers, 17 are for 34.
    """
    left = _without(reading, excluded)
    results = compute(left)
    ranked = int(results.ranking["rank"].notna().sum())
    campaign = reading.campaign
    places = max(1, campaign.campaign.target * ranked // (ranked + len(excluded)))
    call = campaign.campaign.model_copy(update={"target": places})
    fewer = campaign.model_copy(update={"campaign": call}).set_path(campaign.path)
    left = left.with_campaign(fewer)
    return left, compute(left)


def _without(reading: Reading, excluded: AbstractSet[str]) -> Reading:
    """The same cells without the rows about these dossiers, nor candidates."""
    tables = {
        tab_id: _table_without(table, excluded) if tab_id in _OF_DOSSIERS else table
        for tab_id, table in reading.tables.items()
        if tab_id not in _OF_CANDIDATES
    }
    return replace(reading, tables=tables, anomalies=(), linked=None)


def _table_without(table: Table, excluded: AbstractSet[str]) -> Table:
    return Table(table.layout, table.frame[~table.frame["numero"].isin(excluded)], table.blocked)
