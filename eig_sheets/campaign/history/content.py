"""What the history keeps of a run, as JSON: the inputs of its ranking, its results, answers without anything personal.

An answer that is a number, a date or one of the words that the call offers is kept as it is; free text is kept as a
keyed digest in a list, which tells that it changed, not what it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

import pandas as pd

from eig_sheets import __version__
from eig_sheets.campaign.history.pseudonyms import key_id, of_juror, pseudonym
from eig_sheets.campaign.ranking_inputs import juror_names, record_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.workbook.fields import Field, Kind

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
    """What the row of each dossier says, by field; blanks are left out."""
    table = results.dossiers
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
    pairs = zip(results.dossiers["numero"], results.eligibility["reasons"], strict=True)
    return {str(numero): [" ".join(reason) for reason in reasons] for numero, reasons in pairs if reasons}


def _money(results: Results) -> dict[str, dict[str, Any]]:
    table = results.cofinancing
    columns = [[_money_value(value) for value in table[name].tolist()] for name in _MONEY]
    rows = zip(*columns, strict=True)
    return {str(numero): dict(zip(_MONEY, row, strict=True)) for numero, row in zip(table["numero"], rows, strict=True)}


def _money_value(value: Any) -> Any:
    return None if pd.isna(value) else str(value) if isinstance(value, str) else _plain(value)
