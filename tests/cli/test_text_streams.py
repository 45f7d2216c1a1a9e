"""Output in any encoding: the nearest characters where one is missing; nothing is changed where all are there."""

import io
import sys

import pytest

from eig_sheets.cli.terminal import is_unicode, make_writable

TEXT = "« L’œuvre »\u202f: 3\u202f€ → 5 – 😀"


@pytest.fixture
def stdout(monkeypatch):
    def opened(encoding):
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding))
        make_writable()
        sys.stdout.write(TEXT)
        sys.stdout.flush()
        return sys.stdout.buffer.getvalue()

    return opened


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("cp1252", "« L’œuvre » : 3 € -> 5 – ?"), ("cp850", "« L'oeuvre » : 3 EUR -> 5 - ?"), ("utf-8", TEXT)],
)
def test_a_program_that_asks_for_an_encoding_gets_it(encoding, expected, stdout, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    assert stdout(encoding).decode(encoding) == expected


def test_a_file_or_a_pipe_is_utf8(stdout, monkeypatch):
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    assert stdout("cp1252").decode("utf-8") == TEXT


@pytest.mark.parametrize(("encoding", "unicode"), [("cp1252", False), ("UTF-8", True), ("utf-16", True)])
def test_which_encodings_have_every_character(encoding, unicode):
    assert is_unicode(io.TextIOWrapper(io.BytesIO(), encoding)) is unicode
