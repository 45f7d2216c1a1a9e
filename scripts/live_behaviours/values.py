"""Behaviours of single cells: values written and read back, values that people type, limits of length."""

from __future__ import annotations

from datetime import datetime

from eig_sheets.spreadsheet.google import areas, cells, formatting
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.spreadsheet.model.sheet import Column, Format
from live_behaviours.behaviour import RefutedError, behaviour, hold
from live_behaviours.scratch import Json, Scratch, texts

_CELLS = "eig_sheets/spreadsheet/google/cells.py"
_LOOKS = "eig_sheets/spreadsheet/google/formatting.py"
_REFUSALS = "eig_sheets/spreadsheet/google/error_messages.py"


@behaviour(
    "Un texte écrit comme tel le reste, quoi qu’il contienne : formule, nombre, date, apostrophe",
    _CELLS,
    "un texte envoyé par un porteur pourrait devenir une formule, ou changer",
)
def _texts(scratch: Scratch) -> str:
    expected = ["=1+1", "+33 6 12 34", "'0612", "01/02/2021", "3,5", "VRAI", "@robot", "12 %", "deux\nlignes", " 7 "]
    scratch.tab("textes", *[[text] for text in expected])
    tab = scratch.read("textes")
    read = [tab.value(row, 0) for row in range(1, len(expected) + 1)]
    hold(read == expected and not tab.formulas, f"textes relus : {read}, formules : {dict(tab.formulas)}")
    return f"{len(expected)} textes relus tels quels"


@behaviour(
    "Écrire une valeur vide efface la valeur seule : le format, la note et la liste déroulante restent",
    "eig_sheets/spreadsheet/google/tables.py, eig_sheets/spreadsheet/google/areas.py",
    "les onglets du robot garderaient d’anciens résultats, ou perdraient leur mise en forme",
)
def _cleared(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("effacée")
    choices = formatting.validation(Column("Avis", choices=("Favorable", "Défavorable")))
    dressed = {"note": "une note", "userEnteredFormat": {"textFormat": {"bold": True}}, "dataValidation": choices}
    where = areas.grid_range(sheet_id, (0, 1), (0, 1))
    before = areas.repeat_cell(where, dressed, "note,userEnteredFormat.textFormat.bold,dataValidation")
    scratch.send(add, texts(sheet_id, [["ancien", "voisin"]]), before)
    scratch.send(texts(sheet_id, [[None]]))
    kept = "userEnteredValue,note,userEnteredFormat.textFormat.bold,dataValidation.condition.type"
    read = scratch.cell("effacée", 1, 0, kept)
    expected = {**dressed, "dataValidation": {"condition": {"type": "ONE_OF_LIST"}}}
    hold(read == expected, f"cellule relue : {read}")
    neighbour = scratch.read("effacée").value(1, 1)
    hold(neighbour == "voisin", f"cellule voisine : {neighbour}")
    return "valeur effacée, le reste gardé"


@behaviour(
    "Une date écrite en nombre sous un format de date est relue comme une date",
    f"{_CELLS}, {_LOOKS}",
    "l’heure de la dernière synchronisation serait réécrite à chaque exécution",
)
def _written_date(scratch: Scratch) -> str:
    moment, (sheet_id, add) = datetime(2021, 4, 7, 23, 59), scratch.new_tab("date écrite")
    shown = {"userEnteredFormat": {"numberFormat": formatting.number_format(Format.DATETIME)}}
    dressed = areas.repeat_cell(areas.grid_range(sheet_id, (0, 1), (0, 1)), shown, formatting.NUMBER_FORMAT_FIELD)
    scratch.send(add, texts(sheet_id, [[cells.written(moment, lambda _: None)]]), dressed)
    read = scratch.read("date écrite").value(1, 0)
    hold(read == moment, f"valeur relue : {read}")
    return f"valeur relue : {read}"


@behaviour(
    "Un format de nombre à conditions montre « < 1 % » et « > 99 % » ; la cellule reste un nombre",
    f"{_LOOKS} (number_format), eig_sheets/spreadsheet/model/palette.py",
    "une probabilité de sélection serait montrée comme nulle, ou certaine",
)
def _conditional_format(scratch: Scratch) -> str:
    probabilities, (sheet_id, add) = (0.0004, 0.25, 0.9996), scratch.new_tab("probabilités")
    shown = {"userEnteredFormat": {"numberFormat": formatting.number_format(Format.PROBABILITY)}}
    dressed = areas.repeat_cell(areas.grid_range(sheet_id, (0, 3), (0, 1)), shown, formatting.NUMBER_FORMAT_FIELD)
    scratch.send(add, texts(sheet_id, [[cells.written(one, lambda _: None)] for one in probabilities]), dressed)
    tab, rows = scratch.read("probabilités"), range(1, 4)
    read = tuple(tab.value(row, 0) for row in rows)
    hold(read == probabilities, f"valeurs relues : {read}")
    found = [scratch.cell("probabilités", row, 0, "formattedValue")["formattedValue"] for row in rows]
    plain = [text.replace("\xa0", " ") for text in found]
    hold(plain == ["< 1 %", "25 %", "> 99 %"], f"textes montrés : {found}")
    return f"textes montrés : {', '.join(found)}"


@behaviour(
    "Une date et heure tapée dans une cellule ordinaire est relue comme une date, par son format effectif",
    f"{_CELLS} (kind_of)",
    "les dates tapées par l’équipe seraient lues comme des nombres, et signalées",
)
def _typed_date(scratch: Scratch) -> str:
    scratch.tab("date tapée")
    scratch.type("'date tapée'!A1", ["07/04/2021 23:59"])
    read = scratch.read("date tapée").value(1, 0)
    days = (datetime(2021, 4, 7, 23, 59), datetime(2021, 7, 4, 23, 59))  # of a spreadsheet in French, in English
    hold(read in days, f"valeur relue : {read}")
    return f"valeur relue : {read}"


@behaviour(
    "Une formule de date (=DATE(…)) est relue comme une date, par son format effectif",
    f"{_CELLS} (kind_of)",
    "une date calculée par l’équipe serait lue comme un nombre, et signalée",
)
def _computed_date(scratch: Scratch) -> str:
    scratch.tab("date calculée", [cells.formula("DATE(2021,4,7)")])
    read = scratch.read("date calculée").value(1, 0)
    hold(read == datetime(2021, 4, 7), f"valeur relue : {read}")
    return f"valeur relue : {read}"


@behaviour(
    "Dans une colonne au format texte, « 0012 » tapé reste « 0012 »",
    f"{_LOOKS} (number_format)",
    "des numéros de dossier perdraient leurs zéros",
)
def _typed_text(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("format texte")
    as_text = {"userEnteredFormat": {"numberFormat": formatting.number_format(Format.TEXT, typed=True)}}
    scratch.send(
        add, areas.repeat_cell(areas.grid_range(sheet_id, (1, None), (0, 1)), as_text, formatting.NUMBER_FORMAT_FIELD)
    )
    scratch.type("'format texte'!A2", ["0012"])
    read = scratch.read("format texte").value(2, 0)
    hold(read == "0012", f"valeur relue : {read!r}")
    return f"valeur relue : {read}"


@behaviour(
    "Un lien vers une cellule du classeur (#gid=…&range=…) est accepté et gardé",
    f"{_CELLS} (written)",
    "les anomalies ne mèneraient pas à leur cellule d’un clic",
)
def _linked(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("lien")
    uri = f"#gid={sheet_id}&range=B2"
    cell = cells.written(Link("B2", "lien", "B2"), lambda _: uri)
    at_top = areas.update_cells(
        areas.grid_coordinate(sheet_id, 0, 0), [[cell]], "userEnteredValue,userEnteredFormat.textFormat"
    )
    scratch.send(add, at_top)
    read = scratch.cell("lien", 1, 0, "effectiveValue,userEnteredFormat.textFormat.link.uri,hyperlink")
    kept = read.get("userEnteredFormat", {}).get("textFormat", {}).get("link", {}).get("uri") or read.get("hyperlink")
    hold(read["effectiveValue"] == {"stringValue": "B2"} and kept == uri, f"cellule relue : {read}")
    return f"lien relu : {kept} (à essayer d’un clic dans un classeur réel)"


@behaviour(
    "Une case à cocher que personne n’a touchée est relue vide ou décochée",
    "eig_sheets/workbook/ownership.py (is_filled)",
    "une ligne vide compterait comme remplie, ou un e-mail comme validé",
)
def _box(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("cases")
    boxes = {
        "range": areas.grid_range(sheet_id, (1, 5), (0, 1)),
        "rule": formatting.validation(Column("Valider", tick=True)),
    }
    scratch.send(add, texts(sheet_id, [["Valider"], [True]]), {"setDataValidation": boxes})
    tab = scratch.read("cases")
    read = [tab.value(row, 0) for row in (2, 3, 4)]
    hold(read[0] is True and all(value in (None, False) for value in read[1:]), f"cases relues : {read}")
    return f"cases relues : {read}"


def _error_of(scratch: Scratch, *requests: Json) -> ApiError:
    try:
        scratch.send(*requests)
    except ApiError as error:
        return error
    raise RefutedError("accepté")


@behaviour(
    "Un texte de 50 000 caractères est accepté, un de 50 001 est refusé dans des termes que le robot reconnaît",
    f"{_CELLS}, {_REFUSALS}",
    "un texte trop long arrêterait la synchronisation sans remède affiché",
)
def _longest(scratch: Scratch) -> str:
    sheet_id = scratch.tab("long", ["é" * cells.LONGEST_TEXT])
    error = _error_of(scratch, texts(sheet_id, [["é" * (cells.LONGEST_TEXT + 1)]]))
    hold("50 000 caractères" in str(error), f"refusé autrement : {error.message}")
    return f"refusé : {error.message}"


@behaviour(
    "Dépasser 10 millions de cellules est refusé dans des termes que le robot reconnaît",
    _REFUSALS,
    "la synchronisation s’arrêterait sans remède affiché",
)
def _largest(scratch: Scratch) -> str:
    _, add = scratch.new_tab("immense", rows=1_000_000, columns=11)
    error = _error_of(scratch, add)
    hold("10 millions de cellules" in str(error), f"refusé autrement : {error.message}")
    return f"refusé : {error.message}"
