"""Text that people wrote, put into Markdown so that it stays text, with as few visible escapes as possible."""

from __future__ import annotations

import re

_PUNCTUATION = r"""!-/:-@\[-`{-~"""

_ACTIVE = re.compile(
    rf"\\(?=[{_PUNCTUATION}\n]|$)"  # an escape of their own
    r"|`"
    r"|\*(?=\S)|(?<=\S)\*"  # emphasis; 2 * 3 is left alone
    r"|(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])"  # emphasis; nom_de_fichier is left alone
    r"|~(?=~)"
    r"|\](?=[(\[:]|$)"  # links and images
    r"|<(?=[A-Za-z/!?])"  # HTML and <addresses>
    r"|&(?=#?\w+;)"
)
_MAY_BE_ACTIVE = re.compile(r"[\\`*_~\]<&]")  # how they begin: most texts have none, which is told far sooner
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BLOCK = re.compile(r"#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|[-=_*~|: ]+$")
_LIST_ITEM = re.compile(r"((?:[-+*]|\d{1,9}[.)]) )(.+)")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Markdown(str):
    """A text that is Markdown already."""

    __slots__ = ()


def one_line(text: str) -> str:
    """The text on one line: no CR, LF or other break, no control, direction-changing character or byte order mark."""
    if text.isprintable() and "  " not in text:  # most texts; narrow spaces are not printable
        return text.strip()
    return _SPACES.sub(" ", _HIDDEN.sub("", text)).strip()


def inline(text: str) -> Markdown:
    """The text as one line of a paragraph, that no Markdown reader takes for anything else."""
    line = one_line(text)
    escaped = _ACTIVE.sub(r"\\\g<0>", line) if _MAY_BE_ACTIVE.search(line) else line
    if _BLOCK.match(escaped):
        return Markdown("\\" + escaped)
    return Markdown(_NUMBERED.sub(r"\1\\\2", escaped) if _NUMBERED.match(escaped) else escaped)


def quoted(text: str) -> Markdown:
    """The text as a quotation, line by line. Lists in it stay lists; nothing else is interpreted."""
    return Markdown("\n".join(f"> {_quoted_line(one_line(line))}".rstrip() for line in text.strip().splitlines()))


def paragraphs(text: str) -> Markdown:
    """The text with its paragraphs and its lists; nothing else is interpreted."""
    return Markdown("\n".join(_quoted_line(one_line(line)) for line in text.strip().splitlines()))


def _quoted_line(line: str) -> str:
    item = _LIST_ITEM.fullmatch(line)
    return item[1] + inline(item[2]) if item else inline(line)
