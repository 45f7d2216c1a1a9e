"""Why each juror reads a dossier or not: noted, asked for, of the subject, recused, full, of another group."""

from __future__ import annotations

import pytest

from eig_sheets.call.jury.assigning import assigning
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.explain import explain_assignment
from eig_sheets.campaign.reviews.affectations import Assignment, AssignmentStatus
from eig_sheets.domain.rules import JuryRules
from tests.workbook.snapshots import EIG5, at, book, dossier, evaluation, juror, reading

NAMES = ("anna", "bob", "chloe", "dora", "eve", "fay")
NUMBERS = ("101", "102", "103", "104", "105", "106")
BLANK = (None,) * 5


def address(name):
    return f"{name}@jury.example"


def workbook(dossiers=None, jurors=None, evaluations=(), **rules):
    campaign = EIG5.model_copy(update={"jury": JuryRules(**{"reads": 2, **rules})})
    rows = [dossier(number) for number in NUMBERS] if dossiers is None else dossiers
    return reading(book(rows, [juror(name) for name in NAMES] if jurors is None else jurors, evaluations), campaign)


def pairs(*names, number="101", status=AssignmentStatus.ASSIGNED):
    return [Assignment(number, address(name), status) for name in names]


def explained(read, recorded=(), number="101", subject=DOSSIERS):
    return explain_assignment(number, read, recorded, subject)


def readers(explanation):
    return {reader.juror.partition("@")[0]: [*map(plain, reader.reasons)] for reader in explanation.readers}


def others(explanation):
    return {other.juror.partition("@")[0]: plain(other.reason) for other in explanation.others}


def plain(text):
    return text.replace("\u202f", " ")


def test_a_reader_has_noted_was_asked_for_or_knows_the_subject_else_it_is_the_load():
    jurors = [juror(name, expertise="DATA ; Droit" if name == "chloe" else None) for name in NAMES]
    rows = [dossier("101", profils="Data ; Design"), *map(dossier, NUMBERS[1:])]
    read = workbook(rows, jurors, [evaluation("101", "anna"), evaluation("101", "bob", *BLANK)])
    recorded = [
        *pairs("anna", status=AssignmentStatus.KEPT), *pairs("bob", status=AssignmentStatus.LOCKED),
        *pairs("chloe", "dora"), *pairs("dora", number="102"),
    ]  # fmt: skip
    explanation = explained(read, recorded)
    assert readers(explanation) == {
        "anna": ["a déjà noté ce dossier"],
        "bob": ["une ligne d’Évaluations le demande"],
        "chloe": ["connaît : DATA"],
        "dora": ["charge : 2 dossiers, 0,8 en moyenne"],
    }
    cells = [reader.cells for reader in explanation.readers]
    assert cells[:2] == [f"Évaluations!{at('evaluations', 'jure', nth)}" for nth in (1, 2)]
    assert cells[2:] == [f"Jury!{at('jury', 'expertise', 3)}", ""]
    assert (explanation.recorded, explanation.asked, explanation.source.partition(" ")[0]) == (True, 2, "jury.reads")


@pytest.mark.slow
def test_after_an_adjustment_the_load_is_no_reason():
    before = assigning(workbook(), (), adjust=False).assignments
    left = next(pair.jure for pair in before if pair.numero == "101")
    read = workbook(jurors=[juror(name) for name in NAMES if address(name) != left])
    after = assigning(read, before, adjust=True)
    least = "« jury assign --adjust », qui change le moins d’affectations possible"
    was, new = f"l’était déjà avant {least}", f"ajouté par {least}"
    told = [reason for number in NUMBERS for reasons in readers(explained(read, after.assignments, number)).values()
            for reason in reasons]  # fmt: skip
    moved = sum(pair.jure == left for pair in before)
    assert (told.count(was), told.count(new), len(told)) == (len(before) - moved, moved, len(before))
    assert assigning(read, after.assignments, adjust=True).assignments == after.assignments


def test_an_adjustment_that_changes_nothing_says_nothing_else():
    before = assigning(workbook(), (), adjust=False).assignments
    assert assigning(workbook(), before, adjust=True).assignments == before


def test_a_line_that_is_gone_since_is_told_as_past():
    recorded = [*pairs("anna", status=AssignmentStatus.KEPT), *pairs("bob", status=AssignmentStatus.LOCKED)]
    assert readers(explained(workbook(), recorded)) == {
        "anna": ["avait déjà noté ce dossier quand la répartition a été faite"],
        "bob": ["une ligne d’Évaluations le demandait quand la répartition a été faite"],
    }


def test_of_a_recusal_only_that_there_is_one_is_told():
    dossiers = [
        dossier("101", administration="Maison chloe", email_porteur=address("dora")),
        *map(dossier, NUMBERS[1:]),
    ]
    jurors = [juror(name, deports="101" if name == "anna" else None) for name in NAMES]
    read = workbook(dossiers, jurors, [evaluation("101", "bob", *BLANK, deport="oui", commentaire="mon frère")])
    explanation = explained(read, pairs("eve"))
    assert others(explanation) == {
        "anna": "se déporte",
        "bob": "se déporte",
        "chloe": "travaille pour l’organisme qui dépose le dossier",
        "dora": "est porteur ou mentor du projet",
        "fay": "aurait pu (charge : 0 dossier, 0,2 en moyenne)",
    }
    assert [other.juror.partition("@")[0] for other in explanation.others] == ["anna", "bob", "chloe", "dora", "fay"]


def test_a_pair_that_lapsed_is_nobody_s_and_the_remedy_is_told():
    jurors = [juror(name, deports="101" if name == "anna" else None) for name in NAMES[:2]]
    explanation = explained(workbook(jurors=jurors), pairs("anna", "bob", "zoe"))
    assert [*readers(explanation)] == ["bob"]
    remedy = "Affectations le dit encore lecteur : lancez « eig-sheets jury assign --adjust »"
    assert others(explanation) == {"anna": f"se déporte ; {remedy}", "zoe": f"n’est plus dans l’onglet Jury ; {remedy}"}


def test_a_maximum_that_is_reached_names_its_cell():
    jurors = [juror(name, maximum=1.0 if name == "bob" else None) for name in NAMES]
    read = workbook(jurors=jurors, max_per_juror=2)
    explanation = explained(read, [*pairs("anna"), *(Assignment(number, address("chloe")) for number in ("102", "103")),
                           *pairs("bob", number="102")])  # fmt: skip
    told = others(explanation)
    assert told["bob"] == "maximum atteint : 1 sur 1 dossier"
    assert told["chloe"] == "maximum atteint : 2 sur 2 dossiers"
    assert {other.juror: other.cells for other in explanation.others if other.cells} == {
        address("bob"): f"Jury!{at('jury', 'maximum', 2)}"
    }


def test_a_group_reads_with_its_referent():
    jurors = [juror(name, groupe=f"G{place // 3}") for place, name in enumerate(NAMES)]
    explanation = explained(workbook(jurors=jurors, reads=1, reads_as_group=True), pairs("anna"))
    assert [*readers(explanation)] == ["anna"]
    assert others(explanation) == {
        **dict.fromkeys(["bob", "chloe"], "lit avec le groupe G0, dont anna@jury.example est le référent"),
        **dict.fromkeys(
            ["dora", "eve", "fay"],
            "est d’un autre groupe ; le groupe G1 aurait pu (charge : 0 dossier, 0,5 en moyenne)",
        ),
    }


def test_without_a_record_it_is_what_would_be_proposed():
    read = workbook()
    explanation = explained(read)
    proposed = assigning(read, (), adjust=False)
    assert {reader.juror for reader in explanation.readers} == {
        jure for numero, jure in proposed.pairs if numero == "101"
    }
    assert (explanation.recorded, explanation.unmet) == (False, False)
    assert explained(workbook(reads=9)).unmet
    assert explained(read, pairs("anna", number="102")).readers == ()
