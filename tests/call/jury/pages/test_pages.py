"""What a juror fills is what comes back, whatever they fill; and a page fits on a phone."""

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.jury.pages.completeness import counts
from eig_sheets.call.jury.pages.descriptions import texts
from eig_sheets.call.jury.pages.fields import HALF_DAY, dossier_fields
from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.pages import PageDossier, PageKind
from eig_sheets.spreadsheet.forms import Look
from eig_sheets.spreadsheet.model.cells import CellError
from tests.call.jury.pages.pages import (
    DECLARATION,
    DOSSIERS,
    HALF_DAYS,
    NOTES,
    SAVED,
    file_of,
    filled,
    read_cells,
    read_file,
)

A_PHONE = 375
FIELDS = [field.id for field in dossier_fields(NOTES)]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)
CELLS = st.one_of(
    st.floats(1, 4).map(lambda note: round(note, 2)), st.sampled_from(["NSP", "oui", "3,5", "=1+1", "Favorable"]),
    TEXTS, st.just(datetime(2021, 5, 3)),
)  # fmt: skip
ANSWERS = st.dictionaries(
    st.sampled_from([dossier.numero for dossier in DOSSIERS]),
    st.dictionaries(st.sampled_from(FIELDS), CELLS, min_size=1),
)


def answers_of(received):
    return {row.numero: dict(row.values) for row in received.rows if row.values}


@given(ANSWERS)
def test_any_answers_come_back_as_they_were_typed(answers):
    received = read_cells(filled(NOTES, answers))
    assert (answers_of(received), received.problems) == (answers, ())
    assert [row.numero for row in received.rows] == [dossier.numero for dossier in DOSSIERS]
    assert (received.juror, received.campaign_id, received.modified) == ("anna@jury.example", "EIG5", SAVED)
    assert [row.version for row in received.rows] == ["v101", "v102", "v103"]


@pytest.mark.slow
@given(ANSWERS)
def test_any_answers_come_back_from_a_file(answers):
    received = read_file(file_of(filled(NOTES, answers)))
    assert (answers_of(received), received.problems) == (answers, ())


def test_a_file_says_what_its_cells_say():
    answers = {"101": {"besoin": 3.7, "equipe": "NSP", "commentaire": "=HYPERLINK(1)", "communicable": "oui"}}
    page = filled(NOTES, answers)
    from_file, from_cells = read_file(file_of(page)), read_cells(page)
    assert replace(from_file, digest="") == from_cells
    assert answers_of(from_file) == answers
    assert file_of(page) == file_of(page)


def test_a_declaration_says_deports_availability_and_the_declaration():
    whole = {"declared": "oui", "declared_on": datetime(2021, 4, 12), "availability": "04/05/2021 09:00–12:00"}
    received = read_file(file_of(filled(DECLARATION, {"102": {"deport": "oui"}}, **whole)))
    assert received.deports == ("102",)
    assert (received.declared, received.declared_on, received.availability) == tuple(whole.values())
    assert received.answers.whole == whole


def test_a_deport_that_says_neither_yes_nor_no_counts_and_is_told_without_its_reason():
    answers = {"101": {"deport": "mon frère y travaille"}, "102": {"deport": "non"}, "103": {"deport": " "}}
    received = read_file(file_of(filled(DECLARATION, answers)))
    assert received.deports == ("101",)
    (problem,) = received.problems
    assert (problem.numero, problem.cell in problem.message, problem.refused) == ("101", True, False)
    assert "frère" not in problem.message + problem.remedy


@pytest.mark.parametrize(
    ("answers", "availability", "problems"),
    [
        (("oui", "non"), HALF_DAYS[0], 0), (("oui", "oui"), " ; ".join(HALF_DAYS), 0), ((None, None), None, 0),
        (("non", None), None, 0), (("non", "non"), None, 1), (("peut-être", "oui"), HALF_DAYS[1], 1),
    ],
)  # fmt: skip
def test_half_days_are_availabilities(answers, availability, problems):
    whole = {f"{HALF_DAY}{text}": answer for text, answer in zip(HALF_DAYS, answers, strict=True) if answer}
    received = read_cells(filled(replace(DECLARATION, half_days=HALF_DAYS), {}, **whole))
    assert (received.availability, len(received.problems)) == (availability, problems)
    assert all("a.xlsx, Déclaration!B" in problem.message for problem in received.problems)


@pytest.mark.parametrize("page", [NOTES, DECLARATION, replace(DECLARATION, half_days=HALF_DAYS)])
def test_it_fits_on_a_phone_with_one_answer_a_line(page):
    form = form_of(page)
    assert form.page.pixels < A_PHONE
    rows = [row for row, _, cell in form.page.cells() if cell.is_answer]
    assert len(rows) == len(set(rows)) > len(page.dossiers)


@pytest.mark.parametrize("kind", [PageKind.NOTES, PageKind.CANDIDATES])
def test_it_says_which_end_of_the_scale_is_best(kind):
    shown = [str(cell.value.value) for _, _, cell in form_of(replace(NOTES, kind=kind, scale=(0.5, 5))).page.cells()
             if cell.look is Look.INTRO]  # fmt: skip
    assert "de 0,5 (la moins bonne note) à 5 (la meilleure), décimales admises" in shown[0]
    assert "moins bonne" not in str(list(form_of(DECLARATION).page.cells()))


def test_only_answers_are_unlocked_and_the_hidden_tab_is_hidden():
    page = filled(NOTES, {"101": {"besoin": 3.0}})
    book = openpyxl.load_workbook(io.BytesIO(file_of(page)))
    sheet, hidden = book.worksheets
    expected = {(row, column + 1) for row, column, cell in form_of(page).page.cells() if cell.is_answer}
    assert {(c.row, c.column) for line in sheet for c in line if not c.protection.locked} == expected
    assert sheet.protection.sheet
    assert hidden.protection.sheet
    assert (sheet.sheet_state, hidden.sheet_state) == ("visible", "hidden")
    assert not any(cell.data_type == "f" for line in hidden for cell in line)


def test_a_page_says_nothing_of_what_a_dossier_has_not():
    """Links, questions, a host: a call may have none of them."""
    said = texts(PageDossier("101", "Phare", version="v1"))
    assert [value for value in said.values() if value] == ["101", "v1", "Phare", "Pas de résumé."]


def test_texts_of_applicants_are_texts():
    hostile = PageDossier("101", "=1+1", "+33", "<r>x</r>", (("Présentation", "javascript:alert(1)"),), "@SUM(A1)")
    book = openpyxl.load_workbook(io.BytesIO(file_of(replace(NOTES, dossiers=(hostile,)))))
    values = {cell.value: cell.data_type for line in book["_eig"] for cell in line if cell.value is not None}
    assert (
        values["=1+1"]
        == values["+33"]
        == values["Questions de présélection\u202f: @SUM(A1)"]
        == values["<r>x</r> "]
        == "s"
    )
    assert "javascript:alert(1)" not in values  # shown after its label, and leads nowhere
    assert [
        hyperlink.location for hyperlink in book["Grille"]._hyperlinks if not hyperlink.location.startswith("'Grille'!")
    ] == []


def marks_of(page):
    form = form_of(page)
    return [cell.value.value for _, _, cell in form.page.cells() if cell.look is Look.PROJECT_MARK]


@pytest.mark.parametrize(
    ("answers", "mark"),
    [
        ({}, "à compléter"), ({"besoin": 3.0}, "à compléter"), ({"besoin": 3.0, "equipe": "NSP"}, "complet"),
        ({"besoin": 5.0, "equipe": 3.0}, "à corriger"), ({"besoin": "bien"}, "à corriger"),
        ({"besoin": 5.0, "deport": "Oui"}, "déport"), ({"besoin": 3.0, "equipe": 3.0, "deport": " Non "}, "complet"),
        ({"besoin": 3.0, "equipe": 3.0, "deport": "Oui, je connais le porteur"}, "déport à confirmer"),
        ({"deport": CellError("#REF!")}, "déport à confirmer"),
    ],
)  # fmt: skip
def test_the_mark_of_a_dossier_says_what_is_left_to_do(answers, mark):
    assert marks_of(filled(NOTES, {"101": answers}))[0] == mark


@pytest.mark.parametrize("page", [NOTES, DECLARATION])
def test_a_deport_that_is_not_clear_is_said_to_the_juror(page):
    """What is left to do stays said: the other dossiers, or the declaration."""
    unclear = filled(page, {"101": {"deport": "je connais le porteur"}})
    assert counts(unclear).replace("\u202f", " ") == f"{LEFT[page.kind]} Vous vous déportez ; l’équipe confirmera."
    assert "confirmera" not in counts(filled(page, {"101": {"deport": "oui"}}))
    noted = {number: {"besoin": 3.0, "equipe": 3.0} for number in ("102", "103")}
    done = filled(NOTES, {**noted, "101": {"deport": "je connais le porteur", "besoin": 3.0, "equipe": 3.0}})
    assert counts(done).replace("\u202f", " ") == ("Tout est noté : merci. Vous vous déportez ; l’équipe confirmera.")


LEFT = {PageKind.NOTES: "2 sur 3 à noter", PageKind.DECLARATION: "Il reste à déclarer, en fin de page."}


def test_a_recused_dossier_is_blank_and_its_notes_are_kept_but_not_collected():
    first, *others = DOSSIERS
    page = replace(filled(NOTES, {"101": {"besoin": 3.0}}), dossiers=(replace(first, recused=True), *others))
    texts = [cell.value.value for _, _, cell in form_of(page).descriptions.cells() if hasattr(cell.value, "value")]
    shown = [str(cell.value) for _, _, cell in form_of(page).descriptions.cells()]
    assert (texts, "Projet 101" in shown, marks_of(page)[0]) == ([], False, "déport")
    received = read_cells(page)
    assert ([row.numero for row in received.rows], received.problems) == (["102", "103"], ())
    assert read_cells(filled(NOTES, {"101": {"besoin": 3.0}})).rows[0].values == {"besoin": 3.0}


def test_questions_are_on_one_line():
    told = texts(PageDossier("101", "Phare", questions="Qui ?\nQuand, et où ?\n"))
    assert "Questions de présélection\u202f: Qui ? Quand, et où ?" in told.values()
