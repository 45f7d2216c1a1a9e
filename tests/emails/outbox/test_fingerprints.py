"""Fingerprints of e-mails: what counts as a change, and what is read back from `Envois`."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import AttachedFile, Event, Message
from eig_sheets.emails.outbox.fingerprints import (
    Booked,
    Fingerprint,
    as_text,
    booking,
    fingerprint_of,
    from_text,
    text_fingerprint,
    with_batch_id,
    with_checksum,
    without_checksum,
)

pytestmark = pytest.mark.newest

DIGESTS = st.text("0123456789abcdef", min_size=10, max_size=10)
BATCH_IDS = st.one_of(st.just(""), st.text("0123456789abcdef", min_size=12, max_size=12))
MINUTES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
BOOKED = st.builds(
    Booked, st.from_regex(r"[a-z0-9-]{1,20}@[a-z0-9.-]{1,20}", fullmatch=True), st.integers(0, 999), DIGESTS, MINUTES,
    MINUTES, st.booleans(), st.one_of(WORDS, st.sampled_from(["annulé : x", "rdv=x", "a : b", "envoi=0123456789ab"])),
)  # fmt: skip
FINGERPRINTS = st.builds(Fingerprint, DIGESTS, DIGESTS, DIGESTS, st.none() | BOOKED, BATCH_IDS)
CELLS = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=4, max_size=4)
CHARACTERS = st.text(st.sampled_from("aé\u0301 \t\u202fÅ\n«;@-*\u00a0"), max_size=20)
TEXTS = st.tuples(CHARACTERS, CHARACTERS, CHARACTERS, CHARACTERS)
EVENT = Event("audition-1@eig5", datetime(2021, 5, 4, 9, 30), datetime(2021, 5, 4, 9, 50), "Audition", "Paris", "Venez")
MESSAGE = Message(("a@exemple.invalid",), ("b@exemple.invalid",), "Objet", "Bonjour,\n", "r@exemple.invalid")
DRAFT = Draft("convocation-1", "convocation", "1", MESSAGE, None, EVENT, ("invitation",))


@given(FINGERPRINTS)
def test_a_fingerprint_is_read_back_as_it_was_written(fingerprint):
    assert from_text(as_text(fingerprint)) == fingerprint


@given(st.none() | FINGERPRINTS, CELLS)
def test_a_checksum_holds_for_the_cells_that_it_was_made_of(fingerprint, cells):
    assert without_checksum(with_checksum(fingerprint, *cells), *cells) == (fingerprint, True)


@given(st.none() | FINGERPRINTS, CELLS, CELLS)
def test_a_checksum_fails_for_any_other_cells(fingerprint, cells, others):
    assume([cell or "" for cell in cells] != [cell or "" for cell in others])
    assert without_checksum(with_checksum(fingerprint, *cells), *others)[1] is False


@given(FINGERPRINTS, FINGERPRINTS, CELLS)
def test_a_checksum_fails_for_another_fingerprint(fingerprint, other, cells):
    assume(fingerprint != other)
    checksum = with_checksum(fingerprint, *cells).partition(" ")[0]
    assert without_checksum(f"{checksum} {as_text(other)}", *cells) == (other, False)


@given(st.text(st.sampled_from("0123456789abcdef. rdv=envoi:T-@é\n"), max_size=80))
@example("")
@example("0123456789.0123456789.0123456789 rdv=x 1 0123456789 2021-13-45T99:00 2021-01-01T00:00 | x")
def test_whatever_people_type_there_is_read_or_is_none(text):
    fingerprint = from_text(text)
    assert fingerprint is None or from_text(as_text(fingerprint)) == fingerprint
    assert without_checksum(text, "id", "", None, "")[1] is False


def test_a_batch_id_is_set_and_removed():
    fingerprint = fingerprint_of(DRAFT, MESSAGE)
    assert with_batch_id(with_batch_id(fingerprint, "a" * 12), "") == fingerprint


def retyped(text, end, margin, form):
    """What a spreadsheet program makes of a text that nobody changed."""
    spaced = text.replace("\n", f"{margin}{end}")
    return unicodedata.normalize(form, f"{margin}{spaced}{margin}{end}")


@given(TEXTS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", " ", "\t", "\u202f"]),
       st.sampled_from(["NFC", "NFD"]))  # fmt: skip
def test_a_text_that_reads_the_same_was_not_edited(texts, end, margin, form):
    assert text_fingerprint(*(retyped(text, end, margin, form) for text in texts)) == text_fingerprint(*texts)


def normalized(texts):
    return [[line.rstrip() for line in unicodedata.normalize("NFC", text).strip().splitlines()] for text in texts]


@given(TEXTS, TEXTS)
@example(("a", "", "", ""), ("", "a", "", ""))
@example(("", "", "a", "b"), ("", "", "ab", ""))
@example(("", "", "", "a\n\nb"), ("", "", "", "a\nb"))
@example(("", "", "", "a  b"), ("", "", "", "a b"))
@example(("", "", "", "a\n- b"), ("", "", "", "a\n  - b"))
def test_any_other_change_is_an_edit(texts, others):
    assert (text_fingerprint(*texts) == text_fingerprint(*others)) == (normalized(texts) == normalized(others))


EVENTS = [
    *({field: "Autre"} for field in ("uid", "title", "place", "description")),
    *({field: datetime(2021, 5, 4, 9, 40)} for field in ("starts", "ends")),
    {"cancelled": True},
]
MESSAGES = [{"to": ("c@exemple.invalid",)}, {"cc": ()}, {"subject": "Autre"}, {"body": "Autre"}, {"reply_to": ""}]
FILE = AttachedFile("a@exemple.invalid", "grille-a.xlsx", "0" * 64)
CHANGED = [
    replace(DRAFT, file=FILE),
    *(replace(DRAFT, **change) for change in ({"template": "autre"}, {"numero": "2"}, {"attachments": ()})),
    replace(DRAFT, event=None),
    *(replace(DRAFT, event=replace(EVENT, **change)) for change in EVENTS),
    *(replace(DRAFT, outcome=replace(MESSAGE, **change)) for change in MESSAGES),
]


@pytest.mark.parametrize("changed", CHANGED)
def test_all_that_a_draft_is_made_of_counts(changed):
    assert fingerprint_of(changed, changed.outcome).whole != fingerprint_of(DRAFT, MESSAGE).whole


@pytest.mark.parametrize("changed", [{"name": "grille-b.xlsx"}, {"digest": "1" * 64}])
def test_so_do_the_name_and_the_bytes_of_a_file(changed):
    draft = replace(DRAFT, event=None, attachments=("grille",), file=FILE)
    other = replace(draft, file=replace(FILE, **changed))
    assert fingerprint_of(other, MESSAGE).whole != fingerprint_of(draft, MESSAGE).whole
    assert fingerprint_of(other, MESSAGE).text == fingerprint_of(draft, MESSAGE).text


def test_a_message_without_a_file_has_the_fingerprint_of_earlier_versions():
    assert fingerprint_of(DRAFT, MESSAGE).whole == "27abc61a11"
    juror = Draft("invitation_jury-1", "invitation_jury", None, MESSAGE, "a@exemple.invalid")
    assert fingerprint_of(juror, MESSAGE).whole == "b6f7cef55c"


def test_the_number_of_an_update_is_not_what_it_says():
    later = replace(DRAFT, event=replace(EVENT, sequence=4))
    assert fingerprint_of(later, MESSAGE).whole == fingerprint_of(DRAFT, MESSAGE).whole
    assert booking(later.event).details == booking(EVENT).details
