"""Merges evaluations typed in the workbook with those of jurors' pages: one per juror and dossier or candidate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reviews.received_notes import NotesTab
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import quoted

NOTE_DIFFERS: Final = warning(
    "note_recue_differente",
    "{value} : la saisie d’ici ({before}) et sa page ({now}, en {place}) ne disent pas la même chose. La saisie "
    "d’ici compte.",
    "Corrigez-la si elle est fausse ; pour que la page compte, effacez les notes, le Déport et l’Avis de cette ligne.",
)
RECUSED_ON_PAGE: Final = warning(
    "deport_recu_note_saisie",
    "{value} se déporte sur sa page ({place}), et cette ligne a des notes de cette personne : le déport compte, ces "
    "notes ne comptent pas.",
    "Effacez-les. Si ce déport est une erreur, la page est à renvoyer sans lui.",
)

TYPED: Final = "evaluations"
_DECIDING: Final = ("deport", "avis")
"""Fields that make an evaluation of a row, besides the scores, in a tab that has them."""
_REMARKS: Final = ("commentaire", "numero")
"""Fields in which a blank does not contradict a filled value, such as the project for which a candidate is heard."""


def criteria_of(table: Table) -> list[str]:
    """The ids of the fields that are scored."""
    return [field.id for field in table.layout.schema.fields if field.kind is Kind.SCORE]


def _deciding(table: Table) -> list[str]:
    return [name for name in _DECIDING if name in table.frame]


def says_something(table: Table) -> pd.Series:
    """Whether each row of a table of evaluations has a score, NSP, a déport or an avis, readable or not."""
    frame, criteria = table.frame, criteria_of(table)
    said = frame[criteria].notna().any(axis=1) | frame[[f"{criterion}_nsp" for criterion in criteria]].any(axis=1)
    said |= frame["deport"].fillna(value=False).astype(bool)
    said |= frame["avis"].notna() if "avis" in frame else False
    fields = frozenset((*criteria, *_deciding(table)))
    return said | pd.Series(
        [not fields.isdisjoint(unreadable) for unreadable in frame["unreadable"]], frame.index, dtype=bool
    )


def one_evaluation_each(tables: Mapping[str, Table], notes: NotesTab) -> tuple[dict[str, Table], list[Anomaly]]:
    """The tables with at most one evaluation per juror and dossier in both tabs; the anomalies of contradictions.

    What is typed counts, but for who steps aside on a page: their notes do not, wherever they are.
    """
    if notes.id not in tables or notes.typed not in tables:
        return dict(tables), []
    typed, received, key = tables[notes.typed], tables[notes.id], notes.key
    said = says_something(received)
    received = received.without(frozenset(received.frame.loc[~said, "row"].tolist()))
    theirs = typed.frame["jure"].isin(received.frame["jure"]) & typed.frame[key].isin(received.frame[key])
    filled = says_something(typed)
    hands, pages = _by_key(typed, key, theirs & filled), _by_key(received, key, said)
    blank = _by_key(typed, key, theirs & ~filled)
    replaced = frozenset(
        row.row
        for pair, rows in blank.items()
        for page in pages.get(pair, ())
        for row in rows
        if _same(row, page, notes)
    )
    agreeing = [
        (alike[0], shown[0])
        for pair, shown in pages.items()
        if (alike := [hand for hand in hands.get(pair, ()) if _same(hand, shown[0], notes)])
    ]
    recused = [(hand, page) for hand, page in agreeing if _steps_aside(page) and not _steps_aside(hand)]
    replaced |= frozenset(hand.row for hand, _ in recused)
    hidden = frozenset(page.row for _, page in agreeing) - {page.row for _, page in recused}
    disagreements = [
        _disagreement(typed, received, hand, page)
        for hand, page in agreeing
        if page.row in hidden and _differing(typed, hand, page)
    ]
    disagreements += [_recusal(typed, received, hand, page) for hand, page in recused]
    return {**tables, notes.typed: typed.without(replaced), notes.id: received.without(hidden)}, disagreements


def replaced_by_hand(tables: Mapping[str, Table], notes: NotesTab) -> frozenset[int]:
    """The rows from pages that a filled, typed evaluation replaces."""
    typed, received = tables[notes.typed], tables[notes.id]
    hands = _by_key(typed, notes.key, says_something(typed))
    pages = _by_key(received, notes.key, says_something(received))
    return frozenset(
        page.row
        for pair, versions in pages.items()
        for page in versions
        if not _steps_aside(page) and any(_same(hand, page, notes) for hand in hands.get(pair, ()))
    )


def _steps_aside(row: Any) -> bool:
    """Whether a row says so, or something that cannot be read where it would."""
    return "deport" in row.unreadable or (bool(row.deport) if pd.notna(row.deport) else False)


def _same(hand: Any, page: Any, notes: NotesTab) -> bool:
    """Whether both rows are the same evaluation: of a candidate, for the same project or one that either leaves out."""
    typed, told = (getattr(row, notes.apart, None) for row in (hand, page))
    return not typed or not told or typed == told


def _by_key(table: Table, key: str, chosen: pd.Series) -> dict[tuple[str, str], list[Any]]:
    """The rows of each juror and dossier, or candidate, in their order."""
    rows: dict[tuple[str, str], list[Any]] = {}
    for record in table.frame[chosen].dropna(subset=[key, "jure"]).itertuples(index=False):
        rows.setdefault((str(getattr(record, key)), str(record.jure)), []).append(record)
    return rows


def _differing(table: Table, hand: Any, page: Any) -> list[str]:
    """The fields in which the two differ; a missing comment is no difference."""
    fields = [*criteria_of(table), *_deciding(table), *(["coup_de_coeur"] if "coup_de_coeur" in table.frame else [])]
    different = [name for name in fields if _said(hand, name) != _said(page, name)]
    said = ((name, getattr(hand, name), getattr(page, name)) for name in _REMARKS)
    return [*different, *(name for name, ours, other in said if ours and other and ours != other)]


def _said(row: Any, name: str) -> object:
    if getattr(row, f"{name}_nsp", False):
        return "NSP"
    if name in row.unreadable:
        return row  # equal to nothing else
    value = getattr(row, name)
    if name in ("deport", "coup_de_coeur"):
        return bool(value) if pd.notna(value) else False
    return None if pd.isna(value) else value


def _disagreement(typed: Table, received: Table, hand: Any, page: Any) -> Anomaly:
    name = _differing(typed, hand, page)[0]
    header = typed.layout.header(name)
    where = received.layout.reference(name, page.row) or received.layout.name
    words = {"value": hand.jure, "before": _shown(typed, name, hand.row, header), "place": where}
    now = _shown(received, name, page.row, header)
    cell = typed.layout.cell(name, hand.row) or typed.layout.cell("jure", hand.row)
    about = getattr(hand, typed.layout.schema.key)
    return anomaly(NOTE_DIFFERS, typed.layout.name, cell, about, now=now, **words)


def _recusal(typed: Table, received: Table, hand: Any, page: Any) -> Anomaly:
    """Of a juror who steps aside on a page from what somebody typed notes of."""
    where = received.layout.reference("deport", page.row) or received.layout.name
    fields = [name for name in criteria_of(typed) if _said(hand, name) is not None]
    cell = typed.layout.cell(fields[0], hand.row) if fields else typed.layout.cell("jure", hand.row)
    about = getattr(hand, typed.layout.schema.key)
    return anomaly(RECUSED_ON_PAGE, typed.layout.name, cell, about, value=hand.jure, place=where)


def _shown(table: Table, name: str, row: int, header: str) -> str:
    column = table.layout.columns.get(name)
    value = None if column is None else table.layout.tab.value(row, column)
    return f"{header} : {'rien' if value is None else quoted(value)}"


def all_evaluations(tables: Mapping[str, Table], notes: NotesTab) -> pd.DataFrame:
    """The valid rows of both tabs, numbered from 0; `source` says of which tab each is, by its id."""
    present = [tab_id for tab_id in (notes.typed, notes.id) if tab_id in tables]
    everything = [tables[tab_id].valid_rows.assign(source=tab_id) for tab_id in present]
    filled = [frame for frame in everything if not frame.empty] or everything[:1]
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)
