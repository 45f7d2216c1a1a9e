"""Every message as it arrives, byte for byte."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.emails.mail.calendar_model import CalendarModel
from tests.emails.mail.golden_messages import EVENT, GOLDEN, PARIS, folders, golden
from tests.messages import expected_folder

FILES = golden()


KEPT = {path for folder in folders() for path in folder.iterdir() if path.parent.parent == expected_folder(path.stem)}
"""Without those of a message of which a feature says more: they are of a program that has not that feature."""


def test_golden_files_are_those_of_the_messages():
    hint = "« python -m tests.emails.mail.golden_messages » makes them again: look at them"
    assert {*FILES} - KEPT == set(), hint
    assert KEPT - {*FILES} == set(), hint


@pytest.mark.parametrize("path", [path for path in FILES if path in KEPT], ids=lambda path: path.name)
def test_a_message_arrives_as_expected(path):
    assert FILES[path].decode().splitlines() == path.read_bytes().decode().splitlines()
    assert FILES[path] == path.read_bytes()


def test_the_invitation_as_it_arrives_puts_in_moves_then_takes_off():
    calendar, shown = CalendarModel(), []
    for name in ("convocation_jury", "convocation_deplacee", "convocation_annulee"):
        calendar.receive((GOLDEN / f"{name}.ics").read_bytes())
        shown.append(calendar.shown(EVENT.uid))
    first, moved, taken_off = shown
    assert first[0] == datetime(2021, 5, 4, 9, 30, tzinfo=PARIS)
    assert (moved[0], moved[2]) == (datetime(2021, 5, 5, 9, 30, tzinfo=PARIS), "En ligne")
    assert taken_off is None
