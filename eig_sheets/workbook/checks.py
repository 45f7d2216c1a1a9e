"""Cross-checks between rows and tabs: duplicates, unknown references, scores beside a déport."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from eig_sheets.domain.decisions import LAUREATE, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT, WAITING
from eig_sheets.text.french import listed
from eig_sheets.text.invisible import revealed
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.conflicts import conflicts, unknown_recusals
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.parse import Table, blocked_rows
from eig_sheets.workbook.quoting import did_you_mean

Tables = Mapping[str, Table]


def cross_check(tables: Tables) -> tuple[dict[str, Table], list[Anomaly]]:
    """The tables without the rows that contradict each other or refer to what does not exist, and the anomalies."""
    checked = dict(tables)
    found: list[Anomaly] = [*_contradictions(tables["candidatures"])] if "candidatures" in tables else []
    for tab_id, columns, code in _UNIQUE:
        if tab_id in checked:
            _leave_out(checked, tab_id, [*_repeated(checked[tab_id], columns, code)], found)
    if "evaluations" in checked:
        for check in (_unknown_dossiers, _unknown_jurors, _conflicts, _scores_in_deports):
            _leave_out(checked, "evaluations", [*check(checked)], found)
        checked["evaluations"] = _of_kept_dossiers(checked)
    return checked, [*found, *unknown_recusals(tables)]


_UNIQUE = (
    ("candidatures", ("numero",), "numero_en_double"),
    ("jury", ("email",), "email_en_double"),
    ("talents", ("candidature",), "numero_en_double"),
    ("evaluations", ("numero", "jure"), "jure_en_double"),
    ("evaluations_talents", ("candidature", "jure"), "jure_en_double"),
)


def _leave_out(tables: dict[str, Table], tab_id: str, found: list[Anomaly], everything: list[Anomaly]) -> None:
    tables[tab_id] = tables[tab_id].without(blocked_rows(found))
    everything.extend(found)


def _repeated(table: Table, columns: tuple[str, ...], code: str) -> Iterator[Anomaly]:
    frame = table.frame  # a row that is already left out makes its duplicate doubtful too
    keys = frame[list(columns)]
    twice = frame[keys.duplicated(keep=False) & keys.notna().all(axis=1)]
    rows_of = twice.groupby(list(columns), sort=False)["row"].agg(list)
    for record in _records(twice):
        key = tuple(getattr(record, column) for column in columns)
        others = _other_rows(table.layout, rows_of.loc[key if len(key) > 1 else key[0]], record.row)
        cell, dossier = table.layout.cell(columns[-1], record.row), getattr(record, "numero", None)
        yield anomaly(code, table.layout.name, cell, dossier, value=key[-1], what=key[0], rows=others)


def _other_rows(layout: TabLayout, rows: list[int], own: int) -> str:
    others = [str(layout.row_name(row)) for row in rows if row != own]
    return f"{'aux lignes' if len(others) > 1 else 'à la ligne'} {listed(others)}"


def _contradictions(table: Table) -> Iterator[Anomaly]:
    """Dossiers set aside at preselection, then selected or put on the waiting list."""
    rejected = table.frame["preselection"].isin([REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT])
    for record in _records(table.frame[rejected & table.frame["decision"].isin([LAUREATE, WAITING])]):
        cell, header = table.layout.cell("decision", record.row), table.layout.header("preselection")
        words = {"value": record.decision, "reason": record.preselection, "header": header}
        yield anomaly("decision_contradictoire", table.layout.name, cell, record.numero, **words)


def _unknown_dossiers(tables: Tables) -> Iterator[Anomaly]:
    return _unknown(tables["evaluations"], "numero", tables["candidatures"], "numero", "dossier_inconnu")


def _unknown_jurors(tables: Tables) -> Iterator[Anomaly]:
    if "jury" not in tables or tables["jury"].frame.empty:  # nobody is listed yet: nothing to compare with
        return iter(())
    return _unknown(tables["evaluations"], "jure", tables["jury"], "email", "jure_inconnu")


def _unknown(table: Table, column: str, reference: Table, key: str, code: str) -> Iterator[Anomaly]:
    known = list(reference.frame[key].dropna().unique())
    unknown = table.frame[table.frame[column].notna() & ~table.frame[column].isin(known)]
    hints = {value: did_you_mean(value, known) for value in unknown[column].unique()}
    for record in _records(unknown):
        value = getattr(record, column)
        cell, hint = table.layout.cell(column, record.row), hints[value]
        where = reference.layout.name
        yield anomaly(code, table.layout.name, cell, record.numero, value=revealed(value), where=where, hint=hint)


def _records(frame: pd.DataFrame) -> Iterator[Any]:
    return frame.itertuples(index=False)


def _voting(table: Table) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The evaluations that hold a score or an NSP: those of voting jurors, and those of déports."""
    frame = table.frame  # rows with other anomalies too: all of them are reported in one pass
    criteria = _criteria(table)
    filled = frame[criteria].notna().any(axis=1) | frame[[f"{criterion}_nsp" for criterion in criteria]].any(axis=1)
    deport = frame["deport"].fillna(value=False).astype(bool)
    return frame[filled & ~deport], frame[filled & deport]


def _criteria(table: Table) -> list[str]:
    return [field_.id for field_ in table.layout.schema.fields if field_.kind is Kind.SCORE]


def _conflicts(tables: Tables) -> Iterator[Anomaly]:
    frame, _ = _voting(tables["evaluations"])
    return conflicts(tables, frame)


def _scores_in_deports(tables: Tables) -> Iterator[Anomaly]:
    evaluations = tables["evaluations"]
    _, frame = _voting(evaluations)
    for record in _records(frame):
        first = next(c for c in _criteria(evaluations) if pd.notna(getattr(record, c)) or getattr(record, f"{c}_nsp"))
        cell = evaluations.layout.cell(first, record.row)
        yield anomaly("deport_avec_notes", evaluations.layout.name, cell, record.numero)


def _of_kept_dossiers(tables: Tables) -> Table:
    """The evaluations of dossiers that are not left out themselves: the dossier's anomaly says why."""
    evaluations = tables["evaluations"]
    frame = evaluations.valid_rows
    waiting = frame.loc[~frame["numero"].isin(tables["candidatures"].valid_rows["numero"]), "row"]
    return evaluations.without(frozenset(waiting.tolist()))
