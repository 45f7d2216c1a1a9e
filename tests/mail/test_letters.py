"""Every message as it arrives, byte for byte."""

from __future__ import annotations

import pytest

from tests.mail.letters import GOLDEN, golden

FILES = golden()


def test_golden_files_are_those_of_the_messages():
    assert {path.name for path in GOLDEN.iterdir()} == {*FILES}


@pytest.mark.parametrize("name", FILES)
def test_a_message_arrives_as_expected(name):
    assert FILES[name].decode().splitlines() == (GOLDEN / name).read_bytes().decode().splitlines()
    assert FILES[name] == (GOLDEN / name).read_bytes()
