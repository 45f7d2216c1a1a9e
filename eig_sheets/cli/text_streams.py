"""Standard streams that always take text: in any encoding, and where whoever started the program closed them.

UTF-8 for files and programs, the nearest characters for an old terminal.
Windows gives programs its code page (cp1252 or cp850), which has no narrow no-break space: printing one would raise.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path
from typing import Final, TextIO

_NEAREST: Final = {
    "\u202f": " ", "\u00a0": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...",
    "–": "-", "—": "-", "−": "-", "→": "->", "⚠": "!", "œ": "oe", "Œ": "OE", "€": "EUR", "≥": ">=", "≤": "<=",
    "─": "-", "│": "|",
}  # fmt: skip
_ERRORS: Final = "eig_sheets.nearest"


def make_writable() -> None:
    """Let stdout and stderr take any text: a redirected one as UTF-8, unless PYTHONIOENCODING says otherwise."""
    for name in ("stdin", "stdout", "stderr"):  # in this order: else a file of ours would get the number of one
        if getattr(sys, name) is None:
            discard(name)
    codecs.register_error(_ERRORS, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            _make_writable(stream)


def discard(name: str) -> None:
    """Put the null device in the place of a standard stream."""
    setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115


def is_unicode(stream: TextIO) -> bool:
    """Whether a stream can encode every character."""
    return (stream.encoding or "utf-8").lower().replace("-", "").startswith("utf")


def _make_writable(stream: io.TextIOWrapper) -> None:
    if stream.isatty() or "PYTHONIOENCODING" in os.environ:
        stream.reconfigure(errors=_ERRORS)
    else:
        stream.reconfigure(encoding="utf-8")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_NEAREST.get(character, "?") for character in text), error.end
