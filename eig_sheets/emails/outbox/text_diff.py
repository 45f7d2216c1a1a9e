"""The differences between two texts of an e-mail, as lines that people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

_LONGEST_LINE: Final = 300


_LONGEST: Final = 4000


_HEADERS: Final = ("Destinataires", "Copie", "Objet")


Text = tuple[str, str, str, str]
"""Recipients, copies, subject and body of an e-mail."""


def text_diff(old: Text, new: Text) -> str:
    """The removed lines, each followed by the added ones; '' when the texts are the same, whatever their spaces.

    A program may keep a no-break space as another one: nobody typed it.
    """
    return "\n".join(_text_diff(old, new))[:_LONGEST]


def changes_text(own: Text | None, typed: Text, new: Text, otherwise: str) -> str:
    """What a new text changes to the robot's `own` one, None when it is unknown, and what people had corrected there.

    `otherwise`: what has changed when no word has.
    """
    changed = text_diff(own or typed, new) or otherwise
    if own is None:
        return f"Ce qui diffère de l’ancien, corrections de l’équipe comprises :\n{changed}"
    said = ["Ce que les données changent :", changed]
    if corrected := text_diff(own, typed):
        said += ["Ce que l’équipe avait corrigé dans l’ancien, à reprendre si c’est encore vrai :", corrected]
    return "\n".join(said)


def _text_diff(old: Text, new: Text) -> Iterator[str]:
    for header, before, after in zip(_HEADERS, old, new, strict=False):
        if _plain(before).strip() != _plain(after).strip():
            yield f"{header} : {_quoted(before)} → {_quoted(after)}"
    yield from _lines(_read(old[-1]), _read(new[-1]))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, [*map(_plain, old)], [*map(_plain, new)], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield from (f"− {line[:_LONGEST_LINE]}" for line in old[start:end] if line)
            yield from (f"+ {line[:_LONGEST_LINE]}" for line in new[first:last] if line)


def _read(body: str) -> list[str]:
    return [line.rstrip() for line in body.strip().splitlines()]


def _plain(text: str) -> str:
    return text.translate(_SPACES)


_SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u2009\u202f"), " ")


def _quoted(text: str) -> str:
    return f"« {text.strip()[:_LONGEST_LINE]} »" if text.strip() else "(vide)"
