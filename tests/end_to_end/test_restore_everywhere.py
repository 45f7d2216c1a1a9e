"""`restore` on a file, a Google Sheet and a Grist document: in its place or beside, and the next sync has it right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eig_sheets import loading
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from tests.end_to_end.places import Place
from tests.grist_server import ROBOT
from tests.nightly import Table
from tests.program import copied_config
from tests.sheets_server.server import running
from tests.two_workbooks import sheets_of
from tests.workbook.snapshots import JURORS, dossier, evaluation

pytestmark = pytest.mark.slow

NUMBERS = ("101", "102", "103")


def _called(place: Place) -> Place:
    """The same with a small call, synchronised twice: between them, the places went from one to two."""
    copied_config(place.folder / "config", dirs_exist_ok=True)
    reviews = [evaluation(one, name, *[score] * 5) for one, score in zip(NUMBERS, (4.0, 3.0, 2.0), strict=True)
               for name in ("anna", "bob")]  # fmt: skip
    rows = {"candidatures": [dossier(one) for one in NUMBERS], "jury": JURORS, "evaluations": reviews}
    book = place.book
    version = book.read().version if book.exists() else ""
    book.apply(Plan(version, tuple(map(CreateTab, sheets_of(loading.load(place.config), rows)))))
    assert place.run("init").code == 0
    _with_places(place, 1)
    assert place.run("sync").code == 0
    return place


def _with_places(place: Place, count: int) -> None:
    lines = place.config.read_text(encoding="utf-8").splitlines(keepends=True)
    found = [f"target = {count}\n" if line.startswith("target = ") else line for line in lines]
    assert found.count(f"target = {count}\n") == 1
    place.config.write_text("".join(found), encoding="utf-8")


@pytest.fixture(params=["xlsx", "google", "grist"])
def place(request, tmp_path) -> Iterator[Place]:
    if request.param == "xlsx":
        yield _called(Place(tmp_path, str(tmp_path / "campagne.xlsx"), {}))
    elif request.param == "google":
        with running() as server:
            env = {"EIG_SHEETS_API_ENDPOINT": server.url, "GOOGLE_APPLICATION_CREDENTIALS": server.service_account}
            yield _called(Place(tmp_path, server.spreadsheet_id, env))
    else:
        server = request.getfixturevalue("grist")
        env = {"EIG_SHEETS_GRIST_KEY": server.keys[ROBOT]}
        yield _called(Place(tmp_path, f"{server.url}/{server.new_document()}", env))


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
