"""The tabs of a workbook as a run left them, as JSON: people's as it read them, the robot's as it wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.workbook.model.cells import WrittenValue, as_read
from eig_sheets.workbook.model.sheet import Sheet

_MOMENT: Final = "moment"

Row = tuple[WrittenValue, ...]


@dataclass(frozen=True, slots=True)
class KeptTab:
    """A tab: its name; the id of a robot's, '' for people's; the lines above its headers, these, the rows below."""

    name: str
    robot_id: str
    above: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def kept_tabs(reading: Reading, sheets: Mapping[str, Sheet]) -> Iterator[tuple[str, bytes]]:
    """The name and the JSON of each tab that a run knew; `sheets`: the robot's, by id, as the run wrote them."""
    robots = {name: tab_id for tab_id, name in reading.layout.robot_tabs.items()}
    rows = {tab.name: tab.header_row for tab in reading.layout.tabs.values()}
    for tab in reading.snapshot.tabs:
        if robots.get(tab.name) not in sheets:
            top = rows.get(tab.name, 1)
            yield tab.name, _as_json("", _lines(tab.rows[: top - 1]), tab.rows[top - 1 :])
    for tab_id, sheet in sheets.items():
        headers = [column.header for column in sheet.columns]
        yield sheet.name, _as_json(tab_id, _lines([[line] for line in sheet.banner]), [headers, *sheet.rows])


def _lines(rows: Iterable[Sequence[Any]]) -> list[str]:
    """The texts of each row, in one line."""
    read = ((as_read(value) for value in row) for row in rows)
    return [" ".join(str(value) for value in row if value is not None) for row in read]


def _as_json(robot_id: str, above: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    content = {"robot": robot_id, "above": above, "rows": rows}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_encoded).encode(
        "utf-8", "surrogatepass"
    )


def _encoded(value: Any) -> Any:
    """What JSON does not know: a date as such, anything else as a cell shows it."""
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_MOMENT: datetime.combine(value, time.min).isoformat()}
    shown = as_read(value)
    return shown if isinstance(shown, (str, float, bool)) or shown is None else str(value)


def kept_tab(name: str, content: bytes) -> KeptTab:
    """The tab of that JSON."""
    kept = json.loads(content.decode("utf-8", "surrogatepass"))
    headers, *rows = kept["rows"] or [[]]
    width = max((len(row) for row in (headers, *rows)), default=0)
    return KeptTab(
        name,
        kept["robot"],
        tuple(kept["above"]),
        tuple(
            "" if header is None else str(_decoded(header)) for header in (*headers, *[None] * (width - len(headers)))
        ),
        tuple(tuple(map(_decoded, (*row, *[None] * (width - len(row))))) for row in rows),
    )


def _decoded(value: Any) -> WrittenValue:
    decoded: WrittenValue = datetime.fromisoformat(value[_MOMENT]) if isinstance(value, dict) else value
    return decoded
