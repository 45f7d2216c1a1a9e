"""`teams propose` on a file, a Google Sheet and a Grist document: written once, then nothing is, and syncs keep it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.end_to_end.places import KINDS, Place, called

pytestmark = pytest.mark.slow


@pytest.fixture(params=KINDS)
def place(request, tmp_path) -> Iterator[Place]:
    with called(request, tmp_path) as found:
        yield found


def teams(place: Place) -> list[tuple[Any, Any, Any]]:
    """The rows that the tab shows."""
    rows = place.rows("Équipes proposées")
    return [(row["N° de dossier"], row["N° de candidature"], row["Aujourd’hui"]) for row in rows]


def test_it_is_written_once_and_kept(place):
    done = place.run("teams", "propose", "--format", "json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["optimal"]
    told = [("101", "T1", "à décider"), ("101", "T2", "à décider"), ("101", "T5", None), ("101", "T6", None),
            ("102", "T3", "à décider"), ("102", "T4", "à décider")]  # fmt: skip
    assert teams(place) == told
    assert place.run("sync").code == 0
    for command in (("teams", "propose"), ("teams", "propose", "--adjust"), ("sync",)):
        again = place.run(*command, "--dry-run", "--format", "json")
        assert again.code == 0
        changes = json.loads(again.out)
        assert (changes if isinstance(changes, list) else changes["changes"]) == []
    assert teams(place) == told
