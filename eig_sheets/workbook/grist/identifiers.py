"""Identifiers of tables and columns, as Grist makes them of titles and labels."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable


def table_id(title: str, taken: Iterable[str]) -> str:
    """The id that Grist gives a new table of that title; `taken` are those that exist. '' when it has no letter."""
    ident = _plain(title, "T")
    return _free(_no_keyword(ident[:1].upper() + ident[1:], "T"), taken) if ident else ""


def column_in(table: str, label: str, taken: Iterable[str]) -> str:
    """An id for a new column of that label that begins with that of its table, as those of no other table do.

    Grist compares columns of two tables by their ids without asking access rules, in the preview of an import.
    """
    return column_id(f"{table} {label}", taken)


def column_id(label: str, taken: Iterable[str]) -> str:
    """An id for a new column of that label; `taken` are those of its table."""
    return _free(_no_keyword(_plain(label, "c"), "c") or "colonne", {*taken, "id"})


def _plain(text: str, prefix: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    ident = re.sub(r"[^a-zA-Z0-9_]+", "_", plain).lstrip("_")
    return re.sub(r"^(?=[0-9_])", prefix, ident) if ident else ident


def _no_keyword(ident: str, prefix: str) -> str:
    return prefix + ident if keyword.iskeyword(ident) else ident


def _free(ident: str, taken: Iterable[str]) -> str:
    used = {name.upper() for name in taken}
    if ident.upper() not in used:
        return ident
    base = f"{ident}_" if ident[-1].isdigit() else ident
    number = 2
    while f"{base}{number}".upper() in used:
        number += 1
    return f"{base}{number}"
