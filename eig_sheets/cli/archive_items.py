"""Prints things that are kept, exactly, one a line: what a purge or an elimination is about to erase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eig_sheets.cli.output import show
from eig_sheets.personal_data.disposal import Item

_ITEM_HEADERS = {"what": "Quoi", "item": "Élément", "made": "Daté du", "bytes": "Octets"}


def show_items(items: Sequence[Item], form: str) -> None:
    """Print things exactly, one a line."""
    records: list[dict[str, Any]] = [
        {
            "id": one.holding.id,
            "what": one.holding.where,
            "item": one.key,
            "made": one.made.isoformat(),
            "bytes": one.size,
        }
        for one in items
    ]
    show(records, form, _ITEM_HEADERS, "Rien n’est à effacer.")
