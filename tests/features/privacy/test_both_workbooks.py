"""Personal data of a call whose candidates have a workbook of their own: both are looked into."""

import pytest

from tests.two_workbooks import TEAM
from tests.two_workbooks import synced as synced  # noqa: PLC0414 (a fixture)


@pytest.mark.slow
def test_all_that_is_kept_of_somebody_is_found_in_both_whichever_is_named(synced):
    for options in ((), ("--talents",)):
        records = synced.run(*options, "person", "show", TEAM["email"], "--format", "json").records
        assert {record["source"] for record in records} == {"classeur des candidats", "dossier d’état"}
    records = synced.run("person", "show", "p1@exemple.invalid", "--format", "json").records
    assert {record["source"] for record in records} == {"classeur des projets", "dossier d’état"}


def test_the_cells_to_empty_are_those_of_both_each_at_its_time(synced):
    done = synced.run("archives", "cells", "--format", "json")
    due = {(record["workbook"], record["tab"]): record["due"] for record in done.records}
    assert due["talents", "Talents"] < due["projets", "Candidatures"]
    assert {workbook for workbook, _ in due} == {"projets", "talents"}
