"""People edit either workbook between any two commands, runs are killed: nothing of theirs moves, both end right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.campaign.reading import read
from eig_sheets.cli import pipeline
from tests.effort import examples
from tests.in_memory import storage_at
from tests.spreadsheet.memory_desk import edit
from tests.two_workbooks import REVEALED, Pair, copied, made

ROWS = st.integers(0, 2)
EDITS = st.one_of(
    st.tuples(st.just("decision"), ROWS, st.sampled_from(["Lauréat", "Désisté", "Non retenu", None])),
    st.tuples(st.just("projet"), ROWS, st.sampled_from(["Phare", "Balise", None])),
    st.tuples(st.just("statut"), ROWS, st.sampled_from(["Retenu", "Présélectionné", "Non retenu", "Désisté", None])),
    st.tuples(st.just("projet_decide"), ROWS, st.sampled_from(["90101", "90102", "90103", "99999", None])),
    st.tuples(st.just("email"), ROWS, st.sampled_from(["w@exemple.invalid", "pas une adresse", None])),
    st.tuples(st.sampled_from(["delete_row", "insert_row"]), ROWS, st.sampled_from(["Candidatures", "Talents"])),
    st.tuples(st.just("delete_tab"), ROWS, st.sampled_from(["Envois", "Anomalies", "Projets", "Classement"])),
)
COMMANDS = st.sampled_from(
    [("sync",), ("--talents", "sync"), ("--talents", "emails", "draft"), ("emails", "draft"), ("init",), ("killed",)]
)
OF_PEOPLE = ("Candidatures", "Évaluations", "Jury", "Talents", "Évaluations talents", "Paramètres")
IN_PROJECTS = ("decision", "projet")


class Killed(BaseException):
    """The end of the process."""


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Pair:
    """Both up to date: not to be changed."""
    pair = made(tmp_path_factory.mktemp("two") / "appel")
    assert pair.run("--today", REVEALED, "init").code == pair.sync().code == 0
    return pair


def act(pair: Pair, kind: str, row: int, what: Any) -> None:
    """One edit of people's."""
    if kind in ("delete_row", "insert_row"):
        workbook = pair.workbook if what == "Candidatures" else pair.talents
        edit(storage_at(workbook), kind, tab=what, at=row + 2)
    elif kind == "delete_tab":
        for workbook in (pair.workbook, pair.talents):
            if any(tab.name == what for tab in storage_at(workbook).tabs):
                edit(storage_at(workbook), kind, tab=what)
    elif kind in IN_PROJECTS:
        pair.type_in(pair.workbook, "candidatures", kind, row, what)
    else:
        pair.type_in(pair.talents, "talents", kind, row, what)


def typed(pair: Pair) -> list[tuple[str, list[Any]]]:
    """What people typed, but for the robot's columns at the right of theirs."""
    kept = []
    for settings_, snapshot in ((pair.settings, pair.read()), (pair.settings.for_talents(), pair.read_talents())):
        for tab in read(snapshot, settings_).layout.tabs.values():
            if tab.name in OF_PEOPLE:
                places = sorted(tab.columns.values())
                rows = [[tab.tab.value(row, place) for place in places] for row in range(1, tab.last_row + 1)]
                kept.append((tab.name, rows))
    return kept


def run(pair: Pair, *command: str) -> None:
    """A command, which may be a night that is killed after its first write."""
    if command != ("killed",):
        pair.run("--today", REVEALED, *command)
        return
    apply, done = pipeline.applied, list[object]()

    def dying(*arguments: Any) -> Any:
        if done:
            raise Killed
        done.append(apply(*arguments))
        return done[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "applied", dying)
        try:
            pair.sync()
        except Killed:
            return


def is_right(pair: Pair) -> None:
    """What each says of the other is what people typed."""
    dossiers = pair.tab(pair.workbook, "Candidatures").rows
    chosen = {str(one["N° de dossier"]) for one in dossiers if one["Décision"] == "Lauréat" and one["N° de dossier"]}
    shown = pair.tab(pair.talents, "Projets")
    assert {str(one["N° de dossier"]) for one in (shown.rows if shown else [])} == chosen
    outboxes = [{one["Id"] for one in pair.tab(book, "Envois").rows} for book in (pair.workbook, pair.talents)]
    assert outboxes[0].isdisjoint(outboxes[1])
    said = [str(value) for tab in pair.read().tabs for row in tab.rows for value in row if value is not None]
    assert [value for value in said if "T-700" in value or "brumaire" in value.casefold()] == []


STEPS = st.lists(st.tuples(st.lists(EDITS, max_size=3), COMMANDS), min_size=1, max_size=4)


def goes_well(original: Pair, folder: Path, steps: list[Any]) -> None:
    """Each step leaves what people typed, and one more night makes both right, then has nothing to write."""
    pair = copied(original, folder)
    for edits, command in steps:
        for one in edits:
            act(pair, *one)
        before = typed(pair)
        run(pair, *command)
        assert typed(pair) == before
    before = typed(pair)
    assert pair.run("--today", REVEALED, "sync", "--force").code == 0
    assert typed(pair) == before
    is_right(pair)
    saves = pair.saves
    assert pair.sync().code == 0
    assert pair.saves == saves


@pytest.mark.slow
def test_a_night_that_is_killed_among_edits_of_both(original, tmp_path):
    edits = [("decision", 1, "Désisté"), ("statut", 1, "Retenu"), ("delete_tab", 0, "Projets")]
    goes_well(original, tmp_path / "one", [(edits, ("killed",))])


@pytest.mark.slow
@settings(max_examples=examples(3, 32))
@given(steps=STEPS)
def test_in_any_order(original, tmp_path_factory, steps):
    goes_well(original, tmp_path_factory.mktemp("any") / "appel", steps)
