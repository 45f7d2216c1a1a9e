"""From people's cells to the bytes that travel: nothing empty, no brace of ours, no header and no tag of theirs."""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Message, OutgoingEmail, Sender
from eig_sheets.emails.mail.mime import message
from tests.effort import examples
from tests.emails.drafting.support import case
from tests.emails.drafting.test_random import BASE, CELLS, DAYS, FIELDS, RULES, whole
from tests.emails.mail.html_reader import Seen

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2021, 4, 20, 12, tzinfo=PARIS)
SENDER = Sender("eig@example.org", "L’équipe EIG", "reponses@example.org", "eig@example.org")
HEADERS = {
    "From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "MIME-Version", "Content-Type",
    "Content-Language",
}  # fmt: skip
QUOTED = {"blockquote", "p", "ul", "ol", "li", "br"}
"""What a text that people typed may add to a page: it keeps its lines and its lists."""
HOSTILE = [
    "<script>alert(1)</script>", '<img src="http://x.invalid/a.png" onerror="x()">', "<b>gras</b>",
    "</td></table><h1>x",
    "[lien](javascript:alert(1))", "![](http://x.invalid/a.png)", "<http://x.invalid>",
    "a\r\nBcc: x@x.invalid\r\n\r\nx",
    "=?utf-8?q?=0D=0ABcc:_x@x.invalid?=", "&lt;b&gt; &#60;i&#62;", "x\nBEGIN:VEVENT\nUID:1\nEND:VEVENT", "x;y,z\\n:\"",
    "{{ 7*7 }}", "{% raw %}", "\u202etxet", "--=_0000", "<style>*{display:none}</style>", "*",
    "\u2028Bcc: x@x.invalid",
]  # fmt: skip


def made(changes, today):
    """Each message that these cells make, with its bytes."""
    rows = {tab: [dict(row) for row in rows] for tab, rows in BASE.items()}
    for (tab, place, field), value in changes.items():
        rows[tab][place][field] = value
    for draft in case(rules=RULES, **rows).drafts(today):
        if isinstance(draft.outcome, Message):
            yield draft, bytes_of(draft, draft.outcome)


def bytes_of(draft: Draft, outcome: Message) -> bytes:
    letter = OutgoingEmail(
        draft.id, outcome.to, outcome.cc, outcome.subject, outcome.body, draft.event, reply_to=outcome.reply_to
    )
    return message(letter, SENDER, PARIS, NOW, accents=True).as_bytes()


def page_of(received: EmailMessage) -> Seen:
    return Seen(received.get_body(("html",)).get_content())


@pytest.fixture(scope="module")
def usual():
    """The tags, and the addresses of links, of messages about ordinary cells."""
    tags = [tag for day in DAYS for _, data in made({}, day) for tag in page_of(read(data)).tags]
    return {tag for tag, _ in tags}, {attributes.get("href") for _, attributes in tags}


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


@settings(max_examples=examples(3, long=32))
@given(st.dictionaries(st.sampled_from(FIELDS), st.one_of(CELLS, st.sampled_from(HOSTILE)), max_size=6),
       st.sampled_from(DAYS))  # fmt: skip
@example({("candidatures", 0, "projet"): "a\r\nBcc: x@x.invalid", ("candidatures", 0, "retour"): HOSTILE[0]}, DAYS[3])
@example({("candidatures", 0, "questions"): HOSTILE[3], ("jury", 0, "nom"): HOSTILE[1]}, DAYS[3])
@example({("candidatures", 0, "projet"): "x\nBEGIN:VEVENT", ("candidatures", 0, "administration"): HOSTILE[2]}, DAYS[3])
def test_whatever_people_typed_what_travels_is_whole_and_says_no_more(usual, changes, today):
    typed = "".join(str(value) for value in changes.values())
    for draft, data in made(changes, today):
        whole(draft.outcome)
        received = read(data)
        assert set(received.keys()) <= HEADERS
        assert len({*received.keys()}) == len(received.keys())
        assert not received.defects
        lines = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
        assert all(re.fullmatch(rb"(?:[A-Za-z-]+:|[ \t]+\S)[^\r\n]*", line) for line in lines)
        shown = f"{received['Subject']}{received.get_body(('plain',)).get_content()}"
        assert set("{}") & {*shown} <= {*typed}
        addresses = {
            address.addr_spec for header in ("To", "Cc") if received[header] for address in received[header].addresses
        }
        assert addresses == {*draft.outcome.to, *draft.outcome.cc}
        says_no_more(page_of(received), usual)
        brings_one_appointment(received, draft)


def says_no_more(page: Seen, usual: tuple[set[str], set[str | None]]) -> None:
    tags, links = usual
    assert {tag for tag, _ in page.tags} <= tags | QUOTED
    assert {attributes.get("href") for _, attributes in page.tags} <= links
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "src"]


def brings_one_appointment(received: EmailMessage, draft: Draft) -> None:
    files = [part.get_content() for part in received.walk() if part.get_content_type() == "application/ics"]
    events = [line for file in files for line in file.split(b"\r\n") if line == b"BEGIN:VEVENT"]
    assert len(events) == len(files) == (draft.event is not None)
