"""The bytes that an outlet hands over, and what it says of them."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from eig_sheets.emails.outlets.base import DeliveryOutcome, accents_in, data_of, identity_of, mailboxes, receipt


def message(**headers):
    made = EmailMessage(SMTP)
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("Un été.\nDeux.\n")
    return made


def test_the_bytes_have_crlf_seven_bits_and_no_bcc():
    written = message(To="a@example.org", Bcc="secret@example.org")
    data = data_of(written)
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert data.endswith(b"\r\n")
    assert b"secret" not in data
    assert written["Bcc"] == "secret@example.org"


def test_a_draft_says_that_it_is_one_once():
    written = message(To="a@example.org", X_Unsent="0")
    assert data_of(written, draft=True).count(b"X-Unsent: 1\r\n") == 1
    assert b"X-Unsent: 0\r\n" in data_of(written)


@pytest.mark.parametrize(("address", "accents"), [("anne@example.org", False), ("élise@example.org", True)])
def test_accents_of_addresses(address, accents):
    written = message(To=address, Subject="Été")
    assert accents_in(written) is accents
    assert (address.encode() in data_of(written)) is True


def test_mailboxes_of_some_headers():
    written = message(To="Anne <a@example.org>, b@example.org", Cc="c@example.org")
    assert mailboxes(written, "To", "Cc") == ["a@example.org", "b@example.org", "c@example.org"]
    assert mailboxes(written, "Cc") == ["c@example.org"]


def test_a_message_id_that_can_be_searched_for():
    assert identity_of(message(Message_ID="<a.1@example.org>")) == "<a.1@example.org>"


@pytest.mark.parametrize("identity", ["a@example.org", '<a"b@example.org>', f"<{'a' * 300}@example.org>"])
def test_another_is_refused(identity):
    with pytest.raises(ValueError, match="Message-ID"):
        identity_of(message(Message_ID=identity))


def test_a_receipt_is_in_correct_french():
    assert receipt(DeliveryOutcome.REFUSED, "Refusé : non.").detail == "Refusé\u202f: non."
