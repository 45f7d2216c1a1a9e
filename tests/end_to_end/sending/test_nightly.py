"""`sync` sends nothing unless the configuration says so, and then only what was approved as the robot had read it."""

import pytest

from tests.effort import first
from tests.end_to_end.sending.campaign import OUTBOX, address, addresses, plain, sending_id
from tests.end_to_end.sending.conftest import FEW

pytestmark = pytest.mark.in_memory

LATER = "450 4.2.0 Greylisted"
NEVER = "550 5.1.1 No such user"


@pytest.fixture
def nightly(team):
    """A campaign whose approved e-mails leave each night."""
    team.set_config("nightly_send = false", "nightly_send = true")
    return team


@pytest.mark.slow
def test_no_night_sends_what_is_approved(team, post):
    team.tick()
    for _ in range(2):
        assert team.run("sync").code == 0
    assert set(team.states.values()) == {"Validé"}
    assert post.received == []


@pytest.mark.slow
def test_a_night_sends_what_is_approved_and_no_more(nightly, post):
    nightly.tick(sending_id(0), sending_id(1))
    done = nightly.run("sync")
    assert (done.code, "2 e-mails envoyés sur 2." in plain(done.err)) == (0, True), done
    assert sorted(post.copies) == addresses([0, 1])
    assert [nightly.states[sending_id(one)] for one in (0, 1, 2)] == ["Envoyé", "Envoyé", "À valider"]
    assert nightly.run("sync").code == 0
    assert len(post.received) == 2


@pytest.mark.slow
def test_the_nights_after_a_send_change_nothing(team):
    team.tick()
    assert team.send(FEW).code == 0
    assert team.run("sync").code == 0  # the dashboard
    before = team.bytes
    assert "Rien n’a changé" in plain(team.run("sync").err)
    assert team.run("emails", "send").code == 0
    assert team.bytes == before


@pytest.mark.slow
def test_what_was_edited_then_ticked_waits_for_a_night(nightly, post):
    nightly.tick(sending_id(0), sending_id(1))
    nightly.type_in(OUTBOX, {(sending_id(0), "Objet"): "Autrement dit"})
    assert nightly.run("sync").code == 0
    assert sorted(post.copies) == addresses([1])
    assert nightly.states[sending_id(0)] == "Validé"
    assert nightly.run("sync").code == 0
    [letter] = post.of(address(0))
    assert letter.message["Subject"] == "Autrement dit"


@pytest.mark.slow
def test_what_was_edited_after_it_was_approved_never_leaves_by_night_until_it_is_approved_again(nightly, post):
    nightly.set_config("nightly_send = true", "nightly_send = false")
    nightly.tick(sending_id(0))
    assert nightly.run("sync").code == 0
    nightly.set_config("nightly_send = false", "nightly_send = true")
    nightly.type_in(OUTBOX, {(sending_id(0), "Objet"): "Autrement dit"})
    for _ in range(3):
        assert nightly.run("sync").code == 0
    assert post.received == []
    assert nightly.states[sending_id(0)] == "Validé"
    assert "Modifié après avoir été validé" in nightly.said(sending_id(0))
    nightly.type_in(OUTBOX, {(sending_id(0), "Valider"): None})
    assert nightly.run("sync").code == 0
    assert nightly.said(sending_id(0)) == ""
    nightly.tick(sending_id(0))
    assert nightly.run("sync").code == 0
    assert [letter.message["Subject"] for letter in post.of(address(0))] == ["Autrement dit"]


@pytest.mark.slow
def test_what_was_refused_is_not_tried_each_night_and_what_was_deferred_is(nightly, post):
    nightly.tick(sending_id(0), sending_id(1))
    post.refused = {address(0): NEVER, address(1): LATER}
    done = nightly.run("sync")
    assert (done.code, "2 échecs" in plain(done.err)) == (1, True), done
    assert "cette adresse n’existe pas" in nightly.said(sending_id(0))
    assert "à réessayer plus tard" in nightly.said(sending_id(1))
    post.refused = {}
    assert nightly.run("sync").code == 0
    assert sorted(post.copies) == addresses([1])
    assert nightly.states[sending_id(0)] == "Échec"
    nightly.type_in(OUTBOX, {(sending_id(0), "Message"): "Corrigé."})
    assert nightly.run("sync").code == 0
    assert nightly.run("sync").code == 0
    assert post.copies == dict.fromkeys(addresses([0, 1]), 1)
    assert nightly.states[sending_id(0)] == "Envoyé"


@pytest.mark.parametrize("cause", first(1, ["the server is down", "no server is configured", "the state is lost"]))
def test_what_it_wrote_stays_when_the_sending_fails(nightly, post, cause):
    nightly.tick(sending_id(0))
    said = {
        "the server is down": "il refuse la connexion",
        "no server is configured": "Aucun serveur d’envoi n’est indiqué",
        "the state is lost": "« eig-sheets state adopt »",
    }[cause]
    if cause == "the server is down":
        nightly.serve(1)
    elif cause == "no server is configured":
        text = nightly.config.read_text(encoding="utf-8").partition("\n[smtp]")[0]
        nightly.config.write_text(text, encoding="utf-8")
    else:
        assert nightly.send(1).code == 0
        nightly.tick(sending_id(2))
        nightly.lose_the_state()
    left = len(post.received)
    nightly.type_in("Candidatures", {("4512001", "Retour au porteur"): "Un autre retour."})
    done = nightly.run("sync")
    assert (done.code, said in plain(done.err)) == (1, True), done
    assert len(post.received) == left
    assert nightly.states[sending_id(1)] == "Obsolète"
    assert nightly.states[f"{sending_id(1)}.v2"] == "À valider"
    assert nightly.states[sending_id(2)] == ("Validé" if cause == "the state is lost" else "À valider")
