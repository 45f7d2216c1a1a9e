"""Finds the schema in a workbook: tabs by mark or name, header rows, columns, and those that are gone."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from eig_sheets.spreadsheet.model import cell_names
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import NOTHING_KNOWN, KnownColumn, LastKnown
from eig_sheets.text.french import listed_first
from eig_sheets.workbook.anomalies import Anomaly, anomaly, stopping
from eig_sheets.workbook.fields import Field, TabSchema
from eig_sheets.workbook.layout import Layout, Names, TabLayout
from eig_sheets.workbook.ownership import is_filled, robot_columns, robot_tabs, squeezed
from eig_sheets.workbook.read_back import HEADER_ROWS
from eig_sheets.workbook.schema import Schema


def vanished_columns(
    schema: TabSchema, present: Collection[str], unknown: Mapping[int, str], known: LastKnown
) -> dict[str, int | None]:
    """The fields whose filled column is gone since the last run, with the new column that probably replaced each.

    A guarded one, by which people decide, is also missed where a header that nobody knows is close to its own.
    `present`: the fields that have a column; `unknown`: the headers of the columns of no field, by their place. A
    required column that is not found stops the run: it is not one of these.
    """
    before = known.columns.get(schema.id, {})
    gone = [
        field.id for field in schema.fields if not field.required and field.id in before and field.id not in present
    ]
    seen = {squeezed(header) for header in known.others.get(schema.id, ())}
    new = {place: header for place, header in unknown.items() if squeezed(header) not in seen}
    vanished = {field_id: _replacement(before[field_id], new, is_only_one=len(gone) == 1) for field_id in gone}
    if not known.accepted:
        for field in schema.fields:
            missed = field.guarded and field.id not in present and field.id not in vanished
            if missed and (place := _closest(field.header, unknown)) is not None:
                vanished[field.id] = place
    return vanished


def _replacement(column: KnownColumn, new: Mapping[int, str], *, is_only_one: bool) -> int | None:
    """The new column in the same place, else the one whose header is closest, else the only one there is."""
    if column.place in new:
        return column.place
    if (place := _closest(column.header, new)) is not None:
        return place
    return next(iter(new)) if is_only_one and len(new) == 1 else None


def _closest(header: str, candidates: Mapping[int, str]) -> int | None:
    """The column whose header is closest to that one, if one is close."""
    spelled = {squeezed(other): place for place, other in candidates.items()}
    close = difflib.get_close_matches(squeezed(header), [*spelled], 1, 0.6)
    return spelled[close[0]] if close else None


TAB_ABSENT: Final = stopping(
    "onglet_absent",
    "L’onglet « {tab} » est introuvable.{hint}",
    "S’il a été renommé, rendez-lui ce nom ou ajoutez le nouveau dans [workbook.tabs] de la configuration ; "
    "s’il n’a jamais existé, lancez « eig-sheets init ».",
)
TAB_AMBIGUOUS: Final = stopping(
    "onglet_ambigu",
    "Plusieurs onglets peuvent être « {tab} » : {names}.",
    "Ne gardez ce nom que pour celui qui sert à la campagne.",
)
NO_HEADERS: Final = stopping(
    "onglet_sans_en_tetes",
    "L’onglet « {tab} » est vide ou n’a pas de ligne d’en-têtes dans ses dix premières lignes.{hint}",
    "Remettez la ligne d’en-têtes ; si l’onglet est tout à fait vide, « eig-sheets init » l’écrit.",
)
REQUIRED_COLUMN_ABSENT: Final = stopping(
    "colonne_obligatoire_absente",
    "La colonne obligatoire « {header} » manque dans l’onglet « {tab} ».{hint}",
    "Rétablissez cet en-tête, ou ajoutez le nom que vous lui donnez dans [workbook.headers] de la configuration.",
)
REQUIRED_COLUMN_TWICE: Final = stopping(
    "colonne_obligatoire_en_double",
    "Plusieurs colonnes de l’onglet « {tab} » ont l’en-tête « {header} » : {cells}.",
    "Renommez celle qui est de trop.",
)
NAME_TAKEN: Final = stopping(
    "nom_pris",
    "L’onglet « {tab} » porte le nom d’un onglet du robot mais contient autre chose : il n’est pas touché.",
    "Renommez votre onglet ; le robot créera le sien.",
)


def locate(snapshot: Snapshot, schema: Schema, names: Names, known: LastKnown = NOTHING_KNOWN) -> Layout:
    """Find every tab and column of the schema in the workbook; `known`: what the last run found."""
    ours, taken = robot_tabs(snapshot, schema)
    problems = [anomaly(NAME_TAKEN, tab.name) for tab in taken]
    tabs: dict[str, TabLayout] = {}
    for tab_schema in schema.tabs:
        candidates = _candidates(snapshot, tab_schema, names)
        if len(candidates) > 1:
            spelled = listed_first([f"« {tab.name} »" for tab in candidates])
            problems.append(anomaly(TAB_AMBIGUOUS, tab_schema.name, names=spelled))
        elif not candidates and tab_schema.needed:
            hint = _renamed(tab_schema, _unclaimed(snapshot, schema, names), names)
            problems.append(anomaly(TAB_ABSENT, tab_schema.name, hint=hint))
        elif candidates:
            located = _locate_columns(candidates[0], tab_schema, names, ours, problems, snapshot.capabilities)
            tabs.update({tab_schema.id: _with_vanished(located, known)} if located else {})
    return Layout(tabs, {tab_id: tab.name for tab_id, tab in ours.items()}, tuple(problems))


def _candidates(snapshot: Snapshot, schema: TabSchema, names: Names) -> list[TabSnapshot]:
    """Tabs with the mark or name of this one; failing that, tabs under another accepted name."""
    own = [tab for tab in snapshot.tabs if schema.id == tab.mark or squeezed(tab.name) == squeezed(schema.name)]
    others = {squeezed(name) for name in (*schema.aliases, *names.tabs.get(schema.id, ()))}
    return own or [tab for tab in snapshot.tabs if squeezed(tab.name) in others]


def _unclaimed(snapshot: Snapshot, schema: Schema, names: Names) -> list[TabSnapshot]:
    """The tabs that are none that we know, people's or the robot's."""
    known = {squeezed(name) for name in schema.robot_tabs.values()}
    known |= {squeezed(tab.name) for one in schema.tabs for tab in _candidates(snapshot, one, names)}
    return [tab for tab in snapshot.tabs if not tab.mark and squeezed(tab.name) not in known]


def _renamed(schema: TabSchema, others: Sequence[TabSnapshot], names: Names) -> str:
    """A French sentence on the tab that is probably this one: it has the columns, else the closest name; or ''."""
    field_ids = known_headers(schema, names)
    required = {field.id for field in schema.fields if field.required}
    for tab in others:
        row = _header_row(tab, schema, field_ids)
        headers = tab.rows[row - 1] if row else ()
        if required <= {field_ids.get(squeezed(cell)) for cell in headers if isinstance(cell, str)}:
            return f" L’onglet « {tab.name} » en a les colonnes : c’est sans doute lui."
    return _suggestion(schema.name, [tab.name for tab in others], "L’onglet")


def _suggestion(name: str, existing: Iterable[object], kind: str) -> str:
    spelled = {squeezed(text): " ".join(str(text).split()) for text in existing if text is not None}
    close = difflib.get_close_matches(squeezed(name), list(spelled), 1, 0.6)
    return f" {kind} le plus proche est « {spelled[close[0]]} »." if close else ""


def _locate_columns(
    tab: TabSnapshot,
    schema: TabSchema,
    names: Names,
    ours: Mapping[str, TabSnapshot],
    problems: list[Anomaly],
    capabilities: Capabilities,
) -> TabLayout | None:
    field_ids = known_headers(schema, names)
    header_row = _header_row(tab, schema, field_ids)
    if header_row is None:
        if schema.needed or schema.owner is Owner.OUTBOX:
            problems.append(anomaly(NO_HEADERS, tab.name, hint=_closest_header_row(tab, schema)))
        return None
    headers = tab.rows[header_row - 1]
    key = _columns_by_field(headers, schema, field_ids, set(), tab.column_marks).get(schema.key)
    robots, lost, duplicate_marks = robot_columns(tab, header_row, key[0] if key else None, schema, ours, capabilities)
    taken = {*robots.values(), *tab.author_columns.values()}
    places = _columns_by_field(headers, schema, field_ids, taken, tab.column_marks)
    problems.extend(_required_column_anomalies(tab, header_row, schema, places, by_id=capabilities.row_ids))
    columns = {field_id: indices[0] for field_id, indices in places.items()}
    repeated = {field_id: tuple(indices) for field_id, indices in places.items() if len(indices) > 1}
    last_row = _last_row(tab, header_row, columns, taken)
    return TabLayout(
        schema, tab, header_row, columns, robots, last_row, repeated, lost, duplicate_marks, capabilities.row_ids
    )


def _with_vanished(tab: TabLayout, known: LastKnown) -> TabLayout:
    vanished = vanished_columns(tab.schema, tab.columns, tab.unknown_headers, known)
    return replace(tab, vanished=vanished) if vanished else tab


def known_headers(schema: TabSchema, names: Names) -> dict[str, str]:
    """The field id of every accepted header, squeezed; a field's own header wins over another's alias."""
    field_ids: dict[str, str] = {}
    for candidate in schema.fields:
        field_ids.setdefault(squeezed(candidate.header), candidate.id)
    for candidate in schema.fields:
        for alias in (*candidate.aliases, *names.headers.get(candidate.id, ())):
            field_ids.setdefault(squeezed(alias), candidate.id)
    return field_ids


def _header_row(tab: TabSnapshot, schema: TabSchema, field_ids: Mapping[str, str]) -> int | None:
    required = {candidate.id for candidate in schema.fields if candidate.required}
    best, best_count = None, 1
    for index, row in enumerate(tab.rows[:HEADER_ROWS], 1):
        texts = (squeezed(cell) for cell in row if isinstance(cell, str))
        matched = {field_ids[text] for text in texts if text in field_ids}
        if required <= matched:
            return index
        if len(matched) > best_count:
            best, best_count = index, len(matched)
    return best


def _closest_header_row(tab: TabSnapshot, schema: TabSchema) -> str:
    cells = [cell for row in tab.rows[:HEADER_ROWS] for cell in row if isinstance(cell, str)]
    return _suggestion(schema.field(schema.key).header, cells, "L’en-tête")


def _columns_by_field(
    headers: Sequence[object],
    schema: TabSchema,
    field_ids: Mapping[str, str],
    taken: set[int],
    marks: Mapping[int, str],
) -> dict[str, list[int]]:
    """The columns of each field, by header; a renamed column is recognized by its mark, where the backend has marks."""
    own = {squeezed(candidate.header) for candidate in schema.fields}
    places: dict[str, list[int]] = {}
    exact: set[str] = set()
    for column, header in enumerate(headers):
        name = squeezed(header) if isinstance(header, str) and column not in taken else ""
        field_id = field_ids.get(name)
        if field_id is None:
            continue
        if name in own and field_id not in exact:  # a field's own header wins over its aliases
            exact.add(field_id)
            places[field_id] = [column]
        elif name in own or field_id not in exact:
            places.setdefault(field_id, []).append(column)
    used = {column for columns in places.values() for column in columns} | taken
    fields = {candidate.id for candidate in schema.fields}
    for column, mark in marks.items():
        if mark in fields and mark not in places and column not in used:
            places[mark] = [column]
    return places


def _required_column_anomalies(
    tab: TabSnapshot, header_row: int, schema: TabSchema, places: Mapping[str, list[int]], *, by_id: bool
) -> Iterable[Anomaly]:
    for candidate in (field_ for field_ in schema.fields if field_.required):
        columns = places.get(candidate.id, [])
        if not columns:
            hint = closest_header(candidate, tab, header_row, places)
            yield anomaly(REQUIRED_COLUMN_ABSENT, tab.name, header=candidate.header, hint=hint)
        elif len(columns) > 1:
            cells = listed_first(
                [
                    cell_names.cell_name(tab, header_row, column, by_id=by_id, header_row=header_row)
                    for column in columns
                ]
            )
            yield anomaly(REQUIRED_COLUMN_TWICE, tab.name, header=candidate.header, cells=cells)


def closest_header(field_: Field, tab: TabSnapshot, header_row: int, places: Mapping[str, Sequence[int]]) -> str:
    """A French sentence that names the unused header closest to the field's, or ''."""
    used = {column for columns in places.values() for column in columns} | {*tab.author_columns.values()}
    free = [cell for column, cell in enumerate(tab.rows[header_row - 1]) if column not in used]
    return _suggestion(field_.header, free, "L’en-tête")


def _last_row(tab: TabSnapshot, header_row: int, columns: Mapping[str, int], robots: set[int]) -> int:
    """The last row that people filled: a value or, in a column of a field, a formula that shows nothing or a merge."""
    ours = {*columns.values()}
    used = [row for row, column in tab.formulas if column in ours]
    used += [area.last_row for area in tab.merges if any(area.covers(column) for column in ours)]
    last = max(used, default=header_row)
    for row in range(len(tab.rows), last, -1):
        if any(is_filled(value) and column not in robots for column, value in enumerate(tab.rows[row - 1])):
            return row
    return max(last, header_row)
