"""The receipt of a juror: their own answers, one message for one content, and nothing of the notes of others."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.emails.mail.messages import Message
from tests.emails.drafting.support import DOSSIER, EIG5, JUROR, NOTES, case, page_notes

DAY, THANKS = date(2021, 4, 29), date(2021, 5, 6)
FIRST, SECOND, *_ = NOTES
LABELS = EIG5.labels
OTHER = {**JUROR, "nom": "Noa Simon", "email": "noa@exemple.invalid"}
DOSSIERS = [DOSSIER, {**DOSSIER, "numero": "90002", "projet": "Marées ouvertes"}]


def receipts(*records, day=DAY, **tabs):
    """The receipts that are due, by address: their id and their text."""
    rows = {"candidatures": DOSSIERS, "jury": [JUROR, OTHER], **tabs}
    drafts = case(received=records, **rows).drafts(day)
    own = [draft for draft in drafts if draft.template == "recu_jure"]
    assert all(isinstance(draft.outcome, Message) for draft in own)
    return {draft.outcome.to[0]: (draft.id, draft.outcome.body.replace("\u202f", " ")) for draft in own}


def text(*records, **tabs):
    return receipts(*records, **tabs)[JUROR["email"]][1]


def line(*records, **tabs):
    """What the receipt says of dossier 90001."""
    return next(written for written in text(*records, **tabs).splitlines() if written.startswith("- n° 90001"))


def test_it_names_each_dossier_and_each_note():
    said = line(page_notes(**{FIRST: 3.5, SECOND: "NSP"}))
    rest = [f"{LABELS[criterion]} 3" for criterion in NOTES if criterion not in (FIRST, SECOND)]
    parts = [f"{LABELS[FIRST]} 3,5", f"{LABELS[SECOND]} NSP", *rest]
    assert said == f"- n° 90001 – Boussole des aides : {' ; '.join(parts)}"


def test_what_is_missing_or_cannot_be_read_is_said():
    record = page_notes(**{FIRST: "bof"})
    del record.version.values[SECOND]
    said = line(record)
    assert said.endswith(f"à corriger : {LABELS[FIRST]} ; il manque {LABELS[SECOND]}")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("oui", "vous vous déportez"),
        ("Oui, je connais le porteur", "vous vous déportez (réponse peu claire : l’équipe confirmera)"),
        ("non", None),
    ],
)
def test_a_deport_is_said_without_its_reason(word, said):
    sentence = line(page_notes(deport=word))
    assert sentence.endswith(f" : {said}") if said else "déportez" not in sentence
    assert "connais" not in sentence


@pytest.mark.slow
def test_what_the_team_typed_in_its_place_is_said():
    typed = {"numero": "90001", "jure": JUROR["email"], **NOTES}
    assert "l’équipe a saisi une évaluation de vous, qui compte à la place" in line(page_notes(), evaluations=[typed])
    others = {**typed, "jure": OTHER["email"]}
    assert "saisi" not in line(page_notes(), evaluations=[others])
    assert line(page_notes(deport="oui"), evaluations=[typed]).endswith(" : vous vous déportez")  # and nothing counts


@pytest.mark.slow
def test_a_message_is_of_one_content():
    first, same = receipts(page_notes()), receipts(page_notes())
    assert first == same
    changed = receipts(page_notes(**{FIRST: 2}))
    completed = receipts(page_notes(), page_notes("90002"))
    ids = {version[JUROR["email"]][0] for version in (first, changed, completed)}
    assert len(ids) == 3


@pytest.mark.slow
def test_it_says_nothing_of_others_and_does_not_depend_on_them():
    alone = receipts(page_notes())[JUROR["email"]]
    theirs = page_notes(juror=OTHER["email"], **{FIRST: 1.5}, commentaire="Trop cher")
    both = receipts(page_notes(), theirs, page_notes("90002", OTHER["email"]))
    assert both[JUROR["email"]] == alone
    assert "1,5" in both[OTHER["email"]][1]
    assert not any("1,5" in said or "Noa" in said for said in alone)


@pytest.mark.slow
def test_it_is_due_until_the_thanks_and_only_to_who_sent_a_page():
    assert receipts(page_notes(), day=THANKS).keys() == {JUROR["email"]}
    assert receipts(page_notes(), day=date(2021, 5, 7)) == {}
    assert receipts() == {}
