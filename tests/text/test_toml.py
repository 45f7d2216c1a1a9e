"""TOML that no setting can hold is a sentence, never a traceback nor a long wait."""

import tomllib

import pytest

from eig_sheets.text import toml

DEEP = "imbriqués trop profondément"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = " + "1" * 5000, "trop de chiffres"),
        ("[b]\na = 1" + "0" * 41, "b.a : un nombre entier y a trop de chiffres"),
        ("a = 0x" + "f" * 10_000, "trop de chiffres"),
        ("a = " + "[" * 10_000 + "]" * 10_000, DEEP),
        ("a = " + "[" * 100 + "]" * 100, DEEP),
        ("a = " + "{a=" * 10_000 + "1" + "}" * 10_000, DEEP),
        ("a" + ".a" * 500_000 + " = 1", DEEP),
        ("a" + ".a" * 100 + " = 1", DEEP),
        ("[" + "a." * 500_000 + "a]", DEEP),
        ('a = ["b\\u0000"]', "a[1] : un texte y contient un caractère nul"),
    ],
)
def test_what_no_setting_can_hold(text, words):
    with pytest.raises(toml.BoundsError) as raised:
        toml.parsed(text)
    assert words in str(raised.value)
    assert len(str(raised.value)) < 200


def test_all_else_is_as_python_reads_it():
    text = 'a = 9223372036854775808\nb = -9223372036854775808\n[[c.d]]\ne = [[[1.5]], ["…"]]\n'
    assert toml.parsed(text) == tomllib.loads(text)
    with pytest.raises(tomllib.TOMLDecodeError):
        toml.parsed("a = = 1")
