"""Records as the bytes of a CSV (RFC 4180, UTF-8) and of a JSON: the same for the same records. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from eig_sheets.text import csv_cells
from eig_sheets.text.printable import printable

Record = dict[str, Any]


def csv_bytes(records: Sequence[Record]) -> bytes:
    """A header and a line a record, at least one; no cell is taken for a formula by a spreadsheet program."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(records[0])
    writer.writerows([[_cell(value) for value in record.values()] for record in records])
    return text.getvalue().encode()


def json_bytes(value: Any) -> bytes:
    """A JSON that people can read, keys in their order."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _cell(value: Any) -> Any:
    return csv_cells.escaped(printable(value)) if isinstance(value, str) else value
