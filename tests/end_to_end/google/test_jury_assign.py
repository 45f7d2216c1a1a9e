"""`jury assign` on a Google Sheet while people add a row: theirs stays."""

import shutil

import pytest

from tests.columns import cell_of
from tests.end_to_end.google.support import JURORS, NUMBERS, Desk

pytestmark = pytest.mark.slow
NEW = "jo@example.org"


@pytest.fixture
def read_twice(desk: Desk, tmp_path) -> Desk:
    """The campaign, whose dossiers are to be read by two of three jurors; nobody noted the last two of them."""
    shutil.copytree(desk.folder / "config", tmp_path / "campaign" / "config")
    own = Desk(desk.server, tmp_path / "campaign", desk.state)
    path = own.folder / "config" / "campaign.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[jury]\nreads = 4", "[jury]\nreads = 2"), "utf-8")
    for _ in range(4):
        own.edit("delete_row", tab="Évaluations", at=8)
    own.edit("set", tab="Jury", cell=cell_of("jury", "nom", 4), value="Jo")
    own.edit("set", tab="Jury", cell=cell_of("jury", "email", 4), value=NEW)
    return own


def pairs(desk):
    return {(str(row["N° de dossier"]), row["E-mail du juré"]) for row in desk.rows("Affectations")}


def test_a_row_that_people_add_meanwhile_stays(read_twice):
    desk = read_twice
    add = {"kind": "set", "tab": "Évaluations", "cell": cell_of("evaluations", "numero", 8), "value": NUMBERS[4]}
    juror = {"kind": "set", "tab": "Évaluations", "cell": cell_of("evaluations", "jure", 8), "value": JURORS[0]}
    done = desk.run(
        "jury", "assign", "--rows", "all", script=[{"after_call": 1, "edit": add}, {"after_call": 1, "edit": juror}]
    )
    assert done.code == 0, done
    rows = [(str(row["N° de dossier"]), row["E-mail du juré"]) for row in desk.rows("Évaluations")]
    assert (NUMBERS[4], JURORS[0]) in rows
    assert {*rows} >= pairs(desk)
