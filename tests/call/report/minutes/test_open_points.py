"""The section of the minutes on open points: each kind is told, whatever the others are."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from eig_sheets.call.report.minutes.selection import write_open_points
from eig_sheets.call.report.open_points import OpenPoint, OpenPoints
from eig_sheets.documents.paper import Paper

POINT = OpenPoint("103", "Phare", "Pas tranché.", "Candidatures, ligne 4", "ada@jury.example")
RECEIVED = "3 dossiers reçus, chacun compté une fois"
KINDS = {
    "dossiers": f"{RECEIVED} : 1 dossier est laissé de côté, et ne compte dans aucun résultat.",
    "unnumbered": "1 ligne n’a pas de numéro lisible : rien ne dit si c’est un dossier de plus.",
    "evaluations": "Évaluations qui ne comptent pas :",
    "recusals": "Déports à trancher :",
    "reserves": "Propositions « sous réserve », et ce qui manque à chacune :",
}


def written(*kinds: str) -> tuple[list[str], int]:
    """The sentences, with ordinary spaces, and how many tables there are, when there is a point of these kinds."""
    paper = Paper("Procès-verbal", date(2021, 5, 6))
    write_open_points(paper, OpenPoints(3, **{kind: (POINT,) if kind in kinds else () for kind in KINDS}))
    made = docx.Document(io.BytesIO(paper.saved()))
    return [paragraph.text.replace("\u202f", " ") for paragraph in made.paragraphs], len(made.tables)


@pytest.mark.parametrize("kinds", [(), *((kind,) for kind in KINDS), tuple(KINDS)], ids="-".join)
def test_each_kind_is_told_whatever_the_others_are(kinds):
    sentences, tables = written(*kinds)
    assert {kind for kind, said in KINDS.items() if said in sentences} == {*kinds}
    assert tables == len(kinds)
    assert any(sentence.startswith(RECEIVED) for sentence in sentences)
