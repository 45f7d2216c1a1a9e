"""The terminal: text in any encoding, where a control character that somebody typed is shown, never obeyed."""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path
from typing import Final, TextIO

import click

from eig_sheets.cli.refusal import Refusal
from eig_sheets.text.french import typographic, why
from eig_sheets.text.printable import printable

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


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text, on stderr with `err`."""
    _write(printable(text), err=err, nl=nl)


def echo_styled(text: str) -> None:
    """Print on stdout a text whose controls are ours: its cells went through `printable`."""
    _write(text, nl=False)


def echo_data(text: str) -> None:
    """Print on stdout the cells of a CSV: it may go to a terminal by way of a pipe or a file."""
    _write(printable(text.replace("\r\n", "\n")), nl=False)


def _write(text: str, *, err: bool = False, nl: bool) -> None:
    """Print a text. What stderr does not take is lost, and stops nothing: no sync ends because its log is full."""
    try:
        click.echo(text, err=err, nl=nl)
    except OSError as error:
        if err:
            discard("stderr")
        elif isinstance(error, BrokenPipeError):  # whoever read it has read enough
            raise
        else:
            raise output_error(error) from None


def output_error(error: OSError) -> Refusal:
    """The error of an answer that stdout does not take, which is not written to any more."""
    discard("stdout")
    return Refusal(
        f"La sortie standard ne peut pas être écrite ({why(error)}) : ce qui y est est incomplet. Faites de la place, "
        "ou envoyez-la ailleurs."
    )


def erase_line() -> None:
    """Erase the line of the current step, on stderr."""
    _write("\r\x1b[K", nl=False, err=True)


def warn_permissions_restricted(folder: Path) -> None:
    """Warn, even with -q, that others could read this folder until now: it is said once, since they no longer can."""
    echo(
        typographic(
            f"D’autres utilisateurs de cette machine pouvaient lire ce que le robot garde dans {folder} : "
            "votre compte seul le peut désormais."
        ),
        err=True,
    )
