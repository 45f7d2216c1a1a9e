"""Prints to the terminal: a control character that somebody typed in a cell is shown, never obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eig_sheets.cli import text_streams
from eig_sheets.cli.refusal import Refusal
from eig_sheets.text.french import typographic, why
from eig_sheets.text.printable import printable

if TYPE_CHECKING:
    from pathlib import Path


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
            text_streams.discard("stderr")
        elif isinstance(error, BrokenPipeError):  # whoever read it has read enough
            raise
        else:
            raise output_error(error) from None


def output_error(error: OSError) -> Refusal:
    """The error of an answer that stdout does not take, which is not written to any more."""
    text_streams.discard("stdout")
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
