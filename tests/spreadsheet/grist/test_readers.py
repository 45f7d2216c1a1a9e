"""The table of readers as a batch leaves it: who comes, changes and goes, the robot's own row, what is added."""

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist.document import MARKS, READERS, Document, ReaderRow
from eig_sheets.spreadsheet.grist.readers import taken_over
from eig_sheets.spreadsheet.model.access import CloseAccess, Reader, Role
from eig_sheets.spreadsheet.model.plan import AddColumn, CreateTab, Equip
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from tests.spreadsheet.grist.closed_documents import ACCESS, ADA, ANNA, applied, batch, closed, closing, open_document
from tests.spreadsheet.grist.documents import ROBOT

BOB = Reader("bob@jury.example", Role.JUROR, "bob@jury.example")
RULES = "_grist_ACLRules"


@pytest.fixture
def document() -> Document:
    return closed(open_document(), ADA, ANNA)


def rows(document: Document) -> list[tuple[str, str, str]]:
    return [(row.address, row.role, row.written) for row in document.readers.rows]


def about(document: Document) -> set[str]:
    return {f"{rule.table}:{rule.columns}" for rule in document.rules}


def on_readers(document: Document, *readers: Reader, robot: str = ROBOT) -> list[list]:
    return [action for action in closing(document, *readers, robot=robot) if action[1] == READERS]


def test_another_account_takes_the_robot_s_row(document):
    [gone, taken] = taken_over(document, "Ada@example.org")
    assert gone == ["BulkRemoveRecord", READERS, [2]]
    assert taken == ["UpdateRecord", READERS, 1, {"adresse": ADA.address}]
    assert [*taken_over(document, ROBOT.upper())] == []
    assert [*taken_over(open_document(), ADA.address)] == []


def test_the_robot_and_all_readers_have_a_row(document):
    assert rows(document) == [
        (ROBOT, "robot", ""), (ADA.address, "responsable", ""), (ANNA.address, "jure", ANNA.written),
    ]  # fmt: skip


def test_the_table_is_made_once_and_no_page_shows_it(document):
    assert on_readers(open_document(), ADA)[0] == ["AddRawTable", READERS]
    assert on_readers(document, ADA, ANNA) == []


def test_who_comes_is_added(document):
    cells = {"adresse": BOB.address, "qualite": "jure", "ecrit": BOB.written}
    assert on_readers(document, ADA, ANNA, BOB) == [["AddRecord", READERS, None, cells]]


def test_who_goes_is_removed(document):
    assert on_readers(document, ADA) == [["BulkRemoveRecord", READERS, [3]]]
    assert rows(closed(document)) == [(ROBOT, "robot", "")]


@pytest.mark.parametrize(
    ("reader", "cells"),
    [
        (replace(ANNA, role=Role.TEAM), {"qualite": "equipe", "ecrit": ANNA.written}),
        (replace(ANNA, written="ANNA@jury.example"), {"qualite": "jure", "ecrit": "ANNA@jury.example"}),
    ],
)
def test_who_changes_keeps_their_row(document, reader, cells):
    assert on_readers(document, ADA, reader) == [["UpdateRecord", READERS, 3, cells]]


def test_who_was_listed_twice_or_under_capitals_is_once(document):
    doubles = (ReaderRow(7, ADA.address, "responsable", ""), ReaderRow(8, ANNA.address.upper(), "jure", ANNA.written))
    doubled = replace(document, readers=replace(document.readers, rows=(*document.readers.rows, *doubles)))
    again = applied(doubled, closing(doubled, ADA, ANNA))
    assert sorted(rows(again)) == sorted(rows(document))


def test_the_robot_s_row_is_its_own_whatever_else_it_is(document):
    robot = Reader(ROBOT, Role.OFFICER)
    assert on_readers(document, ADA, ANNA, robot, robot=ROBOT.upper()) == []


def test_another_account_of_the_robot_takes_the_place_of_the_first(document):
    other = closed(document, ADA, ANNA, robot="new@example.org")
    assert max(rows(other)) == ("new@example.org", "robot", "")
    assert ROBOT not in [row.address for row in other.readers.rows]


def test_what_the_rules_say_is_kept_among_the_marks_and_changed_there(document):
    other = replace(ACCESS, guarded=())
    [kept] = [action for action in closing(open_document(), ADA) if action[1] == MARKS]
    assert kept[:3] == ["AddRecord", MARKS, None]
    assert kept[3]["repere"].startswith('acces [["jury", "email"]')
    [changed] = [action for action in closing(document, ADA, ANNA, access=other) if action[1] == MARKS]
    assert changed[:3] == ["UpdateRecord", MARKS, document.readers.mark]
    assert [action for action in closing(document, ADA, ANNA) if action[1] == MARKS] == []


def test_rules_come_after_everything_else():
    """They hold at once, for what follows in the list too."""
    names = [action[1] for action in closing(open_document(), ADA)]
    first = names.index("_grist_ACLResources")
    assert {*names[first:]} == {"_grist_ACLResources", RULES}


CREATED = (
    CreateTab(Sheet("jury2", "Autre", Owner.PEOPLE, (Column("A"),))),
    CreateTab(Sheet("suivi", "Suivi", Owner.ROBOT, (Column("N°"),))),
)


def test_a_table_of_the_robot_s_that_a_batch_adds_is_under_the_rules_at_once(document):
    people, robots = ([a for a in batch(document, operation) if a[1] == "_grist_ACLResources"] for operation in CREATED)
    assert people == []
    assert [action[3] for action in robots] == [{"tableId": "Suivi", "colIds": "*"}]


def test_nobody_s_rules_are_written_in_a_document_that_was_not_closed():
    assert [action for action in batch(open_document(), *CREATED) if action[1].startswith("_grist_ACL")] == []


def test_a_guarded_column_that_a_batch_adds_or_marks_is_under_the_rules_at_once():
    access = replace(ACCESS, guarded=(("jury", "decision"), ("notes", "a")))
    closed_document = closed(open_document(), ADA, access=access)
    added = AddColumn("Jury", 1, 1, Column("Décision"), "", field="decision")
    marked = Equip("Notes", 1, "notes", ((0, "a"),))
    for operation, places in ((added, {"Jury:*", "Jury:Jury_Decision"}), (marked, {"Notes:*", "Notes:A"})):
        again = applied(closed_document, batch(closed_document, operation))
        assert places <= about(again)
        assert places.isdisjoint(about(closed_document))


def test_a_new_document_is_closed_in_the_batch_that_makes_its_tables():
    sheets = (
        Sheet("jury", "Jury", Owner.PEOPLE, (Column("E-mail"),), fields=("email",)),
        Sheet("evaluations", "Évaluations", Owner.PEOPLE, (Column("N°"), Column("Juré")), fields=("numero", "jure")),
        Sheet("classement", "Classement", Owner.ROBOT, (Column("N°"),)),
    )
    empty = Document("1:0", ())
    made = applied(empty, batch(empty, *map(CreateTab, sheets), CloseAccess(ACCESS, (ADA,))))
    assert "Jury.lookupOne(Jury_E_mail=$ecrit)" in made.readers.role
    assert {
        "*:*",
        "Classement:*",
        "Evaluations:*",
        "Evaluations:Evaluations_Jure",
        "Evaluations:Evaluations_N_",
    } <= about(made)
