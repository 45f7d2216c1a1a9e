"""The parts of a document, and what they say of themselves."""

from tests.spreadsheet.grist.documents import campaign, column, people, table


def test_a_table_is_found_by_its_exact_title():
    document = campaign()
    assert document.table("Candidatures") == people()
    assert document.table("candidatures") is None


def test_a_column_that_nobody_used_is_empty():
    assert column(1, "A", "Any", is_formula=True).is_empty
    assert not column(1, "A", "Any", formula="1").is_empty
    assert not column(1, "A").is_empty


def test_the_section_of_a_table_s_own_page():
    shown = table(1, "T", [column(1, "A")])
    assert shown.page_section == shown.sections[0]
    assert table(1, "T", [], primary_view=9).page_section is None
