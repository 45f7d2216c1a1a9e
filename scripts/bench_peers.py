"""The ways that people sync a Google spreadsheet with pandas, each as its own documentation shows it.

All do one job: read the tabs that people fill, compute with this package's own rules, write the robot's tabs. What
differs is how cells come and go.
"""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gspread
import pandas as pd
import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials

from eig_sheets.campaign.reading import read, schema_of
from eig_sheets.campaign.results import compute
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.outbox import outbox_status, previous_state_of
from eig_sheets.emails.outbox.records import records_of
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.sheet import cells_of
from eig_sheets.sync.sheets import result_sheets
from eig_sheets.workbook.google.capabilities import CAPABILITIES
from eig_sheets.workbook.model.cells import Link
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot

FOLDER = Path(__file__).parent.parent / "build" / "bench-peers"
LIBRARIES = ("gspread-dataframe", "gspread-pandas")
LACKING = ("decorator", "six")  # all else that they need is a dependency of ours
PIP = ("pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target", str(FOLDER))
SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")

Frames = dict[str, pd.DataFrame]
Emails = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """A spreadsheet on the local server."""

    url: str
    key_file: str
    book_id: str


class Redirected(requests.adapters.HTTPAdapter):
    """Sends to the local server what is meant for Google; it has no root folder, any file is as long to look up."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        target = urlsplit(str(request.url))
        path = target.path.replace("/files/root", f"/files/{self.place.book_id}")
        request.url = f"{self.place.url}{path}{'?' if target.query else ''}{target.query}"
        return super().send(request, **options)


def session_of(place: Place) -> AuthorizedSession:
    """A session of the service account's, as gspread makes it, but for where it leads."""
    credentials = Credentials.from_service_account_file(place.key_file, scopes=SCOPES)  # type: ignore[no-untyped-call]
    session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
    session.mount("https://", Redirected(place))
    return session


class Gspread:
    """`worksheet`, then `get_all_values` into a DataFrame; `clear` and `update` in a tab that is large enough."""

    def __init__(self, place: Place) -> None:
        session = session_of(place)
        self.book = gspread.Client(session.credentials, session).open_by_key(place.book_id)

    def frame(self, name: str) -> pd.DataFrame:
        headers, *rows = self.book.worksheet(name).get_all_values()
        return pd.DataFrame(rows, columns=headers)

    def write(self, name: str, frame: pd.DataFrame) -> None:
        tab, rows = self.book.worksheet(name), [frame.columns.tolist(), *frame.values.tolist()]
        tab.clear()
        if len(rows) > tab.row_count:
            tab.resize(len(rows))
        tab.update(rows)

    def append(self, name: str, rows: Emails) -> None:
        self.book.worksheet(name).append_rows(rows)

    def close(self) -> None:
        self.book.client.session.close()


class GspreadDataframe(Gspread):
    """`get_as_dataframe` and `set_with_dataframe`: numbers as such, texts kept as texts, no row left of before.

    Under headers that are frozen, Google wants at least one row: a table that has none gets a blank one.
    """

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.library = sys.modules["gspread_dataframe"]

    def frame(self, name: str) -> pd.DataFrame:
        tab = self.book.worksheet(name)
        found: pd.DataFrame = self.library.get_as_dataframe(tab, evaluate_formulas=True, dtype=object)
        return found

    def write(self, name: str, frame: pd.DataFrame) -> None:
        shown = frame.reindex([0], fill_value="") if frame.empty else frame
        self.library.set_with_dataframe(self.book.worksheet(name), shown, resize=True, string_escaping="full")


class GspreadPandas:
    """`sheet_to_df` and `df_to_sheet`, which writes texts: those of a French spreadsheet are given to it."""

    def __init__(self, place: Place) -> None:
        library = sys.modules["gspread_pandas"]
        session = session_of(place)
        client = library.Client(session=session, creds=session.credentials)
        self.spread = library.Spread(place.book_id, client=client)

    def frame(self, name: str) -> pd.DataFrame:
        found: pd.DataFrame = self.spread.sheet_to_df(index=0, sheet=name)
        return found

    def write(self, name: str, frame: pd.DataFrame) -> None:
        self.spread.df_to_sheet(frame.map(_typed_in_french), index=False, sheet=name, replace=True)

    def append(self, name: str, rows: Emails) -> None:
        self.spread.find_sheet(name).append_rows(rows)

    def close(self) -> None:
        self.spread.client.http_client.session.close()


def _typed_in_french(value: Any) -> Any:
    """What one would type for that value: a text by its apostrophe, a number with its comma."""
    if isinstance(value, str):
        return f"'{value}" if value else ""
    return str(value).replace(".", ",")


def peers() -> dict[str, Callable[[Place], Any]]:
    """Those that can be had: the two that are no dependency of ours are installed apart, the first time."""
    sys.path.append(str(FOLDER))  # last, so that pandas and gspread are those of everyone
    if not _have_libraries():
        subprocess.run((sys.executable, "-m", *PIP, *LIBRARIES, *LACKING), check=False)
    if _have_libraries():
        for name in LIBRARIES:
            importlib.import_module(_module(name))  # now, so that no sync is timed with it
        return {"gspread": Gspread, "gspread-dataframe": GspreadDataframe, "gspread-pandas": GspreadPandas}
    print(f"Compared with gspread alone, for want of: {' '.join((*PIP, *LIBRARIES, *LACKING))}")
    return {"gspread": Gspread}


def _have_libraries() -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(_module(name)) for name in (*LIBRARIES, *LACKING))


def _module(package: str) -> str:
    return package.replace("-", "_")


def sync(peer: Callable[[Place], Any], place: Place, session: Session) -> float:
    """The whole job done by a peer; the seconds of it that were computing."""
    book = peer(place)
    frames = {tab.name: book.frame(tab.name) for tab in schema_of(session.campaign).tabs}
    start = time.perf_counter()
    written, emails = computed(frames, session)
    seconds = time.perf_counter() - start
    for name, frame in written.items():
        book.write(name, frame)
    if emails:
        book.append(schema_of(session.campaign).tab("emails").name, emails)
    book.close()
    return seconds


def computed(frames: Mapping[str, pd.DataFrame], session: Session) -> tuple[Frames, Emails]:
    """What the robot's tabs should hold, and the rows to add to the outbox: by the rules of this package."""
    campaign = session.campaign
    tabs = tuple(TabSnapshot(name, _rows(frame)) for name, frame in frames.items())
    reading = read(Snapshot(tabs, capabilities=CAPABILITIES), campaign)
    results = compute(reading)
    previous = previous_state_of(rows_of(reading), records_of(reading), {})
    status = outbox_status(reading, results, session.templates, session.clock.today, previous, {})
    sheets = result_sheets(reading, results, status.lines)
    fields = [field.id for field in reading.schema.tab("emails").fields]
    rows = [cells_of(draft, draft.outcome) for draft in status.added if isinstance(draft.outcome, Message)]
    emails = [[row.get(field, "") for field in fields] for row in rows]
    return {sheet.name: _frame(sheet) for sheet in sheets.values()}, emails


def _rows(frame: pd.DataFrame) -> list[list[Any]]:
    whole = frame.astype(object)
    cells = whole.where(whole.notna() & (whole != ""), None)
    return [frame.columns.tolist(), *cells.values.tolist()]


def _frame(sheet: Sheet) -> pd.DataFrame:
    rows = [
        ["" if cell is None else cell.text if isinstance(cell, Link) else cell for cell in row] for row in sheet.rows
    ]
    return pd.DataFrame(rows, columns=[column.header for column in sheet.columns], dtype=object)
