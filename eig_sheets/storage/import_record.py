"""What an import wrote in a workbook, as it is kept so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eig_sheets.storage import received
from eig_sheets.storage.received import Received


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import: when, of which file; the digest of each row that it added, by number; the cells that it filled.

    `filled` are (number of the dossier, id of the field). `brought`: the seal of what it left known of each field, by
    number and id, where it changed it; `before`: what was known of these fields, personal data included. `written`: the
    workbook surely has them; otherwise they were about to be written when this was kept. `undone`: it was asked to be.
    `tab`: the id of the tab where they are.
    """

    at: datetime
    source: str
    rows: Mapping[str, str]
    filled: tuple[tuple[str, str], ...] = ()
    written: bool = False
    undone: bool = False
    brought: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    before: Received = field(default_factory=Received)
    tab: str = "candidatures"


def as_json(record: ImportRecord) -> dict[str, Any]:
    """What `from_json` reads."""
    return {
        "at": record.at.isoformat(),
        "source": record.source,
        "rows": dict(record.rows),
        "filled": record.filled,
        "written": record.written,
        "undone": record.undone,
        "brought": {number: dict(fields) for number, fields in record.brought.items()},
        "before": received.as_json(record.before),
        "tab": record.tab,
    }


def from_json(stored: Mapping[str, Any]) -> ImportRecord:
    """The record of stored JSON. Raises TypeError, ValueError, KeyError, AttributeError on anything else."""
    return ImportRecord(
        datetime.fromisoformat(stored["at"]),
        str(stored["source"]),
        {str(number): str(digest) for number, digest in stored["rows"].items()},
        tuple((str(number), str(field)) for number, field in stored["filled"]),
        bool(stored["written"]),
        bool(stored["undone"]),
        {str(number): dict(fields) for number, fields in stored.get("brought", {}).items()},
        received.from_json(stored.get("before", {})),
        str(stored.get("tab", "candidatures")),
    )
