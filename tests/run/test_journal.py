"""The rows of `Journal`."""

from __future__ import annotations

from datetime import UTC, datetime

from eig_sheets.text.french import typographic
from eig_sheets.workbook import journal
from tests.run.tables import by_header, column

NOW = datetime(2021, 4, 30, 9, 12, 45, 678, tzinfo=UTC)


def test_a_line_is_dated_to_the_minute_without_a_zone():
    [row] = by_header(journal.TABLE.sheet_columns, [journal.line(NOW, journal.DONE, "2 cellules écrites")])
    assert row == {
        "Date": datetime(2021, 4, 30, 9, 12),
        "Résultat": "Réussi",
        "Ce qui s’est passé": "2 cellules écrites",
        "Que faire": None,
    }


def test_a_failure_says_what_to_do_with_french_spaces():
    [row] = by_header(
        journal.TABLE.sheet_columns, [journal.line(NOW, journal.FAILED, "Échec : onglet absent", "Relancez !")]
    )
    assert (row["Ce qui s’est passé"], row["Que faire"]) == (
        typographic("Échec : onglet absent"),
        typographic("Relancez !"),
    )


def test_each_result_has_its_colour():
    assert tuple(word for word, _ in column(journal.TABLE.sheet_columns, "Résultat").tones) == journal.RESULTS


def test_the_tab_keeps_the_newest_lines():
    lines = [(number,) for number in range(journal.MAX_ROWS + 1)]
    assert journal.rows(lines) == tuple(lines[:-1])
