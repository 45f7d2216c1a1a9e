"""What older versions kept of requests, for all workbooks in one database, is taken over once."""

import os

from eig_sheets.features.requests.files_ledger import RequestLedger
from eig_sheets.features.requests.rules import Action, Recorded, Stage
from eig_sheets.storage.records import FILE
from tests.features.requests.older_files import KEPT, NAME, NOON
from tests.storage.older_files import PLACE, leave, take_over
from tests.storage.test_former_files import in_child, names


def test_a_database_is_taken_over_for_every_workbook(tmp_path):
    leave(tmp_path, NAME)
    take_over(tmp_path, NAME)
    assert names(tmp_path) == [FILE]
    assert [request.by for request in RequestLedger(tmp_path, "/partage/autre.xlsx").recorded()] == ["Grace"]


def test_a_database_that_was_not_made_yet_says_nothing(tmp_path):
    (tmp_path / NAME).touch()
    assert RequestLedger(tmp_path, PLACE).recorded() == []
    take_over(tmp_path, NAME)
    assert names(tmp_path) == [FILE]


def test_what_an_older_version_added_where_nothing_is_kept_is_taken_over(tmp_path):
    RequestLedger(tmp_path, "/partage/troisième.xlsx").record(KEPT[NAME][0])
    leave(tmp_path, NAME)
    assert RequestLedger(tmp_path, PLACE).recorded() == KEPT[NAME]
    assert len(RequestLedger(tmp_path, "/partage/troisième.xlsx").recorded()) == 1


def test_runs_at_once_take_it_over_once(tmp_path):
    leave(tmp_path, NAME)
    children = []
    for number in range(4):
        children.append(os.fork())
        if not children[-1]:
            recorded = Recorded(str(number), Action.SYNC, "", "", Stage.DONE, NOON)
            in_child(lambda recorded=recorded: RequestLedger(tmp_path, PLACE).record(recorded))
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert sorted(recorded.number for recorded in RequestLedger(tmp_path, PLACE).recorded()) == [
        "0",
        "1",
        "2",
        "3",
        "BCDFGHJ",
    ]
    assert names(tmp_path) == [FILE]
