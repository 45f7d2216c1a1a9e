"""`rank --explain DOSSIER --to FILE`: for whom it is written, when, and over what it never writes."""

import io
from datetime import date

import pytest
from docx import Document

from eig_sheets.emails.catalogue.selection import announced
from eig_sheets.emails.drafting.subjects import tables
from tests.columns import cell_of
from tests.emails.drafting.support import DOSSIER, campaign, case
from tests.people_cells import type_in

pytestmark = pytest.mark.in_memory

WAITING, UNDECIDED = "3712146", "3713503"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "reponse.docx"


def plain(text):
    return text.replace("\u202f", " ")


def answer(demo, numero, file, *options):
    return demo.run("rank", "--explain", numero, "--to", file, *options)


def test_it_writes_the_answer_and_prints_nothing_else(demo, file):
    done = answer(demo, WAITING, file)
    assert (done.code, done.out) == (0, "")
    assert plain(done.err).startswith(f"Réponse à relire et à signer, pour le porteur de ce dossier seul : {file}")
    said = plain("\n".join(paragraph.text for paragraph in Document(io.BytesIO(file.read_bytes())).paragraphs))
    assert f"dossier n° {WAITING}." in said
    assert "« Liste d’attente »" in said


@pytest.mark.slow
def test_its_own_file_is_replaced_and_one_that_people_changed_never_is(demo, file):
    assert answer(demo, WAITING, file).code == 0
    assert answer(demo, WAITING, file).code == 0
    signed = Document(file)
    signed.add_paragraph("Signé")
    signed.save(file)
    before = file.read_bytes()
    done = answer(demo, WAITING, file)
    assert done.code == 1
    assert "rien n’a été écrit" in done.err
    assert file.read_bytes() == before


def test_nothing_is_written_of_a_dossier_whose_decision_may_not_be_known(demo, file):
    done = answer(demo, UNDECIDED, file)
    assert done.code == 1
    assert plain(done.err).startswith(f"Aucune décision ne peut être annoncée pour le dossier {UNDECIDED} : ")
    demo.set_config("# announced : jour", "announced = 2031-01-01\n# announced : jour")
    assert answer(demo, WAITING, file).code == 1
    assert not file.exists()


def test_a_dossier_that_is_not_there_is_refused_with_the_closest_number(demo, file):
    done = answer(demo, "371214", file)
    assert done.code == 1
    assert "Le dossier « 371214 » n’est pas dans le classeur" in plain(done.err)
    assert not file.exists()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--to", "r.docx"], "--to demande --explain DOSSIER"),
        (["--explain", "1", "--to", "r.pdf"], "doit se terminer par .docx"),
        (["--explain", "1", "--to", "r.docx", "--format", "json"], "--format et --to ne vont pas ensemble"),
    ],
)
def test_wrong_uses_are_told(demo, options, error):
    done = demo.run("rank", *options)
    assert done.code == 2
    assert error in plain(done.err)


def test_what_the_administration_did_not_say_is_asked_for(demo, file):
    demo.set_config(
        'contact = "eig@data.gouv.fr"     # adresse publique du programme (FAQ) ; que', 'contact = "" # que'
    )
    done = answer(demo, WAITING, file)
    assert done.code == 1
    assert "algorithm.contact (à qui demander ses règles)" in plain(done.err)
    assert not file.exists()


@pytest.mark.slow
def test_a_contradiction_decides_nothing(demo, file):
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "preselection", _row(demo)), "Écarté – insuffisant")
    assert answer(demo, WAITING, file).code == 1


def _row(demo):
    [tab] = [sheet for sheet in demo.read().tabs if sheet.name == "Candidatures"]
    return next(place for place, row in enumerate(tab.rows, 1) if WAITING in row)


@pytest.mark.parametrize(
    ("fields", "rules", "known"),
    [
        ({"decision": "Lauréat"}, {}, True),
        ({"decision": "Non retenu"}, {"disabled": ("non_retenu",)}, True),
        ({"decision": "Désisté"}, {}, False),
        ({}, {}, False),
        ({"decision": "Lauréat"}, {"announced": date(2021, 6, 1)}, False),
        ({"preselection": "Écarté – inéligible"}, {"announced": date(2021, 6, 1)}, True),
        ({"preselection": "Écarté – insuffisant"}, {"preselection_announced": date(2021, 6, 1)}, False),
    ],
)
def test_which_decisions_may_be_known(fields, rules, known):
    call = case(rules=campaign(**rules), candidatures=[{**DOSSIER, **fields}])
    numbers = announced(tables(call.reading, call.results), call.campaign.messages, date(2021, 5, 10))
    assert numbers == ({"90001"} if known else set())
