"""The workbook on a server that gives prepared answers: unknown outcomes are looked up; requests of a bounded size."""

import json

import pytest

from eig_sheets.spreadsheet.grist import book as module
from eig_sheets.spreadsheet.grist.book import GristWorkbook, split
from eig_sheets.spreadsheet.grist.client import MAX_BODY, encoded
from eig_sheets.spreadsheet.grist.document import MARKS, RUNS
from eig_sheets.spreadsheet.grist.error_messages import UnknownOutcomeError
from eig_sheets.spreadsheet.grist.work import parts
from eig_sheets.spreadsheet.model.base import MovedError, WorkbookError
from eig_sheets.spreadsheet.model.plan import AppendRows, Plan
from eig_sheets.spreadsheet.model.sheet import Column
from tests.spreadsheet.google.odd_google import PAGE
from tests.spreadsheet.grist.documents import File
from tests.spreadsheet.grist.test_sqlite_file import add_marks, add_runs

DONE = (200, {}, b'{"actionNum": 4}')
LOST = (502, {}, PAGE)
READ = ["GET", "GET"]
"""The download, and whom the document is shared with."""


def file(run=7, token="before", *, finished=True, change=0):
    made = File()
    made.add("T", "T", [{"id": "a"}], [(1, 1.0, "x")])
    add_marks(made)
    add_runs(made, (run, token, finished))
    settings = json.dumps({"baseAction": {"n": 4 + change, "h": "0"}})
    made.base.execute("UPDATE _grist_DocInfo SET documentSettings = ?", [settings])
    return 200, {}, made.bytes


@pytest.fixture
def book(odd, client, monkeypatch):
    odd.fixed["/access"] = (200, {}, b'{"users": []}')
    monkeypatch.setattr(module.secrets, "token_hex", lambda _: "ours")
    return GristWorkbook(client)


def plan(snapshot, count=1, text="y"):
    return Plan(snapshot.version, (AppendRows("T", 3, (0,), (Column("a"),), ((text,),) * count),))


def calls(odd):
    return [asked.method for asked in odd.asked]


def test_one_reading_and_one_write(odd, book):
    odd.answers = [file(), DONE]
    assert book.apply(plan(book.read())) == ()
    assert calls(odd) == [*READ, "POST"]
    assert [asked.path.rpartition("/")[2] for asked in odd.asked[:2]] == ["download?nohistory=true", "access"]
    sent = json.loads(odd.asked[2].body)
    assert [action[:2] for action in sent] == [
        ["AddRecord", RUNS], ["UpdateRecord", RUNS], ["RemoveRecord", RUNS], ["AddRecord", MARKS],
        ["BulkAddRecord", "T"], ["AddRecord", MARKS], ["UpdateRecord", "_grist_DocInfo"], ["UpdateRecord", RUNS],
    ]  # fmt: skip
    assert sent[3][3]["repere"] == f"classeur {sent[0][3]['jeton']}"


def test_an_empty_plan_sends_nothing(odd, book):
    odd.answers = [file()]
    book.apply(Plan(book.read().version))
    assert calls(odd) == READ


def test_a_plan_of_another_reading_is_refused_and_no_plan_is_applied_twice(odd, book):
    odd.answers = [file(), file(), DONE]
    made = plan(book.read())
    with pytest.raises(MovedError):
        book.apply(Plan("other", made.operations))
    book.read()
    book.apply(made)
    with pytest.raises(MovedError):
        book.apply(made)


def test_a_lost_answer_of_a_write_that_was_done(odd, book):
    odd.answers = [file(), LOST, file(8, "ours", change=1)]
    book.apply(plan(book.read()))
    assert calls(odd) == [*READ, "POST", "GET"]


def test_a_write_that_was_not_done_is_sent_again_once(odd, book):
    odd.answers = [file(), LOST, file(), DONE]
    book.apply(plan(book.read()))
    assert calls(odd) == [*READ, "POST", "GET", "POST"]
    assert odd.asked[2].body == odd.asked[4].body


@pytest.mark.parametrize("now", [file(7, "before", change=1), file(8, "other", change=1)])
def test_a_write_of_which_nothing_is_known_is_never_sent_again(odd, book, now):
    odd.answers = [file(), LOST, now]
    with pytest.raises(UnknownOutcomeError):
        book.apply(plan(book.read()))
    assert calls(odd) == [*READ, "POST", "GET"]


def test_a_large_plan_is_several_requests_and_says_when_it_stopped_between_two(odd, book):
    moved = (500, {}, b'{"error": "[Sandbox] KeyError"}')
    odd.answers = [file(), DONE, moved]
    with pytest.raises(WorkbookError, match="Relancez la commande, qui termine") as caught:
        book.apply(plan(book.read(), 60, "y" * 30_000))
    assert not isinstance(caught.value, MovedError)
    assert all(len(asked.body) <= MAX_BODY for asked in odd.asked)


def test_each_request_of_a_large_plan_is_refused_once_another_run_has_begun(odd, book):
    odd.answers = [file(), DONE, DONE, DONE]
    book.apply(plan(book.read(), 60, "y" * 30_000))
    first, *others = (json.loads(asked.body) for asked in odd.asked if asked.method == "POST")
    assert first[0] == ["AddRecord", RUNS, 8, {"jeton": "ours", "termine": False}]
    assert [actions[0] for actions in others] == [["UpdateRecord", RUNS, 8, {"termine": False}]] * len(others)
    assert others


@pytest.mark.parametrize("answer", [(200, {}, PAGE), (200, {}, b"")])
def test_a_page_in_place_of_the_document(odd, book, answer):
    odd.answers = [answer]
    with pytest.raises(WorkbookError, match="ne se lit pas"):
        book.read()


def test_a_refusal_by_access_rules_names_those_that_may_be_its_cause(odd, book):
    made = File()
    made.add("T", "T", [{"id": "a"}])
    add_marks(made)
    add_runs(made, (7, "before", True))
    made.base.execute("INSERT INTO _grist_ACLResources VALUES (2, 'T', '*')")
    made.base.execute("INSERT INTO _grist_ACLRules VALUES (1, 2, 'True', '-C', 'Rien de plus', 1.0, '')")
    odd.answers = [(200, {}, made.bytes), (403, {}, b'{"error": "Blocked by row create access rules"}')]
    with pytest.raises(WorkbookError, match=r"Rien de plus.*table.*T.*"):
        book.apply(plan(book.read()))


def test_access_rules_are_in_one_request_whatever_comes_before_them():
    rule = ["AddRecord", "_grist_ACLRules", None, {"resource": -1, "aclFormula": "x" * 2_000}]
    for size in range(MAX_BODY - 60_000, MAX_BODY, 5_000):
        requests = [*split([["BulkAddRecord", "T", [None], {"a": ["y" * (size - 100)]}], *[rule] * 50])]
        assert [len([action for action in request if action is rule]) for request in requests][-1] == 50
        assert all(len(encoded(request)) <= MAX_BODY for request in requests)


def test_a_large_plan_is_as_few_requests_as_actions_of_a_twentieth_of_one_can_be():
    rows = [(f"{place:06}" + "x" * 80,) for place in range(40_000)]
    actions = [["BulkAddRecord", "T", [None] * len(part), {"a": [row[0] for row in part]}]
               for part in parts(rows, lambda row: row)]  # fmt: skip
    size = len(encoded(actions))
    assert size > 3 * MAX_BODY
    assert len([*split(actions)]) <= -(-size // (MAX_BODY * 19 // 20))


def test_parts_are_all_the_actions_in_order_and_fit():
    actions = [["AddRecord", "T", None, {"a": "é" * (1000 * place)}] for place in range(60)]
    requests = [*split(actions)]
    assert [action for part in requests for action in part] == actions
    assert all(len(encoded(part)) <= MAX_BODY for part in requests)


@pytest.mark.parametrize("size", [*range(980, 1000)])
def test_a_rule_is_in_the_request_of_the_resource_to_which_it_refers(size):
    filler = ["AddRecord", "T", None, {"a": "x" * size * 1000}]
    resource = ["AddRecord", "_grist_ACLResources", -1, {"tableId": "T", "colIds": "*"}]
    rule = ["AddRecord", "_grist_ACLRules", None, {"resource": -1, "memo": "m" * 900}]
    if len(encoded(filler)) < MAX_BODY:
        requests = [*split([filler, resource, rule])]
        assert [request for request in requests if resource in request] == [
            request for request in requests if rule in request
        ]
        assert all(len(encoded(request)) <= MAX_BODY for request in requests)


def test_an_action_that_no_request_holds_is_refused():
    with pytest.raises(WorkbookError, match="trop longue"):
        [*split([["AddRecord", "T", None, {"a": "x" * MAX_BODY}]])]
