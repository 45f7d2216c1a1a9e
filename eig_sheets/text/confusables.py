"""Letters that are taken for others, in e-mail addresses, and characters that nobody sees.

By `unicodedata` and a short table. Unicode's data of confusables (UTS 39) hold thousands of signs that no address has;
that two scripts meet in one word, which is what browsers look at, is found without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.text.french import listed

_CATEGORIES: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Controls, formats (zero width, right to left), and the separators of lines and paragraphs."""
_BLANK: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors, which choose a shape of the character before them."""


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing, and is no ordinary space."""
    code = ord(character)
    return (
        unicodedata.category(character) in _CATEGORIES
        or character in _BLANK
        or any(code in selectors for selectors in _SELECTORS)
    )


def visible(text: str) -> str:
    """The text without what nobody sees."""
    return "".join(character for character in text if not is_invisible(character))


def revealed(text: str) -> str:
    """The text with the code of each invisible character in its place: 900⟨U+200B⟩001."""
    return "".join(f"⟨U+{ord(character):04X}⟩" if is_invisible(character) else character for character in text)


_SCRIPTS: Final = {
    "LATIN": "latine",
    "CYRILLIC": "cyrillique",
    "GREEK": "grecque",
    "ARMENIAN": "arménienne",
    "GEORGIAN": "géorgienne",
    "CHEROKEE": "cherokee",
    "COPTIC": "copte",
    "HEBREW": "hébraïque",
    "ARABIC": "arabe",
}
_WRITTEN_WITH_LATIN: Final = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"}
)
"""Scripts that one word mixes with Latin letters (UTS 39, 5.2), and that look like none of them."""
_ALIKE: Final = {
    "a": "\u0430\u03b1\u0251",
    "c": "\u0441",
    "d": "\u0501",
    "e": "\u0435",
    "g": "\u0581\u0261",
    "h": "\u04bb\u0570",
    "i": "\u0456\u03b9\u0269",
    "j": "\u0458\u0575",
    "k": "\u03ba",
    "l": "\u04cf",
    "n": "\u0578",
    "o": "\u043e\u0585\u03bf",
    "p": "\u0440\u03c1",
    "q": "\u051b\u0566",
    "s": "\u0455",
    "u": "\u057d\u03c5",
    "v": "\u0475\u03bd",
    "w": "\u051d\u03c9",
    "x": "\u0445\u03c7",
    "y": "\u0443\u03b3",
}
"""For a Latin letter, the Cyrillic, Armenian, Greek or phonetic ones that nobody tells from it, in small letters."""
_CLOSE: Final = {
    "b": "\u0432\u03b2", "e": "\u03b5", "h": "\u043d", "k": "\u043a", "m": "\u043c", "n": "\u043f",
    "r": "\u0433", "t": "\u0442\u03c4", "u": "\u03bc",
}  # fmt: skip
"""Those that look like it when they are capitals, or in some fonts."""
_SIGNS: Final = {".": "\u3002", "-": "\u2010\u2011\u2012\u2013\u2014\u2212"}
_PUNYCODE: Final = "xn--"
_MOST_SHOWN: Final = 3
ADDRESS: Final = re.compile(r"[^\s<>;,]*@[^\s<>;,]+")
"""What may be an address, in a text that may hold several."""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A confusable letter, and the Latin letter that it `resembles`, '' when it resembles none."""

    letter: str
    resembles: str

    def __str__(self) -> str:
        if is_invisible(self.letter):
            return f"un caractère invisible (U+{ord(self.letter):04X})"
        script = _SCRIPTS.get(_script(self.letter), "")
        words = ", ".join(filter(None, (f"lettre {script}" if script else "", f"U+{ord(self.letter):04X}")))
        return f"« {self.letter} » ({words})" + (f" au lieu de « {self.resembles} »" if self.resembles else "")


def lookalikes(address: str) -> tuple[Lookalike, ...]:
    """The letters of an address, or of « @domaine », that are taken for others or not seen, each once.

    A word of one script stays as it is, unless each of its letters looks like a Latin one beside a Latin domain.
    """
    if address.isascii() and address.isprintable() and _PUNYCODE not in address.lower():
        return ()
    local, _, domain = unicodedata.normalize("NFC", address).rpartition("@")
    labels = [_decoded(label) for label in domain.split(".")]
    latin = any(letter.isascii() and letter.isalpha() for letter in labels[-1])
    hidden = filter(is_invisible, address)
    strange = (letter for label in (*local.split("."), *labels) for letter in _strange(label, latin=latin))
    return tuple(Lookalike(letter, _resembled_letter(letter)) for letter in dict.fromkeys((*hidden, *strange)))


def foreign_letters(word: str) -> tuple[Lookalike, ...]:
    """The letters of another script in a word of Latin ones, or in one that looks like it."""
    strange = (letter for letter in _strange(word, latin=True) if _script(letter) in _SCRIPTS)
    return tuple(
        Lookalike(letter, _resembled_letter(letter)) for letter in dict.fromkeys(strange) if _script(letter) != "LATIN"
    )


def lookalike_reason(address: str) -> str:
    """The lookalike letters of an address, in French, and its real spelling; '' when there are none."""
    strange = lookalikes(address)
    if not strange:
        return ""
    hidden = any(map(is_invisible, address))  # such an address does not travel at all
    real = address if hidden else punycode(address)
    shown = [str(lookalike) for lookalike in strange[:_MOST_SHOWN]]
    rest = ["d’autres lettres"] if strange[_MOST_SHOWN:] else []
    return listed([*shown, *rest]) + (f", et s’écrit en réalité {real}" if real != address else "")


def misleading_reason(address: str, allowed: Collection[str]) -> str:
    """`lookalike_reason` of an address, '' when the address, or its « @domaine », is allowed in punycode."""
    reason = lookalike_reason(address)
    if not reason:
        return ""
    real = punycode(address).casefold()
    accepted = {real, f"@{real.rpartition('@')[2]}"} & {entry.casefold() for entry in allowed}
    return "" if accepted else reason


def punycode(address: str) -> str:
    """An address as mail servers read it: with the non-ASCII labels of its domain in punycode."""
    local, at, domain = address.rpartition("@")
    return local + at + ".".join(map(_encoded, re.split(f"[.{_SIGNS['.']}]", domain)))


def _encoded(label: str) -> str:
    plain = unicodedata.normalize("NFKC", label).lower()
    return plain if plain.isascii() else _PUNYCODE + plain.encode("punycode").decode("ascii")


def _decoded(label: str) -> str:
    if not label.lower().startswith(_PUNYCODE):
        return label
    try:
        return label[len(_PUNYCODE) :].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _strange(label: str, *, latin: bool) -> Iterator[str]:
    if label.isascii():
        return
    letters = {letter: _script(letter) for letter in label if letter.isalpha()}
    foreign = {letter for letter, script in letters.items() if script not in _WRITTEN_WITH_LATIN | {"LATIN"}}
    mixed = len({*letters.values()} - _WRITTEN_WITH_LATIN) > 1
    alone = bool(letters) and {*letters} == foreign and all(_alike(letter) for letter in letters)
    for letter in label:
        if _is_disguised(letter) or (letter in foreign and (mixed or (alone and latin))):
            yield letter


def _is_disguised(letter: str) -> bool:
    """Whether a sign is an ASCII one in another width or shape."""
    if letter.isascii():
        return False
    ipa = _alike(letter) and _script(letter) == "LATIN"
    return bool(ipa or _in(_SIGNS, letter)) or unicodedata.normalize("NFKC", letter).isascii()


def _alike(letter: str) -> str:
    return _in(_ALIKE, letter.lower())


def _in(table: Mapping[str, str], letter: str) -> str:
    return next((latin for latin, others in table.items() if letter in others), "")


def _resembled_letter(letter: str) -> str:
    shape = unicodedata.normalize("NFKC", letter)
    plain_letter = shape if shape.isascii() else _in(_SIGNS, letter) or _alike(letter) or _in(_CLOSE, letter.lower())
    return plain_letter.upper() if letter.isupper() else plain_letter


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
