"""Characters that nobody sees are known, ordinary text has none."""

from __future__ import annotations

import pytest

from eig_sheets.text.confusables import is_invisible, revealed, visible

HIDDEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\ufeff\u00ad\u2028\x00\x1b\n\u3164\u2800\u034f\ufe0f\U000e0101"
)


@pytest.mark.parametrize("character", HIDDEN)
def test_what_nobody_sees_is_invisible(character):
    assert is_invisible(character)
    assert visible(f"9{character}0") == "90"
    assert revealed(f"9{character}0") == f"9⟨U+{ord(character):04X}⟩0"


def test_text_and_spaces_are_visible():
    text = "Été, « 900\u202f001 »\u00a0; e\u0301 日本 😀 – ½"
    assert (visible(text), revealed(text)) == (text, text)
