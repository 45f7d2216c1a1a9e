"""Behaviours of what `Accueil` shows: charts of another tab's numbers, a filter view a name."""

from __future__ import annotations

from eig_sheets.spreadsheet.google import formatting, objects
from eig_sheets.spreadsheet.model.sheet import Chart, Column, FilterView, Owner, Sheet
from live_behaviours.behaviour import behaviour, hold
from live_behaviours.scratch import Scratch, texts


@behaviour(
    "Un graphique de plusieurs séries prend ses nombres d’un onglet masqué, et leurs noms dans les en-têtes",
    "eig_sheets/spreadsheet/google/objects.py",
    "les graphiques d’`Accueil` seraient vides, ou sans légende",
)
def _chart_of_a_hidden_tab(scratch: Scratch) -> str:
    source, add = scratch.new_tab("nombres masqués")
    columns = (Column("Métier"), Column("Demandés"), Column("Retenus"))
    hidden = Sheet("donnees_graphiques", "nombres masqués", Owner.ROBOT, columns, hidden=True)
    values = texts(source, [[column.header for column in columns], ["Designer", 3, 1], ["Développeur", 5, 2]])
    scratch.send(add, values, *formatting.requests(hidden, source))
    sheet_id, add = scratch.new_tab("graphique d’ailleurs")
    chart = Chart("Métiers", 0, (1, 2), 2, 3, hidden.name, (2, 0), ("Métier", "Projets"), sideways=True)
    home = Sheet("accueil", "graphique d’ailleurs", Owner.ROBOT, columns, charts=(chart,))
    scratch.send(add, *objects.replacement(home, sheet_id, (), {source: hidden.name}))
    [read] = scratch.answer(home.name, fields="sheets.charts.spec")["sheets"][0]["charts"]
    basic = read["spec"]["basicChart"]
    hold(len(basic["series"]) == 2 and basic["headerCount"] == 1, f"relu : {basic}")
    return "deux séries ; que le graphique les dessine reste à regarder"


@behaviour(
    "Une vue filtrée garde l’identifiant que nous choisissons, et s’ouvre par « #gid=…&fvid=… »",
    "eig_sheets/spreadsheet/google/objects.py (named_view), eig_sheets/spreadsheet/google/batch.py",
    "le lien d’un nom de « Suivi par » mènerait à l’onglet entier",
)
def _named_view(scratch: Scratch) -> str:
    sheet_id = scratch.tab("suivi", ["Dossier", "Suivi par"], ["1", "Camille"], ["2", "Sacha"])
    number = 424_242 + sheet_id % 1000
    scratch.send(objects.named_view(FilterView("Dossiers de Camille", 1, "Camille"), sheet_id, 1, number))
    [sheet] = scratch.answer("suivi", fields="sheets.filterViews(filterViewId,title,criteria,filterSpecs)")["sheets"]
    [view] = sheet["filterViews"]
    hold((view["filterViewId"], view["title"]) == (number, "Dossiers de Camille"), f"relu : {view}")
    return f"vue {number} ; le lien reste à essayer à la main"
