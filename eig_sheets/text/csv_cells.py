"""Texts in CSV: none becomes a formula in a spreadsheet program, whichever separator that program expects.

A text that begins like a formula gets an apostrophe. So does whatever follows a comma, a semicolon, a tab or a line
break in it: a program that expects another separator than ours cuts cells there, even between quotes.
"""

from __future__ import annotations

import re
from typing import Final

_STARTS: Final = re.compile(r"""(^|[;,\t\r\n])([\s"]*)('*)(?=[=+\-@＝＋－＠])""")
_ESCAPED: Final = re.compile(r"""(^|[;,\t\r\n])([\s"]*)'('*[=+\-@＝＋－＠])""")


def escaped(text: str) -> str:
    """The text with one more apostrophe at each place where a program could see a formula begin."""
    return _STARTS.sub(r"\1\2'\3", text)


def unescaped(cell: str) -> str:
    """The text of such a cell: what docs/commandes.fr.md tells readers to do."""
    return _ESCAPED.sub(r"\1\2\3", cell)
