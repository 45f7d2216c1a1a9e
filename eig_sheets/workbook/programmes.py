"""Parses the number of a budget programme, as people type it (source: loi organique relative aux lois de finances)."""

from __future__ import annotations

import re
from typing import Final

from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.value_codes import UNREADABLE_PROGRAMME
from eig_sheets.workbook.values import UnreadableError, text

_NUMBER: Final = re.compile(r"(?:programme |prog\.? |p ?)?(?:n ?[°o]\.? ?)?0?\d{3}", re.IGNORECASE)


def programme(value: CellValue) -> str | None:
    """The number of a programme, of three digits, typed as 217, 0217 or « Programme 217 ».

    Another text names none, and none must receive credits for it: « sans objet », « 217 ou 354 ».
    """
    words = text(value)
    if words is not None and not _NUMBER.fullmatch(" ".join(words.split())):
        raise UnreadableError(UNREADABLE_PROGRAMME)
    return words
