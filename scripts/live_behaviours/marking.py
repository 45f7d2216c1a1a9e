"""Behaviours of developer metadata, by which the tool identifies its tabs, columns and runs."""

from __future__ import annotations

import secrets

from eig_sheets.spreadsheet.google import areas, marks, reading, repair, verification
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.model.plan import SetFormula
from live_behaviours.behaviour import RefutedError, behaviour, hold
from live_behaviours.scratch import Json, Scratch, texts

_MARKS = "eig_sheets/spreadsheet/google/marks.py"
_LOST = "un onglet ou une colonne que l’équipe déplace serait perdu de vue"


def _next_run(scratch: Scratch) -> int:
    return reading.spreadsheet_properties(
        scratch.client.read("GET", scratch.key, {"fields": reading.STRUCTURE_FIELDS}).json
    ).next_run


def _value(scratch: Scratch, metadata_id: int) -> str:
    found: str = scratch.client.read("GET", f"{scratch.key}/developerMetadata/{metadata_id}").json["metadataValue"]
    return found


def _marked(scratch: Scratch, title: str, column: int = 1) -> tuple[int, int]:
    """A tab with a mark on one column: the ids of both."""
    sheet_id, add = scratch.new_tab(title)
    rows = [["Numéro", "Nom", "Rang"], ["1", "Zoé", "premier"], ["2", "Yves", "second"]]
    replies = scratch.send(add, texts(sheet_id, rows), marks.mark_column(sheet_id, column, "nom"))
    return sheet_id, replies[-1]["createDeveloperMetadata"]["developerMetadata"]["metadataId"]


def _columns_by_mark(scratch: Scratch, title: str) -> list[int]:
    return [column for column, mark in scratch.read(title).column_marks.items() if mark == "nom"]


@behaviour(
    "Une marque garde l’identifiant que nous choisissons, la réponse le dit, et une lecture la donne avec les autres",
    f"{_MARKS}, eig_sheets/spreadsheet/google/commit.py",
    "après une réponse perdue, le robot ne saurait pas si son écriture a eu lieu ; il s’arrêterait en le disant",
)
def _own_id(scratch: Scratch) -> str:
    number, token = _next_run(scratch), secrets.token_hex(6)
    request = marks.mark_run(number, token)
    replies = scratch.send(request)
    wrong = [*verification.unexpected_replies([request], replies)]
    hold(not wrong, f"réponse : {replies}")
    fields = {"fields": "developerMetadata(metadataId,metadataKey,metadataValue)"}
    read = scratch.client.read("GET", scratch.key, fields).json["developerMetadata"]
    wrong = [*verification.unexpected_runs(read, number, token)]
    hold(not wrong, f"marques relues : {read}")
    return f"marque {marks.FIRST_RUN + number}, valeur relue : {token}"


@behaviour(
    "La réponse à un lot donne, quand on le demande, les marques du classeur telles qu’elles sont après lui",
    "eig_sheets/spreadsheet/google/commit.py",
    "chaque écriture demanderait une lecture de plus pour être vérifiée",
)
def _marks_in_the_answer(scratch: Scratch) -> str:
    number, token = _next_run(scratch), secrets.token_hex(6)
    body = {"requests": [marks.mark_run(number, token)], "includeSpreadsheetInResponse": True}
    mask = {"fields": "replies,updatedSpreadsheet(developerMetadata(metadataId,metadataKey,metadataValue))"}
    answer = scratch.client.write(f"{scratch.key}:batchUpdate", body, mask)
    found = answer.get("updatedSpreadsheet", {}).get("developerMetadata", [])
    wrong = [*verification.unexpected_runs(found, number, token)]
    hold(not wrong, f"marques de la réponse : {found}")
    return f"{len(found)} marques dans la réponse"


@behaviour(
    "Un lot dont une marque porte un identifiant déjà pris est refusé tout entier (400), sans rien faire du reste",
    f"{_MARKS}, eig_sheets/spreadsheet/google/book.py",
    "deux exécutions simultanées écriraient l’une sur l’autre",
)
def _taken_id(scratch: Scratch) -> str:
    number = _next_run(scratch)
    scratch.send(marks.mark_run(number, "premier"))
    sheet_id, add = scratch.new_tab("de trop")
    try:
        scratch.send(add, marks.mark_run(number, "second"))
    except ApiError as error:
        rejection = error
    else:
        raise RefutedError("le second lot a été accepté")
    hold(rejection.status == 400, f"erreur {rejection.status} : {rejection.message}")
    tabs = scratch.client.read("GET", scratch.key, {"fields": "sheets.properties.sheetId"}).json["sheets"]
    hold(all(tab["properties"].get("sheetId") != sheet_id for tab in tabs), "l’onglet du second lot existe")
    read = _value(scratch, marks.FIRST_RUN + number)
    hold(read == "premier", f"la marque est devenue : {read}")
    return f"400 : {rejection.message}"


@behaviour(
    "La marque d’une colonne la suit quand on insère, déplace ou renomme, et disparaît avec elle",
    f"{_MARKS}, eig_sheets/spreadsheet/google/reading.py",
    _LOST,
)
def _follows(scratch: Scratch) -> str:
    sheet_id, _ = _marked(scratch, "marque")
    moved = {"source": areas.dimension_range(sheet_id, "COLUMNS", 3, 4), "destinationIndex": 1}
    renamed = texts(sheet_id, [["Nom d’usage"]], (0, 1))
    scratch.send(areas.insert_dimension(sheet_id, "COLUMNS", 0, 2), {"moveDimension": moved}, renamed)
    places = _columns_by_mark(scratch, "marque")
    hold(places == [1], f"colonnes marquées après déplacement : {places}")
    scratch.send({"deleteDimension": {"range": areas.dimension_range(sheet_id, "COLUMNS", 1, 2)}})
    left = _columns_by_mark(scratch, "marque")
    hold(not left, f"colonnes marquées après suppression : {left}")
    return "suivie, puis disparue"


@behaviour(
    "La copie d’un onglet n’est pas prise pour l’original, et les marques de l’original restent les siennes",
    _MARKS,
    "le robot écrirait dans une copie de l’équipe",
)
def _copied(scratch: Scratch) -> str:
    sheet_id, mark = _marked(scratch, "original")
    scratch.send(marks.mark_tab(sheet_id, "candidatures"))
    copy = {"sourceSheetId": sheet_id, "newSheetName": "copie"}
    [reply] = scratch.send({"duplicateSheet": copy})
    scratch.adopt(reply["duplicateSheet"]["properties"]["sheetId"])
    tabs = {tab.name: tab for tab in scratch.read_all("original", "copie").tabs}
    hold(tabs["original"].mark == "candidatures", f"marque de l’original : {tabs['original'].mark}")
    hold(tabs["copie"].mark is None, f"marque de la copie : {tabs['copie'].mark}")
    hold(dict(tabs["copie"].column_marks) == {}, f"colonnes de la copie : {dict(tabs['copie'].column_marks)}")
    _write_by_mark(scratch, mark)
    first = [scratch.read(name).value(1, 1) for name in ("original", "copie")]
    hold(first == [2.0, "Nom"], f"en-têtes après une écriture par la marque : {first}")
    copied = scratch.answer("copie", fields="sheets.developerMetadata.metadataValue")["sheets"][0]
    return f"marques que porte la copie : {copied.get('developerMetadata', 'aucune')}"


def _write_by_mark(scratch: Scratch, mark: int, header_row: int = 1, blanked: tuple[int, ...] = ()) -> Json:
    body = repair.request_body([repair.FormulaRepair(mark, 0, SetFormula("", header_row, 0, "", "1+1", blanked))])
    answer: Json = scratch.client.write(f"{scratch.key}/values:batchUpdateByDataFilter", body)
    return answer


@behaviour(
    "Une écriture localisée par la marque d’une colonne tombe là où la colonne est à cet instant, et n’y change que "
    "les cellules nommées",
    "eig_sheets/spreadsheet/google/repair.py",
    "une formule cassée serait réécrite dans la colonne d’un autre",
)
def _located(scratch: Scratch) -> str:
    sheet_id, mark = _marked(scratch, "localisée")
    scratch.send(areas.insert_dimension(sheet_id, "COLUMNS", 0, 1), areas.insert_dimension(sheet_id, "ROWS", 0, 1))
    _write_by_mark(scratch, mark, header_row=2, blanked=(3,))
    tab = scratch.read("localisée")
    read = [[tab.value(row, column) for column in range(1, 4)] for row in range(1, 5)]
    expected = [[None] * 3, ["Numéro", 2.0, "Rang"], ["1", None, "premier"], ["2", "Yves", "second"]]
    hold(read == expected, f"cellules relues : {read}")
    return f"formule relue : {tab.formulas[2, 2]}"


@behaviour(
    "Une marque change de valeur par son identifiant, et s’efface par lui",
    f"{_MARKS} (look_on, forget)",
    "les marques s’accumuleraient, et l’apparence des onglets ne serait plus mise à jour",
)
def _changed(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("apparence")
    made: Json = scratch.send(add, marks.mark_look(sheet_id, "ancienne", None))[-1]
    mark = made["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
    scratch.send(marks.mark_look(sheet_id, "nouvelle", mark))
    read = scratch.read("apparence").look
    hold(read == "nouvelle", f"valeur relue : {read}")
    scratch.send(marks.delete_mark(mark))
    left = scratch.read("apparence").look
    hold(not left, f"valeur après effacement : {left}")
    return "changée, puis effacée"


@behaviour(
    "Un lot qui cherche une marque à une place où elle n’est plus est refusé tout entier ; à sa place, il passe",
    f"{_MARKS} (column_precondition), eig_sheets/spreadsheet/google/batch.py",
    "une ligne ajoutée pendant qu’une colonne bouge aurait ses valeurs sous d’autres en-têtes, et l’outil ne "
    "le dirait qu’après coup",
)
def _still(scratch: Scratch) -> str:
    sheet_id, mark = _marked(scratch, "à sa place")
    request = marks.column_precondition(mark, "nom", sheet_id, 1)
    replies = scratch.send(request, areas.insert_dimension(sheet_id, "COLUMNS", 0, 1))
    wrong = [*verification.unexpected_replies([request], replies[:1])]
    hold(not wrong, f"à sa place, la réponse est {replies[0]}")
    try:
        replies = scratch.send(request, texts(sheet_id, [["écrit"]], (5, 0)))
    except ApiError as error:
        hold(scratch.read("à sa place").value(6, 0) is None, "le reste du lot refusé a été écrit")
        return f"{error.status} : {error.message}"
    seen = "se voit" if [*verification.unexpected_replies([request], replies[:1])] else "ne se voit pas"
    raise RefutedError(f"le lot est passé, et sa réponse {seen}")
