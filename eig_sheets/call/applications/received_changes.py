"""`Modifications reçues`: what imports brought, by the state folder or the tab, compared with people's tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from eig_sheets.call.applications import modifications
from eig_sheets.call.applications.importing.waiting_records import genuine_cells, packed, unpacked
from eig_sheets.call.applications.importing.waiting_values import Comparison, settled, standing
from eig_sheets.call.applications.modifications import ReceivedChanges
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.merged_evaluations import criteria_of
from eig_sheets.campaign.reviews.subjects import ReviewSubject, review_subjects
from eig_sheets.campaign.robot_sheets import blank_sheet
from eig_sheets.config import Campaign
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.imported_dossiers import ImportedDossiers, WaitingValue
from eig_sheets.storage.last_run import LastRun

TAB = "modifications"
KnownImports = Mapping[str, ImportedDossiers]
"""What imports brought, by the id of the people's tab."""
_LATE = "Dossier modifié après la clôture."
_RECEIVED_LATE = "Reçue après la clôture."
"""What is known when the export does not say when the dossier changed."""


def imported_tabs(campaign: Campaign) -> tuple[str, ...]:
    """The people's tabs that imports add rows to, in the order in which `Modifications reçues` has them."""
    return tuple(subject.tab for subject in review_subjects(campaign))


def comparison_of(reading: Reading, tab_id: str = "candidatures") -> Comparison:
    """How this campaign compares the values of a people's tab."""
    return Comparison(reading.schema.tab(tab_id), reading.campaign.zone)


def known_imports(reading: Reading, last_run: LastRun) -> KnownImports:
    """What imports brought, as of now.

    The state folder says so, unless the tab says something else that a robot wrote: another machine's, or ours if we
    stopped before we could keep it; or the workbook is an earlier version of itself.
    """
    name = reading.layout.robot_tabs.get(TAB)
    tab = reading.snapshot.tab(name) if name else None
    received: dict[str, ImportedDossiers] = {}
    for tab_id in imported_tabs(reading.campaign):
        if tab_id in reading.layout.tabs:
            ours = last_run.imports_of(tab_id)
            kept_by_us = {*genuine_cells(tab, tab_id)} <= {*ours.received.fingerprints}
            known = ours.received if kept_by_us else unpacked(tab, tab_id)
            layout = reading.layout.tabs[tab_id]
            received[tab_id] = settled(known, layout, comparison_of(reading, tab_id), ours.undone)
    return received


def changes_of(known: KnownImports, reading: Reading) -> ReceivedChanges:
    """What `Modifications reçues` shows."""
    changes_of_tabs = [_standing(received, reading, tab_id) for tab_id, received in known.items()]
    cells = (cell for tab_id, received in known.items() for cell in packed(received, tab_id))
    return ReceivedChanges(tuple(change for changes in changes_of_tabs for change in changes), tuple(cells))


def _standing(known: ImportedDossiers, reading: Reading, tab_id: str) -> tuple[modifications.ReceivedChange, ...]:
    subject = next(one for one in review_subjects(reading.campaign) if one.tab == tab_id)
    scored, closes = {*_scored(reading, subject)}, subject.closes(reading)

    def remarks(number: str, waiting: WaitingValue) -> Iterator[str]:
        if closes is not None and (waiting.updated or waiting.since) > closes:
            yield _LATE if waiting.updated else _RECEIVED_LATE
        if number in scored:
            yield subject.words.scored

    return standing(known, reading.layout.tabs[tab_id], remarks)


def _scored(reading: Reading, subject: ReviewSubject) -> Iterator[str]:
    """The numbers of the rows that somebody gave a note."""
    for table in reading.tables_of(subject.reviews):
        criteria = [criterion for criterion in criteria_of(table) if criterion in table.frame]
        given = table.frame[criteria].notna().any(axis=1)
        yield from table.frame.loc[given, subject.key].dropna()


def changes_sheet(reading: Reading, changes: ReceivedChanges) -> Sheet:
    """The tab `Modifications reçues`."""
    return replace(blank_sheet(TAB, reading), rows=modifications.rows(changes))


def with_known_imports(known: KnownImports, reading: Reading, last_run: LastRun) -> LastRun:
    """The last run with what imports brought, once the tab is written; with its last content where it cannot be."""
    name = reading.layout.robot_tabs.get(TAB)
    refused = name is not None and name in reading.snapshot.refused
    for tab_id, received in known.items():
        before = last_run.imports_of(tab_id)
        cells = before.received.fingerprints if refused else packed(received, tab_id)
        last_run = last_run.with_imports(tab_id, replace(before, received=replace(received, fingerprints=cells)))
    return last_run
