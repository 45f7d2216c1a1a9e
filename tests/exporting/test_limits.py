"""Limits of an .xlsx: names of tabs, lengths of texts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.exporting.limits import is_tab_name, long_texts_file, tab_names
from eig_sheets.exporting.reading import read_book
from eig_sheets.workbook.model.cells import MAX_TEXT
from tests.exporting.builders import book, shown, tab


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Jury", "Évaluations", "Suivi 2021"], ["Jury", "Évaluations", "Suivi 2021"]),
        (["a/b", "[c]", "d:e*f?g\\h"], ["a-b", "-c-", "d-e-f-g-h"]),
        (["'Jury'"], ["Jury"]),
        (["a/b", "a-b"], ["a-b (2)", "a-b"]),
        (["Jury", "JURY", "jury"], ["Jury", "JURY (2)", "jury (3)"]),
        (["x" * 31, "x" * 32, "x" * 40], ["x" * 31, "x" * 27 + " (2)", "x" * 27 + " (3)"]),
        (["Historique", "History"], ["Historique (1)", "History (1)"]),
        (["''", "a" * 30 + "'b"], ["Onglet", "a" * 30]),
        (["😀" * 20], ["😀" * 15]),
        (["\x00\ud800"], ["--"]),
    ],
)
def test_a_name_stays_as_near_as_can_be(titles, names):
    assert tab_names(titles) == names


@given(st.lists(st.one_of(st.text("aA'/ é😀", max_size=40), st.text(max_size=40)), max_size=12))
@example([""] * 12)
@example(["'" * 40, " " * 40, "' ' ' "])
def test_every_name_is_accepted_and_all_differ(titles):
    names = tab_names(titles)
    assert all(map(is_tab_name, names))
    assert len({name.casefold() for name in names}) == len(names) == len(titles)
    for title, name in zip(titles, names, strict=True):
        if is_tab_name(title) and [other.casefold() for other in titles].count(title.casefold()) == 1:
            assert name == title


@given(st.integers(32_768, 50_000), st.sampled_from("aé😀\ufffe<"), st.booleans())
def test_a_text_that_is_too_long_is_whole_beside_and_begins_in_its_cell(length, letter, is_note):
    whole = (letter * length)[:50_000]
    cell = shown("court") | {"note": whole} if is_note else shown(whole)
    made = read_book(book(tab([[{}, cell]], title="A/B")), "textes.txt")
    kept = made.tabs[0].notes[0][2] if is_note else made.tabs[0].rows[0][1].value
    beginning, _, mention = kept.partition("… [Coupé ici")
    assert whole.startswith(beginning)
    assert len(kept.encode("utf-16-le")) // 2 in (MAX_TEXT, MAX_TEXT - 1)
    assert mention.endswith("texte entier dans «\u202ftextes.txt\u202f»]")
    (long,) = made.long_texts
    assert (long.tab, long.text) == ("A/B", whole)
    assert long.where == ("note de la cellule B1" if is_note else "cellule B1")
    assert whole in long_texts_file(made.long_texts).decode()
    assert read_book(book(tab([[shown("b" * 32_767)]])), "textes.txt").long_texts == ()
