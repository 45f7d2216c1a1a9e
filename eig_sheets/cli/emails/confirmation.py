"""Asks a person to type how many messages or decisions leave, before any does."""

from __future__ import annotations

import sys

import click

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.text.french import typographic


def confirm_count(count: int, confirmed: int | None, *, what: str, to_do: str, waiting: str) -> None:
    """Raise Refusal unless the number that a person types, or that of --confirm, is `count`.

    `what`: « d’e-mails partent » ; `to_do`: « envoyer » ; `waiting`: « Rien n’est envoyé : 3 e-mails attendent ».
    """
    if confirmed is None and not sys.stdin.isatty():
        raise click.UsageError(typographic(f"Sans terminal, dites combien {what} : --confirm {count}."))
    typed = (
        str(confirmed)
        if confirmed is not None
        else click.prompt(
            typographic(f"Tapez {count} pour {to_do}, autre chose pour renoncer"),
            default="",
            show_default=False,
            prompt_suffix=typographic(" : "),
            err=True,
        )
    )
    if typed.strip() != str(count):
        raise Refusal(typographic(f"{waiting}, et vous avez dit « {typed} »."))


def refuse_another_day(session: Session, what: str, exceptions: str) -> None:
    """Raise Refusal when --today is given: no decision leaves before the real day of its announcement."""
    if session.today:
        raise Refusal(typographic(f"« --today » ne convient pas à {what} : gardez-le pour {exceptions}."))
