"""Who may read a workbook, as the campaign and `Jury` say it: an address in doubt is nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.model.access import AccessState, CloseAccess, Reader, Role
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import CellError, CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import LastKnown
from eig_sheets.workbook.readers import access_change, access_of, readers_of
from tests.workbook.snapshots import JURORS, SCHEMA, book, juror, reading

ANNA, BOB = "anna@jury.example", "bob@jury.example"
ACCESS = access_of(SCHEMA, ["ada@example.org"])


def readers(*jurors: dict, officers=(), team=(), known: LastKnown | None = None) -> set[Reader]:
    read = reading(book(jurors=jurors), known=known or LastKnown())
    return {*readers_of(officers, team, read.tables)}


def of(name: str, email: CellValue, /, **fields: CellValue) -> dict[str, CellValue]:
    return juror(name, email=email, **fields)


def test_officers_and_the_team_are_found_whatever_capitals_and_spaces_they_are_written_with():
    assert readers(officers=[" Ada@Example.org "], team=["LEA@example.org"]) == {
        Reader("ada@example.org", Role.OFFICER), Reader("lea@example.org", Role.TEAM),
    }  # fmt: skip


def test_a_juror_keeps_the_text_of_the_cell_that_lists_them():
    assert readers(of("anna", " Anna@jury.example"), of("bob", BOB)) == {
        Reader(ANNA, Role.JUROR, " Anna@jury.example"), Reader(BOB, Role.JUROR, BOB),
    }  # fmt: skip


def test_somebody_of_two_lists_is_what_lets_them_do_most():
    both = {"officers": [ANNA.upper(), "ada@example.org"], "team": [ANNA, "ada@example.org", BOB]}
    assert readers(of("anna", ANNA), of("bob", BOB), **both) == {
        Reader(ANNA, Role.OFFICER), Reader("ada@example.org", Role.OFFICER), Reader(BOB, Role.TEAM),
    }  # fmt: skip


def test_a_juror_listed_twice_is_one_reader_by_the_first_of_their_cells():
    assert readers(of("anna", "ANNA@jury.example"), of("anna", ANNA)) == {Reader(ANNA, Role.JUROR, "ANNA@jury.example")}


LOOKALIKE = ANNA.replace("a", "\u0430")  # Cyrillic


@pytest.mark.parametrize("typed", ["anna", "anna@", f"{ANNA} {BOB}", LOOKALIKE, CellError("#REF!"), 3.0, None, ""])
def test_an_address_that_cannot_be_read_is_nobody_s(typed):
    assert readers(of("anna", typed), of("bob", BOB)) == {Reader(BOB, Role.JUROR, BOB)}


def test_an_address_that_takes_the_place_of_a_known_one_is_nobody_s_until_somebody_decides():
    """Of whom it is cannot be told: a slip, or another juror."""
    known = LastKnown(values={"jury": {ANNA: {"nom": "Anna"}, BOB: {"nom": "Bob"}}})
    changed = [of("anna", "ana@jury.example"), of("bob", BOB)]
    assert readers(*changed, known=known) == {Reader(BOB, Role.JUROR, BOB)}
    decided = replace(known, accepted=True)
    assert Reader("ana@jury.example", Role.JUROR, "ana@jury.example") in readers(*changed, known=decided)


def test_a_juror_of_whom_something_else_cannot_be_read_reads_their_rows():
    """They get no new dossier; what they noted stays theirs."""
    assert readers(of("anna", ANNA, deports=CellError("#REF!"), maximum="?")) == {Reader(ANNA, Role.JUROR, ANNA)}


def test_without_a_jury_there_are_officers_and_the_team():
    assert readers_of(["ada@example.org"], [], {}) == {Reader("ada@example.org", Role.OFFICER)}


def test_the_rules_are_about_the_tabs_of_scores_and_the_guarded_fields_of_the_schema():
    assert ACCESS.jurors == ("jury", "email")
    assert {own.tab: own.sealed for own in ACCESS.own_rows} == {
        tab.id: (tab.key, "jure") for tab in SCHEMA.tabs if tab.of_jurors
    }  # fmt: skip
    assert {("candidatures", "decision"), ("candidatures", "preselection")} <= {*ACCESS.guarded}
    assert ("candidatures", "projet") not in ACCESS.guarded


def test_no_tab_has_both_rows_of_jurors_and_guarded_fields():
    """The rules of a table are of one kind."""
    assert {own.tab for own in ACCESS.own_rows}.isdisjoint(tab for tab, _ in ACCESS.guarded)


class TestWhatHasToChange:
    everybody = frozenset({Reader("ada@example.org", Role.OFFICER), Reader(ANNA, Role.JUROR, ANNA)})
    state = AccessState(everybody, ACCESS)

    def workbook(self, **state) -> Snapshot:
        return replace(
            book(jurors=JURORS), capabilities=Capabilities(row_access=True), access=replace(self.state, **state)
        )

    def test_nothing_when_all_is_as_it_should_be(self):
        assert access_change(self.workbook(), ACCESS, self.everybody) is None

    @pytest.mark.parametrize(
        "state",
        [
            {"access": None}, {"access": replace(ACCESS, guarded=())}, {"altered": ("une règle",)},
            {"readers": frozenset()}, {"readers": frozenset({*everybody, Reader(BOB, Role.TEAM)})},
            {"readers": frozenset({Reader("ada@example.org", Role.TEAM), Reader(ANNA, Role.JUROR, ANNA)})},
        ],
    )  # fmt: skip
    def test_readers_or_rules_that_are_not_as_they_should_be(self, state):
        wanted = CloseAccess(ACCESS, tuple(sorted(self.everybody)))
        assert access_change(self.workbook(**state), ACCESS, self.everybody) == wanted

    def test_nothing_closes_a_workbook_that_cannot_tell_people_apart(self):
        plain = replace(self.workbook(access=None), capabilities=Capabilities())
        assert access_change(plain, ACCESS, self.everybody) is None

    def test_the_robot_s_account_is_no_reader_even_when_it_is_an_officer_s(self):
        """It has its own row: otherwise each run would find that it is missing."""
        robot = Reader("robot@example.org", Role.OFFICER)
        assert access_change(self.workbook(robot=robot.address), ACCESS, {*self.everybody, robot}) is None
        assert access_change(self.workbook(), ACCESS, {*self.everybody, robot}) is not None
