"""Cross-checks between rows and tabs: duplicates, unknown references, scores beside a déport."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd

from eig_sheets.domain.decisions import LAUREATE, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT, WAITING
from eig_sheets.domain.frames import named_rows
from eig_sheets.text.french import MOST_LISTED, listed, plural
from eig_sheets.text.invisible import revealed
from eig_sheets.text.numbers import names_a_calculation
from eig_sheets.workbook.anomalies import CODES, Anomaly, Severity, anomaly
from eig_sheets.workbook.anomaly_limits import described, limited
from eig_sheets.workbook.conflicts import Interest, conflicts, unknown_recusals
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.parse import Table, blocked_rows
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.received_checks import criteria_of, one_evaluation_each
from eig_sheets.workbook.received_tabs import CANDIDATE_NOTES, NOTES_TABS, NotesTab, on_a_page

Tables = Mapping[str, Table]


def cross_check(tables: Tables) -> tuple[dict[str, Table], list[Anomaly]]:
    """The tables without the rows that contradict each other or refer to what does not exist, and the anomalies.

    A row that counts or adds up the others is in no table: it is not one of them that is wrong.
    """
    checked, found = _without_calculations(tables)
    tables = dict(checked)
    found += _contradictions(tables["candidatures"]) if "candidatures" in tables else ()
    for tab_id, columns, code in _UNIQUE:
        if tab_id in checked:
            _leave_out(checked, tab_id, _repeated(checked[tab_id], columns, code), found)
    if "evaluations" in checked:
        _check_evaluations(checked, "evaluations", found)
    if "evaluations_talents" in checked:
        _leave_out(checked, "evaluations_talents", _repeated_hearings(checked["evaluations_talents"]), found)
        _check_talent_reviews(checked, "evaluations_talents", found)
    for tab_id in _ABOUT_DOSSIERS:
        if tab_id in checked and "candidatures" in checked:
            for suspects in _unknown_dossiers(checked, tab_id):
                _leave_out(checked, tab_id, suspects, found)
    for notes in NOTES_TABS:
        checked, disagreements = one_evaluation_each(checked, notes)
        if notes.id in checked:
            found += [*limited(disagreements), *_check_received(checked, notes)]
    return checked, [*found, *limited(unknown_recusals(tables))]


def _without_calculations(tables: Tables) -> tuple[dict[str, Table], list[Anomaly]]:
    """The tables without the lines of totals, means and the like that people typed under the rows, which are named."""
    kept, found = dict(tables), list[Anomaly]()
    for tab_id, table in tables.items():
        for column in _NUMBERS & {*table.frame.columns}:
            rows = table.frame[table.frame[column].map(_is_label).astype(bool)]
            if len(rows):
                found += _Suspects("ligne_sans_dossier", rows, partial(_no_dossier, table.layout, column)).anomalies()
                frame = kept[tab_id].frame
                kept[tab_id] = replace(kept[tab_id], frame=frame[~frame["row"].isin(rows["row"])])
    return kept, found


_NUMBERS = frozenset({"numero", "candidature"})
"""The fields that say which dossier or candidate a row is, or is about."""


def _is_label(value: object) -> bool:
    return isinstance(value, str) and names_a_calculation(value)


def _no_dossier(layout: TabLayout, column: str, record: Any) -> Anomaly:
    value, cell = revealed(getattr(record, column)), layout.cell(column, record.row)
    return anomaly("ligne_sans_dossier", layout.name, cell, value=value, header=layout.header(column))


def _check_received(checked: dict[str, Table], notes: NotesTab) -> list[Anomaly]:
    """Leave out the received notes that cannot count, but say nothing of those that others replace."""
    tab_id = notes.id
    everything, found = checked[tab_id], list[Anomaly]()
    checked[tab_id] = Table(everything.layout, everything.valid_rows)
    check = _check_talent_reviews if tab_id == CANDIDATE_NOTES else _check_evaluations
    check(checked, tab_id, found)
    checked[tab_id] = everything.without(checked[tab_id].blocked)
    return [on_a_page(one, notes, everything.layout.sources) for one in found]


def _check_evaluations(checked: dict[str, Table], tab_id: str, found: list[Anomaly]) -> None:
    """Leave out the evaluations of a tab that cannot count."""
    for suspects in (*_unknown_dossiers(checked, tab_id), *_unknown_jurors(checked, tab_id)):
        _leave_out(checked, tab_id, suspects, found)
    conflicting = _conflicts(checked, tab_id)
    certain = [one for one in conflicting if one.code != Interest.POSSIBLE]  # in doubt, what was noted counts
    checked[tab_id] = checked[tab_id].without(blocked_rows(certain))
    found += limited(conflicting)
    _leave_out(checked, tab_id, _scores_in_deports(checked[tab_id]), found)
    checked[tab_id] = _of_kept(checked, tab_id, "candidatures")


_UNIQUE = (
    ("candidatures", ("numero",), "numero_en_double"),
    ("jury", ("email",), "email_en_double"),
    ("talents", ("candidature",), "numero_en_double"),
    ("evaluations", ("numero", "jure"), "jure_en_double"),
)

_ABOUT_DOSSIERS = ("suivi", "livrables")
"""The tabs of the ten months: each row is about the project of its number."""


@dataclass(frozen=True, slots=True)
class _Suspects:
    """The rows that a check found, of one code, and what is said of each."""

    code: str
    rows: pd.DataFrame
    describe: Callable[[Any], Anomaly]

    def anomalies(self) -> Iterator[Anomaly]:
        """Those that are listed, then how many others there are."""
        return described([*named_rows(self.rows)], self.describe)


def _leave_out(tables: dict[str, Table], tab_id: str, suspects: _Suspects, everything: list[Anomaly]) -> None:
    if CODES[suspects.code].severity is Severity.BLOCKING:
        tables[tab_id] = tables[tab_id].without(frozenset(suspects.rows["row"].tolist()))
    everything.extend(suspects.anomalies())


def _repeated(table: Table, columns: tuple[str, ...], code: str) -> _Suspects:
    keys = table.frame[list(columns)]  # a row that is already left out makes its duplicate doubtful too
    return _alike(table, keys.duplicated(keep=False) & keys.notna().all(axis=1), columns, code)


def _repeated_hearings(table: Table) -> _Suspects:
    """The evaluations by one juror of one candidate for one project; or for several, where one does not say which."""
    columns, frame = ("candidature", "jure"), table.frame
    keys = frame[list(columns)]
    several = keys.duplicated(keep=False) & keys.notna().all(axis=1)
    untold = frame["numero"].isna().groupby([frame[column] for column in columns]).transform("any").eq(other=True)
    return _alike(
        table, several & (untold | frame.duplicated([*columns, "numero"], keep=False)), columns, "jure_en_double"
    )


def _alike(table: Table, repeated: pd.Series, columns: tuple[str, ...], code: str) -> _Suspects:
    """The repeated rows, each with the others of the same `columns`."""
    twice = table.frame[repeated]
    grouped = twice.groupby(list(columns), sort=False)["row"] if len(twice) else ()
    rows_of = {key: rows.tolist() for key, rows in grouped}

    def describe(record: Any) -> Anomaly:
        key = tuple(getattr(record, column) for column in columns)
        others = _other_rows(table.layout, rows_of[key], record.row)
        cell, dossier = table.layout.cell(columns[-1], record.row), getattr(record, "numero", None)
        return anomaly(code, table.layout.name, cell, dossier, value=key[-1], what=key[0], rows=others)

    return _Suspects(code, twice, describe)


def _other_rows(layout: TabLayout, rows: list[int], own: int) -> str:
    """« aux lignes 4, 5 et 6 », without its own; of many rows, the first ones and how many others there are."""
    first = [str(layout.row_name(row)) for row in rows[: MOST_LISTED + 1] if row != own][:MOST_LISTED]
    rest = len(rows) - 1 - len(first)
    lines = listed([*first, *([plural(rest, "autre")] if rest else [])])
    return f"{'aux lignes' if len(rows) > 2 else 'à la ligne'} {lines}"


def _contradictions(table: Table) -> Iterator[Anomaly]:
    """Dossiers set aside at preselection, then selected or put on the waiting list."""
    rejected = table.frame["preselection"].isin([REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT])

    def describe(record: Any) -> Anomaly:
        cell, header = table.layout.cell("decision", record.row), table.layout.header("preselection")
        words = {"value": record.decision, "reason": record.preselection, "header": header}
        return anomaly("decision_contradictoire", table.layout.name, cell, record.numero, **words)

    both = rejected & table.frame["decision"].isin([LAUREATE, WAITING])
    return _Suspects("decision_contradictoire", table.frame[both], describe).anomalies()


def _check_talent_reviews(checked: dict[str, Table], tab_id: str, found: list[Anomaly]) -> None:
    """Leave out the evaluations of candidates that cannot count."""
    references = (("candidature", "talents", "candidature_inconnue"), ("numero", "candidatures", "dossier_inconnu"))
    for column, other, code in references:
        if other in checked:
            suspects = _unknown(checked[tab_id], column, checked[other], checked[other].layout.schema.key, code)
            _leave_out(checked, tab_id, suspects, found)
    for suspects in (*_unknown_jurors(checked, tab_id), _scores_in_deports(checked[tab_id])):
        _leave_out(checked, tab_id, suspects, found)
    if "talents" in checked:
        checked[tab_id] = _of_kept(checked, tab_id, "talents")


def _unknown_dossiers(tables: Tables, tab_id: str) -> Iterator[_Suspects]:
    yield _unknown(tables[tab_id], "numero", tables["candidatures"], "numero", "dossier_inconnu")


def without_unknown_dossiers(table: Table, dossiers: Table) -> tuple[Table, list[Anomaly]]:
    """A table without the rows about dossiers that the other one, of any workbook, lacks; and their anomalies."""
    tab_id, found = table.layout.schema.id, list[Anomaly]()
    checked = {tab_id: table}
    _leave_out(checked, tab_id, _unknown(table, "numero", dossiers, "numero", "dossier_inconnu"), found)
    return checked[tab_id], found


def _unknown_jurors(tables: Tables, tab_id: str) -> Iterator[_Suspects]:
    if "jury" in tables and not tables["jury"].frame.empty:  # else nobody is listed yet: nothing to compare with
        yield _unknown(tables[tab_id], "jure", tables["jury"], "email", "jure_inconnu")


def _unknown(table: Table, column: str, reference: Table, key: str, code: str) -> _Suspects:
    known = list(reference.frame[key].dropna().unique())
    unknown = table.frame[table.frame[column].notna() & ~table.frame[column].isin(known)]
    hints: dict[str, str] = {}

    def describe(record: Any) -> Anomaly:
        value, where = getattr(record, column), reference.layout.name
        if value not in hints:
            hints[value] = did_you_mean(value, known)
        cell, hint = table.layout.cell(column, record.row), hints[value]
        about = getattr(record, table.layout.schema.key)
        return anomaly(code, table.layout.name, cell, about, value=revealed(value), where=where, hint=hint)

    return _Suspects(code, unknown, describe)


def _voting(table: Table) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The evaluations that hold a score or an NSP: those of voting jurors, and those of déports."""
    frame = table.frame  # rows with other anomalies too: all of them are reported in one pass
    criteria = criteria_of(table)
    filled = frame[criteria].notna().any(axis=1) | frame[[f"{criterion}_nsp" for criterion in criteria]].any(axis=1)
    deport = frame["deport"].fillna(value=False).astype(bool)
    return frame[filled & ~deport], frame[filled & deport]


def _conflicts(tables: Tables, tab_id: str) -> list[Anomaly]:
    frame, _ = _voting(tables[tab_id])
    return [*conflicts(tables, frame, tables[tab_id].layout)]


def _scores_in_deports(evaluations: Table) -> _Suspects:
    _, frame = _voting(evaluations)
    certain = ~frame["unreadable"].map(lambda fields: "deport" in fields).astype(bool)  # else its own cell is said
    frame = frame[certain]

    def describe(record: Any) -> Anomaly:
        first = next(c for c in criteria_of(evaluations) if pd.notna(getattr(record, c)) or getattr(record, f"{c}_nsp"))
        cell = evaluations.layout.cell(first, record.row)
        about, who = getattr(record, evaluations.layout.schema.key), revealed(record.jure or "Le juré")
        return anomaly("deport_avec_notes", evaluations.layout.name, cell, about, value=who)

    return _Suspects("deport_avec_notes", frame, describe)


def _of_kept(tables: Tables, tab_id: str, reference: str) -> Table:
    """The evaluations of rows that are not left out themselves: the anomaly of such a row says why."""
    evaluations, kept = tables[tab_id], tables[reference]
    key = kept.layout.schema.key
    frame = evaluations.valid_rows
    waiting = frame.loc[~frame[key].isin(kept.valid_rows[key]), "row"]
    return evaluations.without(frozenset(waiting.tolist()))
