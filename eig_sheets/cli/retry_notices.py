"""Notices on stderr while a command waits for a service: that it tries again, and in how long."""

from __future__ import annotations

import logging
import sys

from eig_sheets.cli.terminal import echo, erase_line
from eig_sheets.text.french import typographic


class _Notice(logging.Handler):
    """Prints on stderr."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one notice, in the place of the current step."""
        if sys.stderr.isatty():
            erase_line()
        echo(typographic(f"Le service ne répond pas, ou demande d’attendre : {record.getMessage()}."), err=True)


def show_retries(*, quiet: bool) -> None:
    """Have the waits of this process told, or not."""
    logger = logging.getLogger("eig_sheets.retries")
    logger.handlers = [] if quiet else [_Notice()]
    logger.setLevel(logging.CRITICAL if quiet else logging.INFO)
    logger.propagate = False
