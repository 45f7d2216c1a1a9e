"""The request that sends, through a real server: exactly the list that was ticked, once, wherever a run is killed."""

import pytest

from eig_sheets.spreadsheet.model.cells import a1
from tests import in_memory
from tests.emails.outlets.scripted import DROP, Scripted
from tests.end_to_end.sending.campaign import OUTBOX, Team, made, plain, refused, sending_id
from tests.spreadsheet import memory_desk

pytestmark = pytest.mark.in_memory


@pytest.fixture(scope="module")
def asking_few(tmp_path_factory) -> Team:
    team = made(tmp_path_factory.mktemp("asking") / "campaign", map(refused, range(3)))
    team.set_config("people_tabs = []", 'people_tabs = ["demandes"]')
    assert team.run("init").code == 0
    return team


@pytest.fixture
def asking(asking_few, tmp_path, post) -> Team:
    """A campaign with `Demandes`, whose e-mails go to `post`."""
    team = asking_few.copy(tmp_path / "campaign", memory=True)
    team.serve(post.port)
    return team


def type_in(team, header, value, place=0):
    table = team.table("Demandes")
    cell = a1(table.rows[place]["row"], table.headers[header])
    memory_desk.put(in_memory.storage_at(team.workbook), "Demandes", cell, value)


def run(team):
    done = team.run("requests", "run", "--format", "json")
    assert done.code == 0, done
    return [one["state"] for one in done.records]


def answer(team, place=0):
    return plain(str(team.table("Demandes").rows[place]["Réponse"]))


@pytest.mark.slow
def test_it_shows_who_is_written_to_then_sends_exactly_that(asking, post):
    asking.tick(sending_id(0), sending_id(1))
    type_in(asking, "Action", "Envoyer ce qui est validé")
    assert run(asking) == ["à confirmer"]
    assert (post.received, "2 e-mails :" in answer(asking)) == ([], True)
    assert [f"• porteur{place}@example.org" in answer(asking) for place in range(3)] == [True, True, False]
    type_in(asking, "Confirmer", True)
    assert run(asking) == ["faite"]
    assert sorted(one.to[0] for one in post.received) == ["porteur0@example.org", "porteur1@example.org"]
    assert answer(asking).endswith("2 e-mails envoyés sur 2.")
    assert run(asking) == []
    assert len(post.received) == 2


@pytest.mark.slow
def test_a_list_that_a_cell_cannot_hold_is_shown_and_sent_in_parts(asking, monkeypatch):
    asking.tick(*map(sending_id, range(3)))
    type_in(asking, "Action", "Envoyer ce qui est validé")
    monkeypatch.setattr("eig_sheets.features.requests.commands_sending.LONGEST", 400)
    assert run(asking) == ["à confirmer"]
    said = answer(asking)
    shown = said.count("•")
    assert 0 < shown < 3
    assert f"{shown} e-mail" in said
    assert f"{3 - shown} e-mail" in said.splitlines()[-1]


@pytest.mark.slow
def test_each_tick_that_stays_is_named_with_why_and_where(asking, post):
    asking.tick(*map(sending_id, range(3)))
    changes = {(sending_id(0), "Message"): "Bonjour {prénom},", (sending_id(1), "Ne pas envoyer"): True}
    asking.type_in(OUTBOX, {**changes, (sending_id(2), "Objet"): "Votre candidature"})
    type_in(asking, "Action", "Envoyer ce qui est validé")
    assert run(asking) == ["à confirmer"]
    row = {one["Id"]: one["row"] for one in asking.table(OUTBOX).rows}
    cells = {
        place: f"({OUTBOX}!{a1(row[sending_id(place)], asking.table(OUTBOX).headers['Id'])})" for place in range(3)
    }
    stays = (
        f"• Bloqué, ne part pas : {sending_id(0)}. « Message » contient « {{prénom}} », comme un modèle non rempli",
        f"• Écarté, ne part pas : {sending_id(1)}. « Ne pas envoyer » est coché aussi. {cells[1]}",
    )
    listed = answer(asking)
    assert "1 e-mail :" in listed
    assert f"Votre candidature [{sending_id(2)}], corrigé depuis la dernière lecture" in listed
    assert all(one in listed for one in (*stays, cells[0]))
    type_in(asking, "Confirmer", True)
    assert run(asking) == ["faite"]
    assert [one.to[0] for one in post.received] == ["porteur2@example.org"]
    assert "1 e-mail envoyé sur 1." in answer(asking)
    assert all(one in answer(asking) for one in stays)
    assert f"Corrigé par l’équipe : {sending_id(2)}." in answer(asking)
    assert answer(asking).count(sending_id(2)) == 1


@pytest.mark.slow
def test_who_does_what_the_answer_says_of_a_hole_may_send_it(asking, post):
    asking.tick(sending_id(0))
    asking.type_in(OUTBOX, {(sending_id(0), "Message"): "Bonjour {prénom},"})
    type_in(asking, "Action", "Envoyer ce qui est validé")
    assert run(asking) == ["refusée"]
    assert "décochez « Valider », attendez la synchronisation suivante, puis cochez de nouveau" in answer(asking)
    asking.tick(sending_id(0), value=None)
    assert asking.run("sync").code == 0
    asking.tick(sending_id(0))
    type_in(asking, "Action", "Envoyer ce qui est validé", 1)
    assert run(asking) == ["à confirmer"]
    type_in(asking, "Confirmer", True, 1)
    assert run(asking) == ["faite"]
    [received] = post.received
    assert "Bonjour {prénom}," in received.message.get_body(("plain",)).get_content()


@pytest.mark.slow
def test_one_more_that_is_approved_makes_it_show_the_list_again(asking, post):
    asking.tick(sending_id(0))
    type_in(asking, "Action", "Envoyer ce qui est validé")
    assert run(asking) == ["à confirmer"]
    type_in(asking, "Confirmer", True)
    asking.tick(sending_id(1))
    assert run(asking) == ["à confirmer"]
    assert run(asking) == []
    assert post.received == []
    assert "La liste a changé depuis" in answer(asking)
    type_in(asking, "Confirmer", None)
    assert run(asking) == ["à confirmer"]
    type_in(asking, "Confirmer", True)
    assert run(asking) == ["faite"]
    assert len(post.received) == 2


@pytest.mark.slow
def test_what_the_server_refuses_is_told(asking, post):
    asking.tick(sending_id(0))
    post.answers[1] = "550 No such user"
    type_in(asking, "Action", "Envoyer ce qui est validé")
    run(asking)
    type_in(asking, "Confirmer", True)
    assert run(asking) == ["refusée"]
    assert "Aucun e-mail envoyé sur 1. 1 échec : voir « Envois »" in answer(asking)


def test_nothing_approved_is_nothing_to_confirm(asking):
    type_in(asking, "Action", "Envoyer ce qui est validé")
    assert run(asking) == ["refusée"]
    assert "Aucun e-mail validé" in answer(asking)


@pytest.mark.slow
def test_no_day_is_pretended_for_a_send(asking):
    asking.tick(sending_id(0))
    type_in(asking, "Action", "Envoyer ce qui est validé")
    assert asking.run("--today", "2021-05-06", "requests", "run").code == 0
    assert "« --today » ne convient pas à un envoi" in answer(asking)


@pytest.mark.slow
def test_an_uncertain_e_mail_is_settled_once_confirmed_and_leaves_again_only_if_it_had_not(asking, post):
    """The address of the one that may have left is shown first."""
    asking.tick(sending_id(0))
    with Scripted({"body": [DROP]}) as server:
        asking.serve(server.port)
        assert asking.send(1).code == 1
    asking.serve(post.port)
    assert asking.states[sending_id(0)] == "Incertain"
    type_in(asking, "Détail", f"{sending_id(0)} sûrement")
    type_in(asking, "Action", "Trancher un envoi incertain")
    assert run(asking) == ["refusée"]
    assert "« parti » ou « non parti »" in answer(asking)
    type_in(asking, "Détail", f"{sending_id(0)} non parti", 1)
    type_in(asking, "Action", "Trancher un envoi incertain", 1)
    assert run(asking) == ["à confirmer"]
    assert "porteur0@example.org" in answer(asking, 1)
    assert "pourra repartir" in answer(asking, 1)
    type_in(asking, "Confirmer", True, 1)
    assert run(asking) == ["faite"]
    type_in(asking, "Action", "Envoyer ce qui est validé", 2)
    assert run(asking) == ["à confirmer"]
    type_in(asking, "Confirmer", True, 2)
    assert run(asking) == ["faite"]
    assert [one.to[0] for one in post.received] == ["porteur0@example.org"]


@pytest.mark.slow
def test_without_a_server_nothing_is_shown_to_confirm_and_what_is_approved_waits_in_the_first_tab(asking):
    asking.tick(sending_id(0))
    text = asking.config.read_text(encoding="utf-8").partition("\n[smtp]")[0]
    asking.config.write_text(text + "\n", encoding="utf-8")
    type_in(asking, "Action", "Envoyer ce qui est validé")
    assert run(asking) == ["refusée"]
    assert "serveur" in answer(asking)
    assert asking.run("sync").code == 0
    assert "1 e-mail validé, pas encore envoyé" in [plain(str(row["Quoi"])) for row in asking.table("Accueil").rows]
