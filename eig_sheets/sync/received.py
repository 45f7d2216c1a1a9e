"""`Modifications reçues`: what imports brought, read from the state folder or the tab, held against `Candidatures`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eig_sheets.campaign.reading import Reading
from eig_sheets.importing.received import Comparison, settled, standing
from eig_sheets.importing.received_fingerprints import genuine_cells, packed, unpacked
from eig_sheets.storage.last_run import LastRun
from eig_sheets.storage.received import Received, Waiting
from eig_sheets.sync.sheets import blank_sheet
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.render import modifications
from eig_sheets.workbook.render.modifications import ReceivedChanges

TAB = "modifications"
_LATE = "Dossier modifié après la clôture."
_RECEIVED_LATE = "Reçue après la clôture."
"""What is known when the export does not say when the dossier changed."""
_SCORED = "Le jury a déjà noté ce dossier."


def comparison_of(reading: Reading) -> Comparison:
    """How this campaign compares the values of `Candidatures`."""
    return Comparison(reading.schema.tab("candidatures"), reading.campaign.zone)


def known_of(reading: Reading, last_run: LastRun) -> Received:
    """What imports brought, as of now.

    The state folder says so, unless the tab says something else that a robot wrote: another machine's, or ours if we
    stopped before we could keep it; or the workbook is an earlier version of itself.
    """
    name = reading.layout.robot_tabs.get(TAB)
    tab = reading.snapshot.tab(name) if name else None
    known = last_run.received if {*genuine_cells(tab)} <= {*last_run.received.fingerprints} else unpacked(tab)
    return settled(known, reading.layout.tabs["candidatures"], comparison_of(reading), last_run.undone)


def changes_of(known: Received, reading: Reading) -> ReceivedChanges:
    """What the tab has to say."""
    scored = {*_scored(reading)}
    closes = reading.campaign.campaign.last_moment

    def remarks(number: str, one: Waiting) -> Iterator[str]:
        if (one.updated or one.since) > closes:
            yield _LATE if one.updated else _RECEIVED_LATE
        if number in scored:
            yield _SCORED

    tab = reading.layout.tabs["candidatures"]
    return ReceivedChanges(standing(known, tab, remarks), packed(known))


def _scored(reading: Reading) -> Iterator[str]:
    """The dossiers of which somebody gave a note."""
    table = reading.tables.get("evaluations")
    if table is not None:
        criteria = [criterion.id for criterion in reading.campaign.criteria if criterion.id in table.frame]
        given = table.frame[criteria].notna().any(axis=1)
        yield from table.frame.loc[given, "numero"].dropna()


def changes_sheet(reading: Reading, changes: ReceivedChanges) -> Sheet:
    """The tab `Modifications reçues`."""
    return replace(blank_sheet(TAB, reading), rows=modifications.rows(changes))


def kept(known: Received, reading: Reading, last_run: LastRun, changes: ReceivedChanges) -> Received:
    """What to keep once the tab is written; with the tab as last written where it cannot be."""
    name = reading.layout.robot_tabs.get(TAB)
    refused = name is not None and name in reading.snapshot.refused
    return replace(known, fingerprints=last_run.received.fingerprints if refused else changes.fingerprints)
