"""Texts longer than a cell of an .xlsx."""

from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.copies.google_reading import read_book
from eig_sheets.features.copies.model import long_texts_file
from eig_sheets.spreadsheet.model.cells import MAX_TEXT
from tests.features.copies.builders import book, shown, tab


@given(st.integers(32_768, 50_000), st.sampled_from("aé😀\ufffe<"), st.booleans())
def test_a_text_that_is_too_long_is_whole_beside_and_begins_in_its_cell(length, letter, is_note):
    whole = (letter * length)[:50_000]
    cell = shown("court") | {"note": whole} if is_note else shown(whole)
    made = read_book(book(tab([[{}, cell]], title="A/B")), "textes.txt")
    kept = made.book.tabs[0].notes[0][2] if is_note else made.book.tabs[0].rows[0][1].value
    beginning, _, mention = kept.partition("… [Coupé ici")
    assert whole.startswith(beginning)
    assert len(kept.encode("utf-16-le")) // 2 in (MAX_TEXT, MAX_TEXT - 1)
    assert mention.endswith("texte entier dans «\u202ftextes.txt\u202f»]")
    (long,) = made.long_texts
    assert (long.tab, long.text) == ("A/B", whole)
    assert long.where == ("note de la cellule B1" if is_note else "cellule B1")
    assert whole in long_texts_file(made.long_texts).decode()
    assert read_book(book(tab([[shown("b" * 32_767)]])), "textes.txt").long_texts == ()
