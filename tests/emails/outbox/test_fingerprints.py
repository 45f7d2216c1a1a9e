"""Stamps: what counts as an edit, and what is read back of what the robot wrote in `Envois`."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.mail.outgoing import Event
from eig_sheets.emails.outbox.fingerprints import (
    Booked,
    Fingerprint,
    booking,
    fingerprint_of,
    read,
    sealed,
    text_fingerprint,
    unsealed,
    with_batch_id,
    written,
)

pytestmark = pytest.mark.newest

DIGESTS = st.text("0123456789abcdef", min_size=10, max_size=10)
CLAIMS = st.one_of(st.just(""), st.text("0123456789abcdef", min_size=12, max_size=12))
MINUTES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)).map(lambda one: one.replace(second=0, microsecond=0))
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
BOOKED = st.builds(
    Booked, st.from_regex(r"[a-z0-9-]{1,20}@[a-z0-9.-]{1,20}", fullmatch=True), st.integers(0, 999), DIGESTS, MINUTES,
    MINUTES, st.booleans(), st.one_of(WORDS, st.sampled_from(["annulé : x", "rdv=x", "a : b", "envoi=0123456789ab"])),
)  # fmt: skip
STAMPS = st.builds(Fingerprint, DIGESTS, DIGESTS, DIGESTS, st.none() | BOOKED, CLAIMS)
ABOUT = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=4, max_size=4)
LETTERS = st.text(st.sampled_from("aé\u0301 \t\u202fÅ\n«;@-*\u00a0"), max_size=20)
TEXTS = st.tuples(LETTERS, LETTERS, LETTERS, LETTERS)
EVENT = Event("audition-1@eig5", datetime(2021, 5, 4, 9, 30), datetime(2021, 5, 4, 9, 50), "Audition", "Paris", "Venez")
MESSAGE = Message(("a@exemple.invalid",), ("b@exemple.invalid",), "Objet", "Bonjour,\n", "r@exemple.invalid")
DRAFT = Draft("convocation-1", "convocation", "1", MESSAGE, None, EVENT, ("invitation",))


@given(STAMPS)
def test_a_stamp_is_read_as_it_was_written(fingerprint):
    assert read(written(fingerprint)) == fingerprint


@given(st.none() | STAMPS, ABOUT)
def test_a_seal_holds_on_the_words_that_it_was_put_on(fingerprint, about):
    assert unsealed(sealed(fingerprint, *about), *about) == (fingerprint, True)


@given(st.none() | STAMPS, ABOUT, ABOUT)
def test_a_seal_breaks_on_any_other_words(fingerprint, about, others):
    assume([one or "" for one in about] != [one or "" for one in others])
    assert unsealed(sealed(fingerprint, *about), *others)[1] is False


@given(STAMPS, STAMPS, ABOUT)
def test_a_seal_breaks_when_the_stamp_is_another_s(fingerprint, other, about):
    assume(fingerprint != other)
    seal = sealed(fingerprint, *about).partition(" ")[0]
    assert unsealed(f"{seal} {written(other)}", *about) == (other, False)


@given(st.text(st.sampled_from("0123456789abcdef. rdv=envoi:T-@é\n"), max_size=80))
@example("")
@example("0123456789.0123456789.0123456789 rdv=x 1 0123456789 2021-13-45T99:00 2021-01-01T00:00 | x")
def test_whatever_people_type_there_is_read_or_is_none(text):
    fingerprint = read(text)
    assert fingerprint is None or read(written(fingerprint)) == fingerprint
    assert unsealed(text, "id", "", None, "")[1] is False


def test_a_claim_comes_and_goes():
    fingerprint = fingerprint_of(DRAFT, MESSAGE)
    assert with_batch_id(with_batch_id(fingerprint, "a" * 12), "") == fingerprint


def retyped(text, end, margin, form):
    """What a spreadsheet program makes of a text that nobody changed."""
    spaced = text.replace("\n", f"{margin}{end}")
    return unicodedata.normalize(form, f"{margin}{spaced}{margin}{end}")


@given(TEXTS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", " ", "\t", "\u202f"]),
       st.sampled_from(["NFC", "NFD"]))  # fmt: skip
def test_a_text_that_reads_the_same_was_not_edited(texts, end, margin, form):
    assert text_fingerprint(*(retyped(one, end, margin, form) for one in texts)) == text_fingerprint(*texts)


def as_read(texts):
    return [[line.rstrip() for line in unicodedata.normalize("NFC", one).strip().splitlines()] for one in texts]


@given(TEXTS, TEXTS)
@example(("a", "", "", ""), ("", "a", "", ""))
@example(("", "", "a", "b"), ("", "", "ab", ""))
@example(("", "", "", "a\n\nb"), ("", "", "", "a\nb"))
@example(("", "", "", "a  b"), ("", "", "", "a b"))
@example(("", "", "", "a\n- b"), ("", "", "", "a\n  - b"))
def test_any_other_change_is_an_edit(texts, others):
    assert (text_fingerprint(*texts) == text_fingerprint(*others)) == (as_read(texts) == as_read(others))


EVENTS = [
    *({field: "Autre"} for field in ("uid", "title", "place", "description")),
    *({field: datetime(2021, 5, 4, 9, 40)} for field in ("starts", "ends")),
    {"cancelled": True},
]
MESSAGES = [{"to": ("c@exemple.invalid",)}, {"cc": ()}, {"subject": "Autre"}, {"body": "Autre"}, {"reply_to": ""}]
CHANGED = [
    *(replace(DRAFT, **change) for change in ({"template": "autre"}, {"numero": "2"}, {"attachments": ()})),
    replace(DRAFT, event=None),
    *(replace(DRAFT, event=replace(EVENT, **change)) for change in EVENTS),
    *(replace(DRAFT, outcome=replace(MESSAGE, **change)) for change in MESSAGES),
]


@pytest.mark.parametrize("changed", CHANGED)
def test_all_that_a_draft_is_made_of_counts(changed):
    assert fingerprint_of(changed, changed.outcome).whole != fingerprint_of(DRAFT, MESSAGE).whole


def test_the_number_of_an_update_is_not_what_it_says():
    later = replace(DRAFT, event=replace(EVENT, sequence=4))
    assert fingerprint_of(later, MESSAGE).whole == fingerprint_of(DRAFT, MESSAGE).whole
    assert booking(later.event).details == booking(EVENT).details
