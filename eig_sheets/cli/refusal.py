"""The error of a command that the data, or a service, stops."""

from __future__ import annotations

import click


class Refusal(click.ClickException):
    """The error of a command that the data or the service stops: one French text, exit code 1.

    `by_data`: what people typed may be why, a cell in doubt among it.
    """

    def __init__(self, message: str, *, by_data: bool = False) -> None:
        super().__init__(message)
        self.by_data = by_data
