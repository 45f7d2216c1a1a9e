"""The control script: people's edits after a call, faults on a call, and the list of calls."""

import time

import pytest
import requests


@pytest.fixture
def control(server, book):
    def post(*steps):
        for step in steps:
            step.get("edit", {}).setdefault("spreadsheet_id", book.id)
        answer = requests.post(f"{server.url}/_control/script", json=list(steps), timeout=300)
        assert answer.status_code == 200, answer.text

    return post


def calls(server):
    return requests.get(f"{server.url}/_control/calls", timeout=300).json()


def failures(server):
    return requests.get(f"{server.url}/_control/script", timeout=300).json()["failures"]


@pytest.fixture
def notes(api):
    api.type("A1", ["N°", "Nom"], [2, "b"], [3, "c"], [1, "a"])
    return api


def edit(kind, **what):
    return {"kind": kind, "tab": "Sheet1", **what}


@pytest.mark.parametrize(
    ("step", "seen"),
    [
        (edit("set", cell="B2", value="3,5"), [["N°", "Nom"], [2, "3,5"], [3, "c"], [1, "a"]]),
        (edit("set", cell="B2", value="=A2*2"), [["N°", "Nom"], [2, 4], [3, "c"], [1, "a"]]),
        (edit("set", cell="B2", value=""), [["N°", "Nom"], [2], [3, "c"], [1, "a"]]),
        (edit("insert_row", at=2), [["N°", "Nom"], [], [2, "b"], [3, "c"], [1, "a"]]),
        (edit("delete_row", at=2), [["N°", "Nom"], [3, "c"], [1, "a"]]),
        (edit("sort", by="N°"), [["N°", "Nom"], [1, "a"], [2, "b"], [3, "c"]]),
        (edit("sort", by="Nom", descending=True), [["N°", "Nom"], [3, "c"], [2, "b"], [1, "a"]]),
        (edit("rename_header", **{"from": "Nom", "to": "Prénom"}), [["N°", "Prénom"], [2, "b"], [3, "c"], [1, "a"]]),
        (edit("move_column", header="Nom", to=1), [["Nom", "N°"], ["b", 2], ["c", 3], ["a", 1]]),
        (edit("move_column", header="N°", to="B"), [["Nom", "N°"], ["b", 2], ["c", 3], ["a", 1]]),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_people_edit_between_two_calls(server, control, notes, step, seen):
    control({"after_call": 1, "edit": step})
    options = {"valueRenderOption": "UNFORMATTED_VALUE"}
    assert notes.values("A1:B9", **options) == [["N°", "Nom"], [2, "b"], [3, "c"], [1, "a"]]
    assert notes.values("A1:B9", **options) == seen
    assert failures(server) == []


def test_tabs_are_renamed_and_deleted(control, api):
    api.batch({"addSheet": {"properties": {"title": "Robot"}}})
    control(
        {"after_call": 0, "edit": {"kind": "rename_tab", "tab": "Robot", "from": "Robot", "to": "Machine"}},
        {"after_call": 1, "edit": {"kind": "delete_tab", "tab": "Machine"}},
    )
    assert [tab["properties"]["title"] for tab in api.get()["sheets"]] == ["Sheet1", "Machine"]
    assert [tab["properties"]["title"] for tab in api.get()["sheets"]] == ["Sheet1"]


def test_an_edit_that_cannot_be_made_is_reported(server, control, api):
    control({"after_call": 0, "edit": edit("sort", by="Absent")})
    assert "no header 'Absent'" in failures(server)[0]


def test_a_script_with_an_unknown_step_is_refused(server):
    for step in ({"after_call": 1, "edit": {"kind": "burn"}}, {"on_call": 1, "fault": {"kind": "slow"}}):
        assert requests.post(f"{server.url}/_control/script", json=[step], timeout=300).status_code == 400


def test_a_status_is_answered_once_without_doing_the_call(control, api):
    control({"on_call": 2, "fault": {"kind": "status", "status": 503}})
    api.type("A1", ["un"])
    answer = api.call("PUT", "/values/A1", {"values": [["deux"]]}, valueInputOption="RAW")
    assert (answer.status_code, answer.json()["error"]["status"]) == (503, "UNAVAILABLE")
    assert api.values("A1") == [["un"]]


def test_a_502_is_a_page(control, api):
    control({"on_call": 1, "fault": {"kind": "html_502"}})
    answer = api.call("GET", "")
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=UTF-8")
    assert answer.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("kind", "seen"), [("drop_before_apply", []), ("drop_after_apply", [["x"]])])
def test_a_connection_is_cut_before_or_after_the_write(control, api, kind, seen):
    control({"on_call": 1, "fault": {"kind": kind}})
    with pytest.raises(requests.ConnectionError):
        api.type("A1", ["x"])
    assert api.values("A1") == seen


BEGUN = [["N°", "Nom"], [2, "b"], [3, "c"], [1, "a"]]


@pytest.mark.parametrize(
    ("steps", "seen"),
    [
        ([edit("insert_column", at=2)], [["N°", "", "Nom"], [2, "", "b"], [3, "", "c"], [1, "", "a"]]),
        ([edit("delete_column", at=1)], [["Nom"], ["b"], ["c"], ["a"]]),
        ([edit("move_rows", at=4, to=2)], [["N°", "Nom"], [1, "a"], [2, "b"], [3, "c"]]),
        ([edit("cut_paste", range="B:B", to="C1")], [["N°", "", "Nom"], [2, "", "b"], [3, "", "c"], [1, "", "a"]]),
        ([edit("cut_paste", range="A2:B2", to="A6")], [["N°", "Nom"], [], [3, "c"], [1, "a"], [], [2, "b"]]),
        ([edit("copy_paste", range="A2:B2", to="A5")], [*BEGUN, [2, "b"]]),
        ([edit("paste_rows", cell="A5", rows=[[4, "d"], [5]])], [*BEGUN, [4, "d"], [5]]),
        ([edit("sort_range", range="B2:B4")], [["N°", "Nom"], [2, "a"], [3, "b"], [1, "c"]]),
        ([edit("filter", range="A1:B4"), edit("filter")], BEGUN),
        (
            [edit("merge", range="A2:A3"), edit("unmerge", range="A2:A3")],
            [["N°", "Nom"], [2, "b"], ["", "c"], [1, "a"]],
        ),
        ([edit("hide_rows", at=2), edit("sort", by="N°")], [["N°", "Nom"], [2, "b"], [1, "a"], [3, "c"]]),
        ([edit("hide_columns", at=2), edit("hide_columns", at=2, shown=True)], BEGUN),
        ([edit("clear_tab")], []),
        ([edit("set", cell="A2", value=9), edit("undo")], BEGUN),
        ([edit("delete_row", at=2), edit("undo")], BEGUN),
        ([edit("convert_to_table"), edit("set", cell="A5", value=7), edit("table_to_range")], [*BEGUN, [7]]),
    ],
    ids=lambda value: value[0]["kind"] if value and isinstance(value[0], dict) else "",
)
def test_people_edit_blocks_lines_and_tables(server, control, notes, steps, seen):
    control(*({"after_call": 0, "edit": step} for step in steps))
    assert failures(server) == []
    assert notes.values("A1:D9", valueRenderOption="UNFORMATTED_VALUE") == seen


def test_an_undo_after_a_robot_s_write_takes_back_one_cell(server, control, notes):
    control({"after_call": 0, "edit": edit("set", cell="A2", value=9)})
    notes.type("B3", ["robot"])
    control({"after_call": 0, "edit": edit("undo")})
    shown = notes.values("A1:B9", valueRenderOption="UNFORMATTED_VALUE")
    assert shown == [["N°", "Nom"], [2, "b"], [3, "robot"], [1, "a"]]
    control({"after_call": 0, "edit": edit("undo")})
    assert "nothing to undo" in failures(server)[0]


def test_the_last_tab_that_shows_is_not_hidden(server, control, api):
    api.batch({"addSheet": {"properties": {"title": "Robot"}}})
    control(*({"after_call": 0, "edit": {"kind": "hide_tab", "tab": tab}} for tab in ("Robot", "Sheet1")))
    assert [tab["properties"].get("hidden", False) for tab in api.get()["sheets"]] == [False, True]
    assert "last tab" in failures(server)[0]


def test_an_answer_that_is_cut_is_no_json(control, api):
    control({"on_call": 1, "fault": {"kind": "truncated_json"}})
    answer = api.call("PUT", "/values/A1", {"values": [["x"]]}, valueInputOption="RAW")
    assert answer.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert api.values("A1") == [["x"]]


@pytest.mark.slow
def test_an_answer_comes_after_whoever_asked_has_hung_up(server, control, api):
    control({"on_call": 1, "fault": {"kind": "late_answer"}})
    url = f"{server.url}/v4/spreadsheets/{api.book_id}/values/A1?valueInputOption=RAW"
    with pytest.raises(requests.ReadTimeout):
        requests.put(url, json={"values": [["x"]]}, headers=api.headers, timeout=0.5)
    assert api.values("A1") == [["x"]]


@pytest.mark.parametrize(("answer", "status"), [("first", 200), ("second", 400)])
def test_a_call_that_is_delivered_twice_is_done_twice(control, api, answer, status):
    control({"on_call": 1, "fault": {"kind": "delivered_twice", "answer": answer}})
    added = {"addSheet": {"properties": {"sheetId": 5, "title": "Robot"}}}
    assert api.call("POST", ":batchUpdate", {"requests": [added]}).status_code == status
    assert [tab["properties"]["title"] for tab in api.get()["sheets"]] == ["Sheet1", "Robot"]


def test_a_call_that_is_delivered_late_is_done_before_a_later_one(control, api):
    control({"on_call": 1, "fault": {"kind": "delivered_late", "calls": 2}})
    with pytest.raises(requests.ConnectionError):
        api.type("A1", ["x"])
    assert [api.values("A1"), api.values("A1")] == [[], [["x"]]]


@pytest.mark.slow
def test_a_slow_call_is_done_late(control, api):
    control({"on_call": 1, "fault": {"kind": "slow", "seconds": 0.3}})
    begun = time.monotonic()
    api.type("A1", ["x"])
    assert time.monotonic() - begun >= 0.3
    assert api.values("A1") == [["x"]]


def test_calls_are_counted_from_the_script_and_control_is_left_out(server, control, api):
    control()
    api.type("A1", ["x"])
    calls(server)
    api.call("GET", "/values/Nulle part")
    listed = calls(server)
    assert [(call["call"], call["method"], call["status"]) for call in listed] == [(1, "PUT", 200), (2, "GET", 400)]
    assert listed[0]["path"].endswith("/values/A1")
    assert listed[0]["bytes"] == listed[0]["bytes_in"] + listed[0]["bytes_out"] > 0


def test_a_dump_shows_values_and_formulas(api):
    api.type("A1", ["=1+1", 2.5])
    [tab] = api.dump()["tabs"]
    assert (tab["title"], tab["sheetId"]) == ("Sheet1", 0)
    assert (tab["values"], tab["formatted"], tab["formulas"]) == ([[2, 2.5]], [["2", "2.5"]], [["=1+1", 2.5]])


def test_an_edit_is_the_owner_s_whom_no_protection_stops(server, control, api):
    api.batch({"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}}}})
    control({"after_call": 0, "edit": edit("set", cell="A1", value="x")})
    assert (api.values("A1"), failures(server)) == ([["x"]], [])
