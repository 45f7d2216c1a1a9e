"""What jurors' pages say, as `Notes reçues` and `Déclarations reçues` should: read again with these two tabs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.versions import Key, Record, collected
from eig_sheets.storage.read_pages import Kept
from eig_sheets.sync.admission import Admission, admitted, page_anomalies
from eig_sheets.sync.sheets import blank_sheet, is_taken
from eig_sheets.workbook import diff
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.anomaly_limits import limited
from eig_sheets.workbook.model.cells import WrittenValue, as_read
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.model.snapshot import TabSnapshot
from eig_sheets.workbook.received_tabs import DECLARATIONS, NOTES
from eig_sheets.workbook.render import declarations_recues, notes_recues
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.render.notes_recues import NOTHING_COLLECTED, CollectedRows
from eig_sheets.workbook.sealed_rows import SEAL, SealedRow
from eig_sheets.workbook.typed_values import stored


@dataclass(frozen=True, slots=True)
class Collection:
    """What is collected, and the reading that has it. `before`: what the workbook said of notes and declarations."""

    reading: Reading
    records: tuple[Record, ...]
    rows: CollectedRows
    anomalies: tuple[Anomaly, ...]
    before: tuple[Record, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of the two tabs."""
        return frozenset(blank_sheet(tab_id, self.reading).name for tab_id in (NOTES, DECLARATIONS))


@dataclass(frozen=True, slots=True)
class _Part:
    """What one tab should say: `known` is what it said; `target` the tab as it will be, when that is not how it is."""

    known: tuple[Record, ...]
    records: tuple[Record, ...]
    rows: Rows
    target: Mapping[str, TabSnapshot]


def collection_of(reading: Reading, kept: Kept) -> Collection:
    """The collection of what the workbook says and of all the pages that were ever read.

    Declarations first: they say who steps aside from what.
    """
    somewhere = kept.pages or kept.present or kept.records or {NOTES, DECLARATIONS} & reading.layout.robot_tabs.keys()
    if not (somewhere and reading.owns("candidatures")):
        return Collection(reading, (), NOTHING_COLLECTED, (), ())
    declared = _declared(reading, kept, Admission(reading))
    admission = Admission(reading.with_received(declared.target))
    noted = _noted(reading, kept, admission)
    records = (*noted.records, *declared.records)
    names = {tab_id: blank_sheet(tab_id, reading).name for tab_id in (NOTES, DECLARATIONS)}
    said = page_anomalies(kept.present, admission, by_key(records), names)
    return Collection(
        reading.with_received({**declared.target, **noted.target}),
        records,
        CollectedRows(noted.rows, declared.rows),
        (*limited([*said]),),
        (*noted.known, *declared.known),
    )


def _declared(reading: Reading, kept: Kept, admission: Admission) -> _Part:
    found = [*declarations_recues.read_rows(_tab(reading, DECLARATIONS))]
    known = tuple(declarations_recues.record_of(row) for row in found if row.genuine)
    remembered = (one for one in kept.records if not one.version.numero)
    pages = (page for page in kept.pages if page.declares)
    records = collected([*known, *remembered], admitted(pages, admission), None)
    rows = declarations_recues.rows(records)
    rows = (*rows, *_foreign(found, rows, records))
    return _Part(known, tuple(records), rows, _target(reading, DECLARATIONS, rows))


def _noted(reading: Reading, kept: Kept, admission: Admission) -> _Part:
    criteria = [*reading.campaign.labels.items()]
    found = [*notes_recues.read_rows(_tab(reading, NOTES), criteria)]
    known = tuple(notes_recues.record_of(row, criteria) for row in found if row.genuine)
    remembered = (one for one in kept.records if one.version.numero)
    pages = (page for page in kept.pages if not page.declares)
    records = collected([*known, *remembered], admitted(pages, admission), last_day(reading))
    rows = notes_recues.rows(records, criteria)
    rows = (*rows, *_foreign(found, rows, records))
    return _Part(known, tuple(records), rows, _target(reading, NOTES, rows))


def by_key(records: Iterable[Record]) -> dict[Key, Record]:
    """The record of each juror and dossier."""
    return {record.version.key: record for record in records}


def last_day(reading: Reading) -> date | None:
    """The last day of the jury, all of which is in time."""
    closes = reading.campaign.scoring.closes
    return closes.date() if isinstance(closes, datetime) else closes


def sheet_of(tab_id: str, reading: Reading, rows: Rows) -> Sheet:
    """The robot's tab with these rows."""
    return replace(blank_sheet(tab_id, reading), rows=rows)


def taken_names(reading: Reading, rows: CollectedRows) -> Iterator[str]:
    """The names of tabs that there is something to say in, and that people use for a tab of their own."""
    for tab_id, lines in ((NOTES, rows.notes), (DECLARATIONS, rows.declarations)):
        name = blank_sheet(tab_id, reading).name
        if lines and tab_id not in reading.layout.robot_tabs and is_taken(name, reading):
            yield name


def _tab(reading: Reading, tab_id: str) -> TabSnapshot | None:
    name = reading.layout.robot_tabs.get(tab_id)
    return reading.snapshot.tab(name) if name else None


def _foreign(found: Sequence[SealedRow], ours: Rows, records: Sequence[Record]) -> Iterator[tuple[WrittenValue, ...]]:
    """Rows that somebody edited, of which only another machine knows what they said: they wait for it, uncounted."""
    seals, keys = {row[-1] for row in ours}, {record.version.key for record in records}
    for row in found:
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
