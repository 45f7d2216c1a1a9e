"""What became of an e-mail: the ledger of this machine and `Envois` together, whichever knows more (guarantee G6)."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.emails.catalogue.deliveries import GONE, Delivery, DeliveryStatus, Stage
from eig_sheets.emails.outbox.fingerprints import Fingerprint, as_text
from eig_sheets.emails.outbox.records import Record, adopted, last_deliveries_of, unknown_here
from eig_sheets.emails.outlets.base import DeliveryOutcome
from eig_sheets.run.sending import delivery, reserve
from eig_sheets.storage.last_run import LastRun
from tests.effort import first
from tests.emails.outbox.team import CHOSEN, INVITED, OTHER, OUTBOX, REFUSED, SENDINGS
from tests.spreadsheet.xlsx_desk import edit

ID, NOW, THEN = "non_retenu-1", datetime(2021, 5, 1, 9, 0), datetime(2021, 4, 30, 15, 12)
OURS, THEIRS = "a" * 12, "b" * 12
SENT, DRAFTED, FAILED, UNCERTAIN, TO_APPROVE = (
    DeliveryStatus.SENT, DeliveryStatus.DRAFTED, DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN,
    DeliveryStatus.TO_APPROVE,
)  # fmt: skip
AS_THE_LEDGER = [None, None, UNCERTAIN, SENT, DRAFTED, FAILED, FAILED, None]
TABLE = {
    # What `Envois` shows (state, claim): the fate when the ledger has nothing, then for each stage, in this order:
    # claimed, intended, sent, drafted, refused, deferred, settled.
    (None, ""): AS_THE_LEDGER,
    (TO_APPROVE, ""): AS_THE_LEDGER,
    (DeliveryStatus.BLOCKED, ""): AS_THE_LEDGER,
    (DeliveryStatus.REMOVED, ""): AS_THE_LEDGER,
    (FAILED, ""): [FAILED, None, UNCERTAIN, SENT, DRAFTED, FAILED, FAILED, None],
    (SENT, ""): [SENT, SENT, SENT, SENT, DRAFTED, SENT, SENT, SENT],
    (DRAFTED, ""): [DRAFTED, DRAFTED, DRAFTED, SENT, DRAFTED, DRAFTED, DRAFTED, None],
    (UNCERTAIN, OURS): [UNCERTAIN, None, UNCERTAIN, SENT, DRAFTED, FAILED, FAILED, None],
    (UNCERTAIN, THEIRS): [UNCERTAIN, UNCERTAIN, UNCERTAIN, SENT, DRAFTED, UNCERTAIN, UNCERTAIN, UNCERTAIN],
    (UNCERTAIN, ""): [UNCERTAIN, UNCERTAIN, UNCERTAIN, SENT, DRAFTED, UNCERTAIN, UNCERTAIN, None],
}
UNKNOWN = {
    # The stages at which the workbook knows of a send that this machine does not.
    (SENT, ""): {None, Stage.RESERVED, Stage.INTENDED, Stage.REFUSED, Stage.DEFERRED, Stage.SETTLED},
    (DRAFTED, ""): {None, Stage.RESERVED, Stage.INTENDED, Stage.REFUSED, Stage.DEFERRED},
    (UNCERTAIN, OURS): {None},
    (UNCERTAIN, THEIRS): {None, Stage.RESERVED, Stage.REFUSED, Stage.DEFERRED, Stage.SETTLED},
    (UNCERTAIN, ""): {None, Stage.RESERVED, Stage.REFUSED, Stage.DEFERRED},
}
CASES = [
    (shown, stage, state)
    for shown, states in TABLE.items()
    for stage, state in zip([None, *Stage], states, strict=True)
]  # fmt: skip


def shown_in_envois(state, batch_id):
    if state is None:
        return {}
    fingerprint = Fingerprint("0" * 10, "1" * 10, "2" * 10, None, batch_id)
    return {ID: Record(ID, "non_retenu", "1", "a@exemple.invalid", "Objet", state, "", THEN, fingerprint, genuine=True)}


def in_the_ledger(stage):
    if stage is None:
        return {}
    return {ID: Delivery(ID, "non_retenu", "1", "smtp", stage, "", NOW, "", OURS)}


def test_the_stages_are_those_of_the_table():
    assert [*Stage] == [
        Stage.RESERVED, Stage.INTENDED, Stage.SENT, Stage.DRAFTED, Stage.REFUSED, Stage.DEFERRED, Stage.SETTLED,
    ]  # fmt: skip


@pytest.mark.parametrize(("shown", "stage", "state"), CASES)
def test_the_last_delivery_comes_from_the_most_recent_source(shown, stage, state):
    records, deliveries = shown_in_envois(*shown), in_the_ledger(stage)
    last_delivery = last_deliveries_of(records, deliveries).get(ID)
    assert (last_delivery.state if last_delivery else None) == state
    unknown = unknown_here(records, deliveries)
    assert [delivery.id for delivery in unknown] == ([ID] if stage in UNKNOWN.get(shown, set()) else [])
    assert all(delivery.gone for delivery in unknown)


@pytest.mark.parametrize(("shown", "stage", "state"), CASES)
def test_it_left_if_either_says_so(shown, stage, state):
    if stage in {Stage.SENT, Stage.DRAFTED, Stage.INTENDED} or shown[0] == SENT:
        assert state in GONE


@pytest.mark.parametrize(("shown", "stage", "state"), CASES)
def test_once_adopted_this_machine_knows_as_much(shown, stage, state):
    records, deliveries = shown_in_envois(*shown), in_the_ledger(stage)
    deliveries |= {delivery.id: delivery for delivery in adopted(unknown_here(records, deliveries), NOW)}
    assert unknown_here(records, deliveries) == []
    last_delivery = last_deliveries_of(records, deliveries).get(ID)
    assert (last_delivery.state if last_delivery else None) == state
    if state in GONE:  # even when `Envois` is lost
        assert last_deliveries_of({}, deliveries)[ID].gone


def test_what_it_was_made_of_is_adopted_too():
    [kept] = adopted(unknown_here(shown_in_envois(UNCERTAIN, THEIRS), {}), NOW)
    fingerprint = Fingerprint("0" * 10, "1" * 10, "2" * 10, None, THEIRS)
    assert (kept.stage, kept.fingerprint, kept.batch_id, kept.moment) == (
        Stage.INTENDED,
        as_text(fingerprint),
        THEIRS,
        THEN,
    )


def test_only_what_was_put_off_is_tried_again_unasked():
    assert last_deliveries_of({}, in_the_ledger(Stage.DEFERRED))[ID].retry
    assert not last_deliveries_of({}, in_the_ledger(Stage.REFUSED))[ID].retry


@pytest.mark.slow
@pytest.mark.parametrize("tab", [OUTBOX, SENDINGS])
def test_what_people_say_that_left_may_have_left(team, tab):
    for sending_id, word in {INVITED: SENT, REFUSED: DRAFTED, OTHER: UNCERTAIN}.items():
        team.type("État", sending_id, word, tab)
    team.night()
    for sending_id in (INVITED, REFUSED, OTHER):
        assert team.states[sending_id] == team.row(sending_id)["État"] == "Incertain"
        assert "a été modifiée : il est peut-être parti" in team.said(sending_id)
    assert {*team.ready} == {CHOSEN}


@pytest.mark.parametrize("tab", [OUTBOX, SENDINGS])
def test_on_a_machine_without_a_state_folder_too(team, tab):
    team.type("État", REFUSED, SENT, tab)
    team.lose_state()
    team.night()
    assert team.states[REFUSED] == "Incertain"
    assert {*team.ready} == {INVITED, CHOSEN, OTHER}


@pytest.mark.parametrize("tab", [OUTBOX, SENDINGS])
def test_any_other_word_is_replaced(team, tab):
    for sending_id, word in {
        INVITED: "ok",
        REFUSED: "envoyé !",
        OTHER: FAILED,
        CHOSEN: DeliveryStatus.APPROVED,
    }.items():
        team.type("État", sending_id, word, tab)
    team.night()
    assert [row["État"] for row in team.rows] == [*team.states.values()] == ["À valider"] * 4


@pytest.mark.slow
def test_a_state_pasted_all_the_way_down_holds_everything_back(team):
    team.send(REFUSED)
    team.rearrange(["État"], lambda rows: [team.row(REFUSED)["row"]] * len(rows))
    team.night()
    assert team.states == {
        INVITED: "Incertain", CHOSEN: "Incertain", REFUSED: "Envoyé", OTHER: "Incertain",
    }  # fmt: skip
    assert team.ready == {}


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "state"), first(1, [("--sent", "Envoyé"), ("--not-sent", "À valider")]))
def test_a_person_settles_what_nobody_knows(team, answer, state):
    team.type("État", REFUSED, SENT, SENDINGS)
    team.night()
    assert team.robot.campaign.run("emails", "settle", REFUSED, answer).code == 0
    team.night()
    assert team.states[REFUSED] == state
    assert (REFUSED in team.ready) == (state == "À valider")


@pytest.mark.slow
def test_what_a_stopped_send_had_taken_does_not_leave_unasked_once_its_line_was_changed(team):
    """Nothing else remembers what the last run read, and the line is not as the robot wrote it."""
    robot, batch_id = team.robot, "a" * 12
    taken = team.ready[REFUSED]
    robot.ledger.record_intents([delivery(taken, "boîte", Stage.RESERVED, robot.now, batch_id)])
    robot.book.apply(reserve(robot.sync(), LastRun(), [taken], batch_id, robot.now).plan)
    robot.state.save_last_run(LastRun())
    team.look()
    assert team.ready[REFUSED].seen
    team.type("N° de dossier", REFUSED, "90003", SENDINGS)
    team.look()
    assert not team.ready[REFUSED].seen


@pytest.mark.slow
def test_what_was_refused_may_be_tried_again_once_people_approve_it(team):
    team.send(REFUSED, OTHER, outcome={REFUSED: DeliveryOutcome.REFUSED, OTHER: DeliveryOutcome.DEFERRED})
    team.night()
    assert team.states[REFUSED] == "À valider"
    assert [team.ready[sending_id].failed for sending_id in (REFUSED, OTHER, CHOSEN)] == [True, True, False]
    assert [team.ready[sending_id].retry for sending_id in (REFUSED, OTHER)] == [False, True]
    team.type("Valider", REFUSED, "oui")
    team.night()
    assert (team.states[REFUSED], team.said(REFUSED)) == ("Échec", "Dit par la boîte.")
    team.type("Objet", REFUSED, "Mon objet")
    team.night()
    assert (team.states[REFUSED], team.ready[REFUSED].failed) == ("Validé", False)


@pytest.mark.slow
@pytest.mark.parametrize("outcome", [DeliveryOutcome.SENT, DeliveryOutcome.DRAFTED, DeliveryOutcome.UNCERTAIN])
def test_what_left_is_known_from_envois_alone(team, outcome):
    team.send(REFUSED, outcome=outcome)
    states = team.states
    team.lose_state()
    team.night()
    assert team.states == states
    assert REFUSED not in team.ready
    assert [delivery.id for delivery in unknown_here(team.robot.sync().previous.records, {})] == [REFUSED]
    assert team.robot.campaign.run("state", "adopt").code == 0
    team.send(OTHER)
    edit(team.path, "delete_tab", tab=SENDINGS)
    team.night()
    assert team.states == states | {OTHER: "Envoyé"}


@pytest.mark.slow
def test_what_was_sent_stays_so_though_its_row_is_set_aside_afterwards(team):
    team.send(REFUSED)
    team.type("Ne pas envoyer", REFUSED, True)
    team.night()
    assert (team.states[REFUSED], REFUSED in team.ready) == ("Envoyé", False)
