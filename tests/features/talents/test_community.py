"""The talents that this promotion recruited are added to those before it."""

import pytest

from eig_sheets.campaign.reading import read
from tests.features.talents.anomalous_talents import candidate
from tests.workbook.snapshots import EIG5, JURORS, book, dossier, tab

pytest.importorskip("eig_sheets.features.community")
from eig_sheets.features.community.figures import community_lines

PROJECTS = [dossier("101", decision="Lauréat"), dossier("102", decision="Liste d’attente")]
PEOPLE = [
    candidate("T1", statut="Retenu", projet_decide="101"),
    candidate("T2", statut="Retenu", projet_decide="101"),
    candidate("T3", statut="Retenu", projet_decide="102"),
    candidate("T4", statut="Désisté", projet_decide="101"),
]


@pytest.mark.parametrize(("people", "recruited"), [(PEOPLE, 2), (PEOPLE[1:], 1)])
def test_talents_retained_for_a_project_selected_are_added_to_those_before(people, recruited):
    reading = read(book(PROJECTS, JURORS, [], tab("talents", people)), EIG5)
    assert {line.label: line.total for line in community_lines(reading)}["Talents recrutés"] == 133 + recruited
