"""Records kept in the table of marks: e-mails that left, types of the columns of robot's tables. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist.document import MARKS, SENT_MARK, TYPES_MARK, Document, KeptSent, KeptTypes
from eig_sheets.spreadsheet.grist.work import Action, WorkTable, parts
from eig_sheets.spreadsheet.model.snapshot import SentMark

_SENT: Final = re.compile(rf"{SENT_MARK}(.+) ([0-9a-f]{{16}})", re.DOTALL)


def sent_of(records: Iterable[Mapping[str, Any]]) -> Iterator[KeptSent]:
    """The e-mails that left, by the rows of the table of marks."""
    for row in records:
        if match := _SENT.fullmatch(str(row.get("repere"))):
            yield KeptSent(row["id"], SentMark(match[1], match[2], str(row.get("aspect") or "")))


def types_of(records: Iterable[Mapping[str, Any]]) -> Iterator[KeptTypes]:
    """The types of columns, by the rows of the table of marks."""
    for row in records:
        if row.get("repere") == TYPES_MARK and isinstance(row["table_ref"], int):
            yield KeptTypes(row["id"], row["table_ref"], _read(row.get("aspect")))


def _read(text: object) -> Mapping[str, str]:
    try:
        read = json.loads(str(text))
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def sent_actions(sent: Sequence[SentMark], document: Document) -> Iterator[Action]:
    """The actions after which the table of marks keeps these e-mails and no other: what is so already stays."""
    wanted = {mark.id: mark for mark in sent}
    there: dict[str, KeptSent] = {}
    for kept in document.sent:
        there.setdefault(kept.mark.id, kept)
    gone = [kept.row_id for kept in document.sent if there[kept.mark.id] is not kept or kept.mark.id not in wanted]
    changed = [(there[id_].row_id, mark) for id_, mark in wanted.items() if id_ in there and there[id_].mark != mark]
    new = [(None, mark) for id_, mark in wanted.items() if id_ not in there]
    for kind, rows in (("BulkAddRecord", new), ("BulkUpdateRecord", changed)):
        for part in parts(rows, lambda row: (row[1].id, row[1].digest, row[1].state)):
            yield [kind, MARKS, [row_id for row_id, _ in part], _cells([mark for _, mark in part])]
    for row_ids in parts(gone, lambda _: ()):
        yield ["BulkRemoveRecord", MARKS, row_ids]


def _cells(marks: Sequence[SentMark]) -> dict[str, list[str]]:
    return {
        "repere": [f"{SENT_MARK}{mark.id} {mark.digest}" for mark in marks],
        "aspect": [mark.state for mark in marks],
    }


def types_actions(table: WorkTable, document: Document) -> Iterator[Action]:
    """The actions after which the table of marks keeps the types of a robot's table as a batch leaves them."""
    types = {column.id: column.type for column in table.columns}
    kept = document.types.get(table.source.ref) if table.source else None
    text = json.dumps(types, ensure_ascii=False)
    if kept is None:
        yield ["AddRecord", MARKS, None, {"table_id": table.id, "col_id": "", "repere": TYPES_MARK, "aspect": text}]
    elif dict(kept.types) != types:
        yield ["UpdateRecord", MARKS, kept.row_id, {"aspect": text}]
