"""What people do exactly between the robot's reading and its writing, one thing at a time."""

import pytest

from tests.columns import cell_of
from tests.effort import spread
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import ROBOT_TABS, Desk


def between(kind: str, **what) -> list[dict]:
    """The script in which people do that once the robot has read."""
    return [{"after_call": 1, "edit": {"kind": kind, **what}}]


def decide(desk: Desk, *rows: int) -> None:
    """Decisions that make an e-mail due for each of those rows."""
    for row in rows:
        desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", row), value="Lauréat")


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["Envois", "Accueil", "Classement"])
def test_a_robots_tab_is_deleted(desk, tab):
    desk.edit("set", tab="Évaluations", cell=cell_of("evaluations", "pertinence", 2), value=9)
    decide(desk, 2)
    outcome = desk.sync(script=between("delete_tab", tab=tab))
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert sorted(checks.appended(desk).values()) == [1]
    assert desk.sync().code == 0  # the first run may have had nothing to write in that tab
    assert checks.appended(desk) == {}
    assert set(ROBOT_TABS) <= set(desk.titles)
    checks.is_right(desk)


def test_a_peoples_tab_is_deleted(desk):
    """Then nothing is written but the line of the Journal that tells so, once a day."""
    desk.change_a_score()
    outcome = desk.sync(script=between("delete_tab", tab="Jury"))
    assert (outcome.code, desk.written) == (0, 1), outcome  # the write had no need of it

    def results() -> dict[str, object]:
        """What the tabs show, but the Journal and the first line of Accueil, which says how the last run ended."""
        shown = {title: desk.values(title) for title in desk.titles if title != "Journal"}
        return shown | {"Accueil": shown["Accueil"][1:]}

    before = results()
    outcome = desk.sync()
    assert (outcome.code, outcome.out) == (1, "")
    assert "Jury" in outcome.err
    [line] = [row for row in desk.rows("Journal") if row["Résultat"] == "Échec"]
    assert "Jury" in line["Ce qui s’est passé"]
    assert line["Que faire"]
    assert (desk.sync().code, desk.written) == (1, 0)
    assert results() == before
    assert "échoué" in str(desk.values("Accueil")[0])


@pytest.mark.slow
def test_rows_vanish(desk):
    """The fuse of guarantee G8: only the failure is told, until --force or what brings them back."""
    full = desk.book
    for _ in range(6):
        desk.edit("delete_row", tab="Évaluations", at=2)
    before = desk.values("Classement")
    outcome = desk.sync()
    assert outcome.code == 1
    assert "Évaluations" in outcome.err
    assert desk.values("Classement") == before
    assert [row["Résultat"] for row in desk.rows("Journal")].count("Échec") == 1
    checks.nothing_lost(desk)
    cut, desk.book = desk.book, full
    assert desk.sync().code == 0
    desk.book = cut
    assert desk.run("sync", "--force").code == 0
    assert desk.values("Classement") != before
    checks.is_right(desk)


MOVES = {
    "a row above the headers": [("insert_row", {"at": 1})],
    "rows at the top": [("insert_row", {"at": 2})] * 3,
    "a row is deleted": [("delete_row", {"at": 3})],
    "every row is deleted": [("delete_row", {"at": 2})] * 5,
    "sorted": [("sort", {"by": "Id", "descending": True})],
    "a header is renamed": [("rename_header", {"from": "Id", "to": "Numéro"})],
    "renamed": [("rename_tab", {"from": "E-mails à envoyer", "to": "Boîte"})],
    "a row is approved": [("set", {"cell": cell_of("emails", "valider", 3), "value": "oui"})],
    "a note under the last row": [("set", {"cell": cell_of("emails", "objet", 8), "value": "note de l’équipe"})],
}


@pytest.mark.slow
@pytest.mark.parametrize("move", spread(5, MOVES))
def test_the_outbox_is_changed_while_emails_are_added(desk, move):
    decide(desk, 2, 3)
    acts = [{"after_call": 1, "edit": {"tab": "E-mails à envoyer", "kind": kind, **what}} for kind, what in MOVES[move]]
    outcome = desk.sync(script=acts)
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    added = checks.appended(desk)
    assert len(added) == 2
    outcome = desk.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert checks.appended(desk) == {}
    assert max(checks.ids(desk.book).values()) == 1
    checks.is_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("header", ["Id", "État"])
def test_no_email_lies_under_other_headers(desk, header):
    """A batch that adds e-mails fails whole when a column moved since they were read: it is then planned anew."""
    decide(desk, 2)
    outcome = desk.sync(script=between("move_column", tab="E-mails à envoyer", header=header, to="D"))
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    rows = {row["Id"]: row for row in desk.rows("E-mails à envoyer")}
    assert rows["laureat-4512301"]["Destinataires"] == "porteur0@example.org"
    assert len(rows) == 6
    checks.is_right(desk)


@pytest.mark.slow
def test_a_row_is_put_above_the_headers_of_an_empty_outbox(finished, tmp_path):
    """What is then added lies above the headers: it is not added again, and people are told where it is."""
    desk = finished.copy(tmp_path, finished.filled)
    script = [{"after_call": 1, "edit": {"kind": "insert_row", "tab": "E-mails à envoyer", "at": 1}}] * 2
    assert desk.sync(script=script).code == 0
    checks.nothing_lost(desk)
    assert len(checks.appended(desk)) == 5
    assert desk.sync().code == 0
    checks.nothing_lost(desk)
    assert checks.appended(desk) == {}
    said = [row for row in desk.rows("Anomalies") if row["Code"] == "email_deplace"]
    assert [(row["Onglet"], row["Cellule"]) for row in said] == [
        ("E-mails à envoyer", cell_of("emails", "id", n)) for n in range(2, 7)
    ]
    checks.is_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["Candidatures", "E-mails à envoyer", "Classement"])
def test_a_tab_is_deleted_between_the_two_writes_of_a_run(desk, tab):
    """A formula that is to be mended has no column any more: nothing of the first write is lost."""
    kept = desk.book
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang officiel")
    desk.edit("set", tab="E-mails à envoyer", cell=cell_of("emails", "etat", 1), value="Où il en est")
    desk.change_a_score()
    outcome = desk.sync(script=[{"after_call": 2, "edit": {"kind": "delete_tab", "tab": tab}}])
    checks.ended_well(outcome)
    checks.nothing_lost(desk)
    outcome = desk.sync()
    checks.nothing_lost(desk)
    assert outcome.code == (0 if tab == "Classement" else 1), outcome
    if outcome.code:
        desk.book = kept
        assert desk.sync().code == 0
    assert checks.appended(desk) == {}
    checks.is_right(desk)
