"""What people take back, edit or change while a batch leaves does not leave, and the workbook says so afterwards."""

from unittest.mock import patch

import pytest

from eig_sheets.cli.emails import recheck
from eig_sheets.run.sending import BATCH_SIZE
from eig_sheets.spreadsheet.google import client
from eig_sheets.spreadsheet.google.rate_limit import RateLimit
from eig_sheets.storage import file_replacement, regular_files
from tests.columns import cell_of
from tests.effort import first
from tests.end_to_end.sending import spreadsheet
from tests.end_to_end.sending.campaign import OUTBOX, address, addresses, made, plain, refused, sending_id
from tests.end_to_end.sending.conftest import FEW
from tests.end_to_end.sending.test_people_meanwhile import ACTS

FIFTY, MANY = 50, 200
STATES = ["Validé", "Bloqué", "À valider", "Écarté", "Retiré", "Obsolète", "Obsolète"]
"""What becomes of the e-mails of `ACTS`."""


@pytest.fixture(autouse=True)
def at_once():
    """A file that cannot be read is read again, but without waiting for a spreadsheet program."""
    with patch.object(recheck, "WAITS", (0,) * len(recheck.WAITS)):
        yield


@pytest.mark.slow
def test_of_fifty_the_last_that_are_taken_back_when_the_tenth_leaves(tmp_path, post):
    """Those of the next fifty too: they were not even taken yet."""
    team = made(tmp_path / "campaign", map(refused, range(BATCH_SIZE + 10)))
    team.serve(post.port)
    team.tick()
    taken, later = range(BATCH_SIZE - len(ACTS), BATCH_SIZE), range(BATCH_SIZE, BATCH_SIZE + len(ACTS))

    def people():
        for places in (taken, later):
            for place, act in zip(places, ACTS.values(), strict=True):
                act(team, sending_id(place), str(4512000 + place))

    post.when[10] = people
    done = team.send(BATCH_SIZE + 10)
    assert (done.code, f"{2 * len(ACTS)} lignes modifiées entre-temps" in plain(done.err)) == (1, True), done
    left = [one for one in range(BATCH_SIZE + 10) if one not in (*taken, *later)]
    assert sorted(post.copies) == sorted(addresses(left))
    for places in (taken, later):
        assert [team.states[sending_id(place)] for place in places] == STATES
    edited, _, unticked, set_aside, *_ = taken
    team.tick(sending_id(unticked))
    team.tick(sending_id(set_aside), header="Ne pas envoyer", value=None)
    assert team.send(4).code == 0  # and the two that were edited, which somebody has seen now
    assert max(post.copies.values()) == 1
    assert {address(one) for one in (edited, unticked, set_aside)} <= {*post.copies}


@pytest.mark.slow
@pytest.mark.in_memory
def test_what_is_edited_while_another_leaves_does_not_leave_as_it_was(team, post):
    """Nor once it is ticked again: somebody looks at it first. What people type about one that left stays."""
    team.tick()
    post.when[1] = lambda: team.type_in(
        OUTBOX, {(sending_id(1), "Message"): "Pas ainsi.", (sending_id(2), "Valider"): None}
    )
    post.when[2] = lambda: team.type_in(
        OUTBOX, {(sending_id(0), "Message"): "Trop tard.", (sending_id(2), "Valider"): True}
    )
    done = team.send(FEW)
    assert (done.code, f"{FEW - 2} e-mails envoyés sur {FEW}." in plain(done.err)) == (1, True), done
    assert sorted(post.copies) == addresses(one for one in range(FEW) if one not in (1, 2))
    assert {team.states[sending_id(one)] for one in (1, 2)} == {"Validé"}
    row = next(one for one in team.table(OUTBOX).rows if one["Id"] == sending_id(0))
    assert (row["Message"], row["État"]) == ("Trop tard.", "Envoyé")
    assert team.send(2).code == 0
    assert "Pas ainsi." in post.of(address(1))[0].text
    assert max(post.copies.values()) == 1


def taken_back(team):
    """One is unticked, the next is set aside."""
    team.tick(sending_id(3), value=None)
    team.tick(sending_id(4), header="Ne pas envoyer")


@pytest.mark.slow
@pytest.mark.parametrize("state_lost", [True, False])
def test_killed_after_some_were_taken_back_the_workbook_tells_the_truth(team, post, killer, state_lost):
    team.tick()
    post.when[2] = lambda: taken_back(team)
    killer(team).killed("emails", "send", "--confirm", str(FEW), where=("settled", "after", 3))
    if state_lost:
        team.lose_the_state()
    assert team.run("sync").code == 0
    states = [team.states[sending_id(one)] for one in range(FEW)]
    if state_lost:
        assert states == ["Incertain"] * FEW
        assert team.run("state", "adopt").code == 0
        assert team.run("emails", "settle", *map(sending_id, range(3)), "--sent").code == 0
        assert team.run("emails", "settle", *map(sending_id, range(3, FEW)), "--not-sent").code == 0
        states = [team.states[sending_id(one)] for one in range(FEW)]
    assert states == [*["Envoyé"] * 3, "À valider", "Écarté", "Validé"]
    team.tick(sending_id(3))
    assert team.send(2).code == 0
    assert sorted(post.copies) == addresses(one for one in range(FEW) if one != 4)
    assert max(post.copies.values()) == 1


@pytest.mark.slow
def test_a_workbook_that_cannot_be_read_any_more_stops_the_send(team, post):
    """What nobody could look at does not leave; what left is said at once, and told to the workbook by the next one."""
    team.tick()
    kept = team.bytes

    def spoiled():
        nonlocal kept
        kept = team.bytes
        team.workbook.write_bytes(kept[:1000])

    post.when[2] = spoiled
    done = team.send(FEW)
    assert (done.code, "2 e-mails envoyés sur 6." in plain(done.err)) == (1, True), done
    assert "est endommagé ou incomplet" in plain(done.err)
    assert sorted(post.copies) == addresses([0, 1])
    team.workbook.write_bytes(kept)
    assert team.send(FEW - 2).code == 0
    assert set(team.states.values()) == {"Envoyé"}
    assert max(post.copies.values()) == 1


@pytest.mark.slow
def test_a_workbook_that_is_being_saved_is_waited_for(team, post):
    team.tick()
    kept, reads, read_bytes = [], [], regular_files.read_bytes

    def away():
        kept.append(team.bytes)
        team.workbook.unlink()

    def read(path, *limit):
        reads.append(path)
        if path == team.workbook and len(kept) == 1 and len(reads) > 2:
            team.workbook.write_bytes(kept.pop())
        return read_bytes(path, *limit)

    def saved():
        away()
        reads.clear()

    post.when[2] = saved
    with patch.object(regular_files, "read_bytes", read):
        assert team.send(FEW).code == 0
    assert len(post.received) == FEW


@pytest.mark.slow
def test_an_older_file_that_a_sync_client_puts_back_takes_nothing_along(team, post):
    """Their batch id is read again in the workbook: an e-mail that does not have ours does not leave."""
    team.tick()
    older = team.bytes
    post.when[2] = lambda: team.workbook.write_bytes(older)
    done = team.send(FEW)
    assert (done.code, "2 e-mails envoyés sur 6." in plain(done.err)) == (1, True), done
    assert sorted(post.copies) == addresses([0, 1])
    assert [team.states[sending_id(one)] for one in range(FEW)] == [*["Envoyé"] * 2, *["Validé"] * 4]


@pytest.mark.parametrize("write", first(1, [1, 2]))
def test_what_somebody_saves_while_the_workbook_is_written_is_there_with_what_left(team, post, write):
    """As e-mails are taken, or told of: the robot starts again from what was saved."""
    team.tick()
    swap, writes = file_replacement.swap, []

    def swapped(new, path):
        writes.append(path)
        if len(writes) == write:
            team.type_in(OUTBOX, {(sending_id(0), "Copie"): "porteur1@example.org"})
        swap(new, path)

    with patch.object(file_replacement, "swap", swapped):
        done = team.send(FEW)
    left = range(1 if write == 1 else 0, FEW)
    assert (done.code, sorted(post.copies)) == (int(write == 1), addresses(left)), done
    row = next(one for one in team.table(OUTBOX).rows if one["Id"] == sending_id(0))
    assert row["Copie"] == "porteur1@example.org"
    assert [team.states[sending_id(one)] for one in range(FEW)] == [
        "Bloqué" if write == 1 else "Envoyé", *["Envoyé"] * (FEW - 1)
    ]  # fmt: skip


# ---- On a Google Sheet


def numbers(count):
    return [str(4512000 + one) for one in range(count)]


@pytest.fixture(scope="module")
def google(tmp_path_factory):
    with spreadsheet.begun(tmp_path_factory.mktemp("sheet"), numbers(FIFTY)) as again:
        yield again


class Clock:
    """A clock that only goes on when a test, or a wait, says so."""

    def __init__(self):
        self.now, self.waits = 0.0, []

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    made = Clock()
    with (
        patch.object(client, "RateLimit", lambda: RateLimit(clock=made, sleep=made.wait)),
        patch.object(recheck, "monotonic", made),
    ):
        yield made


def reads(machine):
    return sum(method == "GET" for method, _, _ in machine.calls)


@pytest.mark.slow
def test_of_fifty_in_a_google_sheet(google, tmp_path, post, clock):
    machine = google(tmp_path, post.port)
    row = {one: machine.row(sending_id(one)) for one in range(FIFTY)}
    kept = FIFTY - 5

    def people():
        typed = (("valider", False), ("ne_pas_envoyer", True), ("message", "Autre."))
        for one, (field, value) in enumerate(typed, kept):
            machine.edit("set", tab=OUTBOX, cell=cell_of("emails", field, row[one]), value=value)
        machine.type_in("Candidatures", str(4512000 + kept + 3), "Retour au porteur", "Un autre retour.")
        machine.edit("delete_row", tab=OUTBOX, at=row[kept + 4])

    post.when[10] = people
    done = machine.send(FIFTY)
    assert (done.code, "5 lignes modifiées entre-temps" in plain(done.err)) == (1, True), done
    assert sorted(post.copies) == sorted(addresses(range(kept)))
    states = [machine.states[sending_id(one)] for one in range(kept, FIFTY)]
    assert states == ["À valider", "Écarté", "Validé", "Obsolète", "Retiré"]
    assert reads(machine) == 5 + kept // recheck.MOST_AT_ONCE  # to show what leaves, to take it, to tell; after writes
    machine.type_in(OUTBOX, sending_id(kept), "Valider", True)
    machine.type_in(OUTBOX, sending_id(kept + 1), "Ne pas envoyer", False)
    assert machine.send(3).code == 0
    assert max(post.copies.values()) == 1
    assert {address(one) for one in range(kept, kept + 3)} <= {*post.copies}


@pytest.mark.slow
def test_where_each_message_takes_a_while_the_sheet_is_read_before_each(google, tmp_path, post, clock):
    machine, few = google(tmp_path, post.port), 8
    last = machine.row(sending_id(few - 1))
    post.when = dict.fromkeys(range(1, few), lambda: clock.wait(recheck.SECONDS))
    post.when[few - 1] = lambda: (
        clock.wait(recheck.SECONDS),
        machine.edit("set", tab=OUTBOX, cell=cell_of("emails", "valider", last), value=False),
    )
    done = machine.send(few, "--limit", str(few))
    assert (done.code, "1 ligne modifiée entre-temps" in plain(done.err)) == (1, True), done
    assert sorted(post.copies) == addresses(range(few - 1))
    assert reads(machine) == 5 + few


@pytest.mark.slow
def test_two_hundred_stay_within_the_quota_of_google(tmp_path, post, clock):
    with spreadsheet.begun(tmp_path / "sheet", numbers(MANY)) as again:
        machine = again(tmp_path, post.port)
        assert machine.send(MANY).code == 0
        looks = BATCH_SIZE // recheck.MOST_AT_ONCE
        assert reads(machine) == 3 + MANY // BATCH_SIZE * (2 + looks)
    assert len(post.received) == MANY
    assert clock.waits == [60]  # they took no time: forty reads in one minute, the others in the next


@pytest.mark.slow
def test_a_spreadsheet_that_does_not_answer_any_more_stops_the_send(google, tmp_path, post, clock):
    machine = google(tmp_path, post.port)
    faults = [{"on_call": call, "fault": {"kind": "status", "status": 403}} for call in range(7, 30)]
    done = machine.run("emails", "send", "--confirm", str(FIFTY), script=faults)
    assert (done.code, f"10 e-mails envoyés sur {FIFTY}." in plain(done.err)) == (1, True), done
    assert len(post.received) == 10
    assert machine.send(FIFTY - 10).code == 0
    assert sorted(post.copies) == sorted(addresses(range(FIFTY)))
    assert max(post.copies.values()) == 1
