"""`restore` on a file, a Google Sheet and a Grist document: in its place or beside, and the next sync has it right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.end_to_end.places import KINDS, Place, empty
from tests.nightly import Table
from tests.workbook.snapshots import JURORS, dossier, evaluation

pytestmark = pytest.mark.slow

NUMBERS = ("101", "102", "103")


def _called(place: Place) -> Place:
    """The same with a small call, synchronised twice: between them, the places went from one to two."""
    reviews = [evaluation(one, name, *[score] * 5) for one, score in zip(NUMBERS, (4.0, 3.0, 2.0), strict=True)
               for name in ("anna", "bob")]  # fmt: skip
    place.filled({"candidatures": [dossier(one) for one in NUMBERS], "jury": JURORS, "evaluations": reviews})
    _with_places(place, 1)
    assert place.run("sync").code == 0
    return place


def _with_places(place: Place, count: int) -> None:
    lines = place.config.read_text(encoding="utf-8").splitlines(keepends=True)
    found = [f"target = {count}\n" if line.startswith("target = ") else line for line in lines]
    assert found.count(f"target = {count}\n") == 1
    place.config.write_text("".join(found), encoding="utf-8")


@pytest.fixture(params=KINDS)
def place(request, tmp_path) -> Iterator[Place]:
    with empty(request, tmp_path) as found:
        yield _called(found)


def shown(place: Place, tab: str) -> list[dict[str, object]]:
    found = place.book.read().tab(tab)
    assert found is not None, tab
    return [{key: value for key, value in row.items() if key != "row"} for row in Table(found).rows]


def proposals(place: Place) -> list[object]:
    return [row["Proposition"] for row in shown(place, "Candidatures")]


def test_in_its_place_or_beside(place):
    first, before = shown(place, "Classement"), proposals(place)
    _with_places(place, 2)
    assert place.run("sync").code == 0
    last, after = shown(place, "Classement"), proposals(place)
    assert (last != first, after != before) == (True, True)
    reviews = shown(place, "Évaluations")
    run = str(place.run("history", "--format", "json").records[0]["run"])
    done = place.run("restore", "Classement", "--run", run)
    assert done.code == 0, done.err
    assert (shown(place, "Classement"), proposals(place)) == (first, before)
    done = place.run("restore", "Évaluations", "--run", run)
    assert done.code == 0, done.err
    copied = shown(place, f"Évaluations – exécution {run}")
    assert [row["E-mail du juré"] for row in copied] == [row["E-mail du juré"] for row in reviews]
    assert [row["Définition"] for row in copied] == [row["Définition"] for row in reviews]
    assert shown(place, "Évaluations") == reviews
    assert place.run("sync").code == 0
    assert (shown(place, "Classement"), proposals(place)) == (last, after)
    again = place.run("sync")
    assert (again.code, "Rien n’a changé" in again.err) == (0, True), again
    assert place.run("history", "verify", run).code == 0
