"""Requests: what rows and records say together, and which record is right when two say of one number."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eig_sheets.features.requests.rules import LONGEST_TYPED, Action, Asked, Recorded, Stage, merged
from eig_sheets.features.requests.rules_steps import (
    ABANDONED,
    Permissions,
    Step,
    Task,
    WaitingReason,
    situation_of,
    without_others_at_work,
)

NOW = datetime(2021, 5, 6, 10)
ROW = Asked(2, "BCDFGHJ", "Rapport du jury", Action.REPORT, "a", "Ada")
RECORD = Recorded("BCDFGHJ", Action.REPORT, "a", "Ada", Stage.CLAIMED, NOW, token="t1")
TO_CONFIRM = replace(RECORD, stage=Stage.TO_CONFIRM, armed=True)
NAMES = {2: "ada", 3: "ada"}
ENDED = [Stage.DONE, Stage.REFUSED, Stage.INTERRUPTED]


EVERYBODY = Permissions(frozenset(Action), {})


def situation(*rows, recorded=(), permissions=EVERYBODY):
    return situation_of(rows, {one.number: one for one in recorded}, permissions, NAMES)


def steps(*rows, **known):
    return [(task.number, task.step) for task in situation(*rows, **known).tasks]


def reasons(*rows, **known):
    return [(one.number, one.reason) for one in situation(*rows, **known).waiting]


def test_a_row_is_claimed_once():
    assert steps(ROW) == [("BCDFGHJ", Step.CLAIM)]
    assert steps(ROW, replace(ROW, row=3)) == [("BCDFGHJ", Step.CLAIM)]
    for stage in ENDED:
        assert steps(ROW, recorded=[replace(RECORD, stage=stage)]) == []


def test_a_claim_without_an_end_goes_on_whatever_became_of_its_row():
    for rows in ((ROW,), (), (replace(ROW, detail="b"),)):
        for stage in (Stage.RESERVED, Stage.CLAIMED):
            assert steps(*rows, recorded=[replace(RECORD, stage=stage)]) == [("BCDFGHJ", Step.RESUME)]


def test_two_rows_of_one_number_that_differ_wait():
    for other in ({"detail": "b"}, {"action": Action.MINUTES}, {"by": "Bob"}, {"typed": "", "action": None}):
        assert reasons(ROW, replace(ROW, row=3, **other)) == [("BCDFGHJ", WaitingReason.CONFLICT)]
        assert steps(ROW, replace(ROW, row=3, **other)) == []
    assert steps(ROW, Asked(3, "BCDFGHJ")) == [("BCDFGHJ", Step.CLAIM)]  # a copy of the row when it was free


def test_what_cannot_be_claimed_says_why():
    some = Permissions(frozenset({Action.REPORT}), {Action.REPORT: frozenset({"bob"})})
    assert reasons(ROW, permissions=some) == [("BCDFGHJ", WaitingReason.NOT_ALLOWED)]
    assert reasons(replace(ROW, row=9), permissions=some) == [("BCDFGHJ", WaitingReason.NAMELESS)]
    assert reasons(replace(ROW, action=Action.SEND), permissions=some) == [("BCDFGHJ", WaitingReason.NOT_OFFERED)]
    assert reasons(replace(ROW, action=None)) == [("BCDFGHJ", WaitingReason.UNKNOWN_ACTION)]
    assert reasons(replace(ROW, action=None, typed="")) == [("BCDFGHJ", WaitingReason.NO_ACTION)]
    for number in ("bcdfghj", "BCDFGH", "BCDFGHJJ", "BCDFGHI", "../BCDF", "Total"):
        assert reasons(replace(ROW, number=number)) == [(number, WaitingReason.FOREIGN)]
    assert reasons(replace(ROW, detail="é" * (LONGEST_TYPED - 2))) == [(ROW.number, WaitingReason.TOO_LONG)]
    assert reasons(replace(ROW, readable=False)) == [("BCDFGHJ", WaitingReason.UNREADABLE)]
    assert situation(replace(ROW, number="")).unnumbered == (replace(ROW, number=""),)


@pytest.mark.parametrize("number", ["", "Total", "12"])
def test_a_row_of_totals_and_a_remark_ask_for_nothing(number):
    for row in (Asked(2, number, "3"), Asked(2, number, detail="Total : 3"), Asked(2, number, by="Claire")):
        found = situation(row, ROW)
        assert (found.unnumbered, found.waiting) == ((), ())
        assert [task.asked for task in found.tasks] == [ROW]
    assert reasons(Asked(2, "BCDFGHK", "3")) == [("BCDFGHK", WaitingReason.UNKNOWN_ACTION)]


def test_rows_that_changed_since_their_claim_are_told():
    changed = replace(ROW, row=3, detail="b")
    found = situation(ROW, changed, recorded=[replace(RECORD, stage=Stage.DONE)])
    assert (found.edited, found.tasks) == ({"BCDFGHJ": (changed,)}, ())


def test_only_a_tick_that_followed_the_list_confirms():
    ticked = replace(ROW, confirmed=True)
    assert steps(ROW, recorded=[TO_CONFIRM]) == []
    assert steps(ticked, recorded=[TO_CONFIRM]) == [("BCDFGHJ", Step.CONFIRM)]
    assert steps(ticked, recorded=[replace(TO_CONFIRM, armed=False)]) == []
    assert steps(ROW, recorded=[replace(TO_CONFIRM, armed=False)]) == [("BCDFGHJ", Step.ARM)]
    assert steps(ticked, replace(ROW, row=3), recorded=[TO_CONFIRM]) == []
    assert steps(ticked, replace(ticked, row=3, detail="b"), recorded=[TO_CONFIRM]) == []
    assert steps(recorded=[TO_CONFIRM]) == []


def test_free_rows_are_those_that_anybody_can_take():
    numbers = [letter * 7 for letter in "BCCDF"]
    rows = [Asked(row, number, confirmed=row == 5) for row, number in enumerate([*numbers, "", "EEEEEEE", "ffffff"], 2)]
    assert situation(*rows).free == 2
    assert situation(*rows, recorded=[replace(RECORD, number="FFFFFFF", stage=Stage.DONE)]).free == 1


@pytest.mark.parametrize(
    ("shown", "kept", "right"),
    [
        (Stage.CLAIMED, Stage.DONE, "kept"),  # it ended, and the workbook does not say so yet
        (Stage.DONE, Stage.CLAIMED, "shown"),  # another machine ended it
        (Stage.TO_CONFIRM, Stage.TO_CONFIRM, "shown"),  # what people read
        (Stage.CLAIMED, Stage.CLAIMED, "kept"),  # which alone counts the attempts
        (Stage.CLAIMED, Stage.RESERVED, "kept"),  # surely not begun
        (Stage.TO_CONFIRM, Stage.RESERVED, "shown"),  # the claim of the confirmed list never came there
    ],
)
def test_who_went_further_is_right(shown, kept, right):
    known = {"shown": replace(RECORD, stage=shown, words="shown"), "kept": replace(RECORD, stage=kept, words="kept")}
    assert merged([known["shown"]], [known["kept"]]) == {"BCDFGHJ": known[right]}


def test_what_was_reserved_and_never_shown_was_never_claimed():
    assert merged([], [replace(RECORD, stage=Stage.RESERVED)]) == {}
    assert merged([], [RECORD]) == {"BCDFGHJ": RECORD}


def test_a_claim_of_another_machine_is_not_ours_because_we_tried_too():
    other = replace(RECORD, token="t2")
    assert merged([other], [replace(RECORD, stage=Stage.RESERVED)]) == {"BCDFGHJ": other}


def test_what_another_machine_may_be_doing_is_left_to_it_for_an_hour():
    task = Task(Step.RESUME, ROW, RECORD)

    def left(now=NOW, own=(), *, exclusive=False):
        return without_others_at_work([task], own, now, exclusive=exclusive)

    assert left() == []
    assert left(now=NOW + ABANDONED - timedelta(seconds=1)) == []
    assert left(now=NOW + ABANDONED) == left(own=["t1"]) == left(exclusive=True) == [task]
