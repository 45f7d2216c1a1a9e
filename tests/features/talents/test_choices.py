"""The wishes of candidates: which are valid, in which order, and what is wrong with the others."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.talents.rules_choices import INVALID, RECEIVED, ChoiceCode, ChoiceReason, choices, rank_of
from eig_sheets.features.talents.settings import WISHES
from tests.features.talents.builders import candidates

NUMBERS, LAUREATES = ("101", "102", "103", "104"), ("101", "102", "103")
LAST = datetime(2021, 5, 31, 23, 59, 59)


def one(*wishes, received=None, deadline=None, most=3):
    """The valid wishes and the reasons of one candidate."""
    row = {**dict(zip(WISHES, wishes, strict=False)), RECEIVED: received}
    found = choices(candidates(row), NUMBERS, LAUREATES, deadline, most).iloc[0]
    return found["wishes"], found["reasons"]


def test_three_laureates_keep_their_order():
    assert one("103", "101", "102") == (("103", "101", "102"), ())
    assert one() == ((), ())


@pytest.mark.parametrize(
    ("wishes", "valid", "reasons"),
    [
        (("999", "101"), ("101",), [(ChoiceCode.UNKNOWN, "voeu_1")]),
        (("101", "104"), ("101",), [(ChoiceCode.NOT_LAUREATE, "voeu_2")]),
        (("101", "101", "101"), ("101",), [(ChoiceCode.REPEATED, "voeu_2"), (ChoiceCode.REPEATED, "voeu_3")]),
        ((None, "101"), ("101",), [(ChoiceCode.GAP, "voeu_2")]),
        (("101", None, "102"), ("101", "102"), [(ChoiceCode.GAP, "voeu_3")]),
        ((None, "101", "102"), ("101", "102"), [(ChoiceCode.GAP, "voeu_2"), (ChoiceCode.GAP, "voeu_3")]),
        ((None, None, "102"), ("102",), [(ChoiceCode.GAP, "voeu_3")]),
        (
            ("999", "999"),
            (),
            [(ChoiceCode.UNKNOWN, "voeu_1"), (ChoiceCode.UNKNOWN, "voeu_2"), (ChoiceCode.REPEATED, "voeu_2")],
        ),
    ],
)
def test_a_wish_that_is_not_valid_leaves_the_others(wishes, valid, reasons):
    assert one(*wishes) == (valid, tuple(ChoiceReason(*reason) for reason in reasons))


def test_a_call_may_accept_fewer_wishes():
    assert one("101", "102", "103", most=1) == (
        ("101",), (ChoiceReason(ChoiceCode.TOO_MANY, "voeu_2"), ChoiceReason(ChoiceCode.TOO_MANY, "voeu_3"))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("received", "valid", "code"),
    [
        (LAST, ("101",), None),
        (LAST.replace(microsecond=999_999), ("101",), None),
        (datetime(2021, 6, 1), (), ChoiceCode.LATE),
        (None, ("101",), ChoiceCode.UNDATED),
    ],
)
def test_wishes_count_until_the_last_second(received, valid, code):
    said = () if code is None else (ChoiceReason(code, RECEIVED),)
    assert one("101", received=received, deadline=LAST) == (valid, said)


def test_a_date_without_a_wish_says_nothing():
    assert one(received=datetime(2021, 6, 1), deadline=LAST) == ((), ())


@given(st.lists(st.tuples(*[st.sampled_from([None, "999", *NUMBERS])] * 3), max_size=5))
def test_valid_wishes_are_distinct_laureates_in_the_order_of_the_cells(rows):
    table = candidates(*(dict(zip(WISHES, wishes, strict=True)) for wishes in rows))
    found = choices(table, NUMBERS, LAUREATES, None)
    for typed, valid, reasons in zip(rows, found["wishes"], found["reasons"], strict=True):
        assert valid == tuple(one for one in dict.fromkeys(typed) if one in LAUREATES)
        told = {reason.field for reason in reasons if reason.code in INVALID}
        assert len(valid) + len(told) == sum(one is not None for one in typed)


def test_the_place_of_a_wish_counts_from_one():
    assert [rank_of(("103", "101"), number) for number in ("103", "101", "102")] == [1, 2, None]
