"""The texts of the messages of the call for talents."""

from __future__ import annotations

from typing import Final

from eig_sheets.config.sections import texts_beside

TEXTS: Final = texts_beside(__file__)
