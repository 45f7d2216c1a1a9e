"""A reading beside that of the other workbook: rules ask for rows wherever they are; cells are named with theirs."""

import pytest

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.doubts import doubts_of
from eig_sheets.campaign.reading import read
from eig_sheets.config import with_sections
from eig_sheets.domain.parts import Part
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.workbook.anomalies import anomaly
from eig_sheets.workbook.parse import KEY_IS_BLANK
from tests.columns import EIG5, cell_of
from tests.workbook.snapshots import book, juror, tab

pytestmark = pytest.mark.newest

TWO = with_sections(EIG5, {"workbook": {**EIG5.workbook.model_dump(), "talents": "talents.xlsx"}})
CANDIDATES = Snapshot(
    (
        tab(
            "talents",
            [{"candidature": "T1", "nom": "Ormeau", "metier": "Designer", "statut": "Retenu", "projet_decide": "101"}],
        ),
        tab("jury", [juror("zoe")]),
        tab("evaluations_talents", [{"candidature": "T1", "jure": "zoe@jury.example"}]),
    ),
    "1",
)


@pytest.fixture(scope="module")
def readings():
    """The projects' and the candidates', each beside the other."""
    projects, candidates = read(book(), TWO), read(CANDIDATES, TWO.for_talents())
    return projects.with_linked(candidates), candidates.with_linked(projects)


def test_the_parts_of_a_call():
    assert [campaign.part for campaign in (EIG5, TWO, TWO.for_talents(), EIG5.for_talents())] == [
        Part.WHOLE, Part.PROJECTS, Part.TALENTS, Part.WHOLE,
    ]  # fmt: skip
    assert TWO.for_talents().location().endswith("talents.xlsx")
    assert with_sections(TWO.for_talents(), {}).part is Part.TALENTS


def test_rows_are_found_wherever_they_are(readings):
    for reading in readings:
        assert [*reading.valid_rows("talents")["candidature"]] == ["T1"]
        assert [*reading.valid_rows("candidatures")["numero"]] == ["101", "102"]
        assert {*reading.valid_rows("evaluations")["jure"]} == {
            f"{name}@jury.example" for name in ("anna", "bob", "chloe")
        }
        assert (reading.has("talents"), reading.has("candidatures"), reading.has("suivi")) == (True, True, False)
    assert [(reading.owns("talents"), reading.owns("candidatures")) for reading in readings] == [
        (False, True),
        (True, False),
    ]


def test_what_both_have_is_one_s_own(readings):
    assert [[*reading.valid_rows("jury")["nom"]] for reading in readings] == [["Anna", "Bob", "Chloe"], ["Zoe"]]


def test_a_cell_of_the_other_is_named_with_its_workbook(readings):
    projects, candidates = readings
    name, number = f"Talents!{cell_of('talents', 'nom', 2)}", f"Candidatures!{cell_of('candidatures', 'numero', 2)}"
    assert projects.layout_of("talents").reference("nom", 2) == f"{name} (classeur des candidats)"
    assert candidates.layout_of("talents").reference("nom", 2) == name
    assert candidates.layout_of("candidatures").reference("numero", 2) == f"{number} (classeur des projets)"
    with pytest.raises(KeyError):
        projects.layout_of("suivi")


def test_an_anomaly_is_listed_where_its_tab_is(readings):
    projects, candidates = readings
    anomalies = [anomaly(KEY_IS_BLANK, name, header="") for name in ("Talents", "Jury", "Candidatures")]
    assert [anomaly.tab for anomaly in projects.listed_here(anomalies)] == ["Jury", "Candidatures"]
    assert [anomaly.tab for anomaly in candidates.listed_here(anomalies)] == ["Talents", "Jury"]


def test_the_results_of_the_candidates_workbook_have_nothing_of_dossiers(readings):
    results = compute(readings[1])
    frames = (
        results.of(APPLICATIONS).dossiers,
        results.of(SCORES).ranking,
        results.of(COFINANCING),
        results.of(APPLICATIONS).eligibility,
        results.of(SCORES).evaluations,
    )
    assert [len(frame) for frame in frames] == [0] * len(frames)
    assert results.anomalies == ()


def test_a_doubt_about_a_tab_that_both_have_names_the_workbook():
    nameless = tab("jury", [{**juror("zoe"), "email": CellError("#REF!")}])
    candidates = read(Snapshot((CANDIDATES.tabs[0], nameless, CANDIDATES.tabs[2]), "1"), TWO.for_talents())
    projects = read(book(), TWO)
    where = f"Jury!{cell_of('jury', 'email', 2)} (classeur des candidats)"
    for reading in (projects.with_linked(candidates), candidates.with_linked(projects)):
        doubts = doubts_of(reading, reading.anomalies, Act.MESSAGES)
        assert [doubt.place for doubt in doubts if doubt.anomaly.tab == "Jury"] == [where]
        assert [doubt.sentence.startswith(where) for doubt in doubts if doubt.anomaly.tab == "Jury"] == [True]
