"""Names of tabs that Excel accepts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.new_xlsx.content import is_tab_name, tab_names

pytestmark = pytest.mark.newest


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
