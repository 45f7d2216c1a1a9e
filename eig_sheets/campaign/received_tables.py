"""Joins what jurors' pages say to the tables that rules read: notes beside `Évaluations`, declarations in `Jury`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eig_sheets.campaign.declarations import with_declarations
from eig_sheets.config import Campaign
from eig_sheets.domain.versions import Record
from eig_sheets.text.french import day
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.anomaly_limits import limited
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.model.cells import a1
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.parse import Scale, Table, parse
from eig_sheets.workbook.received_checks import TYPED, replaced_by_hand
from eig_sheets.workbook.received_tabs import DECLARATIONS, NOTES, on_a_page, received_notes
from eig_sheets.workbook.render import declarations_recues, notes_recues
from eig_sheets.workbook.schema import Schema


@dataclass(frozen=True, slots=True)
class ReceivedTabs:
    """The robot's tabs of what jurors' pages say: those of `targets`, else those of the workbook."""

    snapshot: Snapshot
    layout: Layout
    schema: Schema
    targets: Mapping[str, TabSnapshot]

    def tab(self, tab_id: str) -> TabSnapshot | None:
        """The tab of that id; None when there is none."""
        name = self.layout.robot_tabs.get(tab_id)
        return self.targets.get(tab_id) or (self.snapshot.tab(name) if name else None)


def add_received(tables: dict[str, Table], tabs: ReceivedTabs, campaign: Campaign) -> list[Anomaly]:
    """Add to the tables what the pages say, and give the anomalies of these tabs."""
    return [*_add_notes(tables, tabs, campaign), *_add_declarations(tables, tabs)]


def _add_notes(tables: dict[str, Table], tabs: ReceivedTabs, campaign: Campaign) -> Iterator[Anomaly]:
    tab, criteria = tabs.tab(NOTES), [*campaign.labels.items()]
    if tab is None or TYPED not in tables:
        return
    notes = received_notes(tab, tables[TYPED].layout.schema, criteria)
    if notes is None:
        return
    scale, longest = Scale(*campaign.scale), tabs.snapshot.capabilities.longest_text
    tables[NOTES], found = parse(notes.layout, scale, campaign.zone, longest, notes.genuine)
    if found and (replaced := replaced_by_hand(tables)):  # what is wrong with them prevents nothing any more
        left = [row for row in notes.genuine if row not in replaced]
        _, found = parse(notes.layout, scale, campaign.zone, longest, left)
    edited = [anomaly("note_recue_modifiee", tab.name, a1(row, 0)) for row in notes.edited]
    yield from limited([*(on_a_page(one, notes.sources) for one in found), *edited])
    yield from limited([*_competing(tables, tab, campaign)])


def _competing(tables: Mapping[str, Table], tab: TabSnapshot, campaign: Campaign) -> Iterator[Anomaly]:
    """Other versions of what counts, unless somebody typed what counts in `Évaluations`."""
    table, criteria = tables[NOTES], [*campaign.labels.items()]
    typed = {*zip(tables[TYPED].frame["jure"], tables[TYPED].frame["numero"], strict=True)}
    read = set(table.frame["row"].tolist())
    for row in notes_recues.read_rows(tab, criteria):
        if row.number not in read:
            continue
        record = notes_recues.record_of(row, criteria)
        cell = table.layout.cell("jure", row.number)
        if record.rival and record.version.key not in typed:
            yield _rival(tab.name, cell, record)
        if record.late:
            yield _late(tab.name, cell, record, campaign)


def _rival(tab: str, cell: str | None, record: Record) -> Anomaly:
    one = record.version
    about = (tab, cell, one.numero)
    return anomaly("versions_simultanees", *about, value=one.juror, page=one.source, place=record.rival)


def _late(tab: str, cell: str | None, record: Record, campaign: Campaign) -> Anomaly:
    one, closes = record.version, campaign.scoring.closes
    limit = day(closes) if closes else "levée depuis"
    counted = "Ce qu’elle disait avant compte." if one.values else "Rien n’en compte."
    about = (tab, cell, one.numero)
    return anomaly("version_tardive", *about, value=one.juror, place=record.late, limit=limit, counted=counted)


def _add_declarations(tables: dict[str, Table], tabs: ReceivedTabs) -> Iterator[Anomaly]:
    tab = tabs.tab(DECLARATIONS)
    if tab is None or not {"jury", "candidatures"} <= tables.keys():
        return
    rows = [*declarations_recues.read_rows(tab)]
    records = [declarations_recues.record_of(row) for row in rows if row.genuine]
    tables["jury"], differing = with_declarations(tables["jury"], tables["candidatures"].frame, records)
    edited = [anomaly("note_recue_modifiee", tab.name, a1(row.number, 0)) for row in rows if not row.genuine]
    yield from limited([*differing, *edited])
