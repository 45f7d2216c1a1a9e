"""What the dashboard says of the jury: what Affectations asks of it, else the rows of Évaluations."""

from __future__ import annotations

from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.result_parts import Figures
from eig_sheets.campaign.reviews.affectations import Assignment
from eig_sheets.run.dashboard import indicators
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.call.jury.test_assignments import with_pairs
from tests.workbook.snapshots import EIG5, book, evaluation, juror

BLANK = [None] * 5
ANNA, BOB, CHLOE = (f"{name}@jury.example" for name in ("anna", "bob", "chloe"))
ROWS = [evaluation("101", "anna"), evaluation("101", "bob", *BLANK), evaluation("102", "anna", *BLANK, deport="oui")]


def of_the_jury(snapshot: Snapshot) -> dict[str, tuple[float | None, float | None, str]]:
    """The count, the share and the detail of each indicator of the jury."""
    reading = read(snapshot, EIG5)
    assert not reading.problems
    shown = indicators(reading, compute(reading), ())
    return {
        indicator.label: (indicator.count, indicator.share, indicator.detail)
        for indicator in shown
        if indicator.section == "Jury"
    }


def test_without_affectations_the_rows_of_evaluations_are_awaited_but_deports():
    assert of_the_jury(book(evaluations=ROWS)) == {
        "Évaluations complètes": (1, 0.5, "Sur 2 attendues."),
        "Évaluations en attente de notes": (1, None, "De 1 juré."),
        "Déports": (1, None, ""),
    }


def test_with_affectations_its_pairs_are_awaited_those_without_a_row_too():
    pairs = [Assignment("101", ANNA), Assignment("101", CHLOE), Assignment("102", BOB), Assignment("102", CHLOE)]
    assert of_the_jury(with_pairs(*pairs, snapshot=book(evaluations=ROWS))) == {
        "Évaluations complètes": (1, 0.25, "Sur 4 attendues."),
        "Évaluations en attente de notes": (3, None, "De 2 jurés."),
        "Déports": (1, None, ""),
    }


def test_a_pair_that_holds_no_more_is_awaited_of_nobody():
    pairs = [Assignment("101", ANNA), Assignment("101", CHLOE), Assignment("102", ANNA)]
    jurors = [juror("anna"), juror("bob"), juror("chloe", deports="101")]
    shown = of_the_jury(with_pairs(*pairs, snapshot=book(jurors=jurors, evaluations=ROWS)))
    assert shown["Évaluations complètes"] == (1, 1.0, "Sur 1 attendue.")
    assert shown["Évaluations en attente de notes"] == (0, None, "")


def test_before_the_first_dossier_no_line_of_a_later_stage_says_zero():
    def sections(snapshot: Snapshot) -> list[str]:
        reading = read(snapshot, EIG5)
        return [*dict.fromkeys(indicator.section for indicator in indicators(reading, compute(reading), ()))]

    around = [*(figures.section for figures in EIG5.features.parts(Figures)), "Anomalies", "E-mails"]
    assert sections(book(evaluations=ROWS)) == ["Dossiers", "Jury", "Sélection", "Co-financement", *around]
    assert sections(book(dossiers=[], evaluations=[])) == ["Dossiers", *around]


def test_where_no_evaluation_is_awaited_it_is_said_in_words():
    assert of_the_jury(book(evaluations=[]))["Évaluations complètes"] == (0, None, "Aucune n’est attendue.")
