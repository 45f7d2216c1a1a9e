"""Unexpected behaviours of Google, none of them seen live: a run reports each before it ends well."""

from contextlib import nullcontext
from unittest.mock import patch

import pytest

from eig_sheets.spreadsheet.model.cells import parse_a1
from tests.columns import cell_of, column_of
from tests.effort import first, spread
from tests.end_to_end.google import checks, unexpected_google
from tests.end_to_end.google.support import Desk, fill
from tests.end_to_end.google.test_two_runs import decide, held, other_machine
from tests.sheets_server.errors import ApiError

NOTICED = "Google n’a pas fait ce que le robot attend de lui"
MOVED = "Quelqu’un a déplacé une colonne pendant l’écriture"
RESTLESS = "deux lectures de suite se contredisent"


def column_moves() -> list[dict]:
    """A column of the outbox is moved between the reading and the writing of the robot."""
    moved = {"kind": "move_column", "tab": "E-mails à envoyer", "header": "Objet", "to": "B"}
    return [{"after_call": 1, "edit": moved}]


def work(desk: Desk) -> None:
    """Something for each kind of write: results, e-mails to append, a formula to repair."""
    desk.change_a_score()
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 1), value="Rang officiel")


def comes_right(desk: Desk) -> None:
    """Once Google does as expected again, at most one more run makes all right."""
    assert desk.sync().code == 0
    assert max(checks.ids(desk.book).values()) == 1
    checks.is_right(desk)


def well_told(desk: Desk, outcome, *words: str) -> None:
    """It ended with one French text that has those words."""
    checks.ended_well(outcome)
    assert (outcome.code, outcome.out) == (1, ""), outcome
    assert all(word in outcome.err.replace("\u202f", " ") for word in words), outcome.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told"),
    first(
        1,
        [
            ("an answer has no replies", NOTICED),
            ("an answer does not tell the marks after a batch", ""),
            ("a write by a data filter falls in the first column", NOTICED),
            ("a mark does not keep the id that was chosen", NOTICED),
            ("two marks may have the same id", ""),
            ("an update of a mark that is not found passes", ""),
            ("a mark is found wherever it is", ""),
            ("a write by a data filter writes nothing", NOTICED),
            ("formulas come back with French names", ""),
            ("answers hold keys that nobody knows", ""),
        ],
    ),
)
def test_a_run_that_nobody_disturbs(desk, name, told):
    work(desk)
    with unexpected_google.BEHAVIOURS[name]():
        outcome = desk.sync()
        if told:
            well_told(desk, outcome, told)
        else:
            assert outcome.code == 0, outcome
            assert list(checks.appended(desk).values()) == [1]
            checks.is_right(desk)
    comes_right(desk)


@pytest.mark.parametrize(
    "name", first(2, ["a mark is found wherever it is", "an update of a mark that is not found passes"])
)
@pytest.mark.parametrize("fault", first(2, [{"kind": "drop_after_apply"}, None, {"kind": "html_502"}]))
def test_a_column_that_moves_under_added_rows(desk, name, fault):
    """The rows lie under other headers, whether the answer came or not: that is said, and people put them right."""
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    with unexpected_google.BEHAVIOURS[name]():
        script = [*column_moves(), *([{"on_call": 2, "fault": fault}] if fault else [])]
        outcome = desk.sync(script=script)
    checks.nothing_lost(desk)
    well_told(desk, outcome, MOVED)


@pytest.mark.slow
@pytest.mark.parametrize("marked", [True, False])
def test_a_column_that_moves_under_added_rows_when_google_does_as_expected(desk, marked):
    """A tab that bears no marks has nothing to hold the batch back: it is read again afterwards."""
    if not marked:
        book = desk.book.copy()
        keys = ("eig-sheets.column",)
        sheet = book.titled("E-mails à envoyer")
        book.metadata = [
            one
            for one in book.metadata
            if one["metadataKey"] not in keys or one["location"]["dimensionRange"]["sheetId"] != sheet.id
        ]
        desk.book = book
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    outcome = desk.sync(script=column_moves())
    checks.nothing_lost(desk)
    if marked:
        assert outcome.code == 0
        rows = {row["Id"]: row for row in desk.rows("E-mails à envoyer")}
        assert rows["laureat-4512301"]["Objet"].startswith("Votre projet")
    else:
        well_told(desk, outcome, MOVED)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a mark does not keep the id that was chosen", "an answer has no replies"])
def test_an_answer_that_is_lost_is_looked_for_before_anything_is_sent_again(desk, name):
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    with unexpected_google.BEHAVIOURS[name]():
        outcome = desk.sync(script=[{"on_call": 2, "fault": {"kind": "drop_after_apply"}}])
    assert list(checks.appended(desk).values()) == [1]
    assert sum(":batchUpdate" in path for _, path, _ in desk.calls) == 1
    if name.startswith("a mark"):
        well_told(desk, outcome, NOTICED)
    comes_right(desk)


@pytest.mark.slow
def test_two_machines_whose_batches_both_pass(desk):
    decide(desk, 3)  # the first draft that it replaces brings the tab of archives, which two machines cannot both make
    assert desk.sync().code == 0
    decide(desk, 2)
    other, ended = other_machine(desk), []
    with unexpected_google.BEHAVIOURS["two marks may have the same id"](), held(lambda: ended.append(other.sync())):
        outcome = desk.sync()
    assert [one.code for one in ended] == [0]
    well_told(desk, outcome, NOTICED, "une autre exécution")


@pytest.mark.slow
def test_marks_that_are_all_forgotten(desk):
    book = desk.book.copy()
    first = next(one for one in book.metadata if one["metadataKey"] == "eig-sheets.run")
    book.metadata += [{**first, "metadataId": first["metadataId"] + place} for place in range(1, 40)]
    desk.book = book
    desk.change_a_score()
    with unexpected_google.BEHAVIOURS["forgetting one mark forgets all of its kind"]():
        well_told(desk, desk.sync(), NOTICED)
    comes_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["the values of a tab are those of another", "the values of a tab are left out of an answer"],
)
def test_a_reading_in_several_calls(desk, name):
    """Nothing is computed from the values of another tab, or from none."""
    work(desk)
    desk.advised = 1
    with unexpected_google.BEHAVIOURS[name]():
        well_told(desk, desk.sync(), RESTLESS)
    assert desk.writes == []
    comes_right(desk)


@pytest.mark.slow
def test_a_column_that_shows_something_else_than_the_robots_tab(desk):
    desk.book.known.clear()  # what the local server has computed before
    with unexpected_google.BEHAVIOURS["a lookup gives what is on the row above"]():
        assert desk.sync().code == 0
    desk.book.known.clear()
    said = [row for row in desk.rows("Anomalies") if row["Code"] == "colonne_robot_fausse"]
    cells = [parse_a1(row["Cellule"]) for row in said if row["Onglet"] == "Candidatures"]
    assert column_of("candidatures", "rang") in {column for _, column in cells}
    desk.change_a_score()
    comes_right(desk)


@pytest.mark.slow
def test_an_error_that_google_does_not_tell(desk):
    """A column that cannot be shown for what people typed under it is then told as one that shows nothing."""
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "rang", 4), value="à vérifier")
    with unexpected_google.BEHAVIOURS["an error has no type"]():
        assert desk.sync().code == 0
        checks.nothing_lost(desk)
    said = [(row["Code"], parse_a1(row["Cellule"])) for row in desk.rows("Anomalies") if row["Cellule"]]
    rank = column_of("candidatures", "rang")
    assert [code for code, (_, column) in said if column == rank] == ["colonne_robot_fausse"]


FORMATTING = ["links", *unexpected_google.OPTIONAL_FORMATTING]
REJECTIONS = [(one, (place + turn) % 2 == 0) for place, one in enumerate(FORMATTING) for turn in range(2)]
"""Each kind of formatting, and whether a rejection names the request: every second one is of the other sort."""


@pytest.mark.slow
@pytest.mark.parametrize(("formatting", "named"), spread(11, REJECTIONS))
def test_optional_formatting_that_is_rejected(finished, tmp_path, formatting, named):
    """Results are there all the same, in one more call at the most, and what was refused is said."""
    desk = finished.copy(tmp_path, finished.blank)
    rejection = (
        unexpected_google.no_links()
        if formatting == "links"
        else unexpected_google.refused(unexpected_google.OPTIONAL_FORMATTING[formatting])
    )
    with rejection, _unnamed(named=named):
        made = desk.run("init")
        assert made.code == 0, made
        desk.book = fill(desk.book)
        outcome = desk.sync()
        assert outcome.code == 0, outcome
        told = (made.err + outcome.err).count("Google a refusé")
        assert bool(told) == (formatting != "the forgetting of marks"), (made, outcome)
        checks.nothing_lost(desk)
        again = desk.sync()
        assert (again.code, desk.written) == (0, 0), again
    checks.shows_what_is_so(desk)


def _unnamed(*, named: bool):
    """Whether a rejection names the request that it is about."""
    return nullcontext() if named else patch.object(ApiError, "prefixed", lambda self, _: self)


@pytest.mark.slow
def test_a_reading_in_several_calls_whose_answers_hold_unknown_keys(desk):
    work(desk)
    desk.advised = 1
    with unexpected_google.BEHAVIOURS["answers hold keys that nobody knows"]():
        assert desk.sync().code == 0
    checks.nothing_lost(desk)


@pytest.mark.slow
@pytest.mark.parametrize("name", first(1, ["dates are never shown as texts", "formulas are never shown"]))
def test_a_reading_in_several_calls_that_do_not_tell_types(desk, name):
    """Everything is read in one call then, and the run is as any other."""
    work(desk)
    desk.advised = 1
    with unexpected_google.BEHAVIOURS[name]():
        assert desk.sync().code == 0
        assert list(checks.appended(desk).values()) == [1]
        checks.is_right(desk)
    comes_right(desk)
