"""Links to tables of the same write: their addresses, once Grist numbered these."""

from dataclasses import replace

from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.identifiers import completed
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.spreadsheet.model.plan import CreateTab, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from tests.spreadsheet.grist.documents import URL, ZONE, column, mark, table

FALLBACK = f"{URL}/p/data"
HOME = Sheet(
    "accueil", "Accueil", Owner.ROBOT, (Column("Quoi"), Column("Y aller")),
    (("un", Link("Notes", "Notes", "A1")), ("deux", Link("Absent", "Absent", "A1")), ("trois", None)),
)  # fmt: skip
NOTES = Sheet("notes", "Notes", Owner.ROBOT, (Column("A"),))


def document(*links: str | None) -> Document:
    shown = column(12, "Y aller", id="way", options={"widget": "HyperLink"})
    home = table(1, "Accueil", [column(11, "Quoi"), shown], {7: ("un", links[0]), 8: ("deux", links[1]), 9: ("", None)})
    return Document("", (home, table(2, "Notes", [column(21, "A")])), (mark(1, "accueil", robot=True),))


def actions(there: Document, notes: Sheet = NOTES) -> list[list[object]]:
    return [*completed([ReplaceTab("Accueil", HOME), CreateTab(notes)], there, URL, ZONE)]


def test_a_link_to_a_table_that_was_made_has_its_address():
    there = document(f"Notes {FALLBACK}", f"Absent {FALLBACK}")
    assert actions(there) == [["BulkUpdateRecord", "Accueil", [7], {"way": [f"Notes {URL}/p/2#a1.s21.c21"]}]]


def test_one_to_a_table_that_is_made_hidden_leads_to_its_raw_data():
    done = actions(document(f"Notes {FALLBACK}", None), replace(NOTES, hidden=True))
    assert done == [["BulkUpdateRecord", "Accueil", [7], {"way": [f"Notes {URL}/p/data#a1.s20.c21"]}]]


def test_a_row_that_changed_meanwhile_and_one_that_is_right_stay():
    assert actions(document("autre chose", f"Absent {FALLBACK}")) == []
    assert actions(document(f"Notes {URL}/p/2#a1.s21.c21", None)) == []
