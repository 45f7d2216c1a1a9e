"""Behaviours of the filter view that leaves obsolete e-mails out of a new outbox."""

from __future__ import annotations

from eig_sheets.spreadsheet.google import areas, objects
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet, View
from live_behaviours.behaviour import behaviour, hold
from live_behaviours.scratch import Scratch, texts

_HEADERS = ["Id", "État"]


@behaviour(
    "Une vue filtrée qui masque une valeur d’une colonne se crée, garde son titre, et n’ôte rien de ce qui se lit",
    "eig_sheets/spreadsheet/google/objects.py (views)",
    "l’onglet E-mails à envoyer n’aurait pas sa vue, ou des messages passeraient pour supprimés",
)
def _left_out(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("vue")
    view = View("Sans « Obsolète »", 1, "Obsolète")
    sheet = Sheet("emails", "vue", Owner.OUTBOX, tuple(map(Column, _HEADERS)), views=(view,))
    rows = [_HEADERS, ["a", "Obsolète"], ["b", "Validé"]]
    scratch.send(add, texts(sheet_id, rows), *objects.views(sheet, sheet_id))
    (made,) = scratch.answer("vue", fields="sheets.filterViews")["sheets"][0]["filterViews"]
    hold(made["title"] == view.title, f"titre relu : {made['title']}")
    hidden = [one.get("filterCriteria", {}).get("hiddenValues") for one in made.get("filterSpecs", ())]
    hold(hidden == [["Obsolète"]], f"valeurs masquées : {hidden}")
    scratch.send(areas.insert_dimension(sheet_id, "ROWS", 3, 4), texts(sheet_id, [["c", "Obsolète"]], (3, 0)))
    read = [scratch.read("vue").value(row, 0) for row in (2, 3, 4)]
    hold(read == ["a", "b", "c"], f"cellules relues : {read}")
    return "vue créée, tout se lit"
