"""Sending to a real server (aiosmtpd), in clear on this machine and through TLS, with what it may refuse."""

import smtplib
import traceback
from contextlib import ExitStack
from email import message_from_bytes, policy

import pytest

from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError
from eig_sheets.emails.outlets.servers import Password, Security, Server
from eig_sheets.emails.outlets.smtp import Smtp, SmtpSettings
from eig_sheets.text.french import typographic
from tests.emails.outlets import certificates
from tests.emails.outlets.local_smtp import SECRET, let_in, started
from tests.emails.outlets.messages import written

ENVIRONMENT = {"EIG_SMTP": SECRET}


@pytest.fixture
def running():
    """Start a server: its handler and its port."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(started(**options))


@pytest.fixture
def clear(running):
    handler, port = running(enable_SMTPUTF8=True)
    return handler, SmtpSettings(Server("localhost", port, Security.NONE), "retours@example.org")


def secured(running, certificate, security, user="robot", password="EIG_SMTP"):
    if security is Security.TLS:  # which aiosmtpd knows nothing of
        how = {"implicit": certificate.served(), "auth_require_tls": False}
    else:
        how = {"tls_context": certificate.served(), "require_starttls": True, "auth_required": True}
    handler, port = running(**how, authenticator=let_in)
    return handler, SmtpSettings(Server("localhost", port, security, user, Password(password)), "eig@example.org")


def test_a_message_arrives_byte_for_byte_at_those_it_is_for(clear):
    handler, settings = clear
    message = written(to=["a@example.org", "b@example.org"], cc=["c@example.org"])
    message["Bcc"] = "d@example.org"
    with Smtp(settings, {}) as outlet:
        receipt = outlet.deliver("accuse-1", message, ["a@example.org", "b@example.org", "c@example.org"])
    assert (receipt.outcome, receipt.detail) == (DeliveryOutcome.SENT, "")
    [arrived] = handler.arrived
    assert arrived.envelope.mail_from == "retours@example.org"
    assert arrived.envelope.rcpt_tos == ["a@example.org", "b@example.org", "c@example.org"]
    assert arrived.envelope.content == written(to=["a@example.org", "b@example.org"], cc=["c@example.org"]).as_bytes()
    assert message["Bcc"] == "d@example.org"


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_what_leaves_the_machine_is_encrypted_and_let_in(running, certificate, security):
    handler, settings = secured(running, certificate, security)
    with Smtp(settings, ENVIRONMENT, context=certificate.trusted()) as outlet:
        outcomes = [outlet.deliver(f"a-{i}", written(i), ["a@example.org"]).outcome for i in range(3)]
    assert outcomes == [DeliveryOutcome.SENT] * 3
    assert len(handler.arrived) == 3
    assert {message.login for message in handler.arrived} == {"robot"}
    assert (
        all(message.tls for message in handler.arrived) or security is Security.TLS
    )  # whose server sees nothing of it


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_knows_is_refused(running, certificate, security):
    handler, settings = secured(running, certificate, security)
    with pytest.raises(OutletError, match="son certificat n’est pas reconnu"), Smtp(settings, ENVIRONMENT):
        pass
    assert handler.arrived == []


def test_a_certificate_of_another_name_is_refused(running, tmp_path):
    other = certificates.made(tmp_path, "autre.example.org")
    _, settings = secured(running, other, Security.TLS)
    with pytest.raises(OutletError, match="certificat"), Smtp(settings, ENVIRONMENT, context=other.trusted()):
        pass


def test_nothing_is_sent_to_a_server_without_starttls(running, certificate):
    _, port = running(authenticator=let_in, auth_require_tls=False)
    settings = SmtpSettings(
        Server("localhost", port, Security.STARTTLS, "robot", Password("EIG_SMTP")), "e@example.org"
    )
    with pytest.raises(OutletError, match="ne propose pas STARTTLS"), Smtp(settings, ENVIRONMENT):
        pass


@pytest.mark.parametrize("host", ["smtp.example.org", "192.0.2.1", "127.0.0.1.example.org", "localhost.example.org"])
def test_nothing_in_clear_beyond_this_machine(host):
    settings = SmtpSettings(Server(host, 25, Security.NONE), "eig@example.org")
    with pytest.raises(OutletError, match="ne serait pas chiffrée"), Smtp(settings, {}):
        pass


@pytest.mark.parametrize("environment", [{"EIG_SMTP": "un autre secret"}, {"EIG_SMTP": "é€"}])
def test_a_wrong_password_is_refused_and_never_shown(running, certificate, environment):
    _, settings = secured(running, certificate, Security.TLS)
    with (
        pytest.raises(OutletError) as caught,
        Smtp(settings, environment, context=certificate.trusted()),
    ):
        pass
    assert "refuse l’identifiant" in str(caught.value)
    assert "535" in str(caught.value)
    shown = "".join(traceback.format_exception(caught.value))
    assert environment["EIG_SMTP"] not in shown
    assert caught.value.__cause__ is None


def test_a_port_that_does_not_speak_tls_is_named(clear):
    _, settings = clear
    tls = SmtpSettings(Server("localhost", settings.server.port, Security.TLS), "eig@example.org")
    with pytest.raises(OutletError, match=f"localhost:{tls.server.port} est injoignable.*TLS"), Smtp(tls, {}):
        pass


def test_nobody_there():
    settings = SmtpSettings(Server("localhost", 1, Security.NONE), "eig@example.org")
    with pytest.raises(OutletError, match="il refuse la connexion"), Smtp(settings, {}):
        pass


def test_each_refused_person_is_named_with_the_reason(clear):
    handler, settings = clear
    handler.refused = {"b@example.org": "550 5.1.1 User unknown", "c@example.org": "452 4.2.2 Over quota"}
    people = ["a@example.org", "b@example.org", "c@example.org"]
    with Smtp(settings, {}) as outlet:
        receipt = outlet.deliver("x", written(to=people), people)
    assert receipt.outcome is DeliveryOutcome.SENT
    assert receipt.detail == typographic(
        "Envoyé, sauf à : b@example.org, cette adresse n’existe pas (« 550 5.1.1 User unknown ») ; "
        "c@example.org, cette boîte est pleine (« 452 4.2.2 Over quota »)."
    )
    assert handler.arrived[0].envelope.rcpt_tos == ["a@example.org"]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (["550 5.1.1 no", "550 5.1.1 no"], DeliveryOutcome.REFUSED),
        (["451 4.7.1 later", "550 5.1.1 no"], DeliveryOutcome.DEFERRED),
        (["451 4.7.1 later", "450 later"], DeliveryOutcome.DEFERRED),
    ],
)
def test_without_a_main_recipient_nobody_gets_it(clear, answers, outcome):
    handler, settings = clear
    to = ["a@example.org", "b@example.org"]
    handler.refused = dict(zip(to, answers, strict=True))
    with Smtp(settings, {}) as outlet:
        receipt = outlet.deliver("x", written(to=to, cc=["c@example.org"]), [*to, "c@example.org"])
        again = outlet.deliver("y", written(2, to=["d@example.org"]), ["d@example.org"])
    assert receipt.outcome is outcome
    assert receipt.detail.startswith("Rien n’a été envoyé")
    assert again.outcome is DeliveryOutcome.SENT
    assert [message.envelope.rcpt_tos for message in handler.arrived] == [["d@example.org"]]


def test_a_rehearsal_goes_to_those_of_the_envelope_alone(clear):
    handler, settings = clear
    with Smtp(settings, {}) as outlet:
        assert outlet.deliver("x", written(), ["essai@example.org"]).outcome is DeliveryOutcome.SENT
        handler.refused = {"essai@example.org": "550 no"}
        assert outlet.deliver("y", written(), ["essai@example.org"]).outcome is DeliveryOutcome.REFUSED
    assert [message.envelope.rcpt_tos for message in handler.arrived] == [["essai@example.org"]]


@pytest.mark.parametrize(
    ("answer", "outcome"), [("554 5.7.1 spam", DeliveryOutcome.REFUSED), ("451 wait", DeliveryOutcome.DEFERRED)]
)
def test_a_message_refused_at_the_end_was_not_sent(clear, answer, outcome):
    handler, settings = clear
    handler.answer = answer
    with Smtp(settings, {}) as outlet:
        receipt = outlet.deliver("x", written(), ["a@example.org"])
    assert receipt.outcome is outcome
    assert answer in receipt.detail
    assert handler.arrived == []


def test_accents_before_the_at_sign_go_where_the_server_takes_them(clear, running):
    handler, settings = clear
    address = "rené@évêché.example.org"
    with Smtp(settings, {}) as outlet:
        assert outlet.accents
        assert outlet.deliver("x", written(to=[address], accents=True), [address]).outcome is DeliveryOutcome.SENT
    [arrived] = handler.arrived
    assert arrived.envelope.smtp_utf8
    read = message_from_bytes(arrived.envelope.content, policy=policy.SMTPUTF8)
    assert read["To"] == address

    ascii_only, port = running()
    with Smtp(SmtpSettings(Server("localhost", port, Security.NONE), "eig@example.org"), {}) as outlet:
        assert not outlet.accents
        refused = outlet.deliver("x", written(to=[address], accents=True), [address])
        domain = outlet.deliver("y", written(to=["rene@évêché.example.org"]), ["rene@évêché.example.org"])
    assert refused.outcome is DeliveryOutcome.REFUSED
    assert "accentuées" in refused.detail
    assert domain.outcome is DeliveryOutcome.SENT
    [arrived] = ascii_only.arrived
    assert arrived.envelope.rcpt_tos == ["rene@" + "évêché.example.org".encode("idna").decode()]


@pytest.mark.parametrize("address", ["a@example.org>\r\nRCPT TO:<b@example.org", "a@example.org b@example.org", "a"])
def test_an_envelope_holds_addresses_alone(clear, address):
    handler, settings = clear
    with Smtp(settings, {}) as outlet:
        assert outlet.deliver("x", written(), [address]).outcome is DeliveryOutcome.REFUSED
        assert outlet.deliver("x", written(), []).outcome is DeliveryOutcome.REFUSED
    assert handler.arrived == []


def test_messages_leave_at_the_pace_that_is_asked(clear):
    handler, settings = clear
    paced = SmtpSettings(settings.server, settings.sender, per_minute=30)
    waits, now = [], [100.0]

    def wait(seconds):
        waits.append(seconds)
        now[0] += seconds

    with Smtp(paced, {}, sleep=wait, clock=lambda: now[0]) as outlet:
        for number in range(3):
            outlet.deliver("x", written(number), ["a@example.org"])
            now[0] += 0.5
        now[0] += 60
        outlet.deliver("x", written(9), ["a@example.org"])
    assert waits == [1.5, 1.5]
    assert len(handler.arrived) == 4


def test_the_dots_that_begin_lines_arrive(clear):
    handler, settings = clear
    message = written()
    message.clear_content()
    message.set_content(".\r\n..\r\nfin\r\n", cte="7bit")
    with Smtp(settings, {}) as outlet:
        outlet.deliver("x", message, ["a@example.org"])
    assert handler.arrived[0].envelope.content.endswith(b"\r\n\r\n.\r\n..\r\nfin\r\n")


def test_the_end_is_polite_and_quiet(clear):
    _, settings = clear
    with Smtp(settings, {}) as outlet:
        client = outlet._session._client
    assert isinstance(client, smtplib.SMTP)
    assert client.sock is None
