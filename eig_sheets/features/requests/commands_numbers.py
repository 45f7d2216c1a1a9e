"""Numbers of requests: drawn at random, so that none is guessed, and of letters that no spreadsheet program changes."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from eig_sheets.features.requests.rules import NUMBER_LENGTH, NUMBER_LETTERS
from eig_sheets.features.requests.rules_steps import FREE_ROWS
from eig_sheets.workbook.model.cells import WrittenValue


def new_numbers(taken: Collection[str] = (), count: int = FREE_ROWS) -> list[str]:
    """So many numbers, none of which is taken."""
    drawn: list[str] = []
    while len(drawn) < count:
        number = "".join(secrets.choice(NUMBER_LETTERS) for _ in range(NUMBER_LENGTH))
        if number not in taken and number not in drawn:
            drawn.append(number)
    return drawn


def free_rows() -> list[dict[str, WrittenValue]]:
    """The rows of a new `Demandes`."""
    return [{"demande": number} for number in new_numbers()]
