"""« Convertir en tableau », one click of an officer: results still come every night, and what does not is said."""

from pathlib import Path
from unittest.mock import patch

import pytest

from tests.columns import SCHEMA, cell_of
from tests.end_to_end.google import checks, unexpected_google
from tests.end_to_end.google.support import Desk
from tests.sheets_server.addresses import letters
from tests.sheets_server.errors import ApiError

OUTBOX = "E-mails à envoyer"


@pytest.fixture
def due(desk) -> Desk:
    """An e-mail is due, and results change."""
    desk.change_a_score()
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    return desk


def codes(desk: Desk, tab: str) -> list[tuple[str, str]]:
    return [(row["Code"], row["Cellule"]) for row in desk.rows("Anomalies") if row["Onglet"] == tab]


def ends(desk: Desk, tab: str) -> list[int]:
    """The last row of each table of a tab."""
    return [one["range"]["endRowIndex"] for one in desk.book.titled(tab).tables]


def an_export(folder: Path) -> Path:
    """One new dossier, as the platform exports it."""
    export = folder / "export.csv"
    headers = "Numéro de dossier,Nom du projet,Date de dépôt,État du dossier"
    export.write_text(f"{headers}\n4519999,Neuf,02/03/2021,En instruction\n", encoding="utf-8")
    return export


def comes_right(desk: Desk, *tabs: str) -> None:
    """Once people made ranges of their tables again, at most one more run makes all right."""
    for tab in tabs:
        desk.edit("table_to_range", tab=tab)
    assert desk.sync().code == 0
    checks.nothing_lost(desk)
    assert max(checks.ids(desk.book).values()) == 1
    checks.is_right(desk)


@pytest.mark.slow
def test_rows_join_the_table_of_the_outbox(due):
    """Neither a drop-down nor a format is sent to it, and the rows are in the table."""
    before = len(due.rows(OUTBOX))
    due.edit("convert_to_table", tab=OUTBOX, range=f"A1:{letters(due.book.titled(OUTBOX).columns - 1)}{before + 1}")
    outcome = due.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(due)
    assert list(checks.appended(due).values()) == [1]
    assert ends(due, OUTBOX) == [before + 2]
    assert ("colonne_robot_en_tableau", cell_of("emails", "etat", 1)) in codes(due, OUTBOX)
    again = due.sync()
    assert (again.code, due.written) == (0, 0), again
    comes_right(due, OUTBOX)


@pytest.mark.slow
def test_rows_under_a_table_that_ends_above_stay_out_of_it(due):
    due.edit("convert_to_table", tab=OUTBOX, range="A1:C3")
    assert due.sync().code == 0
    checks.nothing_lost(due)
    assert ends(due, OUTBOX) == [3]
    checks.is_right(due)


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["Candidatures", "Évaluations", "Jury"])
def test_a_peoples_tab_that_becomes_a_table(due, tab):
    """Its robot's columns show nothing, which is an anomaly with its cell; nothing else changes for anyone."""
    due.edit("convert_to_table", tab=tab)
    before = due.values("Classement")
    outcome = due.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(due)
    assert due.values("Classement") != before
    lost = {cell for code, cell in codes(due, tab) if code == "colonne_robot_en_tableau"}
    shown = next(one for one in SCHEMA.tabs if one.name == tab)
    assert lost == {cell_of(shown.id, field.id, 1) for field in shown.robot_fields}
    assert (due.sync().code, due.written) == (0, 0)
    comes_right(due, tab)


@pytest.mark.slow
def test_a_tab_becomes_a_table_between_reading_and_writing(due):
    outcome = due.sync(script=[{"after_call": 1, "edit": {"kind": "convert_to_table", "tab": OUTBOX}}])
    assert outcome.code == 0, outcome
    checks.nothing_lost(due)
    assert list(checks.appended(due).values()) == [1]
    comes_right(due, OUTBOX)


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["Classement", "Envois", "Journal", "Accueil"])
def test_a_robots_tab_that_becomes_a_table_is_still_written(due, tab):
    due.edit("convert_to_table", tab=tab)
    outcome = due.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(due)
    checks.is_right(due)


def test_a_dossier_is_imported_into_a_table(desk, tmp_path):
    desk.edit("convert_to_table", tab="Candidatures")
    size = ends(desk, "Candidatures")
    export = an_export(tmp_path)
    outcome = desk.run("import", str(export), "--yes")
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert ends(desk, "Candidatures") == [size[0] + 1]
    assert [row["Nom du projet"] for row in desk.rows("Candidatures")][-1] == "Neuf"


@pytest.mark.slow
def test_a_column_that_init_adds_to_a_table_is_told_where_it_does_not_show(desk):
    """There is no column left beside the table: the new one joins it, and its header does not hold the formula."""
    last = desk.book.titled("Candidatures").columns
    desk.edit("delete_column", tab="Candidatures", at=last)
    desk.edit("convert_to_table", tab="Candidatures")
    outcome = desk.run("init")
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert (desk.run("init").code, desk.written) == (0, 0)
    assert desk.sync().code == 0
    assert ("colonne_robot_en_tableau", f"{letters(last - 1)}1") in codes(desk, "Candidatures")
    comes_right(desk, "Candidatures")


# ---- What Google might refuse


def refusal(due: Desk, behaviour: str):
    with unexpected_google.BEHAVIOURS[behaviour]():
        return due.sync()


@pytest.mark.slow
def test_rows_that_a_table_refuses_stop_nothing_else(due):
    due.edit("convert_to_table", tab=OUTBOX)
    before = due.values("Classement")
    outcome = refusal(due, "a tab with a table takes no rows")
    assert outcome.code == 1
    checks.nothing_lost(due)
    assert checks.appended(due) == {}
    assert due.values("Classement") != before
    [cell] = [cell for code, cell in codes(due, OUTBOX) if code == "ajout_refuse"]
    assert f"{OUTBOX}, {cell}" in outcome.err
    assert "convertissez-le en plage" in outcome.err
    line = due.rows("Journal")[0]
    assert (line["Résultat"], OUTBOX in line["Ce qui s’est passé"]) == ("Échec", True)
    assert "convertissez-le en plage" in line["Que faire"]
    again = refusal(due, "a tab with a table takes no rows")
    assert (again.code, [path for _, path, status in due.calls if ":batch" in path and status == 200]) == (1, [])
    comes_right(due, OUTBOX)


@pytest.mark.slow
def test_a_refusal_that_names_no_request_is_planned_again_without_any_addition(due):
    due.edit("convert_to_table", tab=OUTBOX)
    before = due.values("Classement")
    with patch.object(ApiError, "prefixed", lambda self, _: self):
        outcome = refusal(due, "a tab with a table takes no rows")
    assert outcome.code == 1
    checks.nothing_lost(due)
    assert due.values("Classement") != before
    assert [code for code, _ in codes(due, OUTBOX)].count("ajout_refuse") == 1
    comes_right(due, OUTBOX)


@pytest.mark.slow
def test_an_import_that_a_table_refuses_is_told_with_the_remedy(desk, tmp_path):
    desk.edit("convert_to_table", tab="Candidatures")
    export = an_export(tmp_path)
    with unexpected_google.BEHAVIOURS["a tab with a table takes no rows"]():
        outcome = desk.run("import", str(export), "--yes")
    assert (outcome.code, desk.writes) == (1, [])
    assert "convertissez-le en plage" in outcome.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("behaviour", "code"),
    [("a header refuses formulas", 1), ("the header of a table keeps its formula", 0)],
)
def test_a_header_that_refuses_or_keeps_its_formula(due, behaviour, code):
    due.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang officiel")
    before = due.values("Classement")
    with unexpected_google.BEHAVIOURS[behaviour]():
        outcome = due.sync()
        assert outcome.code == code, outcome
        assert due.values("Classement") != before
        said = [cell for found, cell in codes(due, "Candidatures") if found == "ajout_refuse"]
        assert said == ([cell_of("candidatures", "rang", 1)] if code else [])
        assert due.sync().code == code
    checks.nothing_lost(due)
    comes_right(due)
