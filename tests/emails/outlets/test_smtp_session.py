"""Whatever a server answers, and wherever the connection breaks: sent is what it has, uncertain what it may have."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError
from eig_sheets.emails.outlets.servers import Security, Server
from eig_sheets.emails.outlets.smtp import Smtp, SmtpSettings
from tests.emails.outlets.messages import written
from tests.emails.outlets.scripted import DROP, NOISE, SILENCE, STAGES, Scripted

PEOPLE = ["a@example.org", "b@example.org"]
DELIVERY = ("MAIL", "RCPT", "DATA")
ANSWERS = st.sampled_from(["250 yes", "251 will forward", "421 closing", "450 later", "550 no", "599", "354 odd"])
ANY_ANSWER = ANSWERS | st.sampled_from([DROP, SILENCE, NOISE])


def outlet_for(server):
    where = Server("127.0.0.1", server.port, Security.NONE)
    return Smtp(SmtpSettings(where, "eig@example.org"), {})


def subject(number):
    return f"Subject: =?utf-8?q?Votre_dossier_n=C2=B0_{number}?=".encode()


def outcomes(server, count):
    receipts = []
    with contextlib.suppress(OutletError), outlet_for(server) as outlet:
        receipts.extend(outlet.deliver(str(n), written(n, PEOPLE), PEOPLE).outcome for n in range(count))
    return receipts


@pytest.mark.parametrize("stage", DELIVERY)
def test_a_server_that_closes_is_left(stage):
    with Scripted({stage: ["421 closing"]}) as server:
        assert outcomes(server, 2) == [DeliveryOutcome.DEFERRED, DeliveryOutcome.SENT]
        assert server.connections == 2


@pytest.mark.parametrize("stage", ["MAIL", "RCPT"])
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("450 later", DeliveryOutcome.DEFERRED),
        ("354 odd", DeliveryOutcome.DEFERRED),
        ("550 no", DeliveryOutcome.REFUSED),
        (DROP, DeliveryOutcome.DEFERRED),
        (NOISE, DeliveryOutcome.DEFERRED),
        (SILENCE, DeliveryOutcome.DEFERRED),
    ],
)
def test_before_the_message_is_handed_over(stage, answer, outcome):
    with Scripted({stage: [answer] * (2 if stage == "RCPT" and answer[0] in "45" else 1)}) as server:
        assert outcomes(server, 2) == [outcome, DeliveryOutcome.SENT]
        assert len(server.had) == 1
        assert subject(1) in server.had[0]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("450 later", DeliveryOutcome.DEFERRED),
        ("550 no", DeliveryOutcome.REFUSED),
        ("250 odd", DeliveryOutcome.DEFERRED),
    ]
    + [(broken, DeliveryOutcome.DEFERRED) for broken in (DROP, NOISE, SILENCE)],
)
def test_when_it_is_announced(answer, outcome):
    with Scripted({"DATA": [answer]}) as server:
        assert outcomes(server, 2) == [outcome, DeliveryOutcome.SENT]
        assert len(server.had) == 1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("250 yes", DeliveryOutcome.SENT),
        ("450 later", DeliveryOutcome.DEFERRED),
        ("421 closing", DeliveryOutcome.DEFERRED),
        ("554 no", DeliveryOutcome.REFUSED),
        (DROP, DeliveryOutcome.UNCERTAIN),
        (NOISE, DeliveryOutcome.UNCERTAIN),
        (SILENCE, DeliveryOutcome.UNCERTAIN),
        ("354 odd", DeliveryOutcome.UNCERTAIN),
    ],
)
def test_once_it_is_handed_over(answer, outcome):
    with Scripted({"body": [answer]}) as server:
        assert outcomes(server, 2) == [outcome, DeliveryOutcome.SENT]


def test_a_connection_lost_between_two_messages_costs_nothing():
    with Scripted({"RSET": [DROP]}) as server:
        assert outcomes(server, 3) == [DeliveryOutcome.SENT] * 3
        assert server.connections == 2


def test_a_server_that_is_gone_is_not_waited_for_again_and_again():
    with Scripted({"MAIL": [DROP], "greeting": ["220 ready", *["554 no"] * 50]}) as server:
        assert outcomes(server, 9) == [DeliveryOutcome.DEFERRED] * 9
        assert server.connections == 4
        assert server.had == []


def test_who_stops_in_the_middle_does_not_send_half_a_message():
    def stops(server):
        with outlet_for(server) as outlet:
            for command in (f"MAIL FROM:<{PEOPLE[0]}>", f"RCPT TO:<{PEOPLE[0]}>", "DATA"):
                outlet._session._ask(command)
            outlet._session._hand_over(b"Subject: half\r\n")
            raise KeyboardInterrupt

    with Scripted() as server, pytest.raises(KeyboardInterrupt):
        stops(server)
    assert (server.had, server.perhaps) == ([], [])


def scripts():
    return st.fixed_dictionaries({}, optional={stage: st.lists(ANY_ANSWER, max_size=4) for stage in STAGES})


@pytest.mark.slow
@given(scripts())
def test_sent_is_what_the_server_has_and_uncertain_what_it_may_have(script):
    with Scripted(script) as server:
        receipts = outcomes(server, 3)
    for number, outcome in enumerate(receipts):
        had = sum(subject(number) in body for body in server.had)
        perhaps = sum(subject(number) in body for body in server.perhaps)
        assert (had, perhaps) in ((0, 0), (0, 1), (1, 0))
        if outcome is DeliveryOutcome.SENT:
            assert had == 1
        elif outcome is DeliveryOutcome.UNCERTAIN:
            assert perhaps == 1
        else:
            assert outcome in (DeliveryOutcome.REFUSED, DeliveryOutcome.DEFERRED)
            assert (had, perhaps) == (0, 0)
