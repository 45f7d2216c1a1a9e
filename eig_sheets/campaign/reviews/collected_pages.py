"""What jurors' pages say, joined to the tables that rules read: notes, déports, availability. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.dependencies import decisive_columns
from eig_sheets.campaign.reviews import declarations_recues, notes_recues
from eig_sheets.campaign.reviews.grids import Grid, grids
from eig_sheets.campaign.reviews.merged_evaluations import replaced_by_hand
from eig_sheets.campaign.reviews.received_notes import (
    DECLARATIONS,
    DOSSIER_NOTES_TAB,
    NotesTab,
    on_a_page,
    received_notes,
)
from eig_sheets.campaign.reviews.typed_values import as_typed
from eig_sheets.campaign.reviews.versions import Record, Version
from eig_sheets.config import Campaign
from eig_sheets.domain.frames import objects
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.text.french import day, listed, plain
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, anomaly, limited, warning
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.parse import Table, parse
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.schema import Schema
from eig_sheets.workbook.values import Scale

DECLARATION_DIFFERS: Final = warning(
    "declaration_differente",
    "{value} : « {header} » ({before}) et la déclaration reçue ({now}) ne disent pas la même chose. {counted}",
    "Mettez la cellule d’accord avec la déclaration, ou videz-la : la déclaration suffit.",
)


def with_declarations(jury: Table, dossiers: pd.DataFrame, records: Sequence[Record]) -> tuple[Table, list[Anomaly]]:
    """The table of `Jury` with what was declared, and what the two disagree about.

    The dossiers of a declaration are déports as those that are typed; availability and the day of the declaration only
    where their cell is blank.
    """
    known = {*dossiers["numero"].dropna()}
    declared = {record.version.juror: record.version for record in records}
    frame = jury.frame.copy()
    rows = [declared.get(email) for email in frame["email"]]
    disagreements = [*_disagreements(jury, dossiers, rows)]
    frame["deports"] = objects(
        [_both(typed, _deports(declaration, known)) for typed, declaration in zip(frame["deports"], rows, strict=True)],
        frame.index,
    )
    frame["disponibilites"] = objects(
        [
            typed or _text(declaration, "disponibilites")
            for typed, declaration in zip(frame["disponibilites"], rows, strict=True)
        ],
        frame.index,
    )
    days = pd.Series([_day(declaration) for declaration in rows], frame.index, dtype=frame["declaration"].dtype)
    frame["declaration"] = frame["declaration"].fillna(days)
    return Table(jury.layout, frame, jury.blocked), disagreements


def _both(typed: Sequence[str] | None, declared: Sequence[str]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys((*(typed or ()), *declared))) or None


def _text(declared: Version | None, name: str) -> str | None:
    value = declared.values.get(name) if declared else None
    return None if value is None else str(value)


def _deports(declared: Version | None, known: set[str]) -> list[str]:
    items = values.items(_text(declared, "deports")) or ()
    return [item for item in items if item in known]


def _day(declared: Version | None) -> datetime | None:
    """The day of a declaration that was made: the one that it says, else the one on which the page was saved."""
    if declared is None:
        return None
    with suppress(values.UnreadableError):
        if not values.yes_no(as_typed(declared.values.get("declare"))):
            return None
        said = as_typed(declared.values.get("declare_le"))
        return datetime.combine((said if isinstance(said, datetime) else declared.moment).date(), time.min)
    return None


def _disagreements(jury: Table, dossiers: pd.DataFrame, rows: Sequence[Version | None]) -> Iterator[Anomaly]:
    hosts = _numbers_by_name(dossiers)
    known = {*dossiers["numero"].dropna()}
    records: Iterator[Any] = jury.frame.itertuples(index=False)
    for record, declared in zip(records, rows, strict=True):
        if declared is None:
            continue
        if record.deports:
            typed = {number for item in record.deports for number in hosts.get(plain(item), ())}
            said = {*_deports(declared, known)}
            if typed != said:
                counted = "Les déports de l’une et de l’autre comptent."
                yield _disagreement(jury, record, "deports", (_list(typed), _list(said)), counted)
        said_free = _text(declared, "disponibilites")
        if record.disponibilites and said_free and plain(record.disponibilites) != plain(said_free):
            both = (quoted(record.disponibilites), quoted(said_free))
            yield _disagreement(jury, record, "disponibilites", both, "La cellule compte.")


def _disagreement(jury: Table, record: Any, name: str, both: tuple[str, str], counted: str) -> Anomaly:
    layout = jury.layout
    words = {"value": record.email, "header": layout.header(name), "before": both[0], "now": both[1]}
    return anomaly(DECLARATION_DIFFERS, layout.name, layout.cell(name, record.row), counted=counted, **words)


def _numbers_by_name(dossiers: pd.DataFrame) -> Mapping[str, set[str]]:
    """The numbers of the dossiers that a number or an administration names, in plain form."""
    numbers: dict[str, set[str]] = {}
    for numero, host in zip(dossiers["numero"], dossiers["administration"], strict=True):
        if numero is not None:
            for name in filter(None, (numero, host)):
                numbers.setdefault(plain(name), set()).add(numero)
    return numbers


def _list(numbers: set[str]) -> str:
    return listed(sorted(numbers)) or "aucun dossier"


RECEIVED_NOTE_EDITED: Final = warning(
    "note_recue_modifiee",
    "Cette ligne n’est plus comme le robot l’a écrite : elle ne compte pas.",
    "Lancez « eig-sheets sync » : il remet ce que la page du juré disait. Si elle ne revient pas, lancez-le sur la "
    "machine qui a collecté les pages. Une correction se fait sur la page du juré, ou dans {where}.",
)
VERSIONS_AT_ONCE: Final = warning(
    "versions_simultanees",
    "{value} a enregistré deux versions au même moment : celle de « {page} » compte, pas celle de {place}.",
    "Demandez au juré laquelle est la bonne, et de l’enregistrer de nouveau ; ou saisissez-la dans {where}.",
)
LATE_VERSION: Final = warning(
    "version_tardive",
    "{value} a changé sa page après la clôture du jury ({limit}) : {place}. {counted}",
    "Si elle doit compter, saisissez-la dans {where}, ou changez {setting} et relancez « eig-sheets {command} ».",
)


@dataclass(frozen=True, slots=True)
class CollectedTabs:
    """The robot's tabs of what jurors' pages say: those of `targets`, else those of the workbook."""

    snapshot: Snapshot
    layout: Layout
    schema: Schema
    targets: Mapping[str, TabSnapshot]

    def tab(self, tab_id: str) -> TabSnapshot | None:
        """The tab of that id; None when there is none."""
        name = self.layout.robot_tabs.get(tab_id)
        return self.targets.get(tab_id) or (self.snapshot.tab(name) if name else None)


def add_collected(tables: dict[str, Table], tabs: CollectedTabs, campaign: Campaign) -> list[Anomaly]:
    """Add to the tables what the pages say, and give the anomalies of these tabs."""
    problems = [problem for grid in grids(campaign) for problem in _add_notes(tables, tabs, campaign, grid)]
    return [*problems, *_add_declarations(tables, tabs)]


def _add_notes(tables: dict[str, Table], tabs: CollectedTabs, campaign: Campaign, grid: Grid) -> Iterator[Anomaly]:
    of = grid.notes
    tab, criteria = tabs.tab(of.id), grid.labels(campaign)
    if tab is None or of.typed not in tables:
        return
    notes = received_notes(tab, tables[of.typed].layout, criteria, of)
    if notes is None:
        return
    capabilities = tabs.snapshot.capabilities
    scale = Scale(*grid.scale(campaign))
    rests = decisive_columns(campaign).get(of.id, frozenset())
    tables[of.id], problems = parse(notes.layout, scale, campaign.zone, capabilities, notes.genuine, rests)
    if problems and (replaced := replaced_by_hand(tables, of)):  # what is wrong with them prevents nothing any more
        left = [row for row in notes.genuine if row not in replaced]
        _, problems = parse(notes.layout, scale, campaign.zone, capabilities, left, rests)
    edited = [anomaly(RECEIVED_NOTE_EDITED, tab.name, a1(row, 0), where=of.where) for row in notes.edited]
    yield from limited([*(on_a_page(problem, of, notes.layout.sources) for problem in problems), *edited])
    yield from limited([*_competing(tables, tab, campaign, grid)])


def _competing(tables: Mapping[str, Table], tab: TabSnapshot, campaign: Campaign, grid: Grid) -> Iterator[Anomaly]:
    """Other versions of what counts, unless somebody typed what counts in the people's tab."""
    of = grid.notes
    table, criteria = tables[of.id], grid.labels(campaign)
    typed = {*zip(tables[of.typed].frame["jure"], tables[of.typed].frame[of.key], strict=True)}
    read = set(table.frame["row"].tolist())
    for row in notes_recues.read_rows(tab, criteria, of.form):
        if row.number not in read:
            continue
        record = notes_recues.record_of(row)
        cell = table.layout.cell("jure", row.number)
        if record.rival and record.version.key not in typed:
            yield _rival(tab.name, cell, record, of)
        if record.late:
            yield _late(tab.name, cell, record, of, grid.last_day(campaign))


def _rival(tab: str, cell: str | None, record: Record, of: NotesTab) -> Anomaly:
    version = record.version
    words: dict[str, Any] = {"value": version.juror, "page": version.source, "place": record.rival, "where": of.where}
    return anomaly(VERSIONS_AT_ONCE, tab, cell, version.numero, **words)


def _late(tab: str, cell: str | None, record: Record, of: NotesTab, closes: date | None) -> Anomaly:
    version = record.version
    limit = day(closes) if closes else "levée depuis"
    counted = "Ce qu’elle disait avant compte." if version.values else "Rien n’en compte."
    words: dict[str, Any] = {"value": version.juror, "place": record.late, "limit": limit, "counted": counted}
    how: dict[str, Any] = {"where": of.where, "setting": of.setting, "command": of.command}
    return anomaly(LATE_VERSION, tab, cell, version.numero, **words, **how)


def _add_declarations(tables: dict[str, Table], tabs: CollectedTabs) -> Iterator[Anomaly]:
    tab = tabs.tab(DECLARATIONS)
    if tab is None or not {"jury", "candidatures"} <= tables.keys():
        return
    rows = [*declarations_recues.read_rows(tab)]
    records = [notes_recues.record_of(row) for row in rows if row.genuine]
    tables["jury"], differing = with_declarations(tables["jury"], tables["candidatures"].frame, records)
    edited = [
        anomaly(RECEIVED_NOTE_EDITED, tab.name, a1(row.number, 0), where=DOSSIER_NOTES_TAB.where)
        for row in rows
        if not row.genuine
    ]
    yield from limited([*differing, *edited])
