"""A campaign as it is read: where everything is, the typed tables, the anomalies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

import pandas as pd

from eig_sheets.campaign.dependencies import decisive_columns
from eig_sheets.campaign.erased_cells import erased_values
from eig_sheets.campaign.last_known import changed_keys, key_anomalies, with_changed_keys, with_last_known
from eig_sheets.campaign.limits import missing_columns
from eig_sheets.campaign.overrides import Overrides, overridden
from eig_sheets.campaign.reading_parts import PeopleTab, ReadBack, T
from eig_sheets.campaign.reviews.collected_pages import CollectedTabs, add_collected
from eig_sheets.campaign.reviews.grids import grids, notes_tabs
from eig_sheets.campaign.reviews.merged_evaluations import TYPED, all_evaluations
from eig_sheets.campaign.reviews.received_notes import NOTES
from eig_sheets.campaign.reviews.row_checks import cross_check
from eig_sheets.campaign.tabs import misplaced_tabs, schema_of
from eig_sheets.config import Campaign
from eig_sheets.domain.date_bounds import date_bounds
from eig_sheets.domain.parts import Part
from eig_sheets.spreadsheet.model.snapshot import Alteration, Snapshot, TabSnapshot
from eig_sheets.storage.last_run import NOTHING_KNOWN, LastKnown
from eig_sheets.workbook.alterations import alteration_anomalies, alterations_of
from eig_sheets.workbook.anomalies import Anomaly, anomaly, limited, stopping
from eig_sheets.workbook.authors import authors_of
from eig_sheets.workbook.display_check import kept_otherwise, misplaced_rows, wrong_columns
from eig_sheets.workbook.header_checks import header_anomalies, oversized
from eig_sheets.workbook.layout import Layout, Names, TabLayout
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.ownership import is_marked
from eig_sheets.workbook.parse import Table, blocked_rows, filled_rows, parse
from eig_sheets.workbook.readers import access_anomalies
from eig_sheets.workbook.row_checks import (
    group_anomalies,
    misleading_addresses,
    misleading_numbers,
    without_unknown_dossiers,
)
from eig_sheets.workbook.schema import WORKBOOKS, Schema
from eig_sheets.workbook.unlikely_dates import without_unlikely_dates
from eig_sheets.workbook.values import Scale

NO_MARK: Final = stopping(
    "classeur_sans_marque",
    "Rien dans ce classeur ne porte la marque d’eig-sheets : rien n’y est écrit.",
    "Vérifiez que c’est bien le classeur de la campagne ; si oui, lancez d’abord « eig-sheets init ».",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A snapshot as typed tables. Any of `layout.problems`, on tabs and headers, prevents results.

    `overrides.campaign` is the campaign with the settings of the tab `Paramètres`, `configured` the one without.
    `typed`: people's tables without what jurors' pages add to them.
    `linked`: the other workbook, when candidates have their own; rules ask for its rows as for those of this one.
    `read_back`: what features read in robot's tabs. `known`: what the last run read of what cannot be read.
    """

    snapshot: Snapshot
    schema: Schema
    layout: Layout
    tables: Mapping[str, Table]
    typed: Mapping[str, Table]
    anomalies: tuple[Anomaly, ...]
    overrides: Overrides
    configured: Campaign
    linked: Reading | None = None
    read_back: Mapping[ReadBack[Any], Any] = field(default_factory=dict)
    known: LastKnown = NOTHING_KNOWN

    def with_collected(self, tabs: Mapping[str, TabSnapshot]) -> Reading:
        """The reading of the same cells, with these tabs of what jurors' pages say instead of those in the snapshot."""
        return read(self.snapshot, self.configured, tabs, self.known).with_linked(self.linked) if tabs else self

    def with_linked(self, linked: Reading | None) -> Reading:
        """The same cells beside the other workbook, read by itself: the settings of `Paramètres` hold in both."""
        if linked is None:
            return replace(self, linked=None)
        if self.configured.part is not Part.TALENTS:
            return replace(self, linked=linked._without_unknown_dossiers(self))  # noqa: SLF001 (of the same class)
        settings = Overrides(linked.campaign.for_talents(), {}, (), ())  # checked where they are typed
        return replace(self._without_unknown_dossiers(linked), linked=linked, overrides=settings)

    def _without_unknown_dossiers(self, projects: Reading) -> Reading:
        """The reading whose evaluations that name a dossier name one of the projects' workbook."""
        dossiers = projects.tables.get("candidatures")
        if dossiers is None or dossiers.frame.empty:
            return self
        tables, anomalies = {**self.tables}, [*self.anomalies]
        for typed in (notes.typed for notes in notes_tabs(self.campaign) if notes.apart and notes.typed in tables):
            tables[typed], unknown = without_unknown_dossiers(tables[typed], dossiers)
            anomalies += [anomaly for anomaly in limited(unknown) if anomaly not in self.anomalies]
        if len(anomalies) == len(self.anomalies):
            return self
        return replace(self, tables=tables, anomalies=tuple(anomalies))

    @property
    def campaign(self) -> Campaign:
        """The campaign, with the settings that its officers typed."""
        return self.overrides.campaign

    @property
    def problems(self) -> tuple[Anomaly, ...]:
        """Problems of tabs and headers: nothing but the failure line may be written."""
        return self.layout.problems

    @property
    def unmarked(self) -> tuple[Anomaly, ...]:
        """The problem of a workbook in which nothing is ours: only `init` may write there (guarantee G16)."""
        marked = is_marked(self.snapshot, {*self.layout.robot_tabs.values()})
        return () if marked else (anomaly(NO_MARK, ""),)

    @property
    def alterations(self) -> tuple[Alteration, ...]:
        """Changes that people made to the definitions and to the sends on which messages rest."""
        return alterations_of(self.snapshot, self.layout, self.schema)

    def has(self, tab_id: str) -> bool:
        """Whether `valid_rows` has this tab."""
        return tab_id in self.holder(tab_id).tables

    def owns(self, tab_id: str) -> bool:
        """Whether the tab is in this workbook itself: what is wrong with its cells is listed here."""
        return tab_id in self.tables

    def listed_here(self, anomalies: Iterable[Anomaly]) -> Iterator[Anomaly]:
        """The anomalies to list here: all but those about a tab that only the linked workbook has."""
        own = {tab.name for tab in self.layout.tabs.values()}
        linked = {tab.name for tab in self.linked.layout.tabs.values()} if self.linked else set()
        return (anomaly for anomaly in anomalies if anomaly.tab not in linked - own)

    def valid_rows(self, tab_id: str) -> pd.DataFrame:
        """The rows of a tab that no blocking anomaly leaves out, of the linked workbook if it has the tab.

        Raises KeyError when neither workbook has it. The evaluations are those that people type and those of
        `Notes reçues`: their `source` says of which (`layout_of`).
        """
        tables = self.holder(tab_id).tables
        notes = next((tab for tab in notes_tabs(self.campaign) if tab.typed == tab_id), None)
        rows = tables[tab_id].valid_rows if notes is None else all_evaluations(tables, notes)
        for filled in self.campaign.features.parts(FilledRows):
            rows = filled.fill(self, rows) if filled.tab == tab_id else rows
        return rows

    def of(self, key: ReadBack[T]) -> T:
        """What a feature reads back. Raises KeyError for one that is off."""
        return cast("T", self.read_back[key])

    def with_read_back(self, key: ReadBack[T], value: T) -> Reading:
        """The same cells, as if they said that."""
        return replace(self, read_back={**self.read_back, key: value})

    def holder(self, tab_id: str) -> Reading:
        """The reading that has the tab: this one, unless only the linked one does."""
        is_elsewhere = not self.owns(tab_id) and self.linked is not None and self.linked.owns(tab_id)
        return self.linked if is_elsewhere and self.linked is not None else self

    @property
    def review_tables(self) -> tuple[Table, ...]:
        """`Évaluations`, and `Notes reçues` where there are any: every row, those that do not count too."""
        return self.tables_of((TYPED, NOTES))

    def tables_of(self, tab_ids: Iterable[str]) -> tuple[Table, ...]:
        """The tabs of these ids that this workbook has: every row, those that do not count too."""
        return tuple(self.tables[tab_id] for tab_id in tab_ids if tab_id in self.tables)

    def holding(self, tab_id: str) -> Reading:
        """The reading that has the tab, linked to the other one: this one, unless only the other has it."""
        holder = self.holder(tab_id)
        return self if holder is self else holder.with_linked(replace(self, linked=None))

    def layout_of(self, source: str) -> TabLayout:
        """The layout of a `source` of `valid_rows`, with the name of its workbook if that is the linked one.

        Raises KeyError when neither workbook has the tab.
        """
        holder = self.holder(source)
        layout = holder.tables[source].layout
        return layout if holder is self else replace(layout, workbook=WORKBOOKS[holder.configured.part])

    def with_campaign(self, campaign: Campaign) -> Reading:
        """The same cells under another campaign: other rules, and the settings of `overrides` as they were."""
        return replace(self, overrides=replace(self.overrides, campaign=campaign))

    def row_counts(self) -> dict[str, int]:
        """The number of rows that people filled in each of their tabs but those that they may clear."""
        counted = {tab_id for tab_id, tab in self.layout.tabs.items() if not tab.schema.cleared}
        return {tab_id: len(table.frame) for tab_id, table in self.tables.items() if tab_id in counted}


@dataclass(frozen=True, slots=True, eq=False)
class FilledRows:
    """What a feature adds to the valid rows of a tab, by its id, from elsewhere than their cells."""

    tab: str
    fill: Callable[[Reading, pd.DataFrame], pd.DataFrame]


_MOST_ROWS_OF_EXCERPT = 1000


def read(
    snapshot: Snapshot,
    campaign: Campaign,
    collected: Mapping[str, TabSnapshot] | None = None,
    known: LastKnown = NOTHING_KNOWN,
) -> Reading:
    """The reading of a snapshot: its typed tables, and every anomaly in it.

    `collected`: robot's tabs of what jurors' pages say, as they are about to be written, instead of those read.
    `known`: what the last run read, which stands where cells and columns cannot be read.
    """
    schema = schema_of(campaign)
    layout = locate(snapshot, schema, Names(campaign.workbook.tabs, campaign.workbook.headers), known)
    decisive = decisive_columns(campaign)
    authors = authors_of(snapshot, campaign.workbook.officers)
    scales = {grid.notes.typed: Scale(*grid.scale(campaign)) for grid in grids(campaign)}
    tables: dict[str, Table] = {}
    anomalies: list[Anomaly] = []
    filled = {tab_id: filled_rows(tab) for tab_id, tab in layout.tabs.items()}
    counts = {tab_id: len(rows) for tab_id, rows in filled.items()}
    too_large = [*oversized([*layout.tabs.values()], counts, snapshot.capabilities.most_rows)]
    bounds = date_bounds(campaign.campaign, campaign.emails.experimentation, campaign.cofinancing)
    bounds |= {tab.id: {**tab.bounds(campaign)} for tab in campaign.features.parts(PeopleTab)}
    for tab_id, tab in layout.tabs.items():
        rows = filled[tab_id][: _MOST_ROWS_OF_EXCERPT if too_large else None]
        scale = scales.get(tab_id, Scale(*campaign.scale))
        rests = decisive.get(tab_id, frozenset())
        table, anomalies_of_tab = parse(tab, scale, campaign.zone, snapshot.capabilities, rows, rests, authors)
        table, unlikely = without_unlikely_dates(table, bounds.get(tab_id, {}))
        changed = changed_keys(table, known)
        anomalies_of_tab += key_anomalies(table, changed)
        table = with_last_known(with_changed_keys(table, changed), known)
        anomalies_of_tab += erased_values(table, known, rests)
        numbers = [*misleading_numbers(table)]
        tables[tab_id] = table.without(blocked_rows(numbers))
        used = _used_fields(campaign).get(tab_id, ())
        strange = limited([*numbers, *misleading_addresses(table, campaign.emails.allowed)])
        anomalies += [
            *header_anomalies(tab, used, formulas=snapshot.capabilities.header_formulas),
            *anomalies_of_tab,
            *unlikely,
            *strange,
        ]
        if snapshot.capabilities.header_formulas:
            anomalies += wrong_columns(tab, layout, snapshot, schema)
    anomalies += [*kept_otherwise(snapshot), *limited(misplaced_rows(snapshot))]
    anomalies += limited(access_anomalies(snapshot, layout, tables))
    anomalies += alteration_anomalies(alterations_of(snapshot, layout, schema), layout)
    problems = (*layout.problems, *too_large, *missing_columns(campaign, layout))
    layout = replace(layout, problems=tuple(problem.named(snapshot) for problem in problems))
    typed = {**tables}
    if not layout.problems:
        anomalies += add_collected(tables, CollectedTabs(snapshot, layout, schema, collected or {}), campaign)
        tables, contradictions = cross_check(tables, notes_tabs(campaign))
        anomalies += contradictions
        if "jury" in tables:
            anomalies += limited(group_anomalies(tables["jury"]))
    anomalies += misplaced_tabs(snapshot, layout, campaign)
    overrides = overridden(campaign, tables.get("parametres"))
    everything = tuple(anomaly.named(snapshot) for anomaly in (*anomalies, *overrides.anomalies))
    read_back = {part: part.read(snapshot, layout) for part in campaign.features.parts(ReadBack)}
    return Reading(
        snapshot, schema, layout, tables, typed, everything, overrides, campaign, read_back=read_back, known=known
    )


def _used_fields(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    """Optional columns that a rule of this call looks at: their absence is worth saying."""
    if not campaign.part.has_projects:
        return {}
    rules = campaign.eligibility
    used = ["date_depot", *(["nombre_eig"] if rules.eig_numbers else []), *rules.required, *rules.attestations]
    if campaign.cofinancing.rule != "none":
        used += ["nombre_eig", "demande_cofinancement", "type_administration"]
    return {"candidatures": tuple(dict.fromkeys(used))}
