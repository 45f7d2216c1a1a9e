"""What `Notes reçues` and `Déclarations reçues` should hold, by jurors' pages and by these tabs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.page_checks import (
    Doubt,
    PageChecks,
    accepted,
    careful_versions,
    doubts_of,
    misplaced_pages,
    order_anomalies,
    page_anomalies,
)
from eig_sheets.call.jury.read_pages import Kept, ReadPage
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews import declarations_recues, notes_recues
from eig_sheets.campaign.reviews.collected_pages import RECEIVED_NOTE_EDITED
from eig_sheets.campaign.reviews.notes_recues import NOTHING_COLLECTED, CollectedRows
from eig_sheets.campaign.reviews.received_notes import DECLARATIONS, NOTES
from eig_sheets.campaign.reviews.subjects import second_subject
from eig_sheets.campaign.reviews.typed_values import stored
from eig_sheets.campaign.reviews.versions import Key, Record, collected
from eig_sheets.campaign.robot_sheets import blank_sheet, is_taken
from eig_sheets.config import Campaign
from eig_sheets.spreadsheet.model.cells import WrittenValue, as_read
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook import diff
from eig_sheets.workbook.anomalies import Anomaly, limited
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.records import SEAL, SealedRow


def _tabs(campaign: Campaign) -> tuple[str, ...]:
    """The ids of the tabs of what pages say: notes on dossiers, declarations, notes on what another jury reviews."""
    second = second_subject(campaign)
    return (NOTES, DECLARATIONS, *([second.notes.id] if second else []))


@dataclass(frozen=True, slots=True)
class Collection:
    """What is collected, and the reading that has it. `before`: what the workbook said of notes and declarations.

    `candidates`, `candidates_before`: the same of notes on candidates.
    """

    reading: Reading
    records: tuple[Record, ...]
    rows: CollectedRows
    anomalies: tuple[Anomaly, ...]
    before: tuple[Record, ...]
    candidates: tuple[Record, ...] = ()
    candidates_before: tuple[Record, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of the tabs."""
        return frozenset(_names(self.reading).values())


@dataclass(frozen=True, slots=True)
class _Part:
    """What one tab should say: `known` is what it said; `target` the tab as it will be, when that is not how it is."""

    known: tuple[Record, ...] = ()
    records: tuple[Record, ...] = ()
    rows: Rows = ()
    target: Mapping[str, TabSnapshot] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


def _names(reading: Reading) -> dict[str, str]:
    """The names of the tabs that this workbook may have, by id."""
    return {
        tab_id: blank_sheet(tab_id, reading).name
        for tab_id in _tabs(reading.campaign)
        if tab_id in reading.schema.robot_tabs
    }


def collection_of(reading: Reading, kept: Kept) -> Collection:
    """The collection of what the workbook says and of all the pages that were ever read.

    Declarations first: they say who steps aside from what.
    """
    somewhere = kept.pages or kept.present or kept.records or kept.candidates
    tabs, second = _tabs(reading.campaign), second_subject(reading.campaign)
    if not (somewhere or {*tabs} & reading.layout.robot_tabs.keys()):
        return Collection(reading, (), NOTHING_COLLECTED, (), ())
    declared = noted = candidates = _Part()
    checks: dict[bool, PageChecks] = {}
    if reading.owns("candidatures"):
        declared = _declared(reading, kept, PageChecks(reading))
        checks[False] = PageChecks(reading.with_collected(declared.target))
        noted = _noted(reading, kept, checks[False])
    if second and reading.owns(second.tab) and reading.owns(second.typed):
        checks[True] = PageChecks(reading.with_collected(declared.target), second)
        candidates = _noted(reading, kept, checks[True])
    records = (*noted.records, *declared.records)
    known = {False: by_key(records), True: by_key(candidates.records)}
    said = [*_said(reading, kept.present, checks, known)]
    for tab_id, part in zip(tabs, (noted, declared, candidates), strict=False):
        if part.doubts:
            command = second.notes.command if second and tab_id == second.notes.id else DOSSIERS.notes.command
            sheet = sheet_of(tab_id, reading, part.rows)
            said += order_anomalies(_present(part.doubts, kept.present), sheet, command)
    return Collection(
        reading.with_collected({**declared.target, **noted.target, **candidates.target}),
        records,
        CollectedRows(noted.rows, declared.rows, candidates.rows),
        (*limited([*said]),),
        (*noted.known, *declared.known),
        candidates.records,
        candidates.known,
    )


def edited_lines(before: Reading, after: Reading) -> tuple[Anomaly, ...]:
    """The lines of received notes that people edited, and that a collection puts back."""
    still = {(line.tab, line.cell) for line in after.anomalies if line.kind is RECEIVED_NOTE_EDITED}
    return tuple(
        line for line in before.anomalies if line.kind is RECEIVED_NOTE_EDITED and (line.tab, line.cell) not in still
    )


def _said(
    reading: Reading,
    pages: Sequence[ReadPage],
    checks: Mapping[bool, PageChecks],
    known: Mapping[bool, Mapping[Key, Record]],
) -> Iterator[Anomaly]:
    """What is wrong with pages; `checks` and `known` have dossiers under false, candidates under true."""
    names, second = _names(reading), second_subject(reading.campaign)
    for of_candidates in (False, True) if second else (False,):
        theirs = [page for page in pages if page.of_candidates is of_candidates]
        if of_candidates in checks:
            yield from page_anomalies(theirs, checks[of_candidates], known[of_candidates], names)
        else:
            subject, here = (second, DOSSIERS) if of_candidates and second else (DOSSIERS, second or DOSSIERS)
            yield from misplaced_pages(theirs, names[here.notes.id], subject)


def _declared(reading: Reading, kept: Kept, checks: PageChecks) -> _Part:
    sealed = [*declarations_recues.read_rows(_tab(reading, DECLARATIONS))]
    known = tuple(notes_recues.record_of(row) for row in sealed if row.genuine)
    remembered = [record for record in kept.records if not record.version.numero]
    said = [*accepted((page for page in kept.pages if page.declares), checks)]
    doubts = doubts_of((record.version for record in (*known, *remembered)), said)
    records = collected([*known, *remembered], [*said, *careful_versions(doubts)], None)
    rows = declarations_recues.rows(records)
    rows = (*rows, *_foreign(sealed, rows, records))
    return _Part(known, tuple(records), rows, _target(reading, DECLARATIONS, rows), tuple(doubts))


def _noted(reading: Reading, kept: Kept, checks: PageChecks) -> _Part:
    notes = checks.subject.notes
    form, criteria = notes.form, checks.subject.grid.labels(reading.campaign)
    sealed = [*notes_recues.read_rows(_tab(reading, notes.id), criteria, form)]
    known = tuple(notes_recues.record_of(row) for row in sealed if row.genuine)
    is_of_candidates = checks.subject is not DOSSIERS
    last = kept.candidates if is_of_candidates else [record for record in kept.records if record.version.numero]
    pages = (page for page in kept.pages if not page.declares and page.of_candidates is is_of_candidates)
    said, until = [*accepted(pages, checks)], checks.subject.grid.last_day(reading.campaign)
    on_time = (version for version in said if until is None or version.moment.date() <= until)
    doubts = doubts_of((record.version for record in (*known, *last)), on_time)
    records = collected([*known, *last], [*said, *careful_versions(doubts)], until)
    rows = notes_recues.rows(records, criteria, form)
    rows = (*rows, *_foreign(sealed, rows, records))
    return _Part(known, tuple(records), rows, _target(reading, notes.id, rows), tuple(doubts))


def _present(doubts: Iterable[Doubt], present: Sequence[ReadPage]) -> Iterator[Doubt]:
    """The doubts about pages that are still there."""
    there = {(page.juror, page.source) for page in present}
    return (doubt for doubt in doubts if (doubt.last.juror, doubt.last.source) in there)


def by_key(records: Iterable[Record]) -> dict[Key, Record]:
    """The record of each juror and dossier."""
    return {record.version.key: record for record in records}


def sheet_of(tab_id: str, reading: Reading, rows: Rows) -> Sheet:
    """The robot's tab with these rows."""
    return replace(blank_sheet(tab_id, reading), rows=rows)


def rows_of(rows: CollectedRows, campaign: Campaign) -> dict[str, Rows]:
    """The rows of each tab, by its id."""
    return dict(zip(_tabs(campaign), (rows.notes, rows.declarations, rows.candidates), strict=False))


def taken_names(reading: Reading, rows: CollectedRows) -> Iterator[str]:
    """The names of tabs that there is something to say in, and that people use for a tab of their own."""
    for tab_id, name in _names(reading).items():
        lines = rows_of(rows, reading.campaign)[tab_id]
        if lines and tab_id not in reading.layout.robot_tabs and is_taken(name, reading):
            yield name


def _tab(reading: Reading, tab_id: str) -> TabSnapshot | None:
    name = reading.layout.robot_tabs.get(tab_id)
    return reading.snapshot.tab(name) if name else None


def _foreign(sealed: Sequence[SealedRow], ours: Rows, records: Sequence[Record]) -> Iterator[tuple[WrittenValue, ...]]:
    """Rows that somebody edited and only another machine can restore: they wait for it, and do not count."""
    seals, keys = {row[-1] for row in ours}, {record.version.key for record in records}
    for row in sealed:
        cells = row.cells
        key = (str(cells[notes_recues.JUROR] or ""), str(cells.get(notes_recues.NUMBER) or ""))
        if not (row.genuine or cells[SEAL] is None or cells[SEAL] in seals or key in keys):
            yield tuple(value if isinstance(value, datetime) else stored(value) for value in cells.values())


def _target(reading: Reading, tab_id: str, rows: Rows) -> Mapping[str, TabSnapshot]:
    """The tab as it is about to be written, by its id; nothing when that is how it is."""
    sheet = sheet_of(tab_id, reading, rows)
    if tab_id not in reading.layout.robot_tabs and (not rows or is_taken(sheet.name, reading)):
        return {}
    if tab_id in reading.layout.robot_tabs and diff.robot_tab(sheet, reading.layout, reading.snapshot) is None:
        return {}
    cells = [[as_read(value) for value in line] for line in sheet.grid()]
    return {tab_id: TabSnapshot(sheet.name, cells)}  # type: ignore[arg-type]
