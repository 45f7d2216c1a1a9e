"""Cross-checks between rows and tabs: duplicates, unknown references, scores beside a déport."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reviews.conflicts import POSSIBLE_CONFLICT, conflicts, unknown_recusals
from eig_sheets.campaign.reviews.merged_evaluations import criteria_of, one_evaluation_each
from eig_sheets.campaign.reviews.received_notes import NotesTab, on_a_page
from eig_sheets.domain.decisions import LAUREATE, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT, WAITING
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.text.confusables import revealed
from eig_sheets.text.numbers import names_a_calculation
from eig_sheets.workbook.anomalies import Anomaly, Code, anomaly, blocking, limited, warning
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.parse import Table, blocked_rows
from eig_sheets.workbook.row_checks import (
    NUMBER_TWICE,
    UNIQUE,
    Suspects,
    Tables,
    leave_out,
    namesakes,
    repeated,
    unknown_dossiers,
    unknown_jurors,
)

ROW_WITHOUT_DOSSIER: Final = blocking(
    "ligne_sans_dossier",
    "« {value} » en « {header} » n’est pas un numéro : cette ligne, un calcul sans doute, est laissée de côté.",
    "Mettez ce calcul dans un onglet à vous, ou videz la ligne ; si c’en est une vraie, saisissez son numéro.",
)
SCORES_IN_RECUSAL: Final = warning(
    "deport_avec_notes",
    "{value} s’est déporté, mais la ligne contient des notes : elles ne comptent pas.",
    "Effacez les notes, ou videz « Déport » si c’est une erreur.",
)
CONTRADICTORY_DECISION: Final = warning(
    "decision_contradictoire",
    "« {value} » contredit « {reason} » en « {header} » : aucun e-mail n’annonce cette décision.",
    "Corrigez la présélection ou la décision.",
)


def cross_check(tables: Tables, notes_tabs: Sequence[NotesTab]) -> tuple[dict[str, Table], list[Anomaly]]:
    """The tables without contradictory rows and rows with unknown references, and the anomalies.

    `notes_tabs`: those of each jury of the call.
    A row of totals is in no table: it is not a wrong dossier.
    """
    checked, anomalies = _without_calculations(tables)
    tables = dict(checked)
    anomalies += _contradictions(tables["candidatures"]) if "candidatures" in tables else ()
    for tab_id, suspects in _twice(checked, tables):
        leave_out(checked, tab_id, suspects, anomalies)
    for notes in notes_tabs:
        if notes.typed in checked:
            _checks_of(notes)(checked, notes.typed, anomalies)
    for tab_id, table in tables.items():
        if table.layout.schema.of_dossiers and "candidatures" in checked:
            for suspects in unknown_dossiers(checked, tab_id):
                leave_out(checked, tab_id, suspects, anomalies)
    for notes in notes_tabs:
        checked, disagreements = one_evaluation_each(checked, notes)
        if notes.id in checked:
            anomalies += [*limited(disagreements), *_check_received(checked, notes)]
    return checked, [*anomalies, *limited(unknown_recusals(tables))]


def _twice(checked: Tables, tables: Tables) -> Iterator[tuple[str, Suspects]]:
    """The rows of each tab that are of something which another row is of already, or may be."""
    for tab_id, columns, code in (*_numbered(tables), *UNIQUE):
        if tab_id in checked:
            yield tab_id, repeated(checked[tab_id], columns, code)
    if "jury" in checked:
        yield "jury", namesakes(checked["jury"])


def _numbered(tables: Tables) -> Iterator[tuple[str, tuple[str, ...], Code]]:
    """The tabs of people's in which the number of a row is of that row alone."""
    for tab_id, table in tables.items():
        schema = table.layout.schema
        if schema.unique and schema.owner is Owner.PEOPLE:
            yield tab_id, (schema.key,), NUMBER_TWICE


def _without_calculations(tables: Tables) -> tuple[dict[str, Table], list[Anomaly]]:
    """The tables without the rows of totals, means and the like that people typed under the others; their anomalies."""
    kept, anomalies = dict(tables), list[Anomaly]()
    for tab_id, table in tables.items():
        for column in _numbers_of(table):
            rows = table.frame[table.frame[column].map(_is_label).astype(bool)]
            if len(rows):
                anomalies += Suspects(ROW_WITHOUT_DOSSIER, rows, partial(_no_dossier, table.layout, column)).anomalies()
                frame = kept[tab_id].frame
                kept[tab_id] = replace(kept[tab_id], frame=frame[~frame["row"].isin(rows["row"])])
    return kept, anomalies


def _numbers_of(table: Table) -> set[str]:
    """The fields that say what a row is about: a dossier, or what its key numbers."""
    schema = table.layout.schema
    return {field.id for field in schema.fields if field.is_number and field.id in ("numero", schema.key)}


def _is_label(value: object) -> bool:
    return isinstance(value, str) and names_a_calculation(value)


def _no_dossier(layout: TabLayout, column: str, record: Any) -> Anomaly:
    value, cell = revealed(getattr(record, column)), layout.cell(column, record.row)
    return anomaly(ROW_WITHOUT_DOSSIER, layout.name, cell, value=value, header=layout.header(column))


def _check_received(checked: dict[str, Table], notes: NotesTab) -> list[Anomaly]:
    """Leave out the received notes that cannot count, without anomalies for those that a typed evaluation replaces."""
    tab_id = notes.id
    everything, anomalies = checked[tab_id], list[Anomaly]()
    checked[tab_id] = Table(everything.layout, everything.valid_rows)
    _checks_of(notes)(checked, tab_id, anomalies)
    checked[tab_id] = everything.without(checked[tab_id].blocked)
    return [on_a_page(suspect, notes, everything.layout.sources) for suspect in anomalies]


def _checks_of(notes: NotesTab) -> Callable[[dict[str, Table], str, list[Anomaly]], None]:
    return notes.checks or _check_evaluations


def _check_evaluations(checked: dict[str, Table], tab_id: str, anomalies: list[Anomaly]) -> None:
    """Leave out the evaluations of a tab that cannot count."""
    for suspects in (*unknown_dossiers(checked, tab_id), *unknown_jurors(checked, tab_id)):
        leave_out(checked, tab_id, suspects, anomalies)
    scored, _ = _voting(checked[tab_id])
    conflicting = [*conflicts(checked, scored, checked[tab_id].layout)]
    # in doubt, what was noted counts
    certain = [conflict for conflict in conflicting if conflict.kind is not POSSIBLE_CONFLICT]
    checked[tab_id] = checked[tab_id].without(blocked_rows(certain))
    anomalies += limited(conflicting)
    leave_out(checked, tab_id, scores_in_deports(checked[tab_id]), anomalies)
    checked[tab_id] = of_kept(checked, tab_id, "candidatures")


def _contradictions(table: Table) -> Iterator[Anomaly]:
    """Dossiers set aside at preselection, then selected or put on the waiting list."""
    rejected = table.frame["preselection"].isin([REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT])

    def describe(record: Any) -> Anomaly:
        cell, header = table.layout.cell("decision", record.row), table.layout.header("preselection")
        words = {"value": record.decision, "reason": record.preselection, "header": header}
        return anomaly(CONTRADICTORY_DECISION, table.layout.name, cell, record.numero, **words)

    both = rejected & table.frame["decision"].isin([LAUREATE, WAITING])
    return Suspects(CONTRADICTORY_DECISION, table.frame[both], describe).anomalies()


def _voting(table: Table) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The evaluations that hold a score or an NSP: those of voting jurors, and those of déports."""
    frame = table.frame  # rows with other anomalies too: all of them are reported in one pass
    criteria = criteria_of(table)
    filled = frame[criteria].notna().any(axis=1) | frame[[f"{criterion}_nsp" for criterion in criteria]].any(axis=1)
    deport = frame["deport"].fillna(value=False).astype(bool)
    return frame[filled & ~deport], frame[filled & deport]


def scores_in_deports(evaluations: Table) -> Suspects:
    """The evaluations of jurors who stepped aside, and scored."""
    _, frame = _voting(evaluations)
    certain = ~frame["unreadable"].map(lambda fields: "deport" in fields).astype(bool)  # else its own cell is said
    frame = frame[certain]

    def describe(record: Any) -> Anomaly:
        first = next(c for c in criteria_of(evaluations) if pd.notna(getattr(record, c)) or getattr(record, f"{c}_nsp"))
        cell = evaluations.layout.cell(first, record.row)
        about, who = getattr(record, evaluations.layout.schema.key), revealed(record.jure or "Le juré")
        return anomaly(SCORES_IN_RECUSAL, evaluations.layout.name, cell, about, value=who)

    return Suspects(SCORES_IN_RECUSAL, frame, describe)


def of_kept(tables: Tables, tab_id: str, reference: str) -> Table:
    """The evaluations of dossiers or candidates that are not left out, which have an anomaly of their own."""
    evaluations, kept = tables[tab_id], tables[reference]
    key = kept.layout.schema.key
    frame = evaluations.valid_rows
    waiting = frame.loc[~frame[key].isin(kept.valid_rows[key]), "row"]
    return evaluations.without(frozenset(waiting.tolist()))
