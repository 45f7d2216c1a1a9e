"""Every known API error of Google, on every call of a sync: done once, and no write is sent again blindly."""

import pytest

from tests.columns import cell_of
from tests.effort import first, slow, spread
from tests.end_to_end.google import checks

FAULTS = {
    "429": {"kind": "status", "status": 429},
    "500": {"kind": "status", "status": 500},
    "503": {"kind": "status", "status": 503},
    "html_502": {"kind": "html_502"},
    "cut before": {"kind": "drop_before_apply"},
    "cut after": {"kind": "drop_after_apply"},
    "truncated": {"kind": "truncated_json"},
    "after the time-out": {"kind": "late_answer"},
    "twice, first answer": {"kind": "delivered_twice", "answer": "first"},
    "twice, second answer": {"kind": "delivered_twice", "answer": "second"},
    "late, before it is looked for": {"kind": "delivered_late", "calls": 1},
    "late, before it is sent again": {"kind": "delivered_late", "calls": 2},
    "late, once it was sent again": {"kind": "delivered_late", "calls": 3},
}
READ, WRITE, FORMULA = "read", "write", "formula"
KNOWN = {"batchUpdate": WRITE, "batchUpdateByDataFilter": FORMULA}


def kinds(desk) -> list[str]:
    """What each call of the last run was."""
    found = []
    for _, path, _ in desk.calls:
        verb = path.rpartition(":")[2] if ":" in path else ""
        found.append(KNOWN.get(verb, READ))
    return found


REPAIRED = [READ, FORMULA, READ]
"""What was written is read, with the cells in which a formula is then set; and they are read afterwards."""

EXPECTED = {
    **{(fault, 1): [READ, READ, WRITE, *REPAIRED] for fault in ("429", "html_502")},
    ("429", 2): [READ, WRITE, WRITE, *REPAIRED],
    **{(fault, 2): [READ, WRITE, READ, WRITE, *REPAIRED] for fault in ("500", "503", "html_502", "cut before")},
    ("cut after", 2): [READ, WRITE, READ, *REPAIRED],  # the marks tell that it was done
    **{(fault, 3): [READ, WRITE, READ, *REPAIRED] for fault in ("503", "cut after")},
    **{(fault, 4): [READ, WRITE, *REPAIRED, FORMULA, READ] for fault in ("503", "cut before")},
    ("cut after", 4): [READ, WRITE, *REPAIRED],
    **{(fault, 5): [READ, WRITE, *REPAIRED, READ] for fault in ("503", "cut after")},
    **{(fault, 1): [READ, READ, WRITE, *REPAIRED] for fault in ("truncated", "after the time-out")},
    **{(fault, 2): [READ, WRITE, READ, *REPAIRED] for fault in ("truncated", "after the time-out")},
    ("twice, first answer", 2): [READ, WRITE, *REPAIRED],
    ("twice, second answer", 2): [READ, WRITE, READ, *REPAIRED],
    ("late, before it is looked for", 2): [READ, WRITE, READ, *REPAIRED],
    ("late, before it is sent again", 2): [READ, WRITE, READ, WRITE, READ, *REPAIRED],
    ("late, once it was sent again", 2): [READ, WRITE, READ, WRITE, *REPAIRED],
    **{(fault, 4): [READ, WRITE, *REPAIRED] for fault in ("truncated", "twice, first answer", "twice, second answer")},
    ("late, before it is sent again", 4): [READ, WRITE, *REPAIRED, FORMULA, READ],
}
"""What is called when a fault is on the call of that number."""
SHORT = [("429", 1), ("cut after", 2), ("late, before it is sent again", 2)]
"""Of these, without `make test-all`."""
OTHERS = [case for case in EXPECTED if case not in SHORT]


@pytest.mark.parametrize(("fault", "call"), [*SHORT, *slow(*spread(10, OTHERS))])
def test_a_fault_on_each_call(desk, fault, call):
    desk.change_a_score()
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang officiel")
    outcome = desk.sync(script=[{"on_call": call, "fault": FAULTS[fault]}])
    assert outcome.code == 0, outcome
    assert kinds(desk) == EXPECTED[fault, call]
    checks.nothing_lost(desk)
    assert list(checks.appended(desk).values()) == [1]
    checks.is_right(desk)


@pytest.mark.parametrize("fault", first(1, ["cut after", "503"]))
def test_google_fails_for_good(desk, fault):
    """The run gives up with one text, and the next one does what is left to do."""
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    outcome = desk.sync(script=[{"on_call": n, "fault": FAULTS[fault]} for n in range(2, 60)])
    assert (outcome.code, outcome.out) == (1, "")
    assert "a peut-être eu lieu" in outcome.err
    assert outcome.err.count("\n") == 1
    assert kinds(desk)[:2] == [READ, WRITE]
    added = checks.appended(desk)
    assert desk.sync().code == 0
    assert list((added + checks.appended(desk)).values()) == [1]
    assert (desk.sync().code, desk.written) == (0, 0)
