"""The free rows of `Demandes` in the sample: nothing is asked in them yet."""

from __future__ import annotations

from typing import Final

from eig_sheets.features.requests.rules import NUMBER_LENGTH, NUMBER_LETTERS
from eig_sheets.features.requests.rules_steps import FREE_ROWS
from eig_sheets.features.requests.tabs import REQUESTS
from eig_sheets.sample.history import ConstantRows
from eig_sheets.sample.sources import Row, seeded_random


def _free(seed: int) -> list[Row]:
    rng = seeded_random(seed, "requests")
    return [{"demande": "".join(rng.choices(NUMBER_LETTERS, k=NUMBER_LENGTH))} for _ in range(FREE_ROWS)]


ROWS: Final = ConstantRows(REQUESTS, _free)
