"""The bytes of an e-mail, read back by the standard library."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.emails.mail.addresses import AddressError
from eig_sheets.emails.mail.bodies import page, text
from eig_sheets.emails.mail.filters import one_line
from eig_sheets.emails.mail.messages import AttachedFile, OutgoingEmail, Sender
from eig_sheets.emails.mail.mime import message
from tests.emails.mail.test_invitations import EVENT, PARIS

pytestmark = pytest.mark.newest

MOMENT = datetime(2021, 4, 20, 12, 0, tzinfo=UTC)
SENDER = Sender("eig@example.org", "L’équipe « EIG »", "reponses@example.org")
EMAIL = OutgoingEmail(
    "laureat-90001",
    ("Durand, Camille <camille.durand@example.org>", "contact@évêché.example.org"),
    ("lou.bernard@example.org",),
    "Votre projet « Boussole des aides » est lauréat (dossier n° 90001)",
    "Bonjour,\n\nVotre projet est **lauréat**\u202f!\n\nÀ bientôt.\n",
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
WORDS = st.text(st.sampled_from('aé \r\n\t\u2028\u202f=?«»,;:<>@"\\()[]_'), max_size=120)
HEADERS = [
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]


def sent(email=EMAIL, sender=SENDER, moment=MOMENT, content=b"", **options):
    return message(email, sender, PARIS, moment, content, **options).as_bytes()


def read(data):
    return message_from_bytes(data, policy=policy.default)


def shape(part):
    """Types of the parts, as nested lists."""
    kind = part.get_content_type()
    return [kind, *map(shape, part.iter_parts())] if part.is_multipart() else kind


def test_headers_read_back():
    received = read(sent())
    assert received.keys() == HEADERS
    assert received["Subject"] == EMAIL.subject
    assert [(address.display_name, address.addr_spec) for address in received["To"].addresses] == [
        ("Durand, Camille", "camille.durand@example.org"),
        ("", "contact@xn--vch-9ladd.example.org"),
    ]
    assert str(received["From"]) == '"L’équipe « EIG »" <eig@example.org>'.replace('"', "")
    assert (received["Cc"], received["Reply-To"]) == ("lou.bernard@example.org", "reponses@example.org")
    assert received["Date"] == "Tue, 20 Apr 2021 14:00:00 +0200"
    assert received["Content-Language"] == "fr"


@pytest.mark.parametrize("usual", ["reponses@example.org", ""])
def test_answers_go_where_the_email_says_else_where_the_sender_says(usual):
    sender = replace(SENDER, reply_to=usual)
    own = replace(EMAIL, reply_to="Jury <jury@évêché.example.org>")
    assert read(sent(own, sender))["Reply-To"] == "Jury <jury@xn--vch-9ladd.example.org>"
    assert (read(sent(sender=sender))["Reply-To"] or "") == usual


def test_an_address_for_answers_that_is_none_is_refused():
    with pytest.raises(AddressError, match="jury"):
        sent(replace(EMAIL, reply_to="jury"))


def test_an_email_is_a_text_and_a_page():
    received = read(sent())
    assert shape(received) == ["multipart/alternative", "text/plain", "text/html"]
    plain, html = received.iter_parts()
    assert lines(plain.get_content()) == lines(text(EMAIL.body))
    assert lines(html.get_content()) == lines(page(EMAIL.body, EMAIL.subject))


@pytest.mark.parametrize("name", ["grille-anna.xlsx", "grille-éléonore « d’Orgeval » très longue à plier.xlsx"])
@pytest.mark.parametrize("event", [None, EVENT])
def test_a_file_is_the_last_attachment_byte_for_byte(name, event):
    content = bytes(range(256)) * 5
    email = replace(EMAIL, event=event, file=AttachedFile("anna@example.org", name, ""))
    data = sent(email, content=content)
    received = read(data)
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    first = [*shape(read(sent(replace(EMAIL, event=event))))]
    expected = [*first, xlsx] if event else ["multipart/mixed", first, xlsx]
    assert shape(received) == expected
    attached = [*received.iter_attachments()][-1]
    assert (attached.get_filename(), attached.get_content_disposition()) == (name, "attachment")
    assert attached.get_content() == content
    assert data == sent(email, content=content)
    assert data.isascii()
    assert received["Message-ID"] == read(sent())["Message-ID"]


@pytest.mark.parametrize(("cancelled", "method"), [(False, "REQUEST"), (True, "CANCEL")])
def test_an_invitation_is_the_last_alternative_and_an_attachment(cancelled, method):
    event = replace(EVENT, cancelled=cancelled)
    received = read(sent(replace(EMAIL, event=event)))
    assert shape(received) == [
        "multipart/mixed",
        ["multipart/alternative", "text/plain", "text/html", "text/calendar"],
        "application/ics",
    ]
    alternative, attached = received.iter_parts()
    calendar = [*alternative.iter_parts()][-1]
    assert calendar.get_param("method") == method
    assert calendar.get_content_charset() == "utf-8"
    assert (attached.get_filename(), attached.get_content_disposition()) == ("invitation.ics", "attachment")
    ics = attached.get_content()
    assert calendar.get_payload(decode=True) == ics
    assert f"METHOD:{method}\r\n".encode() in ics
    for address in ("camille.durand@example.org", "contact@xn--vch-9ladd.example.org", "lou.bernard@example.org"):
        assert f"mailto:{address}".encode() in ics.replace(b"\r\n ", b"")


def test_no_header_claims_that_no_human_wrote():
    received = read(sent(replace(EMAIL, event=EVENT)))
    assert not {"Auto-Submitted", "Precedence", "X-Unsent", "List-Unsubscribe"} & {*received.keys()}


@pytest.mark.parametrize(
    ("unsubscribe", "header"),
    [
        ("mailto:eig@example.org?subject=stop", "<mailto:eig@example.org?subject=stop>"),
        ("eig@évêché.example.org", "<mailto:eig@xn--vch-9ladd.example.org>"),
        ("eig@example.org, https://example.org/stop?a=1", "<mailto:eig@example.org>, <https://example.org/stop?a=1>"),
    ],
)
def test_list_unsubscribe_is_there_only_when_there_is_a_way(unsubscribe, header):
    assert read(sent(sender=replace(SENDER, unsubscribe=unsubscribe)))["List-Unsubscribe"] == header


@pytest.mark.parametrize("unsubscribe", ["http://example.org/stop", "https://example.org/<stop>", "https://é.fr"])
def test_a_way_to_leave_that_is_none_is_refused(unsubscribe):
    with pytest.raises(AddressError, match="n’est pas une adresse valable"):
        sent(sender=replace(SENDER, unsubscribe=unsubscribe))


def test_the_message_id_is_of_the_email_and_of_the_domain_that_sends():
    message_id = read(sent())["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", message_id)
    later = sent(replace(EMAIL, subject="Autre", body="Autre"), moment=datetime(2022, 1, 1, tzinfo=UTC))
    assert read(later)["Message-ID"] == message_id
    assert read(sent(replace(EMAIL, id="laureat-90002")))["Message-ID"] != message_id
    assert read(sent(sender=Sender("eig@évêché.fr")))["Message-ID"].endswith("@xn--vch-9ladd.fr>")


def test_the_same_arguments_give_the_same_bytes():
    email = replace(EMAIL, event=EVENT)
    assert sent(email) == sent(email)
    assert sent(email) != sent(replace(email, id="autre"))


def test_a_french_subject_is_made_of_whole_encoded_words():
    data = sent(replace(EMAIL, subject="Aides\u202f: suite, à l’été \u202f!"))
    assert data.partition(b"Subject: ")[2].partition(b"\r\nDate")[0] == (
        b"=?utf-8?b?QWlkZXPigK86IHN1aXRlLCDDoCBs4oCZw6l0w6kg4oCvIQ==?="
    )


def test_answers_come_to_the_sender_when_no_other_address_is_given():
    assert "Reply-To" not in read(sent(sender=Sender("eig@example.org")))
    assert "Cc" not in read(sent(replace(EMAIL, cc=())))


@pytest.mark.parametrize(("body", "encoding"), [("Bonjour", "quoted-printable"), ("é" * 500, "base64")])
def test_a_text_is_written_in_the_shorter_way(body, encoding):
    plain, _ = read(sent(replace(EMAIL, body=body))).iter_parts()
    assert plain["Content-Transfer-Encoding"] == encoding


def test_nobody_is_written_to_twice():
    received = read(sent(replace(EMAIL, cc=("Camille.Durand@example.org", "lou.bernard@example.org"))))
    assert received["Cc"] == "lou.bernard@example.org"


@pytest.mark.parametrize(
    ("email", "sender", "why"),
    [
        (replace(EMAIL, to=()), SENDER, "« laureat-90001 » n’a aucun destinataire."),
        (replace(EMAIL, cc=("lou",)), SENDER, "« lou » n’est pas une adresse valable : il manque « @ »."),
        (EMAIL, replace(SENDER, address=""), "«  » : il faut une adresse d’expéditeur, et une seule."),
        (
            replace(EMAIL, to=("élodie@example.org",)),
            SENDER,
            "les lettres accentuées avant « @ » ne passent pas partout",
        ),
    ],
)
def test_what_cannot_leave_is_refused_in_french(email, sender, why):
    with pytest.raises(AddressError) as refused:
        sent(email, sender)
    assert why in str(refused.value).replace("\u202f", " ")


def test_a_server_that_takes_accents_gets_them():
    data = sent(replace(EMAIL, to=("Élodie <élodie@évêché.fr>",)), accents=True)
    assert "To: =?utf-8?q?=C3=89lodie?= <élodie@évêché.fr>\r\n".encode() in data


def decoded(raw):
    """An encoded text, by the older reader: that of `email.policy` puts spaces in long names."""
    chunks = decode_header(raw.replace("\r\n ", " "))
    return "".join(chunk if isinstance(chunk, str) else chunk.decode(charset or "ascii") for chunk, charset in chunks)


def person(data, header):
    """The name and the address of a header."""
    name, address = parseaddr(message_from_bytes(data)[header].replace("\r\n ", " "))
    return decoded(name), address


@given(st.one_of(TEXT, WORDS), st.one_of(TEXT, WORDS), st.one_of(TEXT, WORDS))
@example("Suite =?utf-8?q?=0D=0ABcc:_x@example.org?= fin", "=?utf-8?b?QmNjOiB4?=", "=?utf-8?q?a?=")
@example("é" * 180, "é" * 100, "Élodie " * 30)
@example("a" * 3000, "a" * 3000, "b, " * 30)
@example("« Aides »\u202f: " * 12, "\u202f", "é\u202f»")
def test_whatever_people_wrote_headers_are_those_and_read_back(subject, author, recipient):
    name = " ".join("".join(character for character in recipient if unicodedata.category(character)[0] != "C").split())
    name = " ".join(re.sub(r'[<>@",;]', " ", name).split())
    email = replace(EMAIL, subject=subject, to=(f'"{name}" <a@example.org>',))
    data = sent(email, replace(SENDER, name=author))
    head = data.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|[^\t\r\n -~]", head)
    received = read(data)
    assert received.keys() == HEADERS
    assert decoded(message_from_bytes(data)["Subject"]) == one_line(subject)
    assert person(data, "From") == (one_line(author), "eig@example.org")
    assert person(data, "To") == (name, "a@example.org")


@given(st.one_of(TEXT, WORDS, st.text(max_size=3000, alphabet=st.characters(exclude_categories=["Cs", "Cc"]))))
@example("a" * 5000)
@example("é" * 5000)
@example("From ici\n.\n..\n")
@example("--=_" + "0" * 32)
@example("a \nb\t\n\tc")
def test_whatever_the_body_its_lines_are_short_its_bytes_plain_and_it_reads_back(body):
    data = sent(replace(EMAIL, body=body))
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|[^\t\r\n -~]", data)
    plain, html = read(data).iter_parts()
    assert lines(plain.get_content()) == lines(text(body))
    assert lines(html.get_content()) == lines(page(body, EMAIL.subject))
    assert {part["Content-Transfer-Encoding"] for part in (plain, html)} <= {"quoted-printable", "base64"}


def lines(content):
    return content.splitlines()
