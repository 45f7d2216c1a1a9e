"""Behaviours of how a new tab first shows: hidden, with columns that stay on the screen, with folded groups of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eig_sheets.spreadsheet.google import areas, formatting, objects
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from live_behaviours.behaviour import behaviour, hold
from live_behaviours.scratch import Scratch, texts

_MODULE = "eig_sheets/spreadsheet/google/formatting.py"
_HEADERS = ["N°", "Nom", "Contact", "Adresse", "Avis"]
_COLUMNS = tuple(Column(name, group="contacts" if name in ("Contact", "Adresse") else "") for name in _HEADERS)
_ROW = ["1", "Zoé", "Yves", "yves@example.org", "oui"]


def _sheet(title: str, **how: Any) -> Sheet:
    return Sheet("jury", title, Owner.PEOPLE, how.pop("columns", _COLUMNS), **how)


@behaviour(
    "Un onglet créé masqué se lit et s’écrit comme les autres, et reste affiché une fois qu’on l’affiche",
    f"{_MODULE} (requests)",
    "les onglets techniques seraient illisibles, ou se masqueraient de nouveau chaque nuit",
)
def _hidden(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("masqué")
    plain = tuple(Column(name) for name in _HEADERS)
    scratch.send(
        add,
        texts(sheet_id, [_HEADERS, _ROW]),
        *formatting.requests(_sheet("masqué", columns=plain, hidden=True), sheet_id),
    )
    hold(scratch.read("masqué").hidden, "l’onglet n’est pas masqué")
    scratch.send(texts(sheet_id, [["2"]], (2, 0)))
    read = [scratch.read("masqué").value(row, 0) for row in (1, 2, 3)]
    hold(read == ["N°", "1", "2"], f"cellules relues : {read}")
    shown = {"properties": {"sheetId": sheet_id, "hidden": False}, "fields": formatting.HIDDEN}
    scratch.send({"updateSheetProperties": shown})
    scratch.send(texts(sheet_id, [["3"]], (3, 0)))
    hold(not scratch.read("masqué").hidden, "l’onglet s’est masqué de nouveau")
    return "masqué, lu, écrit, puis affiché"


@behaviour(
    "Un groupe de colonnes se replie à sa création ; ses cellules se lisent, et des lignes s’insèrent à travers lui",
    f"{_MODULE} (requests)",
    "les colonnes repliées de Candidatures passeraient pour vides, ou init serait refusé",
)
def _groups(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("repliée")
    scratch.send(add, texts(sheet_id, [_HEADERS, _ROW]), *formatting.requests(_sheet("repliée"), sheet_id))
    answer = scratch.answer("repliée", fields="sheets(columnGroups,data.columnMetadata.hiddenByUser)")["sheets"][0]
    groups = [
        (one["range"].get("startIndex", 0), one["range"]["endIndex"], one.get("collapsed", False))
        for one in answer.get("columnGroups", ())
    ]
    hold(groups == [(2, 4, True)], f"groupes relus : {groups}")
    hidden = [place for place, one in enumerate(answer["data"][0]["columnMetadata"]) if one.get("hiddenByUser")]
    hold(hidden == [2, 3], f"colonnes cachées : {hidden}")
    scratch.send(areas.insert_dimension(sheet_id, "ROWS", 2, 3), texts(sheet_id, [["2", "Anne", "Luc"]], (2, 0)))
    tab = scratch.read("repliée")
    read = [[tab.value(row, column) for column in (2, 3)] for row in (1, 2, 3)]
    hold(read == [["Contact", "Adresse"], ["Yves", "yves@example.org"], ["Luc", None]], f"cellules relues : {read}")
    return "groupe replié, lu, complété"


@behaviour(
    "Des lignes repliées sont cachées ; le groupe déplacé, celles qui n’en sont plus se montrent",
    f"{_MODULE} (folding)",
    "une tâche d’Accueil resterait cachée parmi les lignes repliées",
)
def _rows(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("lignes repliées")
    sheet = Sheet("accueil", "lignes repliées", Owner.ROBOT, (Column("Quoi"),), (("a",), ("b",), ("c",)), folded=1)
    scratch.send(add, texts(sheet_id, [["Quoi"], ["a"], ["b"], ["c"]]), *formatting.requests(sheet, sheet_id))
    hold(_hidden_rows(scratch) == [2, 3], f"lignes cachées : {_hidden_rows(scratch)}")
    scratch.send(*formatting.folding(replace(sheet, folded=2), sheet_id, {(2, 4): True}))
    hold(_hidden_rows(scratch) == [3], f"lignes cachées une fois le groupe déplacé : {_hidden_rows(scratch)}")
    return "lignes repliées, puis montrées"


def _hidden_rows(scratch: Scratch) -> list[int]:
    fields = "sheets.data.rowMetadata.hiddenByUser"
    rows = scratch.answer("lignes repliées", fields=fields)["sheets"][0]["data"][0]["rowMetadata"]
    return [place for place, row in enumerate(rows) if row.get("hiddenByUser")]


@behaviour(
    "Des colonnes se figent, à côté d’un filtre et d’une vue filtrée, et une colonne s’insère tout à droite",
    f"{_MODULE} (requests), eig_sheets/spreadsheet/google/objects.py (filter_view)",
    "le nom du projet défilerait avec le reste, ou les onglets du robot ne se trieraient plus",
)
def _frozen(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("figée")
    sheet = _sheet("figée", columns=tuple(Column(name) for name in _HEADERS), frozen_columns=2)
    filtered = {"setBasicFilter": {"filter": {"range": areas.grid_range(sheet_id, (0, 2), (0, 5))}}}
    scratch.send(
        add, texts(sheet_id, [_HEADERS, _ROW]), filtered, objects.filter_view(sheet, sheet_id),
        *formatting.requests(sheet, sheet_id),
    )  # fmt: skip
    properties = scratch.answer("figée", fields="sheets.properties.gridProperties")["sheets"][0]["properties"]
    frozen = properties["gridProperties"].get("frozenColumnCount", 0)
    hold(frozen == 2, f"{frozen} colonnes figées")
    scratch.send(
        areas.insert_dimension(sheet_id, "COLUMNS", 6, 7, like_before=True), texts(sheet_id, [["Rang"]], (0, 6))
    )
    hold(scratch.read("figée").value(1, 6) == "Rang", "la colonne insérée n’est pas à sa place")
    return "deux colonnes figées, filtre et vue compris"
