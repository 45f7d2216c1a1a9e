"""What stands open: dossiers received and left aside, evaluations that do not count, recusals, reserves."""

import pytest

from eig_sheets.call.report.audience import JURY, one_juror
from eig_sheets.call.report.juror_view import juror_view_of
from eig_sheets.call.report.minutes.view import minutes_of
from eig_sheets.call.report.open_points import counts_text, open_points, received_numbers, sentences
from eig_sheets.call.report.view import view_of
from eig_sheets.call.results import compute
from eig_sheets.spreadsheet.model.cells import CellError
from tests.clock import today
from tests.columns import cell_of
from tests.workbook.snapshots import DOSSIERS, EVALUATIONS, JURORS, book, dossier, evaluation, juror, reading


def points(**tabs):
    read = reading(book(**tabs))
    assert not read.problems
    return read, open_points(read, compute(read))


def plain(text):
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_a_whole_campaign_has_nothing_open():
    read, opened = points()
    assert (opened.received, opened.dossiers, opened.unnumbered, opened.evaluations, opened.recusals) == (
        2,
        (),
        (),
        (),
        (),
    )
    assert {point.numero for point in opened.reserves} <= {*received_numbers(read)}


def test_a_dossier_that_is_there_twice_is_one_that_was_received_and_is_left_aside():
    _, opened = points(dossiers=[*DOSSIERS, dossier("103", projet="Double"), dossier("103")])
    assert (opened.received, [point.numero for point in opened.dossiers]) == (3, ["103"])
    [double] = opened.dossiers
    assert (double.name, double.place) == ("Double", f"Candidatures!{cell_of('candidatures', 'numero', 4)}")
    assert plain(double.why) == "« 103 » est aussi à la ligne 5."


def test_a_row_whose_decision_cannot_be_read_is_received_and_left_aside_with_its_cell():
    _, opened = points(dossiers=[*DOSSIERS, dossier("103", decision=CellError("#REF!"))])
    [point] = opened.dossiers
    assert (point.numero, point.place) == ("103", f"Candidatures!{cell_of('candidatures', 'decision', 4)}")
    assert opened.received == 3


def test_a_row_without_a_number_is_no_dossier_more_but_is_told():
    read, opened = points(dossiers=[*DOSSIERS, dossier(CellError("#N/A"), projet="Sans numéro")])
    assert (opened.received, opened.dossiers) == (2, ())
    [point] = opened.unnumbered
    assert (point.name, point.place) == ("Sans numéro", f"Candidatures!{cell_of('candidatures', 'numero', 4)}")
    assert "1 ligne sans numéro lisible" in plain(counts_text(opened))
    assert received_numbers(read) == ["101", "102"]


@pytest.mark.parametrize(
    ("row", "field", "why"),
    [
        (evaluation("999", "anna"), "numero", "n’est pas dans l’onglet « Candidatures »"),
        (evaluation("101", "zoe"), "jure", "n’est pas dans l’onglet « Jury »"),
        (evaluation("101", "dora", "bof", 3.0, 3.0, 3.0, 3.0), "pertinence", "ne se lit pas comme un nombre"),
        (evaluation("101", "dora", None, 3.0, 3.0, 3.0, 3.0), "jure", "il manque « Pertinence"),
    ],
)
def test_an_evaluation_that_does_not_count_says_why_at_its_cell(row, field, why):
    line = len(EVALUATIONS) + 2
    _, opened = points(jurors=[*JURORS, juror("dora")], evaluations=[*EVALUATIONS, row])
    [point] = opened.evaluations
    assert point.place == f"Évaluations!{cell_of('evaluations', field, line)}"
    assert why in plain(point.why)


def test_an_evaluation_that_nobody_began_is_awaited_not_left_aside():
    row = evaluation("101", "dora", None, None, None, None, None)
    _, opened = points(jurors=[*JURORS, juror("dora")], evaluations=[*EVALUATIONS, row])
    assert opened.evaluations == ()


def test_evaluations_of_a_dossier_that_is_left_aside_say_so():
    _, opened = points(
        dossiers=[*DOSSIERS, dossier("103"), dossier("103")], evaluations=[*EVALUATIONS, evaluation("103", "anna")]
    )
    [point] = opened.evaluations
    assert (point.numero, point.why) == ("103", "son dossier est laissé de côté.")


@pytest.mark.parametrize("said", ["10l", CellError("#REF!")])
def test_a_recusal_that_cannot_be_read_is_to_be_settled_with_its_cell(said):
    _, opened = points(jurors=[*JURORS, juror("dora", nom="Dora", deports=said)])
    assert {point.juror for point in opened.recusals} == {"Dora"}
    assert f"Jury!{cell_of('jury', 'deports', 5)}" in {point.place for point in opened.recusals}


def test_what_a_proposal_waits_for_is_named_with_its_cell():
    _, opened = points(dossiers=[dossier("101", nombre_eig=None), DOSSIERS[1]])
    [point] = [each for each in opened.reserves if each.numero == "101"]
    assert f"Candidatures!{cell_of('candidatures', 'nombre_eig', 2)}" in point.why


def test_each_point_is_one_line():
    _, opened = points(
        dossiers=[*DOSSIERS, dossier("103"), dossier("103")], evaluations=[*EVALUATIONS, evaluation("999", "anna")]
    )
    first, *lines = sentences(opened)
    assert plain(first).startswith(
        "3 dossiers reçus, dont 1 laissé de côté. À regarder : 1 évaluation qui ne compte pas"
    )
    assert len(lines) == 2 + len(opened.reserves)


def test_the_page_and_the_minutes_have_them_and_a_juror_s_page_not_those_of_their_recusals():
    read = reading(
        book(
            dossiers=[*DOSSIERS, dossier("103"), dossier("103")],
            jurors=[*JURORS, juror("dora", deports="103")],
        )
    )
    results = compute(read)
    page = view_of(read, results, today(), JURY)
    assert [project.numero for project in page.unranked if "laissé de côté" in project.reason] == ["103"]
    assert page.unranked_count == len(page.unranked)
    reserved = [project for project in page.projects if "sous réserve" in project.proposal]
    assert all(project.reserve for project in reserved)
    own = juror_view_of(read, today(), one_juror(read, "dora@jury.example"))
    assert "103" not in {project.numero for project in (*own.unranked, *own.projects)}
    assert [point.numero for point in minutes_of(read, results, today()).open_points.dossiers] == ["103"]
