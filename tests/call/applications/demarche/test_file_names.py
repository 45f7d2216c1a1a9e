"""Names of attached files that no file system, shell or person takes for something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.applications.demarche.attachments import numbered_name, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Fiche détaillée.pdf", "Fiche détaillée.pdf"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("/etc/passwd", "_etc_passwd"),
        ("C:\\Windows\\a.exe", "C__Windows_a.exe"),
        (".bashrc", "bashrc"),
        ("-rf", "rf"),
        ("a\nb\x00c\x1b[31m.pdf", "abc[31m.pdf"),
        ("fdp\u202egpj.exe", "fdpgpj.exe"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("a.pdf. . ", "a.pdf"),
        ("", "piece"),
        ("...", "piece"),
        ("//", "piece"),
        ("e\u0301.pdf", "é.pdf"),
    ],
)
def test_a_name_is_made_safe(given_name, safe):
    assert safe_name(given_name) == safe


@given(st.text(max_size=80))
def test_any_name_is_one_short_visible_piece(name):
    made = safe_name(name)
    assert 0 < len(made.encode()) <= 150
    assert not set(made) & set('/\\:*?"<>|\x00\n')
    assert made[0] not in ".- "
    assert made[-1] not in ". "
    assert safe_name(made) == made
    assert len(numbered_name(made, b"\x01" * 16).encode()) <= 160


def test_a_long_name_keeps_its_extension():
    made = safe_name("é" * 300 + ".docx")
    assert made.endswith("é.docx")
    assert len(made.encode()) <= 150


def test_another_file_of_the_same_name_is_numbered():
    assert numbered_name("fiche.pdf", bytes.fromhex("1a2b3c4d" + "00" * 12)) == "fiche-1a2b3c4d.pdf"
