"""Each e-mail of the catalogue is whole: its record, its text, its example, the messages that are expected of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from eig_sheets.emails.catalogue.entries import APPOINTMENTS, CANCELLATION
from eig_sheets.emails.drafting.drafts import columns_of, vocabularies
from eig_sheets.emails.drafting.subjects import keys_of
from eig_sheets.emails.mail.templates import Template, load
from tests.messages import CATALOGUE, EIG5, FOLDERS, expected_folder, text_path

pytestmark = pytest.mark.newest

ROOT = Path(__file__).parents[3]
COLUMNS = columns_of(EIG5)
MADE = {
    "expected/{}.txt": "python -m tests.emails.mail.fictional",
    "expected_sparsest/{}.txt": "python -m tests.emails.mail.fictional",
    "golden/{}.txt": "python -m tests.emails.mail.golden_messages",
    "golden/{}.html": "python -m tests.emails.mail.golden_messages",
}
"""What is expected of a message, and what makes it: to be looked at before it is committed."""


def text_of(template: str, tmp_path: Path) -> Template:
    """The text of one e-mail, whatever is wrong with others. Raises TemplateError."""
    shutil.copy(text_path(template), tmp_path)
    return load(tmp_path, vocabularies(COLUMNS, EIG5))[template]


def test_a_text_has_its_record():
    assert {path.stem for folder in FOLDERS for path in folder.glob("*.md")} - CATALOGUE.keys() == set()


@pytest.mark.parametrize("template", CATALOGUE)
def test_a_record_has_its_text_which_names_what_it_offers(template, tmp_path):
    path = text_path(template)
    assert path.is_file(), f"write its text: {path.relative_to(ROOT)}"
    assert text_of(template, tmp_path).vocabulary.about == CATALOGUE[template].about


@pytest.mark.parametrize("template", CATALOGUE)
def test_an_e_mail_has_its_example_and_what_is_expected_of_it(template):
    from tests.emails.examples import EXAMPLES

    folder = expected_folder(template)
    missing = [
        f"{(folder / name.format(template)).relative_to(ROOT)} is missing: « {command} » makes it"
        for name, command in MADE.items()
        if not (folder / name.format(template)).is_file()
    ]
    if CATALOGUE[template].due and template not in EXAMPLES:
        missing.append(f"tests/emails/examples.py has no rows and no day that make « {template} » due")
    assert missing == []


def test_nothing_is_expected_of_an_e_mail_that_is_no_more():
    from tests.emails.examples import EXAMPLES

    stems = {
        path.stem
        for folder in {expected_folder(template) for template in CATALOGUE}
        for name in ("expected", "expected_sparsest")
        for path in (folder / name).iterdir()
    }
    assert (stems | EXAMPLES.keys()) - CATALOGUE.keys() == set()


@pytest.mark.parametrize("email", CATALOGUE.values(), ids=CATALOGUE)
def test_a_record_speaks_of_a_tab_and_of_fields_that_there_are(email, tmp_path):
    if email.about == APPOINTMENTS:
        assert email.id == CANCELLATION
        return
    assert email.about in keys_of(EIG5)
    fields = {*email.accepts, *email.chose}
    if email.appointment:
        typed = email.appointment.in_rows
        fields |= {*typed.fields, *typed.others} if typed else set()
        fields |= {email.appointment.minutes_field} - {None}
    assert fields - COLUMNS[email.about].keys() == set()
    assert all(words for words in email.accepts.values())


@pytest.mark.parametrize("email", CATALOGUE.values(), ids=CATALOGUE)
def test_an_appointment_has_its_moment_its_invitation_and_its_words(email, tmp_path):
    text = text_of(email.id, tmp_path)
    assert text.moment == email.moment, 'a text brings its invitation: attachments = ["invitation"]'
    assert email.moment is None or email.moment in text.vocabulary.known
    assert (email.appointment is not None) == (email.moment is not None and email.id != CANCELLATION)


def test_appointments_are_distinguished():
    appointments = {id(one.appointment): one.appointment for one in CATALOGUE.values() if one.appointment}.values()
    assert len({one.family for one in appointments}) == len(appointments)
