"""`emails send`, and what keeps anybody from sending by accident."""

from collections import Counter

import pytest

from eig_sheets.emails.catalogue.deliveries import Stage
from tests import in_memory
from tests.effort import first
from tests.end_to_end.sending.campaign import OUTBOX, address, addresses, made, plain, refused, sending_id
from tests.end_to_end.sending.post import opened
from tests.end_to_end.sending.terminal import at_a_terminal

pytestmark = pytest.mark.in_memory

FEW = 4
CTRL_D = "\x04"
ME, STRANGER = "moi@example.org", "etrangere@ailleurs.example"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return made(tmp_path_factory.mktemp("few") / "campaign", map(refused, range(FEW)))


@pytest.fixture
def post():
    with opened() as (post, port):
        post.port = port
        yield post


@pytest.fixture
def team(campaign, tmp_path, post, request):
    """Four e-mails, three of which are approved."""
    team = campaign.copy(tmp_path / "campaign", memory=in_memory.is_for(request))
    team.serve(post.port)
    team.tick(*map(sending_id, range(3)))
    return team


def nothing_happened(team, post, before):
    assert post.received == []
    assert team.bytes == before
    assert team.ledger.deliveries() == {}


def waiting(campaign):
    """What `Accueil` says of e-mails, without counts of the indicators; and when the last sync succeeded."""
    rows = campaign.table("Accueil").rows
    today = [row for row in rows if row["Rubrique"] == "Aujourd’hui"]
    return [row["Quoi"] for row in today if "e-mail" in row["Quoi"]], today[0]["Date"]


@pytest.mark.slow
def test_once_they_left_the_first_tab_says_what_is_left(team, post):
    said, since = waiting(team)
    assert said == ["4 e-mails à valider"]
    assert team.send(3).code == 0
    assert waiting(team) == (["1 e-mail à valider"], since)
    before = team.bytes
    assert team.run("sync").code == 0
    codes = [anomaly["code"] for anomaly in team.run("check", "--format", "json").records]
    assert (team.bytes == before, "saisie_dans_onglet_robot" in codes) == (True, False)


@pytest.mark.slow
@pytest.mark.on_a_file
@pytest.mark.parametrize("typed", first(1, ["2\n", "\n", CTRL_D]))
def test_another_number_typed_sends_nothing(team, post, typed):
    before = team.bytes
    with at_a_terminal(team.arguments("emails", "send")) as terminal:
        terminal.wait_for("Tapez 3 pour envoyer, autre chose pour renoncer : ")
        assert "3 e-mails validés (3 non_retenu) : 3 destinataires, de eig@data.gouv.fr." in terminal.shown
        assert all(address(place) in terminal.shown for place in range(3))
        terminal.type(typed)
        assert terminal.ended() == 1
    answer = f"Rien n’est envoyé : 3 e-mails attendent, et vous avez dit « {typed.strip()} »."
    assert ("Interrompu : rien de plus n’a été écrit." if typed == CTRL_D else answer) in terminal.shown
    nothing_happened(team, post, before)


@pytest.mark.slow
@pytest.mark.on_a_file
def test_the_number_typed_at_a_terminal_sends(team, post):
    with at_a_terminal(team.arguments("emails", "send")) as terminal:
        terminal.wait_for("Tapez 3 pour envoyer")
        assert post.received == []
        terminal.type("3\n")
        assert terminal.ended() == 0
    assert "3 e-mails envoyés sur 3." in terminal.shown
    assert sorted(post.copies) == addresses(range(3))


@pytest.mark.parametrize("count", first(1, [2, 0, 4]))
def test_another_number_confirmed_sends_nothing(team, post, count):
    before = team.bytes
    done = team.send(count)
    assert done.code == 1
    assert f"Rien n’est envoyé : 3 e-mails attendent, et vous avez dit « {count} »." in plain(done.err)
    nothing_happened(team, post, before)


@pytest.mark.slow
def test_a_number_confirmed_is_checked_though_there_is_nothing_to_send(team, post):
    team.tick(*map(sending_id, range(3)), value=None)
    before = team.bytes
    assert team.send(3).code == 1
    nothing_happened(team, post, before)
    assert team.send(0).code == 0


@pytest.mark.slow
@pytest.mark.on_a_file
def test_without_a_terminal_the_number_is_asked_for(team, post):
    before = team.bytes
    done = team.program("emails", "send")
    assert (done.code, "Sans terminal, dites combien d’e-mails partent : --confirm 3." in plain(done.err)) == (2, True)
    nothing_happened(team, post, before)


@pytest.mark.parametrize("confirm", [(), ("--confirm", "3"), ("--confirm", "9")])
def test_a_dry_run_sends_and_writes_nothing(team, post, confirm):
    before = team.bytes
    done = team.run("emails", "send", "--dry-run", "--format", "json", *confirm)
    assert [record["id"] for record in done.records] == [*map(sending_id, range(3))]
    nothing_happened(team, post, before)


def test_a_dry_run_tells_a_program_what_would_leave(team):
    shown = team.run("emails", "send", "--dry-run", "--format", "json").records
    [subject] = [row["Objet"] for row in team.table(OUTBOX).rows if row["Id"] == sending_id(0)]
    assert shown[0] == {
        "id": sending_id(0), "template": "non_retenu", "dossier": "4512000", "to": address(0), "cc": "",
        "subject": subject, "edited": False, "failed": False,
    }  # fmt: skip


def test_a_dry_run_names_what_stays_too(team):
    team.type_in(OUTBOX, {(sending_id(0), "Copie"): f"{address(1)} (à confirmer)"})
    done = team.run("emails", "send", "--dry-run", "--format", "json")
    assert [record["id"] for record in done.records] == [*map(sending_id, range(1, 3))]
    assert f"Bloqué, ne part pas : {sending_id(0)}." in plain(done.err)


@pytest.mark.slow
def test_each_tick_that_stays_is_named_with_why_and_where(team, post):
    changes = {(sending_id(0), "Message"): "Bonjour [à compléter],", (sending_id(1), "Ne pas envoyer"): True}
    team.type_in(OUTBOX, {**changes, (sending_id(2), "Objet"): "Votre candidature"})
    told = plain(team.run("emails", "send", "--dry-run").err)
    done = team.send(1)
    assert (done.code, sorted(post.copies)) == (0, addresses([2]))
    for said in (told, plain(done.err)):
        assert f"Bloqué, ne part pas : {sending_id(0)}. « Message » contient « [à compléter] »" in said
        assert f"Écarté, ne part pas : {sending_id(1)}. « Ne pas envoyer » est coché aussi. ({OUTBOX}!" in said
        assert f"ne part pas : {sending_id(2)}" not in said
    assert f"{sending_id(2)} : à {address(2)}" in plain(done.err)
    assert "Votre candidature — corrigé depuis la dernière lecture" in plain(done.err)
    again = plain(team.send(0).err)
    assert f"Bloqué, ne part pas : {sending_id(0)}" in again
    assert sending_id(2) not in again


@pytest.mark.slow
def test_what_a_send_said_of_a_hole_counts_though_nothing_was_confirmed(team, post):
    """Who then unticks the row, and ticks it again once a sync saw it so, means it."""
    team.type_in(OUTBOX, {(sending_id(0), "Message"): "Rendez-vous au XXX."})
    dry = plain(team.run("emails", "send", "--dry-run").err)
    assert "--dry-run ne note rien : lancez « eig-sheets sync » avant de décocher." in dry
    assert team.send(9).code == 1
    team.tick(sending_id(0), value=None)
    assert team.run("sync").code == 0
    team.tick(sending_id(0))
    assert "--dry-run ne note rien" not in plain(team.run("emails", "send", "--dry-run").err)
    assert team.send(3).code == 0
    assert sorted(post.copies) == addresses(range(3))


def test_what_the_options_leave_out_is_named(team):
    said = plain(team.run("emails", "send", "--dry-run", "--limit", "2").err)
    assert "Hors de ce choix (--template, --dossier, --limit), ne partent pas :" in said
    assert [f"{sending_id(place)} ({OUTBOX}!" in said for place in range(3)] == [False, False, True]


@pytest.mark.slow
def test_limits_and_filters_take_some_and_the_next_send_the_rest(team, post):
    assert team.send(1, "--limit", "1").code == 0
    assert team.send(1, "--dossier", "4512002").code == 0
    assert team.send(0, "--template", "laureat").code == 0
    assert sorted(post.copies) == addresses([0, 2])
    assert team.send(2).code == 1
    assert team.send(1).code == 0
    assert post.copies == dict.fromkeys(addresses(range(3)), 1)


@pytest.mark.slow
def test_what_is_unticked_while_another_leaves_does_not_leave(team, post):
    post.when[1] = lambda: team.tick(sending_id(1), value=None)
    done = team.send(3)
    assert (done.code, "1 ligne modifiée entre-temps n’est pas partie" in plain(done.err)) == (1, True), done
    assert sorted(post.copies) == addresses([0, 2])
    assert team.states[sending_id(1)] == "À valider"


def test_another_day_is_refused(team, post):
    before = team.bytes
    done = team.run("--today", "2021-05-01", "emails", "send", "--confirm", "3")
    assert (done.code, "« --today » ne convient pas à un envoi" in plain(done.err)) == (1, True), done
    nothing_happened(team, post, before)


class TestRehearsals:
    @pytest.mark.slow
    def test_only_one_address_gets_anything_and_nothing_is_noted(self, team, post):
        team.type_in(OUTBOX, {(sending_id(0), "Copie"): address(1)})
        before = team.bytes
        done = team.send(3, "--redirect-all-to", ME, "--allow", address(1))
        assert done.code == 0, done
        assert f"Répétition finie : 3 e-mails envoyés à {ME}." in plain(done.err)
        assert post.copies == {ME: 3}
        assert {mail.people for mail in post.received} == {(ME,)}
        for email in post.received:
            assert email.to == [ME]
            assert email.message["Subject"].startswith("[Répétition] ")
            headers = " ".join(f"{name} {value}" for name, value in email.message.items())
            assert "porteur" not in headers
        said = f"ce message irait à {address(0)} (copie : {address(1)})."
        assert [said in plain(mail.text) for mail in post.received] == [True, False, False]
        assert team.bytes == before
        assert team.ledger.deliveries() == {}
        stages: list[Stage] = []
        post.when[4] = lambda: stages.extend(delivery.stage for delivery in team.ledger.deliveries().values())
        assert team.send(3, "--allow", address(1)).code == 0
        assert Counter(stages) == {Stage.INTENDED: 1, Stage.RESERVED: 2}  # noted before the server has the first
        assert {**post.copies} == {ME: 3, address(0): 1, address(1): 2, address(2): 1}
        assert len({mail.message["Message-ID"] for mail in post.received}) == 6

    def test_another_day_may_be_rehearsed(self, team, post):
        assert team.run("--today", "2021-05-01", "emails", "send", "--confirm", "3", "--redirect-all-to", ME).code == 0
        assert post.copies == {ME: 3}

    @pytest.mark.parametrize("typed", ["pas une adresse", "a@example.org, b@example.org", "", "a@ex\u0430mple.org"])
    def test_it_is_one_address(self, team, post, typed):
        before = team.bytes
        assert team.send(3, "--redirect-all-to", typed).code == 1
        nothing_happened(team, post, before)

    def test_what_fails_is_reported_and_not_noted(self, team, post):
        post.answers = {2: "550 5.7.1 No"}
        before = team.bytes
        done = team.send(3, "--redirect-all-to", ME)
        assert (done.code, "2 e-mails envoyés" in plain(done.err)) == (1, True), done
        assert sending_id(1) in done.err
        assert team.bytes == before
        assert team.ledger.deliveries() == {}


class TestStrangers:
    @pytest.fixture
    def written_to(self, team):
        """Of the three, one that people address to somebody who is not of its dossier."""
        team.type_in(OUTBOX, {(sending_id(0), "Destinataires"): f"{address(0)} ; {STRANGER}"})
        return team

    @pytest.mark.slow
    def test_they_block(self, written_to, post):
        done = written_to.send(2)
        assert done.code == 0, done
        assert f"Bloqué, ne part pas : {sending_id(0)}. {STRANGER} n’est pas une adresse du dossier" in plain(done.err)
        assert sorted(post.copies) == addresses([1, 2])
        assert written_to.states[sending_id(0)] == "Bloqué"

    @pytest.mark.slow
    def test_who_is_allowed_must_be_somebody(self, written_to, post):
        before = written_to.bytes
        for typed, told in (
            ("une.autre@ailleurs.example", "Aucun e-mail à envoyer n’est adressé à « une.autre@ailleurs.example »"),
            ("@autre.example", "Aucun e-mail à envoyer n’est adressé à « @autre.example » (--allow)."),
            (STRANGER[1:], f"Vouliez-vous dire « {STRANGER} » ?"),
            ("personne", "« personne » n’est pas une adresse valable : il manque « @ »."),
            ("", "« » n’est pas une adresse : répétez --allow pour chacune."),
            (f"{STRANGER}, {address(1)}", "répétez --allow pour chacune."),
        ):
            done = written_to.send(3, "--allow", typed)
            assert (done.code, told in plain(done.err)) == (1, True), done
        nothing_happened(written_to, post, before)

    @pytest.mark.slow
    def test_one_may_be_allowed_for_once_by_name(self, written_to, post):
        assert written_to.send(3, "--allow", STRANGER.upper()).code == 0
        assert post.copies[STRANGER] == 1

    @pytest.mark.slow
    @pytest.mark.parametrize("allowed", [STRANGER, "@ailleurs.example"])
    def test_the_configuration_allows_addresses_and_domains(self, written_to, post, allowed):
        written_to.set_config("allowed = []", f'allowed = ["{allowed}"]')
        assert written_to.send(3).code == 0
        assert post.copies[STRANGER] == 1

    def test_a_domain_does_not_allow_those_below(self, written_to, post):
        written_to.set_config("allowed = []", 'allowed = ["@example"]')
        assert written_to.send(3).code == 1
        assert post.received == []

    @pytest.mark.slow
    def test_who_wants_no_email_gets_none_though_allowed(self, written_to, post):
        written_to.set_config("never = []", f'never = ["{STRANGER}", "{address(1).upper()}"]')
        assert written_to.send(1, "--allow", STRANGER, "--allow", address(1)).code == 0
        assert sorted(post.copies) == addresses([2])
        assert "ne veut plus d’e-mails (emails.never)" in written_to.said(sending_id(0))
        assert written_to.states[sending_id(1)] in ("Bloqué", "Obsolète")
