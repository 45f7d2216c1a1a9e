"""What servers refuse, cut and forget: `Envois` says it in French, and nothing is doubled nor lost."""

from collections import Counter

import pytest

from tests.effort import first
from tests.emails.outlets import local_smtp
from tests.emails.outlets.scripted import DROP, Scripted
from tests.end_to_end.sending.campaign import OUTBOX, address, addresses, plain, sending_id
from tests.end_to_end.sending.conftest import FEW
from tests.end_to_end.sending.post import opened

pytestmark = pytest.mark.in_memory

NEVER = "550 5.1.1 No such user"
LATER = "450 4.2.0 Greylisted"
WITH_COPY = ("porteur0@example.org", "second@example.org")


GONE = f"Rien n’a été envoyé. Refusé : {WITH_COPY[0]}, cette adresse n’existe pas (« {NEVER} »)"


@pytest.fixture
def copied(team):
    """One approved e-mail, with somebody in copy."""
    team.type_in("Candidatures", {("4512000", "E-mail du porteur 2"): WITH_COPY[1]})
    assert team.run("sync").code == 0
    team.tick(f"{sending_id(0)}.v2")
    return f"{sending_id(0)}.v2"


@pytest.mark.slow
def test_one_of_two_people_is_refused(team, copied, post):
    """The other has it: it is sent, says to whom it is not, and never leaves again."""
    post.refused = {WITH_COPY[1]: NEVER}
    assert team.send(1).code == 0
    assert team.states[copied] == "Envoyé"
    assert team.said(copied) == (f"Envoyé, sauf à : {WITH_COPY[1]}, cette adresse n’existe pas (« {NEVER} »).")
    post.refused = {}
    assert team.run("emails", "send").code == 0
    assert post.copies == {WITH_COPY[0]: 1}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("refused", "said"),
    [(WITH_COPY, f"{GONE} ; {WITH_COPY[1]}, cette adresse n’existe pas"), (WITH_COPY[:1], f"{GONE}.")],
    ids=["all", "the main one"],
)
def test_nobody_gets_what_the_main_person_cannot(team, copied, post, refused, said):
    post.refused = dict.fromkeys(refused, NEVER)
    done = team.send(1)
    assert (done.code, "1 échec : voir « Envois », colonne Précision." in plain(done.err)) == (1, True), done
    assert team.states[copied] == "Échec"
    assert team.said(copied).startswith(said)
    assert post.received == []
    shown = team.run("emails", "send", "--dry-run", "--format", "json").records
    assert [one["failed"] for one in shown] == [True]
    post.refused = {}
    assert team.send(1).code == 0
    assert post.copies == Counter(WITH_COPY)


@pytest.mark.slow
def test_what_is_deferred_leaves_with_the_next_send_and_once(team, post):
    team.tick()
    post.refused = {address(1): LATER}
    post.answers = {3: "451 4.3.0 Try again"}
    assert team.send(FEW).code == 1
    late = {one for one, state in team.states.items() if state == "Échec"}
    assert len(late) == 2
    assert all("éessayer plus tard" in team.said(one) for one in late)
    post.refused, post.answers = {}, {}
    assert team.send(2).code == 0
    assert team.run("emails", "send").code == 0
    assert post.copies == Counter(addresses(range(FEW)))
    assert set(team.states.values()) == {"Envoyé"}


@pytest.mark.slow
def test_what_is_refused_for_ever_waits_for_a_person(team, post):
    """A typing error in an address that people then mend."""
    team.tick(sending_id(0))
    post.refused = {address(0): NEVER}
    assert team.send(1).code == 1
    team.type_in("Candidatures", {("4512000", "E-mail du porteur"): "mieux@example.org"})
    assert team.run("sync").code == 0
    assert team.states[sending_id(0)] == "Obsolète"
    team.tick(f"{sending_id(0)}.v2")
    assert team.send(1).code == 0
    assert post.copies == {"mieux@example.org": 1}


CUTS = [
    ({"DATA": [DROP]}, "Échec", "La connexion a été coupée avant l’envoi. À réessayer plus tard."),
    ({"body": [DROP]}, "Incertain", "La connexion a été coupée avant que le serveur dise s’il a le message."),
    ({"body": ["421 bye"]}, "Échec", "Le message n’est pas accepté : le serveur s’arrête"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("script", "state", "said"), first(1, CUTS), ids=[str(one[0]) for one in CUTS])
def test_a_connection_that_is_cut(team, script, state, said):
    """Before the final dot it can leave again; after it, a person says. The others leave by another connection."""
    team.tick()
    with Scripted(script) as server:
        team.serve(server.port)
        assert team.send(FEW).code == 1
        assert Counter(team.states.values()) == {"Envoyé": FEW - 1, state: 1}
        assert team.states[sending_id(0)] == state
        assert team.said(sending_id(0)).startswith(said)
        assert len(server.had) == FEW - 1
        if state == "Incertain":
            assert team.run("emails", "send").code == 0
            assert len(server.had) == FEW - 1
            assert team.run("emails", "settle", sending_id(0), "--not-sent").code == 0
        assert team.send(1).code == 0
        assert len(server.had) == FEW
    assert set(team.states.values()) == {"Envoyé"}


@pytest.mark.slow
def test_a_server_that_goes_away_in_the_middle(team):
    """What it never had can all leave later; the send ends by itself."""
    team.tick()
    with Scripted({"DATA": ["354 go on", "354 go on", DROP], "greeting": ["220 ready", *[DROP] * 9]}) as server:
        team.serve(server.port)
        done = team.send(FEW)
        assert (done.code, "2 e-mails envoyés sur 6." in plain(done.err)) == (1, True), done
        assert Counter(team.states.values()) == {"Envoyé": 2, "Échec": FEW - 2}
        assert "est injoignable : il a coupé la connexion" in team.said(sending_id(5))
        server.script.clear()
        assert team.send(FEW - 2).code == 0
        assert len(server.had) == FEW
    assert set(team.states.values()) == {"Envoyé"}


@pytest.mark.parametrize("why", first(1, ["down", "wrong password"]))
def test_a_server_that_cannot_be_used_takes_nothing(team, post, why):
    """Told in French, and nothing is written down but that: the workbook and the ledger are as they were."""
    team.tick()
    before = team.bytes
    with opened(authenticator=local_smtp.let_in, auth_require_tls=False) as (office, port):
        settings, said = {
            "down": ((1,), "127.0.0.1:1 est injoignable : il refuse la connexion, vérifiez le port."),
            "wrong password": (
                (port, 'user = "robot"', 'password_variable = "EIG_ESSAI"'),
                "refuse l’identifiant « robot » ou son mot de passe (réponse 535)",
            ),
        }[why]
        team.serve(*settings)
        done = team.send(FEW, env={"EIG_ESSAI": "faux"})
        assert (done.code, said in plain(done.err)) == (1, True), done
        assert "Traceback" not in done.err
        assert "faux" not in done.err
        assert office.received == []
    assert team.bytes == before
    assert not any(team.ledger.deliveries())
    team.serve(post.port)
    assert team.send(FEW).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.slow
def test_an_address_that_the_server_cannot_take_is_reported_and_the_others_leave(team, post):
    team.type_in(OUTBOX, {(sending_id(0), "Destinataires"): "élodie@example.org"})
    team.tick(sending_id(0), sending_id(1))
    done = team.send(2, "--allow", "élodie@example.org")
    assert done.code == 1
    assert team.states[sending_id(0)] == "Échec"
    assert "les lettres accentuées avant « @ »" in team.said(sending_id(0))
    assert sorted(post.copies) == [address(1)]
