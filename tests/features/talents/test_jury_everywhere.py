"""`--talents jury assign` on a file, Google and Grist: written once, then nothing is, and syncs keep it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from eig_sheets.features.talents.assigned import NAME
from tests.end_to_end.places import KINDS, Place, called

pytestmark = pytest.mark.slow


@pytest.fixture(params=KINDS)
def place(request, tmp_path) -> Iterator[Place]:
    with called(request, tmp_path) as found:
        text = found.config.read_text(encoding="utf-8")
        found.config.write_text(
            text.replace("[jury.talents]\nreads = 3", "[jury.talents]\nreads = 2"), encoding="utf-8"
        )
        yield found


def pairs(place: Place) -> set[tuple[str, str]]:
    return {(str(row["N° de candidature"]), str(row["E-mail du juré"])) for row in place.rows(NAME)}


def test_it_is_written_once_and_kept(place):
    done = place.run("--talents", "jury", "assign", "--rows", "chloe@jury.example", "--format", "json")
    assert done.code == 0, done.err
    record = json.loads(done.out)
    assert record["optimal"]
    assert pairs(place) == {(one["candidate"], one["juror"]) for one in record["pairs"]}
    noted = {one["candidate"] for one in record["pairs"] if one["kept"]}
    assert noted == {"T1", "T2", "T3", "T4", "T5", "T6"}
    typed = {str(row["N° de candidature"]) for row in place.rows("Évaluations talents") if "chloe" in str(row)}
    assert typed == {number for number, juror in pairs(place) if juror == "chloe@jury.example"} != set()
    assert place.run("sync").code == 0
    for command in (("--talents", "jury", "assign"), ("--talents", "jury", "assign", "--adjust"), ("sync",)):
        again = place.run(*command, "--dry-run", "--format", "json")
        assert again.code == 0, again.err
        changes = json.loads(again.out)
        assert (changes if isinstance(changes, list) else changes["changes"]) == []
