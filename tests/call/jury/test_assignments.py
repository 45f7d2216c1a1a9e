"""`Affectations` read back: only what the robot wrote, and only what still holds, is expected of jurors."""

from dataclasses import replace

import pytest

from eig_sheets.call.jury.assignments import RECORDED, assignments_of, recorded_assignments
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reviews.affectations import TABLE, Assignment, AssignmentStatus, rows
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.run.sheets import result_sheets
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.read_back import find_headers
from tests.workbook.snapshots import DOSSIERS, JURORS, book, dossier, evaluation, juror, reading, shown
from tests.workbook.test_robot_tabs import synced, with_tab

PAIRS = (
    Assignment("101", "anna@jury.example"),
    Assignment("101", "bob@jury.example", AssignmentStatus.KEPT),
    Assignment("102", "chloe@jury.example", AssignmentStatus.LOCKED),
)


def written(*pairs):
    """The tab `Affectations` with these pairs, as the robot writes it."""
    read = reading(book())
    lines = rows(pairs, read.valid_rows("candidatures"), read.valid_rows("jury"))
    return shown(Sheet("affectations", "Affectations", Owner.ROBOT, TABLE.sheet_columns, lines), mark="affectations")


def with_pairs(*pairs, snapshot=None):
    return with_tab(snapshot or book(), written(*pairs))


def pairs_of(table):
    return [*zip(table["numero"], table["jure"], strict=True)]


def test_what_is_written_is_read_back():
    read = reading(with_pairs(*PAIRS))
    assert read.problems == ()
    assert recorded_assignments(read) == PAIRS
    frame = assignments_of(read)
    assert pairs_of(frame) == [(pair.numero, pair.jure) for pair in PAIRS]
    assert frame["locked"].tolist() == [False, False, True]
    assert frame["kept"].tolist() == [False, True, False]


def test_without_the_tab_there_is_none_and_no_tab_is_made():
    run = synced(book())
    assert assignments_of(run.reading).empty
    assert "affectations" not in run.last_run.outputs
    assert "affectations" not in result_sheets(run.reading, run.results)


@pytest.mark.parametrize("key", ["numero", "jure", "status", "checksum"])
def test_an_edited_row_is_trusted_by_nobody(key):
    tab = written(*PAIRS)
    place = find_headers(tab, TABLE.sheet_headers)
    tab.rows[place.row][TABLE.sheet_headers.index(TABLE.sheet_header(key))] = "chloe@jury.example"
    assert recorded_assignments(reading(with_tab(book(), tab))) == PAIRS[1:]


def test_a_copied_row_is_one_pair():
    tab = written(*PAIRS)
    tab.rows.append([*tab.rows[-1]])
    assert recorded_assignments(reading(with_tab(book(), tab))) == PAIRS


def test_where_the_tab_is_gone_what_any_run_left_is_known_and_where_it_is_there_it_speaks():
    lines = [
        [*TABLE.sheet_headers],
        *([str(cell) if cell else None for cell in row] for row in written(*PAIRS).rows[1:]),
    ]
    another_wrote_since = LastRun(outputs={"affectations": lines})
    assert recorded_assignments(reading(book()), another_wrote_since) == PAIRS
    assert recorded_assignments(reading(with_pairs(PAIRS[0])), another_wrote_since) == PAIRS[:1]


@pytest.mark.slow
def test_sync_puts_back_what_people_did_to_the_tab():
    run = synced(with_pairs(*PAIRS))
    kept = shown(result_sheets(run.reading, run.results)["affectations"], mark="affectations")
    journal = next(
        shown(operation.sheet, mark="journal") for operation in run.plan.operations if operation.sheet.id == "journal"
    )
    fewer = replace(kept, rows=kept.rows[:-1])
    for now_there in ([fewer], []):
        again = synced(replace(book(), tabs=(*book().tabs, journal, *now_there)), run.last_run)
        assert again.results.of(RECORDED)["candidatures"] == PAIRS
        [sheet] = [
            operation.sheet
            for operation in again.plan.operations
            if getattr(operation, "sheet", run).id == "affectations"
        ] or [None]
        assert [row[0] for row in sheet.rows] == ["101", "101", "102"]


def test_a_pair_counts_while_its_dossier_and_juror_are_there_and_the_juror_is_not_recused():
    snapshot = book(
        [dossier("101")], [juror("anna", deports="101"), juror("bob")], [evaluation("101", "bob", *[None] * 5)]
    )
    read = reading(with_tab(snapshot, written(*PAIRS)))
    assert pairs_of(assignments_of(read)) == [("101", "bob@jury.example")]
    assert compute(read).of(SCORES).ranking.set_index("numero").loc["101", "reviews_expected"] == 1


def test_expected_reviews_come_from_the_tab_alone_once_it_has_rows():
    ranking = compute(reading(with_pairs(*PAIRS))).of(SCORES).ranking.set_index("numero")
    assert ranking["reviews_expected"].to_dict() == {"101": 2, "102": 1}
    ranking = compute(reading(book())).of(SCORES).ranking.set_index("numero")
    assert ranking["reviews_expected"].to_dict() == {"101": 3, "102": 3}


@pytest.mark.slow
def test_a_tab_of_people_s_of_that_name_is_theirs_and_stops_nothing():
    theirs = TabSnapshot("Affectations", [["Bureau", "Qui"], ["12", "Anna"]])
    run = synced(with_tab(book(), theirs))
    assert run.problems == ()
    assert "affectations" not in run.last_run.outputs
    remembered = LastRun(outputs={"affectations": synced(with_pairs(*PAIRS)).last_run.outputs["affectations"]})
    assert synced(with_tab(book(), theirs), remembered).problems == ()


def test_recusals_tell_where_each_was_said():
    snapshot = book(
        [
            dossier("101", administration="Maison anna"),
            dossier("102", email_porteur="bob@jury.example"),
            dossier("103"),
            dossier("104", email_porteur="chloe@jury.example"),  # what she says herself comes first
        ],
        [juror("anna", deports="101 ; 103"), juror("bob", deports="Projet 104"), juror("chloe")],
        [evaluation("104", "chloe", *[None] * 5, deport="oui")],
    )
    recusals = recusals_of(reading(snapshot))
    assert {(numero, jure.partition("@")[0]): source for (numero, jure), source in recusals.items()} == {
        ("101", "anna"): "deports",
        ("103", "anna"): "deports",
        ("102", "bob"): "porteur",
        ("104", "bob"): "deport_incertain",
        ("104", "chloe"): "evaluation",
    }
    only_host = recusals_of(reading(book([dossier("101", administration="MAISON  ANNA")], JURORS, [])))
    assert only_host == {("101", "anna@jury.example"): "organisation"}


def test_a_recusal_in_a_row_that_is_left_out_counts():
    rows = [evaluation("101", "anna"), evaluation("101", "anna", *[None] * 5, deport="oui")]
    read = reading(book(DOSSIERS, JURORS, rows))
    assert read.valid_rows("evaluations").empty
    assert recusals_of(read) == {("101", "anna@jury.example"): "evaluation"}


def test_nobody_is_recused_from_the_plain_campaign():
    assert not recusals_of(reading(book(DOSSIERS)))
