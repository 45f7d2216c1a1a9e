"""Which e-mail a received mail is believed of: one that went to the address it names, since it left, and no other."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.outbox.fingerprints import Booked, Fingerprint
from eig_sheets.emails.outbox.records import LastDelivery
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.features.returns.matching import returns_of
from eig_sheets.features.returns.rules_mail import ReturnKind, Unread
from eig_sheets.features.returns.rules_reading import read_mail
from tests.features.returns import mails

pytestmark = pytest.mark.newest

ID, ADA, BOB = "laureat-101", "ada@exemple.invalid", "bob@exemple.invalid"
ZONE = ZoneInfo("Europe/Paris")
UID = "convocation_jury-101@eig5"
LEFT = datetime(2021, 5, 12, 10)


def gone(sending_id=ID, recipients=ADA, moment=LEFT, state=DeliveryStatus.SENT, booked=None):
    fingerprint = Fingerprint("0" * 10, "1" * 10, "2" * 10, booked)
    return LastDelivery(sending_id, "laureat", "101", state, "", moment, fingerprint, recipients)


def booking(sequence=0, *, cancelled=False):
    start = datetime(2021, 6, 4, 9, 30)
    return Booked(UID, sequence, "3" * 10, start, start.replace(hour=10), cancelled, "Audition")


def found(*data, deliveries=None, elsewhere=()):
    deliveries = [gone()] if deliveries is None else deliveries
    previous = PreviousState({}, {}, {one.id: one for one in deliveries}, {})
    read = [mail for one in data for mail in read_mail(one, "1.eml", datetime(2021, 5, 12, tzinfo=ZONE), ZONE)]
    return [(one.kind, one.delivery.id if one.delivery else None, one.address, one.why)
            for one in returns_of(read, previous, elsewhere)]  # fmt: skip


@pytest.mark.parametrize("form", mails.FORMS)
def test_a_report_of_each_form_is_believed_of_the_e_mail_that_it_quotes(form):
    assert found(mails.FORMS[form](ID, ADA)) == [(ReturnKind.RETURNED, ID, ADA, None)]


def test_an_address_is_the_same_however_it_is_written():
    typed = f"Ada L. <ADA@Exemple.invalid> ; {BOB}"
    assert found(mails.report(ID, ADA), deliveries=[gone(recipients=typed)])[0][:2] == (ReturnKind.RETURNED, ID)


def test_a_report_of_an_e_mail_that_never_left_is_listed_and_not_believed():
    assert found(mails.report("laureat-102", ADA)) == [(ReturnKind.UNREAD, None, "", Unread.NOT_OURS)]
    assert found(mails.report(ID, ADA), deliveries=[]) == [(ReturnKind.UNREAD, None, "", Unread.NOT_OURS)]


def test_a_report_of_an_address_that_it_did_not_go_to_is_listed_and_not_believed():
    assert found(mails.report(ID, BOB)) == [(ReturnKind.UNREAD, ID, "", Unread.NOT_A_RECIPIENT)]
    assert found(mails.report(ID, ADA, fields="")) == [(ReturnKind.UNREAD, ID, "", Unread.NO_ADDRESS)]


def test_prose_that_names_two_of_its_recipients_is_not_guessed():
    data = mails.qmail(ID, ADA).replace(b"Hi. This", f"{BOB} Hi. This".encode())
    assert found(data, deliveries=[gone(recipients=f"{ADA} ; {BOB}")]) == [(ReturnKind.UNREAD, ID, "", Unread.SEVERAL)]
    assert found(data) == [(ReturnKind.RETURNED, ID, ADA, None)]


def test_a_report_from_before_it_was_sent_again_says_nothing_of_the_last_sending():
    assert found(mails.report(ID, ADA), deliveries=[gone(moment=datetime(2021, 5, 12, 10, 45))]) == []
    assert len(found(mails.report(ID, ADA), deliveries=[gone(moment=datetime(2021, 5, 12, 10, 35))])) == 1  # clocks


def test_what_the_other_workbook_sent_is_told_there():
    assert found(mails.report("relance-7", ADA), elsewhere=["relance-7"]) == []


def test_the_last_word_of_an_address_is_the_one_that_counts():
    late = mails.report(ID, ADA, action="delayed", status="4.4.1")
    after = mails.report(ID, ADA).replace(b"10:30:00", b"11:30:00")
    assert found(after, late) == [(ReturnKind.RETURNED, ID, ADA, None)]


def test_an_answer_is_believed_of_somebody_who_was_invited():
    invited = [gone("convocation_jury-101", f"{ADA} ; {BOB}", booked=booking(1))]
    assert found(mails.reply(UID, ADA, sequence=1), deliveries=invited) == [
        (ReturnKind.DECLINED, "convocation_jury-101", ADA, None)
    ]
    [stranger] = found(mails.reply(UID, "eve@exemple.invalid", sequence=1), deliveries=invited)
    assert stranger[3] is Unread.NOT_A_RECIPIENT


def test_an_answer_about_an_hour_that_is_no_more_says_nothing():
    assert found(mails.reply(UID, ADA, sequence=0), deliveries=[gone(booked=booking(1))]) == []
    assert found(mails.reply(UID, ADA), deliveries=[gone(booked=booking(cancelled=True))]) == []
    assert found(mails.reply("autre@ailleurs", ADA), deliveries=[gone(booked=booking())]) == []


def test_a_guest_may_change_their_mind():
    invited = [gone(booked=booking())]
    after = mails.reply(UID, ADA, "ACCEPTED").replace(b"10:30:00", b"11:30:00")
    assert found(after, mails.reply(UID, ADA), deliveries=invited) == [(ReturnKind.ACCEPTED, ID, ADA, None)]


def test_a_reminder_is_of_the_same_appointment():
    both = [gone(booked=booking()), gone("rappel-101", moment=datetime(2021, 5, 12, 10, 20), booked=booking())]
    assert found(mails.reply(UID, ADA), deliveries=both) == [(ReturnKind.DECLINED, "rappel-101", ADA, None)]
