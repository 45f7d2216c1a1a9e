"""Networks and servers that fail between the program and Grist: a bounded retry, and never the same thing twice."""

from __future__ import annotations

import pytest

from eig_sheets.spreadsheet.grist.address import address_of
from eig_sheets.spreadsheet.grist.client import MAX_BODY, Client, encoded
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.effort import slow as slow_cases
from tests.effort import spread
from tests.end_to_end.grist import faulty_proxy as faults
from tests.end_to_end.grist.faulty_proxy import FaultyProxy
from tests.end_to_end.grist.support import AT_ONCE, Team
from tests.grist_server import ROBOT

REFUSED = b'{"error":"[Sandbox] KeyError \'Table1\'"}'
PAGE = b"<!DOCTYPE html><title>Bienvenue</title>"


@pytest.fixture
def changed(team: Team) -> Team:
    """A campaign in which something is to be written."""
    team.type_in("Évaluations", 80, "Définition", 1)
    return team


def is_right(team: Team) -> bool:
    """Whether one more run has nothing to write, and the robot wrote each line of its tables once."""
    version = team.now.version
    assert "Rien n’a changé" in team.run("sync").err
    keys = team.column("Classement", "N° de dossier")
    return team.now.version == version and len({*keys}) == len(keys)


READ_FAULTS = {
    "cut before": faults.cut_before, "cut after": faults.cut_after, "429": faults.status(429, b'{"error":"Too many"}'),
    "500": faults.status(500), "502 page": faults.status(502, PAGE), "slow": faults.slow,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", spread(3, READ_FAULTS))
def test_a_reading_that_fails_is_tried_again(name, changed):
    with FaultyProxy(changed.server.url, READ_FAULTS[name]) as proxy:
        done = changed.run("sync", through=proxy.url)
    assert done.code == 0, done.err
    assert is_right(changed)


WRITE_FAULTS = {
    "cut before": faults.cut_before, "cut after": faults.cut_after, "delivered twice": faults.delivered_twice,
    "delivered late": faults.cut_then_delivered_late, "truncated": faults.truncated, "500": faults.status(500),
    "502 page": faults.status(502, PAGE), "429": faults.status(429, b'{"error":"Too many"}'),
}  # fmt: skip


@pytest.mark.parametrize("name", ["cut after", *slow_cases(*spread(4, sorted({*WRITE_FAULTS} - {"cut after"})))])
def test_a_write_whose_outcome_is_unknown_is_looked_up(name, changed):
    with FaultyProxy(changed.server.url, None, None, WRITE_FAULTS[name]) as proxy:
        done = changed.run("sync", through=proxy.url)
    assert done.code == 0, done.err
    assert is_right(changed)


@pytest.mark.slow
def test_a_refused_action_changes_nothing_and_is_planned_again(changed):
    with FaultyProxy(changed.server.url, None, None, faults.status(500, REFUSED)) as proxy:
        done = changed.run("sync", through=proxy.url)
    assert done.code == 0, done.err
    assert proxy.calls == ["GET download", "GET access", "POST apply"] * 2
    assert is_right(changed)


@pytest.mark.slow
def test_another_run_meanwhile_makes_this_one_plan_again(changed):
    with FaultyProxy(changed.server.url, before_write=lambda: changed.run("sync")) as proxy:
        done = changed.run("sync", through=proxy.url)
    assert done.code == 0, done.err
    assert is_right(changed)


@pytest.mark.slow
def test_two_other_runs_meanwhile_make_this_one_plan_again(changed):
    """The row of the first of them has gone by then: its number is free."""

    def others():
        assert changed.run("sync").code == 0
        changed.type_in("Évaluations", 80, "Définition", 3)
        assert changed.run("sync").code == 0

    with FaultyProxy(changed.server.url, before_write=others) as proxy:
        done = changed.run("sync", through=proxy.url)
    assert done.code == 0, done.err
    assert proxy.calls[:4] == ["GET download", "GET access", "POST apply", "GET download"]
    assert is_right(changed)


@pytest.mark.slow
@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_one_sentence_with_its_remedy(status, changed):
    with FaultyProxy(changed.server.url, faults.status(status, b'{"error":"No view access"}')) as proxy:
        done = changed.run("sync", through=proxy.url)
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert "Traceback" not in done.err


@pytest.mark.slow
def test_a_request_of_the_most_bytes_passes_and_one_more_does_not(grist):
    document = grist.blank_document()
    client = Client(address_of(f"{grist.url}/{document}"), grist.keys[ROBOT], AT_ONCE)
    action = ["AddTable", "Longue", [{"id": "a", "type": "Text", "isFormula": False, "description": ""}]]
    action[2][0]["description"] = "x" * (MAX_BODY - len(encoded([action])))
    client.apply([action])
    action[1:2] = ["Longues"]
    with pytest.raises(WorkbookError, match="trop longue pour Grist"):
        client.apply([action])
