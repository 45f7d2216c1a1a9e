"""How probabilities of selection are shown: never against the zone beside them, never surer than they are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.scoring.words import ProbabilityStyle, style_of
from eig_sheets.spreadsheet.model.sheet import Format
from eig_sheets.text.french import percent

BOUNDS = (0.25, 0.75)
PUBLISHED = st.integers(0, 10_000).map(lambda tenths: tenths / 10_000)


def shown(probability, style):
    return style.text(probability).replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.0, "< 1 %"), (0.0099, "< 1 %"), (0.01, "1 %"), (0.624, "62 %"), (0.99, "99 %"), (0.9901, "> 99 %"),
     (1.0, "> 99 %"), (0.245, "25 %")],
)  # fmt: skip
def test_an_estimate_is_never_nought_nor_one(probability, text):
    assert shown(probability, ProbabilityStyle()) == text


def test_with_as_many_places_as_dossiers_it_is_one():
    style = style_of([1.0, 1.0, None, float("nan")], BOUNDS)
    assert (shown(1.0, style), style.format) == ("100 %", Format.PERCENT)
    assert style_of([None], BOUNDS).format is Format.PROBABILITY


@pytest.mark.parametrize(
    ("probabilities", "texts", "format_"),
    [
        ((0.0, 0.24, 0.25, 0.7449), ("< 1 %", "24 %", "25 %", "74 %"), Format.PROBABILITY),
        ((0.246, 0.62), ("24,6 %", "62,0 %"), Format.PROBABILITY_1),
        ((0.2496, 0.62), ("24,96 %", "62,00 %"), Format.PROBABILITY_2),
        ((0.752, 0.999), ("75,2 %", "> 99 %"), Format.PROBABILITY_1),
        ((0.7501, 0.1), ("75,01 %", "10,00 %"), Format.PROBABILITY_2),
        ((0.2495, 0.5), ("24,95 %", "50,00 %"), Format.PROBABILITY_2),  # 25,0 % where halves go up
        ((0.7505, 0.5), ("75,05 %", "50,00 %"), Format.PROBABILITY_2),  # 75,0 % where they go down
        ((0.755, 0.5), ("75,5 %", "50,0 %"), Format.PROBABILITY_1),
    ],
)
def test_the_whole_column_has_the_decimals_that_contradict_no_zone(probabilities, texts, format_):
    style = style_of(probabilities, BOUNDS)
    assert tuple(shown(probability, style) for probability in probabilities) == texts
    assert style.format is format_


@given(st.lists(PUBLISHED, min_size=1, max_size=8), st.tuples(PUBLISHED, PUBLISHED).map(sorted))
def test_no_shown_per_cent_is_on_another_side_of_a_bound(probabilities, bounds):
    style = style_of(probabilities, bounds)

    def side(value):
        return (value > bounds[1]) - (value < bounds[0])

    for probability in probabilities:
        if digits := re.fullmatch(r"([\d,]+)\s%", style.text(probability)):
            assert side(round(float(digits[1].replace(",", ".")) / 100, 6)) == side(probability)


def test_a_bound_is_shown_whole():
    assert percent(0.25).replace("\u202f", " ") == "25 %"
    assert percent(0.2505).replace("\u202f", " ") == "25,05 %"
    assert percent(0.29).replace("\u202f", " ") == "29 %"
