"""The answer to a request names the cells in doubt that it rests on."""

import pytest

from eig_sheets.features.requests.rules import Action
from eig_sheets.spreadsheet.model.cells import a1
from tests.cli.test_doubts import REF, juror, spoil
from tests.features.requests.officers import Officers
from tests.in_memory import storage_at
from tests.nightly import Table
from tests.spreadsheet.memory_desk import put
from tests.team_call import called, campaign_of

pytestmark = pytest.mark.in_memory


def test_the_answer_to_a_request_names_the_cells(demo):
    demo.run("sync")
    name, _ = juror(demo)
    where = spoil(demo, "Jury", "Déports", name, REF)
    officers = Officers(demo)
    number = officers.ask(Action.BALLOTS)
    assert demo.run("requests", "run").code == 0
    answer = officers.answer(number)
    assert "À corriger, dont dépend cette réponse :" in answer
    assert where in answer


@pytest.mark.slow
def test_a_refusal_that_they_may_be_the_reason_of_names_them_too(demo):
    demo.run("sync")
    name, _ = juror(demo)
    where = spoil(demo, "Jury", "Déports", name, REF)
    demo.set_config("[jury]\nreads = 4", "[jury]\nreads = 12")
    officers = Officers(demo)
    number = officers.ask(Action.ASSIGN)
    assert demo.run("requests", "run").code == 0
    answer = officers.answer(number)
    assert answer.startswith("Refusée")
    assert "Le nombre de lecteurs est" in answer
    assert where in answer


@pytest.mark.slow
@pytest.mark.needs("talents")
def test_so_does_the_answer_of_the_candidates_jury_in_one_workbook(tmp_path):
    """Whichever of both juries an action is about, what it read is what its answer rests on."""
    call = campaign_of(tmp_path, called())
    assert call.run("init").code == 0
    jury = Table(call.read().tab("Jury"))
    where = a1(jury.rows[0]["row"], jury.headers["Déports"])
    put(storage_at(call.workbook), "Jury", where, "à voir ?")
    officers = Officers(call)
    number = officers.ask(Action.ASSIGN_CANDIDATES)
    assert call.run("requests", "run").code == 0
    assert f"Jury!{where}" in officers.answer(number)
