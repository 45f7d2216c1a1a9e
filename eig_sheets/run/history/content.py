"""What the history keeps of a run, as JSON, without a name: inputs, results, tabs.

An answer that is a number, a date or one of the words that the call offers is kept as it is; free text is kept as a
keyed digest in a list, which tells that it changed, not what it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import pandas as pd

from eig_sheets import __version__
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.report.ranking_inputs import juror_names, record_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.spreadsheet.model.cells import WrittenValue, as_read
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.workbook.fields import Field, Kind

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
    """The JSON of a value that JSON lacks: a tagged date, else the text that a cell shows."""
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_MOMENT: datetime.combine(value, time.min).isoformat()}
    shown = as_read(value)
    return shown if isinstance(shown, (str, float, bool)) or shown is None else str(value)


def kept_tab(name: str, content: bytes) -> KeptTab:
    """The tab that `kept_tabs` wrote as this JSON."""
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


_BYTES = 8


def pseudonym(key: bytes, *parts: str) -> str:
    """The keyed digest of these texts, in hexadecimal."""
    return hashlib.blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=_BYTES, key=key).hexdigest()


def of_juror(key: bytes, address: str) -> str:
    """The pseudonym of a juror, the same from one run to the next."""
    return pseudonym(key, "juror", address)


def key_id(key: bytes) -> str:
    """The id of a key: whether two runs have pseudonyms of the same key."""
    return pseudonym(key, "key")


Content = Mapping[str, Any]

TAB: Final = "candidatures"
_TYPED: Final = frozenset((Kind.INTEGER, Kind.YEARS, Kind.AMOUNT, Kind.SCORE, Kind.DATE, Kind.DATETIME, Kind.YES_NO))
_BLANK: Final = ((), "")
_MONEY: Final = ("status", "route", "amount_min", "amount_max")


def content_of(reading: Reading, results: Results, key: bytes) -> bytes:
    """The JSON of a run, the same bytes for the same data. The workbook of candidates alone has no ranking."""
    return json.dumps(_content(reading, results, key), ensure_ascii=False, separators=(",", ":")).encode()


def has_ranking(content: Content) -> bool:
    """Whether the run ranked dossiers."""
    return "ranking" in content


def _content(reading: Reading, results: Results, key: bytes) -> Content:
    if not reading.owns(TAB):
        return {"program": __version__}
    call, jury = reading.campaign.campaign.last_moment, _end_of(reading.campaign.scoring.closes)
    return {
        **record_of(reading, results),
        "key": key_id(key),
        "jurors": {name: of_juror(key, address) for address, name in juror_names(results).items()},
        "deadlines": {"call": call.isoformat(), "jury": jury.isoformat() if jury else None},
        "answers": _answers(reading, results, key),
        "reasons": _reasons(results),
        "cofinancing": _money(results),
    }


def _end_of(closes: date | datetime | None) -> datetime | None:
    """The last second of a day, or the moment itself."""
    if closes is None or isinstance(closes, datetime):
        return closes
    return datetime.combine(closes, time(23, 59, 59))


def _answers(reading: Reading, results: Results, key: bytes) -> dict[str, dict[str, Any]]:
    """The answers in the row of each dossier, by field; blanks are left out."""
    table = results.of(APPLICATIONS).dossiers
    numbers = [str(numero) for numero in table["numero"]]
    answers: dict[str, dict[str, Any]] = {numero: {} for numero in numbers}
    schema = reading.schema.tab(TAB)
    for field in schema.fields:
        if field.id in table and field.id != schema.key:
            filled = table[field.id].notna().tolist()
            for numero, value, is_filled in zip(numbers, table[field.id].tolist(), filled, strict=True):
                if is_filled and value not in _BLANK:
                    answers[numero][field.id] = _kept(field, value, numero, key)
    return answers


def _kept(field: Field, value: Any, numero: str, key: bytes) -> Any:
    if field.kind in _TYPED:
        return _plain(value)
    if field.kind is Kind.CHOICE and value in field.choices:
        return value
    text = "\t".join(value) if isinstance(value, tuple) else str(value)
    return [pseudonym(key, numero, field.id, text)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value.item() if hasattr(value, "item") else value


def _reasons(results: Results) -> dict[str, list[str]]:
    """Why each dossier is not simply eligible: codes and fields."""
    pairs = zip(
        results.of(APPLICATIONS).dossiers["numero"], results.of(APPLICATIONS).eligibility["reasons"], strict=True
    )
    return {str(numero): [" ".join(reason) for reason in reasons] for numero, reasons in pairs if reasons}


def _money(results: Results) -> dict[str, dict[str, Any]]:
    table = results.of(COFINANCING)
    columns = [[_money_value(value) for value in table[name].tolist()] for name in _MONEY]
    rows = zip(*columns, strict=True)
    return {str(numero): dict(zip(_MONEY, row, strict=True)) for numero, row in zip(table["numero"], rows, strict=True)}


def _money_value(value: Any) -> Any:
    return None if pd.isna(value) else str(value) if isinstance(value, str) else _plain(value)
