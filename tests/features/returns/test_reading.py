"""What a mail says: delivery reports of each form, answers to invitations, and nothing of any other mail."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.emails.mail.mime import identity_of
from eig_sheets.features.returns.rules_mail import ReturnKind, Unread
from eig_sheets.features.returns.rules_reading import read_mail
from eig_sheets.features.returns.words import meaning
from tests.features.returns import mails

ID, ADA, BOB = "laureat-101", "ada@exemple.invalid", "bob@exemple.invalid"
PARIS = ZoneInfo("Europe/Paris")
UID = "convocation_jury-101@eig5"


def read(data):
    return read_mail(data, "1.eml", datetime(2021, 5, 20, tzinfo=UTC), PARIS)


@pytest.mark.parametrize("form", mails.FORMS)
def test_a_report_says_which_e_mail_came_back_from_whom_and_why(form):
    [mail] = read(mails.FORMS[form](ID, ADA))
    assert mail.kind is ReturnKind.RETURNED
    assert mail.keys == (identity_of(ID),)
    assert {*mail.addresses} == {ADA}
    assert mail.code == ("5.1.10" if form == "exchange" else "5.1.1")
    assert mail.origin.moment == datetime(2021, 5, 12, 10, 30)
    assert meaning(mail).startswith("cette adresse n’existe pas")


def test_a_server_that_still_tries_has_not_given_up():
    [late] = read(mails.exim_warning(ID, ADA))
    [report] = read(mails.report(ID, ADA, action="delayed", status="4.4.1", said="421 4.4.1 no answer"))
    for mail in (late, report):
        assert (mail.kind, mail.addresses) == (ReturnKind.DELAYED, (ADA,))
        assert meaning(mail).startswith("le serveur essaie encore")


def test_each_recipient_of_a_report_has_its_own_word():
    found = read(mails.report(ID, ADA, BOB))
    assert [mail.addresses for mail in found] == [(ADA,), (BOB,)]


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_what_arrived_is_not_told(action):
    assert read(mails.report(ID, ADA, action=action)) == ()


def test_an_action_that_nobody_knows_is_not_guessed():
    [mail] = read(mails.report(ID, ADA, action="perhaps"))
    assert (mail.kind, mail.why) == (ReturnKind.UNREAD, Unread.NO_RESULT)


def test_the_recipient_that_we_wrote_to_is_known_behind_the_one_it_was_forwarded_to():
    fields = "Final-Recipient: rfc822; autre@exemple.invalid\r\nOriginal-Recipient: rfc822;ada+2Bx@exemple.invalid\r\n"
    [mail] = read(mails.report(ID, ADA, fields=fields))
    assert mail.addresses == ("ada+2Bx@exemple.invalid", "ada+x@exemple.invalid", "autre@exemple.invalid")


def test_a_message_id_in_a_coded_part_is_found():
    text = base64.encodebytes(f"Message-ID: <{identity_of(ID)}@example.org>".encode()).decode()
    data = (
        f"From: postmaster@example.org\r\nX-Failed-Recipients: {ADA}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{text}"
    )
    [mail] = read(data.encode())
    assert (mail.keys, mail.addresses, mail.kind) == ((identity_of(ID),), (ADA,), ReturnKind.UNREAD)


@pytest.mark.parametrize(
    ("prose", "kind"),
    [
        ("Undeliverable. 550 no such user", ReturnKind.RETURNED),
        ("It has not been delivered, 550 said the other server, we will continue", ReturnKind.DELAYED),
        ("This is a permanent error, but delivery will continue", ReturnKind.UNREAD),
        ("Something happened to your message", ReturnKind.UNREAD),
    ],
)
def test_prose_that_decides_nothing_is_not_guessed(prose, kind):
    data = f"From: postmaster@example.org\r\nX-Failed-Recipients: {ADA}\r\n\r\n{prose}\r\n"
    assert [mail.kind for mail in read(data.encode())] == [kind]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("ACCEPTED", ReturnKind.ACCEPTED), ("DECLINED", ReturnKind.DECLINED), ("TENTATIVE", ReturnKind.TENTATIVE)],
)
def test_an_answer_is_read_once_though_it_is_attached_too(answer, kind):
    [mail] = read(mails.reply(UID, ADA, answer, sequence=2, more="COMMENT:Je suis en congé.\r\n"))
    assert (mail.kind, mail.uid, mail.sequence, mail.addresses) == (kind, UID, 2, (ADA,))
    assert mail.said == "Je suis en congé."


def test_a_colleague_may_answer_for_somebody_who_says_so():
    [mail] = read(mails.reply(UID, ADA, sender=BOB, sent_by=BOB))
    assert (mail.kind, mail.addresses) == (ReturnKind.DECLINED, (ADA,))


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"answer": "DELEGATED"}, Unread.OTHER_ANSWER),
        ({"answer": "NEEDS-ACTION"}, Unread.OTHER_ANSWER),
        ({"method": "COUNTER"}, Unread.OTHER_ANSWER),
        ({"sender": "faux@exemple.invalid"}, Unread.OTHER_SENDER),
        ({"others": f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{BOB}\r\n"}, Unread.SEVERAL_GUESTS),
    ],
)
def test_an_answer_that_is_not_a_plain_one_of_the_guest_is_not_guessed(options, why):
    [mail] = read(mails.reply(UID, ADA, **options))
    assert (mail.kind, mail.why, mail.uid) == (ReturnKind.UNREAD, why, UID)


def test_a_calendar_that_cannot_be_read_is_said():
    calendar = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nSEQUENCE:un\nEND:VEVENT\nEND:VCALENDAR"
    for content in (calendar, "METHOD:REPLY", calendar.replace("VEVENT", "VTODO")):
        [mail] = read(f"From: {ADA}\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n{content}".encode())
        assert mail.why is Unread.NO_CALENDAR


@pytest.mark.parametrize(
    "data",
    [
        b"From: ada@exemple.invalid\r\nSubject: Re: Votre dossier\r\n\r\nMerci !\r\n",
        b"From: ada@exemple.invalid\r\nAuto-Submitted: auto-replied\r\nSubject: Absence\r\n\r\nAbsente.\r\n",
        mails.reply(UID, ADA, method="REQUEST"),
        mails.reply(UID, ADA, method="CANCEL"),
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=B\r\n\r\n--B\r\n\r\nlu",
        b"",
    ],
)
def test_other_mail_says_nothing(data):
    assert read(data) == ()


PIECES = [*mails.report(ID, ADA, BOB).split(b"\r\n"), *mails.exim(ID, ADA).split(b"\r\n"),
          *mails.reply(UID, ADA).split(b"\n")]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=40), max_size=60))
def test_no_mail_stops_a_night(lines):
    for mail in read(b"\r\n".join(lines)):
        assert mail.origin.place == "1.eml"


@given(st.sampled_from(sorted(mails.FORMS)), st.integers(0, 3000))
def test_a_mail_that_is_cut_short_says_nothing_of_anybody_else(form, length):
    for mail in read(mails.FORMS[form](ID, ADA)[:length]):
        assert {*mail.keys} <= {identity_of(ID)}
        assert all(ADA.startswith(address) for address in mail.addresses)
