"""`jury status`: what a program reads, and what an officer reads each morning."""

import pytest

from eig_sheets.text.french import typographic
from tests.columns import cell_of, column_of
from tests.people_cells import type_in

pytestmark = pytest.mark.in_memory

VIOLETTE = "violette.cap.d.ail@exemple.invalid"


def status(demo, *options, day="2021-04-30"):
    return demo.run("--today", day, "jury", "status", *options)


@pytest.mark.slow
def test_each_juror_says_what_is_expected_what_came_and_whether_they_are_late(demo):
    jurors = status(demo, "--format", "json").records
    emails = [row[column_of("jury", "email")] for row in demo.read().tab("Jury").rows if len(row) > 1]
    assert {juror["juror"] for juror in jurors} <= {*emails}
    assert len(jurors) == 22
    assert jurors[0] == {
        "juror": VIOLETTE, "name": "Violette Cap-d’Ail", "group": "E", "expected": 5, "received": 2, "late": True,
        "missing": ["3719475", "3720946", "3723725"], "declared": True,
    }  # fmt: skip
    assert [juror["juror"] for juror in jurors if juror["late"]] == [
        juror["juror"] for juror in jurors if juror["received"] < juror["expected"]
    ]


def test_nobody_is_late_before_the_first_reminder(demo):
    jurors = status(demo, "--format", "json", day="2021-04-28").records
    assert not any(juror["late"] for juror in jurors)
    assert sum(juror["expected"] - juror["received"] for juror in jurors) == 6


def test_groups_and_dossiers_count_the_same(demo):
    jurors, groups, dossiers = (
        status(demo, "--by", by, "--format", "json").records for by in ("juror", "group", "dossier")
    )
    for name in ("expected", "received"):
        assert sum(group[name] for group in groups) == sum(juror[name] for juror in jurors)
    waiting = {(numero, juror["juror"]) for juror in jurors for numero in juror["missing"]}
    assert {(dossier["dossier"], juror) for dossier in dossiers for juror in dossier["missing"]} == waiting
    assert [group["group"] for group in groups] == ["A", "B", "C", "D", "E"]
    discussed = {dossier["dossier"]: dossier["topics"] for dossier in dossiers if dossier["topics"]}
    assert discussed["3723725"] == ["peu_evaluations"]
    assert discussed["3726959"] == ["desaccord"]


def test_csv_has_a_line_for_each_group(demo):
    lines = status(demo, "--by", "group", "--format", "csv").rows
    assert [(row["group"], row["late"]) for row in lines] == [
        ("A", "false"), ("B", "true"), ("C", "false"), ("D", "true"), ("E", "true"),
    ]  # fmt: skip


def test_the_table_says_first_who_is_late_and_last_what_to_discuss(demo):
    before = demo.bytes
    done = status(demo)
    assert (done.code, done.own) == (0, "")
    lines = done.out.splitlines()
    late = "Violette Cap-d’Ail, Octave Lormarin et Gaspard Noirmoutier"
    assert lines[0] == typographic(f"111 évaluations reçues sur 117. 3 jurés en retard : {late}.")
    titles = [
        line for line in lines if line in ("Par groupe", "Dossiers à qui il manque des évaluations", "À discuter")
    ]
    assert titles == ["Par groupe", "Dossiers à qui il manque des évaluations", "À discuter"]
    assert "@" not in done.out  # people know each other by name
    assert demo.bytes == before


@pytest.mark.slow
@pytest.mark.parametrize(("field", "value"), [("deport", "oui"), ("avis", "Favorable")])
def test_a_deport_is_not_expected_and_an_opinion_alone_is_no_note(demo, field, value):
    missing = status(demo, "--format", "json").records[0]["missing"]
    rows = demo.read().tab("Évaluations").rows
    [row] = [
        place
        for place, cells in enumerate(rows, 1)
        if str(cells[column_of("evaluations", "numero")]).startswith(missing[0])
        and cells[column_of("evaluations", "jure")] == VIOLETTE
    ]
    place = cell_of("evaluations", field, row)
    type_in(demo.workbook, "Évaluations", place, value)
    [after] = [record for record in status(demo, "--format", "json").records if record["juror"] == VIOLETTE]
    assert (after["expected"], missing[0] in after["missing"]) == ((4, False) if field == "deport" else (5, True))


def test_a_workbook_that_cannot_be_read_says_so(demo, tmp_path):
    done = demo.run("--workbook", tmp_path / "absent.xlsx", "jury", "status")
    assert (done.code, done.out) == (1, "")
