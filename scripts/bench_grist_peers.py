"""The ways that people sync a Grist document with pandas: pygrister's upserts, and the `sync_table` of grist_api.

Tables and columns are known by their ids, as in any program that uses these clients. Records go by parts, since Grist
refuses requests of more than 1 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import grist_api
import pandas as pd
from bench_grist_server import Place
from bench_job import Emails, PeerBook
from pygrister.api import GristApi

from eig_sheets.spreadsheet.grist.identifiers import column_in, table_id
from eig_sheets.spreadsheet.grist.reading import CAPABILITIES
from eig_sheets.workbook.fields import Kind, TabSchema

PART = 250
"""Records of one request: the longest, e-mails, have about 3 kB."""
ZONE = ZoneInfo("Europe/Paris")
KEYS = {
    "Classement": ["N° de dossier"],
    "Cofinancement": ["N° de dossier"],
    "Éligibilité": ["N° de dossier"],
    "Envois": ["Id"],
}
"""The headers that tell rows apart; all of them in the other robot's tables."""

Records = list[dict[str, Any]]


def ids_of(table: str, headers: Sequence[str]) -> list[str]:
    """The ids of the columns of a table that we made with those labels."""
    taken: list[str] = []
    for header in headers:
        taken.append(column_in(table, header, taken))
    return taken


class Pygrister:
    """`list_records` into a DataFrame; `add_update_records` by key, then `delete_rows` of those that are too many."""

    capabilities = CAPABILITIES

    def __init__(self, place: Place) -> None:
        self.api = GristApi(
            {
                "GRIST_API_KEY": place.key,
                "GRIST_SELF_MANAGED": "Y",
                "GRIST_SELF_MANAGED_HOME": place.url,
                "GRIST_DOC_ID": place.document,
            }
        )
        self.api.open_session()

    def frame(self, tab: TabSchema) -> pd.DataFrame:
        return frame_of(pd.DataFrame(self.api.list_records(table_id(tab.name, ()))[1]), tab)

    def write(self, name: str, frame: pd.DataFrame) -> None:
        table = table_id(name, ())
        keys = ids_of(table, KEYS.get(name, [*frame.columns]))
        rows = records_of(table, frame)
        upserts = [{"require": {key: row.pop(key) for key in keys}, "fields": row} for row in rows]
        for part in parts(upserts):
            self.api.add_update_records(table, part)
        wanted = {(*upsert["require"].values(),) for upsert in upserts}
        there = self.api.list_records(table)[1]
        if gone := [row["id"] for row in there if tuple(row[key] or None for key in keys) not in wanted]:
            self.api.delete_rows(table, gone)

    def append(self, tab: TabSchema, rows: Emails) -> None:
        frame = pd.DataFrame(rows, columns=[field.header for field in tab.fields], dtype=object)
        for part in parts(records_of(table_id(tab.name, ()), frame)):
            self.api.add_records(table_id(tab.name, ()), part)

    def close(self) -> None:
        self.api.close_session()


class GristApiClient:
    """`fetch_table` into a DataFrame; `sync_table`, then `delete_records` of those that are too many."""

    capabilities = CAPABILITIES

    def __init__(self, place: Place) -> None:
        self.api = grist_api.GristDocAPI(place.document, api_key=place.key, server=place.url)

    def frame(self, tab: TabSchema) -> pd.DataFrame:
        return frame_of(pd.DataFrame(self.api.fetch_table(table_id(tab.name, ()))), tab)

    def write(self, name: str, frame: pd.DataFrame) -> None:
        table = table_id(name, ())
        ids = ids_of(table, [*frame.columns])
        keys = ids_of(table, KEYS.get(name, [*frame.columns]))
        there = self.api.fetch_table(table)
        rows = [*pd.DataFrame(records_of(table, frame), columns=ids, dtype=object).itertuples(index=False)]
        others = [(name, name) for name in ids if name not in keys]
        self.api.sync_table(table, rows, [(name, name) for name in keys], others, grist_fetch=there, chunk_size=PART)
        wanted = {tuple(getattr(row, key) for key in keys) for row in rows}
        if gone := [row.id for row in there if tuple(getattr(row, key) or None for key in keys) not in wanted]:
            self.api.delete_records(table, gone)

    def append(self, tab: TabSchema, rows: Emails) -> None:
        frame = pd.DataFrame(rows, columns=[field.header for field in tab.fields], dtype=object)
        table = table_id(tab.name, ())
        self.api.add_records(table, records_of(table, frame), chunk_size=PART)

    def close(self) -> None:
        """Nothing to close: each call has a connection of its own."""


def frame_of(records: pd.DataFrame, tab: TabSchema) -> pd.DataFrame:
    """Records under the headers of a people's table, days and moments as such."""
    ids = ids_of(table_id(tab.name, ()), [field.header for field in tab.fields])
    frame = records.reindex(columns=ids).astype(object)
    for name, field in zip(ids, tab.fields, strict=True):
        if field.kind in (Kind.DATE, Kind.DATETIME):
            zone = UTC if field.kind is Kind.DATE else ZONE
            frame[name] = frame[name].map(lambda value, zone=zone: _moment(value, zone))
    return frame.set_axis([field.header for field in tab.fields], axis="columns")


def _moment(value: Any, zone: Any) -> Any:
    if isinstance(value, (int, float)) and not pd.isna(value):
        return datetime.fromtimestamp(value, zone).replace(tzinfo=None)
    return value


def records_of(table: str, frame: pd.DataFrame) -> Records:
    """The rows by ids of columns, moments as the seconds that Grist counts."""
    stored = frame.set_axis(ids_of(table, [*frame.columns]), axis="columns").map(_stored).astype(object)
    found: Records = stored.where(stored.notna() & (stored != ""), None).to_dict("records")
    return found


def _stored(value: Any) -> Any:
    """What Grist holds of a value: a moment in the zone of its column, a day as midnight UTC."""
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=UTC if value.time() == time.min else ZONE).timestamp()


def parts(records: Records) -> Iterator[Records]:
    """As many records as one request takes, each time."""
    rest = iter(records)
    while part := [*islice(rest, PART)]:
        yield part


def peers() -> dict[str, Callable[[Place], PeerBook]]:
    """All of them."""
    return {"pygrister": Pygrister, "grist_api": GristApiClient}
