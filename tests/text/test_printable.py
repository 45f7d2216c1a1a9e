"""Nothing that a person typed drives the terminal, and JSON gives back every character."""

import json
import unicodedata

import pytest

from eig_sheets.text.printable import escaped, printable

CONTROLS = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cs")]
OBEYED = {*CONTROLS, *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"} - {"\n", "\t"}


def test_every_control_is_shown():
    assert OBEYED.isdisjoint(printable("".join(CONTROLS) + "\u202e\u2067"))
    assert printable("\x1b[31mrouge\x07\x7f\x9b") == "␛[31mrouge␇␡�"


@pytest.mark.parametrize("text", ["« Hérisson » : 3,5\u202f€\n\tligne\u00a0!", "👩\u200d💻 ok", "العربية"])
def test_what_people_write_stays(text):
    assert printable(text) == text


def test_json_gives_every_character_back():
    text = " ".join(CONTROLS) + "« é\u202e\\u001b »"
    shown = escaped(json.dumps({"a": text}, ensure_ascii=False, indent=2))
    assert OBEYED.isdisjoint(shown)
    assert "« é" in shown
    assert json.loads(shown) == {"a": text}
