"""`export --algorithm`: what it writes, from what, and over what it never writes."""

import pytest

from eig_sheets.config import packaged
from tests.columns import cell_of
from tests.people_cells import type_in
from tests.program import eig

pytestmark = pytest.mark.in_memory


def plain(text):
    return text.replace("\u202f", " ")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "begins"), [("page.html", "<!doctype html>"), ("page.MD", "# Comment")])
def test_it_writes_the_page_and_prints_nothing_else(demo, tmp_path, name, begins):
    file = tmp_path / name
    for _ in range(2):  # its own file is replaced
        done = demo.run("export", "--algorithm", "--to", file)
        assert (done.code, done.out) == (0, "")
    assert plain(done.err) == f"Page du classement, à relire avant de la publier : {file}\n"
    page = file.read_text(encoding="utf-8")
    assert page.startswith(begins)
    assert "Campagne de démonstration" in page
    [tab] = [sheet for sheet in demo.read().tabs if sheet.name == "Candidatures"]
    assert [row[0] for row in tab.rows[1:] if str(row[0]) in page] == []


def test_a_page_that_people_changed_is_never_replaced(demo, tmp_path):
    file = tmp_path / "page.html"
    demo.run("export", "--algorithm", "--to", file)
    file.write_text(file.read_text(encoding="utf-8").replace("Comment", "Pourquoi"), encoding="utf-8")
    before = file.read_bytes()
    done = demo.run("export", "--algorithm", "--to", file)
    assert done.code == 1
    assert "rien n’a été écrit" in done.err
    assert file.read_bytes() == before


def test_what_officers_set_is_what_is_published(demo, tmp_path):
    file = tmp_path / "page.md"
    [tab] = [sheet for sheet in demo.read().tabs if sheet.name == "Paramètres"]
    row = next(place for place, cells in enumerate(tab.rows, 1) if place > 1 and cells[0] in (None, "Places"))
    cell = cell_of("parametres", "valeur", row)
    type_in(demo.workbook, "Paramètres", cell_of("parametres", "reglage", row), "Places")
    type_in(demo.workbook, "Paramètres", cell, 9)
    demo.run("export", "--algorithm", "--to", file)
    assert f"| Places | 9 projets | Paramètres!{cell}" in plain(file.read_text(encoding="utf-8"))


def test_a_page_is_published_before_the_workbook_exists(tmp_path):
    file = tmp_path / "page.md"
    done = eig("--config", packaged(), "--workbook", tmp_path / "absent.xlsx", "export", "--algorithm", "--to", file)
    assert done.code == 0
    assert "| Places | 20 projets | Cahier, 1" in plain(file.read_text(encoding="utf-8"))


def test_what_the_administration_did_not_say_is_asked_for(demo, tmp_path):
    demo.set_config('purpose = "classer les projets', 'purpose = "" # "classer les projets')
    done = demo.run("export", "--algorithm", "--to", tmp_path / "page.html")
    assert done.code == 1
    assert "algorithm.purpose (la finalité du classement)" in plain(done.err)
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--to", "page.html"], "Dites quoi publier : --algorithm."),
        (["--algorithm", "--to", "page.txt"], "doit se terminer par .html ou .md."),
        (["--algorithm"], "--to"),
    ],
)
def test_wrong_uses_are_told(demo, options, error):
    done = demo.run("export", *options)
    assert done.code == 2
    assert error in plain(done.err)
