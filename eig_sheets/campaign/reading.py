"""A campaign as it is read: where everything is, the typed tables, the anomalies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from eig_sheets.campaign import aliases
from eig_sheets.campaign.overrides import Overrides, labels, overridden
from eig_sheets.config import Campaign
from eig_sheets.workbook import schema as schemas
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.anomaly_limits import limited
from eig_sheets.workbook.checks import cross_check
from eig_sheets.workbook.confusable_cells import misleading_addresses, misleading_numbers
from eig_sheets.workbook.display_check import wrong_columns
from eig_sheets.workbook.fields import Choices
from eig_sheets.workbook.header_checks import header_anomalies
from eig_sheets.workbook.layout import Layout, Names, locate
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.parse import Scale, Table, blocked_rows, filled_rows, parse
from eig_sheets.workbook.rule_conflicts import rule_conflicts
from eig_sheets.workbook.schema import Schema
from eig_sheets.workbook.size_limits import oversized


@dataclass(frozen=True, slots=True)
class Reading:
    """A snapshot as typed tables. Any of `layout.problems`, on tabs and headers, prevents results.

    `overrides.campaign` is the campaign with the settings of the tab `Paramètres`.
    """

    snapshot: Snapshot
    schema: Schema
    layout: Layout
    tables: Mapping[str, Table]
    anomalies: tuple[Anomaly, ...]
    overrides: Overrides

    @property
    def campaign(self) -> Campaign:
        """The campaign, with the settings that its officers typed."""
        return self.overrides.campaign

    @property
    def problems(self) -> tuple[Anomaly, ...]:
        """Problems of tabs and headers: nothing but the failure line may be written."""
        return self.layout.problems

    def valid_rows(self, tab_id: str) -> pd.DataFrame:
        """The rows of a tab that no blocking anomaly leaves out. Raises KeyError when the workbook lacks the tab."""
        return self.tables[tab_id].valid_rows

    def with_campaign(self, campaign: Campaign) -> Reading:
        """The same cells under another campaign: other rules, and the settings of `overrides` as they were."""
        return replace(self, overrides=replace(self.overrides, campaign=campaign))

    def row_counts(self) -> dict[str, int]:
        """The number of rows that people filled in each of their tabs."""
        return {tab_id: len(table.frame) for tab_id, table in self.tables.items()}


def schema_of(campaign: Campaign) -> Schema:
    """The tabs and columns that this campaign uses. Raises ConfigError when it names some that do not exist."""
    words = campaign.words
    types = tuple(host.type for host in campaign.cofinancing.hosts)
    choices = Choices(types, words.profiles, words.regions, labels(campaign))
    criteria = [*campaign.labels.items()]
    aliases.check(campaign, schemas.build(criteria, campaign.scale, choices, schemas.OPTIONAL_TABS))
    return schemas.build(criteria, campaign.scale, choices, campaign.workbook.people_tabs)


_MOST_ROWS_OF_EXCERPT = 1000


def read(snapshot: Snapshot, campaign: Campaign) -> Reading:
    """The reading of a snapshot: its typed tables, and every anomaly in it."""
    schema = schema_of(campaign)
    layout = locate(snapshot, schema, Names(campaign.workbook.tabs, campaign.workbook.headers))
    scale = Scale(*campaign.scale)
    tables: dict[str, Table] = {}
    anomalies: list[Anomaly] = []
    filled = {tab_id: filled_rows(tab) for tab_id, tab in layout.tabs.items()}
    counts = {tab_id: len(rows) for tab_id, rows in filled.items()}
    too_large = [*oversized([*layout.tabs.values()], counts, snapshot.capabilities.most_rows)]
    for tab_id, tab in layout.tabs.items():
        rows = filled[tab_id][: _MOST_ROWS_OF_EXCERPT if too_large else None]
        table, found = parse(tab, scale, campaign.zone, snapshot.capabilities.longest_text, rows)
        numbers = [*misleading_numbers(table)]
        tables[tab_id] = table.without(blocked_rows(numbers))
        used = _used_fields(campaign).get(tab_id, ())
        strange = limited([*numbers, *misleading_addresses(table, campaign.emails.allowed)])
        anomalies += [*header_anomalies(tab, used, formulas=snapshot.capabilities.header_formulas), *found, *strange]
        if snapshot.capabilities.header_formulas:
            anomalies += wrong_columns(tab, layout, snapshot, schema)
    anomalies += rule_conflicts(snapshot, layout, campaign.workbook.officers)
    layout = replace(layout, problems=(*layout.problems, *too_large))
    if not layout.problems:
        tables, found = cross_check(tables)
        anomalies += found
    overrides = overridden(campaign, tables.get("parametres"))
    return Reading(snapshot, schema, layout, tables, (*anomalies, *overrides.anomalies), overrides)


def _used_fields(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    """Optional columns that a rule of this call looks at: their absence is worth saying."""
    rules = campaign.eligibility
    used = ["date_depot", *(["nombre_eig"] if rules.eig_numbers else []), *rules.required, *rules.attestations]
    if campaign.cofinancing.rule != "none":
        used += ["nombre_eig", "demande_cofinancement", "type_administration"]
    return {"candidatures": tuple(dict.fromkeys(used))}
