"""Who follows which dossiers: a count and a link a name, and a filter view where a workbook has any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.run.pending_links import followed, follower_views
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.plan import Equip
from eig_sheets.spreadsheet.model.sheet import FilterView
from tests.columns import EIG5, cell_of, column_of
from tests.workbook.snapshots import book, dossier

ROWS = [
    dossier("101"),
    dossier("102", suivi_par="Sacha", decision="Lauréat"),
    dossier("103", suivi_par="Camille"),
    dossier("104", suivi_par=" CAMILLE"),
]
VIEWS = Capabilities(filter_views=True)


def views(snapshot):
    return [*follower_views(read(snapshot, EIG5))]


def test_each_name_is_counted_once_however_it_is_spelled():
    reading = read(book(ROWS, evaluations=[]), EIG5)
    indicators = followed(reading, compute(reading))
    told = [(each.label, each.count, each.share, each.detail, each.link.cell, each.link.view) for each in indicators]
    assert told == [
        ("Camille", 2, 0.5, "Dont 2 sans décision.", cell_of("candidatures", "suivi_par", 4), "Dossiers de Camille"),
        ("Sacha", 1, 0.25, "", cell_of("candidatures", "suivi_par", 3), "Dossiers de Sacha"),
    ]


@pytest.mark.slow
def test_a_view_a_name_is_added_once_where_there_are_such():
    snapshot = book(ROWS)
    assert views(snapshot) == []
    column = column_of("candidatures", "suivi_par")
    made = (FilterView("Dossiers de Camille", column, "Camille"), FilterView("Dossiers de Sacha", column, "Sacha"))
    shared = replace(snapshot, capabilities=VIEWS)
    assert views(shared) == [Equip("Candidatures", 1, views=made)]
    dossiers, *others = shared.tabs
    known = replace(dossiers, views=frozenset({"Dossiers de Camille", "À nous"}))
    assert views(replace(shared, tabs=(known, *others))) == [Equip("Candidatures", 1, views=made[1:])]
    refused = replace(shared, refused={"Candidatures": "protected"})
    assert views(refused) == []


def test_a_name_that_might_be_a_formula_has_no_view():
    rows = [dossier("101", suivi_par="=1+1"), dossier("102", suivi_par="+33 6")]
    assert views(replace(book(rows), capabilities=VIEWS)) == []


def test_without_a_name_there_is_none():
    assert views(replace(book(), capabilities=VIEWS)) == []
