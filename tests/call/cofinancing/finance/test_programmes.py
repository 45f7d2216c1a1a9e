"""One line a programme: by whatever way its number was typed, whole euros that add up, settled lines that stay."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.cofinancing.finance.lines import FinanceLine, programme_number, programme_table
from eig_sheets.call.cofinancing.rules_totals import rounded
from tests.columns import EIG5

CENTS = st.decimals(0, 200_000, places=2)


def line(numero: str, programme: str, least: str | Decimal | None, most=None, payment="decret_transfert", eig=2):
    ends = (None, None) if least is None else (Decimal(least), Decimal(least if most is None else most))
    return FinanceLine(
        numero, "P", "D", "", "", False, None, payment, programme, "", "", eig, 3.0, *ends,
        least is not None and most is None, (), (),
    )  # fmt: skip


def table(*lines):
    return programme_table(lines, EIG5.cofinancing)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("217", "217"), ("0217", "217"), (" 217 ", "217"), ("P217", "217"), ("Programme 217", "217"),
        ("programme n° 217", "217"), ("217 – Conduite et pilotage", "217"), ("2170", "2170"), ("BOP", "BOP"), ("", ""),
    ],
)  # fmt: skip
def test_a_programme_is_its_three_digits_however_it_is_typed(typed, number):
    assert programme_number(typed) == number


def test_a_decree_worked_out_by_hand():
    """Three programmes: 217 has 18 375 + 15 516,67 + 42 000 = 75 891,67; 124 has 39 375,50; 152 has 36 300,33.

    Together 151 567,50, rounded to 151 568: rounded down, the lines have 75 891 + 39 375 + 36 300 = 151 566, and the
    two euros that are left go to ,67 and to ,50.
    """
    decree = table(
        line("1", "217", "18375", eig=1),
        line("2", "0217", "15516.67", eig=1),
        line("3", "152", "36300.33"),
        line("4", "P217", "42000"),
        line("5", "124", "39375.50"),
        line("6", "", "99999.99", payment="delegation_gestion"),
    )
    assert [(line.number, line.mission, line.eig, line.least, line.most, line.dossiers) for line in decree.lines] == [
        ("124", "Solidarité, insertion et égalité des chances", 2, 39376, 39376, ("5",)),
        ("152", "Sécurités", 2, 36300, 36300, ("3",)),
        ("217", "Écologie, développement et mobilité durables", 4, 75892, 75892, ("1", "2", "4")),
    ]
    assert (decree.payer, decree.payer_mission) == ("352", "Transformation et fonction publiques")
    assert (decree.least, decree.most, decree.eig, decree.exact) == (151568, 151568, 8, True)


def test_a_programme_that_nobody_described_has_no_mission():
    [programme] = table(line("1", "901", "100")).lines
    assert (programme.number, programme.name, programme.mission) == ("901", "", "")


def test_dossiers_without_programme_have_a_line_each_and_come_last():
    decree = table(line("1", "", "100"), line("2", "", "100"), line("3", "901", "100"))
    assert [(line.number, line.dossiers) for line in decree.lines] == [("901", ("3",)), ("", ("1",)), ("", ("2",))]


def test_an_unknown_amount_counts_for_nothing_and_is_counted():
    [programme] = table(line("1", "217", "100"), line("2", "217", None)).lines
    assert (programme.least, programme.unknown, programme.exact) == (100, 1, False)


def test_what_recruitment_may_still_change_moves_no_settled_line():
    settled = [line("1", "124", "10.50"), line("2", "152", "10.50")]
    alone = table(*settled)
    beside = table(*settled, line("3", "217", "10.50", "12.50"))
    assert beside.lines[:2] == alone.lines
    assert (beside.exact, beside.least, beside.most) == (False, 21 + 11, 21 + 13)


@given(st.lists(st.tuples(st.sampled_from(["124", "152", "217", ""]), CENTS), min_size=1, max_size=8), st.randoms())
def test_the_lines_add_up_to_what_is_given_up_whatever_their_order(drawn, chance):
    lines = [line(str(place), number, amount) for place, (number, amount) in enumerate(drawn)]
    amounts = {line.numero: line.least for line in lines}
    decree = table(*lines)
    assert decree.least == rounded(sum(amounts.values()))
    for credited in decree.lines:
        assert abs(credited.least - sum(amounts[numero] for numero in credited.dossiers)) < 1
    chance.shuffle(lines)
    again = {line.number or line.dossiers: line.least for line in table(*lines).lines}
    assert again == {line.number or line.dossiers: line.least for line in decree.lines}
