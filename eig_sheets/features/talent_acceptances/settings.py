"""The texts of the messages to talents who have not answered."""

from typing import Final

from eig_sheets.config.sections import texts_beside

TEXTS: Final = texts_beside(__file__)
