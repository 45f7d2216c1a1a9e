"""`Modifications reçues`: what imports brought, read from the state folder or the tab, held against people's tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.importing.waiting_fingerprints import genuine_cells, packed, unpacked
from eig_sheets.importing.waiting_values import Comparison, settled, standing
from eig_sheets.storage.imported_dossiers import ImportedDossiers, WaitingValue
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.sheets import blank_sheet
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.received_checks import criteria_of
from eig_sheets.workbook.received_tabs import CANDIDATE_NOTES
from eig_sheets.workbook.render import modifications
from eig_sheets.workbook.render.modifications import ReceivedChanges

TAB = "modifications"
IMPORTED: Final = ("candidatures", "talents")
"""The people's tabs that imports add rows to, in the order in which `Modifications reçues` has them."""
Known = Mapping[str, ImportedDossiers]
"""What imports brought, by the id of the people's tab."""
_LATE = "Dossier modifié après la clôture."
_RECEIVED_LATE = "Reçue après la clôture."
"""What is known when the export does not say when the dossier changed."""
_SCORED: Final = {
    "candidatures": "Le jury a déjà noté ce dossier.",
    "talents": "Le jury a déjà noté cette candidature.",
}


def comparison_of(reading: Reading, tab_id: str = "candidatures") -> Comparison:
    """How this campaign compares the values of a people's tab."""
    return Comparison(reading.schema.tab(tab_id), reading.campaign.zone)


def known_of(reading: Reading, last_run: LastRun) -> Known:
    """What imports brought, as of now.

    The state folder says so, unless the tab says something else that a robot wrote: another machine's, or ours if we
    stopped before we could keep it; or the workbook is an earlier version of itself.
    """
    name = reading.layout.robot_tabs.get(TAB)
    tab = reading.snapshot.tab(name) if name else None
    found: dict[str, ImportedDossiers] = {}
    for tab_id in IMPORTED:
        if tab_id in reading.layout.tabs:
            ours = last_run.imports_of(tab_id)
            kept_by_us = {*genuine_cells(tab, tab_id)} <= {*ours.received.fingerprints}
            known = ours.received if kept_by_us else unpacked(tab, tab_id)
            layout = reading.layout.tabs[tab_id]
            found[tab_id] = settled(known, layout, comparison_of(reading, tab_id), ours.undone)
    return found


def changes_of(known: Known, reading: Reading) -> ReceivedChanges:
    """What the tab has to say."""
    found = [_standing(one, reading, tab_id) for tab_id, one in known.items()]
    cells = (cell for tab_id, one in known.items() for cell in packed(one, tab_id))
    return ReceivedChanges(tuple(change for changes in found for change in changes), tuple(cells))


def _standing(known: ImportedDossiers, reading: Reading, tab_id: str) -> tuple[modifications.ReceivedChange, ...]:
    scored, closes = {*_scored(reading, tab_id)}, _closes(reading, tab_id)

    def remarks(number: str, one: WaitingValue) -> Iterator[str]:
        if closes is not None and (one.updated or one.since) > closes:
            yield _LATE if one.updated else _RECEIVED_LATE
        if number in scored:
            yield _SCORED[tab_id]

    return standing(known, reading.layout.tabs[tab_id], remarks)


def _closes(reading: Reading, tab_id: str) -> datetime | None:
    """The last moment of the call to which the rows of a tab answer; None when the configuration does not say it."""
    campaign = reading.campaign
    return campaign.talents.last_moment if tab_id == "talents" else campaign.campaign.last_moment


def _scored(reading: Reading, tab_id: str) -> Iterator[str]:
    """The rows, by their number, of which somebody gave a note."""
    if tab_id == "talents":
        tables = [reading.tables[one] for one in ("evaluations_talents", CANDIDATE_NOTES) if one in reading.tables]
    else:
        tables = [*reading.review_tables]
    for table in tables:
        criteria = [one for one in criteria_of(table) if one in table.frame]
        given = table.frame[criteria].notna().any(axis=1)
        yield from table.frame.loc[given, reading.schema.tab(tab_id).key].dropna()


def changes_sheet(reading: Reading, changes: ReceivedChanges) -> Sheet:
    """The tab `Modifications reçues`."""
    return replace(blank_sheet(TAB, reading), rows=modifications.rows(changes))


def kept(known: Known, reading: Reading, last_run: LastRun) -> LastRun:
    """What to keep once the tab is written; with the tab as last written where it cannot be."""
    name = reading.layout.robot_tabs.get(TAB)
    refused = name is not None and name in reading.snapshot.refused
    for tab_id, one in known.items():
        before = last_run.imports_of(tab_id)
        cells = before.received.fingerprints if refused else packed(one, tab_id)
        last_run = last_run.with_imports(tab_id, replace(before, received=replace(one, fingerprints=cells)))
    return last_run
