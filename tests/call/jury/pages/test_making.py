"""Whose page has which dossiers: those of « Affectations », or all that can be ranked but for the recused."""

from dataclasses import replace

import pytest

from eig_sheets.call.jury.assignments import RECORDED
from eig_sheets.call.jury.dossiers import DOSSIERS as PROJECTS
from eig_sheets.call.jury.pages.files_folder import file_names
from eig_sheets.call.jury.pages.making import pages_of
from eig_sheets.call.jury.pages.pages import PageKind
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.reviews.affectations import Assignment, AssignmentStatus
from tests.call.jury.pages.pages import NOTES
from tests.columns import EIG5
from tests.workbook.snapshots import NAMES, book, dossier, evaluation, juror

DOSSIERS = [
    dossier("101", fiche="https://example.org/f", questions="Et après ?", resume="Un phare"),
    dossier("102"),
    dossier("103", preselection="Écarté – insuffisant"),
]
JURORS = [juror("anna", groupe="A"), juror("bob", deports="102", groupe="A"), juror("chloe", groupe="B")]


def pages(kind=PageKind.NOTES, *, jurors=JURORS, evaluations=(), recorded=None, campaign=EIG5):
    reading = read(book(DOSSIERS, jurors, evaluations), campaign)
    results = compute(reading).having(RECORDED, {PROJECTS.tab: recorded or ()})
    made = pages_of(reading, results, kind)
    return {page.juror.partition("@")[0]: page for page in made}


def numbers(made):
    return {name: [dossier.numero for dossier in page.dossiers] for name, page in made.items()}


def with_jury(**keys):
    return EIG5.model_copy(update={"jury": EIG5.jury.model_copy(update=keys)})


@pytest.mark.slow
def test_without_assignments_everyone_reads_what_can_be_ranked_but_for_deports():
    assert numbers(pages()) == {"anna": ["101", "102"], "bob": ["101"], "chloe": ["101", "102"]}
    recused = pages(evaluations=[evaluation("101", "bob", *[None] * len(EIG5.criteria), deport="oui")])
    assert numbers(recused) == {"anna": ["101", "102"], "chloe": ["101", "102"]}


def test_assignments_alone_say_who_reads_what():
    pairs = [("101", "chloe"), ("102", "anna"), ("102", "bob")]
    recorded = tuple(Assignment(number, f"{name}@jury.example", AssignmentStatus.ASSIGNED) for number, name in pairs)
    assert numbers(pages(recorded=recorded)) == {"anna": ["102"], "chloe": ["101"]}


def test_groups_have_one_page_under_the_first_who_may_read():
    grouped = pages(campaign=with_jury(reads_as_group=True))
    assert numbers(grouped) == {"anna": ["101", "102"], "chloe": ["101", "102"]}
    assert {page.group for page in grouped.values()} == {"A", "B"}
    assert file_names([*grouped.values()]) == ("grille-groupe-a-anna.xlsx", "grille-groupe-b-chloe.xlsx")


def test_a_page_shows_what_describes_a_dossier_and_nothing_of_decisions():
    page = pages()["anna"]
    shown = page.dossiers[0]
    assert (shown.projet, shown.resume, shown.questions) == ("Projet 101", "Un phare", "Et après ?")
    assert shown.links[0] == ("Fiche détaillée", "https://example.org/f")
    assert [criterion.label for criterion in page.criteria] == [*EIG5.labels.values()]
    assert all(criterion.meaning for criterion in page.criteria)
    assert page.deadline is not None
    assert (page.declaration, page.half_days) == ("", ())


def test_every_juror_declares_on_every_project():
    assert numbers(pages(PageKind.DECLARATION)) == {name: ["101", "102"] for name in NAMES}
    page = pages(PageKind.DECLARATION)["anna"]
    assert page.declaration.endswith("les débats du jury.")
    ours = pages(PageKind.DECLARATION, campaign=with_jury(declaration="Je jure."))["anna"]
    assert ours.declaration == "Je jure."


def test_names_are_plain_and_each_its_own():
    def named(name, juror):
        return replace(NOTES, name=name, juror=juror)

    two = [named("Claire Martin", "claire@a.example"), named("claire  MARTIN", "martin@b.example")]
    assert file_names(two) == (
        "grille-claire-martin-claire-a-example.xlsx",
        "grille-claire-martin-martin-b-example.xlsx",
    )
    others = [named("Zoé L’Œuf ../..", "z@a.example"), named("李", "li@a.example"), named("x" * 300, "x@a.example")]
    for name in file_names(others):
        assert name.isascii()
        assert "/" not in name
        assert len(name) < 90
    alike = [named("A", "a.b@c.example"), named("A", "a-b@c.example")]
    assert len(set(file_names(alike))) == 2
