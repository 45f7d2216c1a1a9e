"""What a live sheet refuses or does otherwise than one expects: tables, sorts, merges, colours, totals, ownership."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eig_sheets.spreadsheet.google import areas, cells, formatting
from eig_sheets.spreadsheet.google.client import GOOGLE
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.model.sheet import Column
from live_behaviours.behaviour import RefutedError, behaviour, hold
from live_behaviours.scratch import Scratch, texts

_BATCH = "eig_sheets/spreadsheet/google/batch.py"
_PEOPLE = "tests/sheets_server (les personnes des tests)"
_ROWS = (["Nom", "Âge"], ["Zoé", 3], ["Yves", 4])


def _table(scratch: Scratch, title: str, kind: str = "TEXT", rows: int = 12) -> tuple[int, str]:
    """A tab with a table of two columns, the first of that type; the ids of both."""
    sheet_id = scratch.tab(title, *_ROWS, rows=rows, columns=4)
    where = areas.grid_range(sheet_id, (0, len(_ROWS)), (0, 2))
    name = f"Tableau{sheet_id}"
    [reply] = scratch.send({"addTable": {"table": {"name": name, "range": where}}})
    table_id: str = reply["addTable"]["table"]["tableId"]
    columns = [{"columnIndex": 0, "columnName": "Nom", "columnType": kind}, {"columnIndex": 1, "columnName": "Âge"}]
    typed = {"tableId": table_id, "columnProperties": columns}
    scratch.send({"updateTable": {"table": typed, "fields": "columnProperties"}})
    return sheet_id, table_id


def _refused(scratch: Scratch, *requests: Any) -> str:
    """What Google says when it refuses a batch; RefutedError when it does it."""
    try:
        scratch.send(*requests)
    except ApiError as error:
        return f"{error.status} : {error.message}"
    raise RefutedError("accepté")


def _values(scratch: Scratch, title: str, width: int = 2) -> list[list[Any]]:
    tab = scratch.read(title)
    return [[tab.value(row, column) for column in range(width)] for row in range(1, len(tab.rows) + 1)]


@behaviour(
    "Une colonne typée d’un tableau refuse une liste déroulante et un format de nombre",
    f"{_BATCH} (_append_rows, _add_column), eig_sheets/spreadsheet/google/tables.py (write_changes)",
    "le robot pourrait donner aux lignes qu’il ajoute à un tableau les listes et les formats des autres",
)
def _typed_column(scratch: Scratch) -> str:
    sheet_id, _ = _table(scratch, "colonne typée")
    cell = areas.grid_range(sheet_id, (1, 2), (0, 1))
    rule = formatting.validation(Column("Nom", choices=("Zoé",)))
    first = _refused(scratch, {"setDataValidation": {"range": cell, "rule": rule}})
    shown = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}}
    second = _refused(scratch, areas.repeat_cell(cell, shown, formatting.NUMBER_FORMAT_FIELD))
    return f"{first} ; {second}"


@behaviour(
    "Des lignes insérées sous la dernière d’un tableau, comme celles d’avant, en font partie et gardent leurs valeurs",
    f"{_BATCH} (_append_rows)",
    "les e-mails et les dossiers ajoutés resteraient hors du tableau, ou seraient vides",
)
def _rows_of_a_table(scratch: Scratch) -> str:
    sheet_id, table_id = _table(scratch, "lignes d’un tableau")
    end = len(_ROWS)
    inserted = areas.insert_dimension(sheet_id, "ROWS", end, end + 1, like_before=True)
    scratch.send(inserted, texts(sheet_id, [["Ana", 5]], (end, 0)))
    answer = scratch.answer("lignes d’un tableau", fields="sheets.tables(tableId,range)")
    [table] = answer["sheets"][0]["tables"]
    read = _values(scratch, "lignes d’un tableau")
    hold(read[end] == ["Ana", 5], f"cellules relues : {read}")
    hold(table["tableId"] == table_id and table["range"]["endRowIndex"] == end + 1, f"tableau relu : {table}")
    return "le tableau a une ligne de plus, avec ses valeurs"


@behaviour(
    "Ajouter des cellules par l’identifiant d’un tableau (appendCells) l’agrandit d’une ligne, mais la laisse vide",
    f"{_BATCH} (_append_rows)",
    "ce serait la façon la plus sûre d’ajouter des lignes à un tableau, en une demande au lieu de deux",
)
def _append_cells(scratch: Scratch) -> str:
    _, table_id = _table(scratch, "ajout par tableau")
    row = {"values": [cells.written("Ana", lambda _: None), cells.written(5, lambda _: None)]}
    scratch.send({"appendCells": {"tableId": table_id, "rows": [row], "fields": "userEnteredValue"}})
    read = _values(scratch, "ajout par tableau")
    hold(not any(value == "Ana" for line in read for value in line), f"cellules relues : {read}")
    return "une ligne vide"


@behaviour(
    "L’en-tête d’un tableau ne garde pas une formule : il la refuse, ou garde le texte qu’elle montre",
    "eig_sheets/workbook/diff.py (robot_formulas), eig_sheets/workbook/header_checks.py",
    "les colonnes du robot pourraient être rétablies dans un tableau",
)
def _formula_in_a_header(scratch: Scratch) -> str:
    sheet_id, _ = _table(scratch, "en-tête de tableau")
    formula = areas.update_cells(areas.grid_coordinate(sheet_id, 0, 1), [[cells.formula('{"Rang",1,2}')]])
    try:
        scratch.send(areas.update_cells(areas.grid_coordinate(sheet_id, 1, 1), [[{}], [{}]]), formula)
    except ApiError as error:
        return f"{error.status} : {error.message}"
    tab = scratch.read("en-tête de tableau")
    hold((1, 1) not in tab.formulas, f"formule relue : {dict(tab.formulas)}, valeurs : {tab.rows}")
    return f"en-tête relu : {tab.value(1, 1)}"


@behaviour(
    "Un tableau se supprime avec ce qu’il contient, dans le lot qui récrit ses cellules",
    f"eig_sheets/spreadsheet/google/objects.py (delete_tables), {_BATCH} (_replace_tab)",
    "un onglet du robot dont on a fait un tableau serait récrit chaque nuit",
)
def _deleted_table(scratch: Scratch) -> str:
    sheet_id, table_id = _table(scratch, "tableau supprimé")
    scratch.send({"deleteTable": {"tableId": table_id}}, texts(sheet_id, [["Nom"], ["Zoé"]]))
    answer = scratch.answer("tableau supprimé", fields="sheets.tables.tableId")
    read = _values(scratch, "tableau supprimé")
    hold(not answer["sheets"][0].get("tables"), f"tableaux relus : {answer}")
    hold(read == [["Nom", None], ["Zoé", None]], f"cellules relues : {read}")
    return "plus de tableau, les cellules récrites seules"


def _lines(sheet_id: int, first: int, end: int) -> Any:
    return areas.dimension_range(sheet_id, "ROWS", first, end)


def _merge(sheet_id: int, rows: tuple[int, int], columns: tuple[int, int]) -> Any:
    return {"mergeCells": {"range": areas.grid_range(sheet_id, rows, columns), "mergeType": "MERGE_ALL"}}


def _sort(sheet_id: int, rows: tuple[int, int]) -> Any:
    order = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    return {"sortRange": {"range": areas.grid_range(sheet_id, rows, (0, 2)), "sortSpecs": order}}


@behaviour(
    "Un tri laisse à leur place les lignes que l’on a masquées",
    _PEOPLE,
    "les tests trient autrement que Google",
)
def _hidden_rows(scratch: Scratch) -> str:
    sheet_id = scratch.tab("lignes masquées", ["c", 1], ["b", 2], ["a", 3])
    hidden = {"range": _lines(sheet_id, 1, 2), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    scratch.send({"updateDimensionProperties": hidden}, _sort(sheet_id, (0, 3)))
    read = [row[0] for row in _values(scratch, "lignes masquées")]
    hold(read == ["a", "b", "c"], f"relu : {read}")
    scratch.send(texts(sheet_id, [["a"], ["z"], ["c"]]), _sort(sheet_id, (0, 3)))
    read = [row[0] for row in _values(scratch, "lignes masquées")]
    hold(read == ["a", "z", "c"], f"relu : {read}")
    return "la ligne masquée n’a pas bougé"


@behaviour(
    "Un tri à travers une fusion verticale est refusé, comme le déplacement d’une partie de cellules fusionnées",
    _PEOPLE,
    "les tests refusent ce que Google accepte",
)
def _merged_rows(scratch: Scratch) -> str:
    sheet_id = scratch.tab("fusions", ["b", 1], ["a", 2], ["c", 3])
    scratch.send(_merge(sheet_id, (0, 2), (1, 2)))
    first = _refused(scratch, _sort(sheet_id, (0, 3)))
    moved = {"moveDimension": {"source": _lines(sheet_id, 1, 2), "destinationIndex": 3}}
    return f"{first} ; {_refused(scratch, moved)}"


@behaviour(
    "Une fusion se défait par la plage exacte qu’elle couvre",
    "eig_sheets/spreadsheet/google/objects.py (unmerge)",
    "des cellules fusionnées cacheraient des résultats dans un onglet du robot",
)
def _unmerged(scratch: Scratch) -> str:
    sheet_id = scratch.tab("défusion", ["a", "b"])
    scratch.send(_merge(sheet_id, (0, 1), (0, 2)))
    scratch.send({"unmergeCells": {"range": areas.grid_range(sheet_id, (0, 1), (0, 2))}}, texts(sheet_id, [["a", "b"]]))
    tab = scratch.read("défusion")
    hold(not tab.merges and list(tab.rows[0]) == ["a", "b"], f"relu : {tab.merges}, {tab.rows}")
    return "cellules défusionnées"


@behaviour(
    "Les couleurs sont gardées sur 8 bits : celles que le robot donne reviennent au même niveau",
    "eig_sheets/spreadsheet/google/formatting.py (colour)",
    "les couleurs du robot seraient un peu plus sombres que prévu",
)
def _colours(scratch: Scratch) -> str:
    sheet_id = scratch.tab("couleur", ["a"])
    where = areas.grid_range(sheet_id, (0, 1), (0, 1))
    half = {"rgbColor": {"red": 0.5}}
    asked: Sequence[Any] = (half, formatting.colour("2F5597"))
    seen = []
    for style in asked:
        cell = {"userEnteredFormat": {"backgroundColorStyle": style}}
        scratch.send(areas.repeat_cell(where, cell, "userEnteredFormat.backgroundColorStyle"))
        read = scratch.cell("couleur", 1, 0, "userEnteredFormat.backgroundColorStyle.rgbColor")
        colour = read["userEnteredFormat"]["backgroundColorStyle"]["rgbColor"]
        seen.append([round(colour.get(part, 0) * 255) for part in ("red", "green", "blue")])
    hold(seen == [[127, 0, 0], [0x2F, 0x55, 0x97]], f"niveaux relus : {seen}")
    return f"niveaux relus : {seen}"


@behaviour(
    "Les totaux d’une écriture de plusieurs plages comptent chaque ligne et chaque colonne une seule fois",
    "tests/sheets_server/values_api.py",
    "les tests comptent autrement que Google",
)
def _totals(scratch: Scratch) -> str:
    scratch.tab("totaux", ["a", "b"])
    data = [{"range": "totaux!A1:B1", "values": [[1, 2]]}, {"range": "totaux!B1:B2", "values": [[3], [4]]}]
    body = {"valueInputOption": "RAW", "data": data}
    answer = scratch.client.write(f"{scratch.key}/values:batchUpdate", body)
    found = {name: answer.get(f"totalUpdated{name}") for name in ("Rows", "Columns", "Cells")}
    hold(found == {"Rows": 2, "Columns": 2, "Cells": 4}, f"totaux : {found}")
    return f"{found['Rows']} lignes, {found['Columns']} colonnes, {found['Cells']} cellules"


@behaviour(
    "Un compte de service ne peut posséder aucun fichier : c’est une personne qui crée la feuille",
    "docs/google.md (Partager le classeur)",
    "init pourrait créer lui-même la feuille d’une campagne",
)
def _ownership(scratch: Scratch) -> str:
    account = scratch.client.account or ""
    if not account.endswith(".gserviceaccount.com"):
        return f"non essayé : {account or 'ce compte'} n’est pas un compte de service"
    try:
        made = scratch.client.request("post", f"{GOOGLE}/v4/spreadsheets", json={"properties": {"title": "Essai EIG"}})
    except ApiError as error:
        return f"{error.status} : {error.message}"
    raise RefutedError(f"créée, à supprimer : {made.json().get('spreadsheetUrl')}")
