"""A small campaign as people type it, without a file: each tab is a list of rows by field id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from eig_sheets.campaign.reading import Reading, read
from eig_sheets.config import Campaign
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import NOTHING_KNOWN, LastKnown
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.fields import TabSchema
from tests.columns import CRITERIA, EIG5, SCHEMA, cell_of, column_of, tab_of

Row = Mapping[str, CellValue]


def dossier(numero: CellValue, /, **fields: CellValue) -> dict[str, CellValue]:
    """A whole dossier of an administration without any anomaly."""
    return {
        "numero": numero,
        "date_depot": datetime(2021, 4, 7, 12),
        "projet": f"Projet {numero}",
        "administration": "Direction des phares",
        "type_administration": "Administration centrale",
        "programme": "217",
        "nombre_eig": 2.0,
        "cout_jusqu_a_5_ans": 61250.0,
        "cout_plus_de_5_ans": 70000.0,
        "demande_cofinancement": "oui",
        "mentor": "Mme Amer",
        "hors_les_murs": "oui",
        "mise_a_disposition": "oui",
        "ouverture_donnees": "oui",
        "fiche": "fiche.pdf",
        "presentation": "presentation.pdf",
        "simulation": "simulation.ods",
        **fields,
    }


def juror(name: str, /, **fields: CellValue) -> dict[str, CellValue]:
    """A juror of an organisation of their own."""
    own = {"nom": name.title(), "email": f"{name}@jury.example", "organisation": f"Maison {name}"}
    return {**own, "declaration": datetime(2021, 4, 12), **fields}


def evaluation(numero: CellValue, name: str, /, *scores: CellValue, **fields: CellValue) -> dict[str, CellValue]:
    """What a juror thinks of a dossier; 3 everywhere by default."""
    typed = dict(zip(CRITERIA, scores or [3.0] * len(CRITERIA), strict=True))
    return {"numero": numero, "jure": f"{name}@jury.example", **typed, **fields}


NAMES = ("anna", "bob", "chloe")
DOSSIERS = (dossier("101"), dossier("102"))
JURORS = tuple(juror(name) for name in NAMES)
EVALUATIONS = tuple(evaluation(numero, name) for numero in ("101", "102") for name in NAMES)


def tab(
    tab_id: str,
    rows: Sequence[Row] = (),
    *,
    name: str | None = None,
    without: Sequence[str] = (),
    headers: Mapping[str, CellValue] | None = None,
    above: Sequence[Sequence[CellValue]] = (),
    extra: Sequence[str] = (),
) -> TabSnapshot:
    """A people's tab; `headers` renames some, `without` leaves fields out, `extra` are the staff's own at the right.

    `Candidatures` has the mark that `init` gives: without any, no command but that one writes.
    """
    schema, renamed = tab_of(tab_id), headers or {}
    fields = [field for field in schema.fields if field.id not in without]
    top = [*(renamed.get(field.id, field.header) for field in fields), *extra]
    keys = [*(field.id for field in fields), *extra]
    cells = [[row.get(key) for key in keys] for row in rows]
    mark = tab_id if tab_id == "candidatures" and name is None else None
    return TabSnapshot(name or schema.name, [*map(list, above), top, *cells], mark=mark)


def book(
    dossiers: Sequence[Row] = DOSSIERS,
    jurors: Sequence[Row] = JURORS,
    evaluations: Sequence[Row] = EVALUATIONS,
    *others: TabSnapshot,
) -> Snapshot:
    """The three tabs that a campaign needs, and others."""
    needed = (tab("candidatures", dossiers), tab("jury", jurors), tab("evaluations", evaluations))
    return Snapshot((*needed, *others), "1")


def tabs_with(*changed: TabSnapshot) -> Snapshot:
    """The small campaign with some tabs in the place of those of the same schema name, or after them."""
    names = {candidate.name for candidate in changed}
    return Snapshot((*(candidate for candidate in book().tabs if candidate.name not in names), *changed), "1")


def with_cell(snapshot: Snapshot, name: str, cell: tuple[int, int], value: CellValue) -> Snapshot:
    """The snapshot with one cell changed; (1-based row, 0-based column)."""
    row, column = cell
    tabs = []
    for candidate in snapshot.tabs:
        if candidate.name == name:
            rows = [list(cells) for cells in candidate.rows]
            rows += [[] for _ in range(row - len(rows))]
            rows[row - 1] += [None] * (column + 1 - len(rows[row - 1]))
            rows[row - 1][column] = value
            tabs.append(replace(candidate, rows=rows))
        else:
            tabs.append(candidate)
    return Snapshot(tuple(tabs), snapshot.version)


def shown(sheet: Sheet, mark: str | None = None) -> TabSnapshot:
    """A sheet as it reads once written."""
    from eig_sheets.spreadsheet.model.cells import as_read as value_of

    rows = [[value_of(value) for value in row] for row in sheet.grid()]
    return TabSnapshot(sheet.name, rows, mark=mark, column_marks=dict(sheet.robot_columns))


def place(tab_id: str, field_id: str) -> int:
    """The 0-based column of a field in `tab`."""
    return column_of(tab_id, field_id)


def at(tab_id: str, field_id: str, nth: int = 1) -> str:
    """The address of a field in the nth row under the headers of `tab`."""
    return cell_of(tab_id, field_id, nth + 1)


def schema(tab_id: str) -> TabSchema:
    """The schema of a tab."""
    return SCHEMA.tab(tab_id)


def reading(snapshot: Snapshot, campaign: Campaign = EIG5, known: LastKnown = NOTHING_KNOWN) -> Reading:
    """What the snapshot means; `known`: what the last run read."""
    return read(snapshot, campaign, None, known)


def places_of(anomalies: Sequence[Anomaly]) -> list[tuple[str, str, str | None]]:
    """Code, tab and cell of each."""
    return [(anomaly.code, anomaly.tab, anomaly.cell) for anomaly in anomalies]
