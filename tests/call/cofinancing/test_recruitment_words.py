"""What recruitment makes of a co-financing, in French."""

import pytest

from eig_sheets.call.cofinancing.rules_recruits import Awaited, Origin
from eig_sheets.call.cofinancing.words import AWAITED, ORIGINS, awaited_text, gap, gap_text, recruited_text


def plain(text):
    return text.replace("\u202f", " ")


def test_every_code_has_its_words():
    assert {*AWAITED} == {*Awaited}
    assert {*ORIGINS} == {*Origin, None}
    assert awaited_text(()) is None


@pytest.mark.parametrize(
    ("settled", "away", "text"),
    [
        (39375, 0, "prévu : de 36 750 € à 42 000 € ; dans la fourchette"),
        (42000.12, 0.12, "prévu : de 36 750 € à 42 000 € ; 0,12 € de plus que le maximum"),
        (18000, -18750, "prévu : de 36 750 € à 42 000 € ; 18 750 € de moins que le minimum"),
    ],
)
def test_where_an_amount_is_beside_its_range(settled, away, text):
    assert gap(settled, 36750, 42000) == gap(settled, 42000, 36750) == away
    assert plain(gap_text(settled, 36750, 42000)) == text


def test_a_single_amount_is_no_range():
    assert plain(gap_text(40000, 40000, 40000)) == "prévu : 40 000 €"


@pytest.mark.parametrize(
    ("recruited", "asked", "text"),
    [(1, 1, "1 EIG recruté sur 1 demandé"), (2, 3, "2 EIG recrutés sur 3 demandés"), (0, None, "0 EIG recruté")],
)
def test_how_many_are_recruited(recruited, asked, text):
    assert plain(recruited_text(recruited, asked)) == text
