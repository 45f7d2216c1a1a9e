"""The error of an export that cannot be read."""

from __future__ import annotations

from eig_sheets.text.french import typographic


class ExportError(Exception):
    """The export cannot be read at all. The message is in French and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(typographic(message))
