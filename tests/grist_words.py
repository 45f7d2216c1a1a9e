"""What is never said of a Grist document: a cell by letters, which it has not, or the name of another program."""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = re.compile(r"(?<![\w.°/#’-])\$?[A-Z]{1,2}\$?[1-9]\d{0,4}(?![\w-])")
_OTHERS: Final = re.compile(r"Excel|Google|LibreOffice|\w!(?=\w)")
_NOT_SAID: Final = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)


def foreign_words(said: str) -> list[str]:
    """The passages of an output, or of a page, that name a cell or a program as no Grist document is spoken of."""
    text = " ".join(_NOT_SAID.sub("", said).split())
    found = (one for pattern in (_LETTERS, _OTHERS) for one in pattern.finditer(text))
    return [text[max(0, one.start() - 60) : one.end() + 60] for one in found]
