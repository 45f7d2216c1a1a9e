"""Workbooks of calls that select under limits, and all the anomalies expected of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from eig_sheets.config import Campaign, with_sections
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.columns import EIG5
from tests.workbook.snapshots import Row, at, book, dossier, evaluation

C = "Candidatures"
NUMBERS, NAMES = ("101", "102", "103", "104"), ("anna", "bob", "chloe")
MINISTRIES = ("Intérieur", "Intérieur", "Intérieur", "Justice")
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], Campaign]
"""A name, a workbook, (code, tab, cell) of each anomaly, and the rules of the call."""


def campaign(*limits: dict[str, Any], places: int = 2, **selection: Any) -> Campaign:
    """EIG5 with so many places, and these limits on the notes."""
    published = {"utility": "note", "source": "Cahier, 4.2", **selection}
    rules = {**published, "limits": tuple({"source": "Cahier, 5.2", **limit} for limit in limits)}
    call = {**EIG5.campaign.model_dump(), "target": places}
    return with_sections(EIG5, {"selection": rules, "campaign": call})


def with_column(snapshot: Snapshot, name: str, header: str, values: Sequence[CellValue]) -> Snapshot:
    """The workbook with a column that people added on the right of a tab."""

    def wider(tab: TabSnapshot) -> TabSnapshot:
        width = max(map(len, tab.rows))
        added = (header, *values)
        rows = ((*row, *([None] * (width - len(row))), *added[place : place + 1]) for place, row in enumerate(tab.rows))
        return replace(tab, rows=tuple(rows))

    return replace(snapshot, tabs=tuple(wider(tab) if tab.name == name else tab for tab in snapshot.tabs))


MINISTRY = {"column": "Ministère de rattachement", "max": 1}


def workbook(
    decisions: tuple[str | None, ...] = (None,) * 4, ministries: tuple[CellValue, ...] = MINISTRIES, **fields: Any
) -> Snapshot:
    """Four dossiers, from the best to the least good, with what people decided."""
    rows: list[Row] = [
        dossier(numero, ministere=ministry, decision=decision, motif=decision and "Comité du 6 mai", **fields)
        for numero, ministry, decision in zip(NUMBERS, ministries, decisions, strict=True)
    ]
    scores = [
        evaluation(numero, name, *[4.0 - place / 2] * 5) for place, numero in enumerate(NUMBERS) for name in NAMES
    ]
    return book(rows, evaluations=scores)


def cases() -> Iterator[Said]:
    """All of them."""
    yield ("a selection that keeps its limits", workbook(), (), campaign(MINISTRY, envelope=1e6))
    gone = campaign({"column": "Ministère de ratachement", "max": 1})
    yield ("a limit on a column that is not there", workbook(), (("limite_sans_colonne", C, None),), gone)
    unseen = campaign({"column": "ministere", "value": "Interieurs", "max": 1})
    yield ("a limit on a value that no dossier has", workbook(), (("limite_sans_dossier", C, None),), unseen)
    unread = workbook(ministries=(CellError("#REF!"), *MINISTRIES[1:]))
    cell = ("cellule_en_erreur", C, at("candidatures", "ministere", 1))
    yield ("a ministry under a limit that cannot be read", unread, (cell,), campaign(MINISTRY))
    themes = with_column(workbook(), C, "Thème", ("Mer", "Mer", CellError("#REF!"), "Ville"))
    cell = ("limite_illisible", C, a1(4, max(map(len, workbook().tab(C).rows))))
    yield ("a theme of the staff's own that cannot be read", themes, (cell,), campaign({"column": "Thème", "max": 1}))
    impossible = campaign({"column": "ministere", "value": "Justice", "min": 2})
    yield ("limits that nothing keeps", workbook(), (("selection_impossible", C, None),), impossible)
    left = ("Désisté", "Lauréat", "Liste d’attente", "Liste d’attente")
    next_one = (("place_liberee", C, at("candidatures", "decision", 4)),)
    yield ("a place that the next of the reserve may take", workbook(left), next_one, campaign(MINISTRY))
    without = ("Lauréat", "Désisté", "Liste d’attente", "Non retenu")
    nobody = (
        ("place_sans_suivant", C, at("candidatures", "decision", 2)),
        ("voies_recours_absentes", C, at("candidatures", "decision", 4)),
    )
    yield ("a place that nobody of the reserve may take", workbook(without), nobody, campaign(MINISTRY))
    free = (("place_liberee", C, at("candidatures", "decision", 3)),)
    yield ("a place without a limit in the way", workbook(left), free, campaign())
