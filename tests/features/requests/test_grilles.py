"""A request to send e-mails that carry grilles."""

import pytest

from tests import in_memory
from tests.end_to_end.sending.jurors import ANNA, BORIS, made_for_jurors
from tests.end_to_end.sending.test_grilles import BOTH, INVITED, make, on_another_machine, run
from tests.features.requests import test_sending

pytestmark = pytest.mark.in_memory


@pytest.fixture
def team(tmp_path, post, request, monkeypatch):
    """Two jurors who were invited, whose grilles are made in `g` and whose e-mails go to `post`."""
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    made = made_for_jurors(tmp_path / "jury")
    team = made.copy(tmp_path / "campaign", memory=in_memory.is_for(request))
    team.serve(post.port)
    return team


@pytest.mark.slow
def test_a_request_to_send_shows_who_lacks_theirs_and_sends_the_others(team, post):
    team.set_config("people_tabs = []", 'people_tabs = ["demandes"]')
    run(team, "init")
    files = make(team)
    team.tick(*BOTH)
    on_another_machine(team, files[ANNA])
    test_sending.type_in(team, "Action", "Envoyer ce qui est validé")
    assert test_sending.run(team) == ["à confirmer"]
    listed = test_sending.answer(team)
    assert "1 e-mail :" in listed
    assert f"Bloqué, ne part pas : {INVITED}. La grille de {ANNA} (grille-anna.xlsx) n’est pas jointe" in listed
    test_sending.type_in(team, "Confirmer", True)
    assert test_sending.run(team) == ["faite"]
    assert [one.people for one in post.received] == [(BORIS,)]
