"""A proposal a dossier: who agreed and who did not, what is left out and in which cell, and nothing by itself."""

from __future__ import annotations

import pytest

from eig_sheets import loading
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.reviews.versions import Record
from eig_sheets.features.feedback import proposals
from tests.call.jury.returned import Mailbox, free_pairs, page, scores
from tests.columns import CRITERIA, EIG5
from tests.nightly import Robot
from tests.people_cells import people
from tests.workbook.anomalous_pages import notes_tab, version
from tests.workbook.snapshots import DOSSIERS, EVALUATIONS, JURORS, book, dossier, juror

pytestmark = pytest.mark.newest
YES = {"communicable": "oui"}
FOUR = [*JURORS, *map(juror, ("zoe", "yann", "xena", "wim"))]


def said(*versions, dossiers=DOSSIERS, jurors=FOUR):
    return read(book(dossiers, jurors, EVALUATIONS, notes_tab(*map(Record, versions))), EIG5)


def proposed(*versions, **others):
    return proposals.proposals_of(said(*versions, **others))


def test_a_dossier_has_the_comments_that_jurors_agreed_to_pass_on_and_no_other():
    found = proposed(
        version("zoe", commentaire="Un besoin clair.", **YES),
        version("yann", commentaire="À garder pour nous."),
        version("xena", commentaire="À garder aussi.", communicable="non"),
        version("wim", commentaire="Budget à revoir.\nÉquipe prête.", **YES),
    )
    [one] = found
    assert (one.numero, one.comments, one.left, one.written) == ("101", 2, "", "")
    assert one.text == "– Budget à revoir. Équipe prête.\n– Un besoin clair."


@pytest.mark.parametrize("jurors", [("zoe", "yann"), ("yann", "zoe")])
def test_the_order_of_comments_tells_nothing_of_their_authors(jurors):
    texts = ("Bon.", "Très bon.")
    [one] = proposed(*(version(name, commentaire=text, **YES) for name, text in zip(jurors, texts, strict=True)))
    assert one.text == "– Bon.\n– Très bon."


def test_what_cannot_be_read_as_a_yes_is_none_and_its_cell_is_named():
    [one] = proposed(version("zoe", commentaire="Bien.", communicable="peut-être"))
    assert (one.text, one.comments) == ("", 0)
    assert one.left.startswith("Notes reçues!")
    assert proposals.UNREADABLE in one.left.replace("\u202f", " ")


def test_a_comment_of_who_steps_aside_or_of_notes_that_do_not_count_is_named_not_passed_on():
    own = juror("zoe", deports="101")
    [recused] = proposed(version("zoe", commentaire="Bien.", **YES), jurors=[*JURORS, own])
    assert (recused.text, proposals.RECUSED in recused.left) == ("", True)
    [typed] = proposed(version("anna", commentaire="Bien.", **YES))
    assert (typed.text, proposals.NOT_COUNTED in typed.left) == ("", True)
    [off_scale] = proposed(version("zoe", commentaire="Bien.", **YES, **{CRITERIA[0]: 9.0}))
    assert (off_scale.text, proposals.NOT_COUNTED in off_scale.left) == ("", True)
    nobody = proposed(version("zoe", commentaire="Bien.", **YES, **dict.fromkeys(CRITERIA)))
    assert [one.text for one in nobody] == [""]


def test_names_are_taken_from_the_workbook_and_the_cell_of_what_is_cut_is_told():
    dossiers = [dossier("101", porteur_projet="Ada Lovelace"), dossier("102", projet="CartoBio")]
    comment = "Bien. Ada Lovelace est prête. Zoe le pense. Mieux que CartoBio. Vu avec la Maison bob."
    [one] = proposed(version("yann", commentaire=comment, **YES), dossiers=dossiers)
    assert one.text == "– Bien. […] Vu avec la Maison bob."
    assert one.left.count("\n") == 0
    assert one.left.endswith("nomme une personne, nomme peut-être un juré et nomme un autre dossier.")
    unnamed = juror("camille.durand", nom=None)
    [one] = proposed(version("zoe", commentaire="Camille le dit.", **YES), jurors=[*FOUR, unnamed])
    assert one.text == ""


def test_a_cell_is_never_fuller_than_it_can_be():
    long = "Un très long propos " * 1_000
    [one] = proposed(*(version(name, commentaire=f"{name} {long}", **YES) for name in ("zz", "yy")),
                     jurors=[*JURORS, juror("zz"), juror("yy")])  # fmt: skip
    assert one.comments == 1
    assert proposals.TOO_LONG in one.left.lower()


def test_there_is_no_row_without_a_comment_to_pass_on():
    assert proposed(version("zoe", commentaire="Non.")) == []
    assert proposed(version("zoe", **YES)) == []
    assert proposals.proposals_of(read(book(), EIG5)) == []


@pytest.mark.in_memory
def test_a_night_proposes_and_writes_nothing_where_officers_write(demo, tmp_path):
    assert demo.read().tab("Propositions de retour") is None
    reading = read(demo.read(), loading.load(demo.config))
    name, numero = free_pairs(reading)[0]
    comment = "=1+1. Un besoin clair."
    Mailbox(tmp_path / "pages").put("a.xlsx", page(name, {numero: scores(3, commentaire=comment, **YES)}))
    assert demo.run("jury", "collect", str(tmp_path / "pages")).code == 0
    before = people(demo.workbook)
    assert demo.run("sync").code == 0
    assert before.lost(people(demo.workbook)) == []
    [row] = [row for row in Robot(demo).tab("Propositions de retour").rows if row["N° de dossier"] == numero]
    assert row["Proposition"] == f"– {comment}"
    candidate = [row for row in Robot(demo).tab("Candidatures").rows if row["N° de dossier"] == numero]
    assert comment not in str(candidate)
