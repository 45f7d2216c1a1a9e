"""The ways that people sync a Google spreadsheet with pandas, each as its own documentation shows it."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gspread
import pandas as pd
import requests
from bench_job import Emails, PeerBook
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials

from eig_sheets.spreadsheet.google.reading import CAPABILITIES
from eig_sheets.workbook.fields import TabSchema

FOLDER = Path(__file__).parent.parent / "build" / "bench-peers"
LIBRARIES = ("gspread-dataframe", "gspread-pandas")
LACKING = ("decorator", "six")  # all else that they need is a dependency of ours
PIP = ("pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target", str(FOLDER))
SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")


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

    capabilities = CAPABILITIES

    def __init__(self, place: Place) -> None:
        session = session_of(place)
        self.book = gspread.Client(session.credentials, session).open_by_key(place.book_id)

    def frame(self, tab: TabSchema) -> pd.DataFrame:
        headers, *rows = self.book.worksheet(tab.name).get_all_values()
        return pd.DataFrame(rows, columns=headers)

    def write(self, name: str, frame: pd.DataFrame) -> None:
        tab, rows = self.book.worksheet(name), [frame.columns.tolist(), *frame.map(_stored).values.tolist()]
        tab.clear()
        if len(rows) > tab.row_count:
            tab.resize(len(rows))
        tab.update(rows)

    def append(self, tab: TabSchema, rows: Emails) -> None:
        self.book.worksheet(tab.name).append_rows(rows)

    def close(self) -> None:
        self.book.client.session.close()


class GspreadDataframe(Gspread):
    """`get_as_dataframe` and `set_with_dataframe`: numbers as such, texts kept as texts, no row left of before.

    Under headers that are frozen, Google wants at least one row: a table that has none gets a blank one.
    """

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.library = sys.modules["gspread_dataframe"]

    def frame(self, tab: TabSchema) -> pd.DataFrame:
        sheet = self.book.worksheet(tab.name)
        found: pd.DataFrame = self.library.get_as_dataframe(sheet, evaluate_formulas=True, dtype=object)
        return found

    def write(self, name: str, frame: pd.DataFrame) -> None:
        shown = frame.reindex([0], fill_value="") if frame.empty else frame.map(_stored)
        self.library.set_with_dataframe(self.book.worksheet(name), shown, resize=True, string_escaping="full")


class GspreadPandas:
    """`sheet_to_df` and `df_to_sheet`, which writes texts: those of a French spreadsheet are given to it."""

    capabilities = CAPABILITIES

    def __init__(self, place: Place) -> None:
        library = sys.modules["gspread_pandas"]
        session = session_of(place)
        client = library.Client(session=session, creds=session.credentials)
        self.spread = library.Spread(place.book_id, client=client)

    def frame(self, tab: TabSchema) -> pd.DataFrame:
        found: pd.DataFrame = self.spread.sheet_to_df(index=0, sheet=tab.name)
        return found

    def write(self, name: str, frame: pd.DataFrame) -> None:
        self.spread.df_to_sheet(frame.map(_typed_in_french), index=False, sheet=name, replace=True)

    def append(self, tab: TabSchema, rows: Emails) -> None:
        self.spread.find_sheet(tab.name).append_rows(rows)

    def close(self) -> None:
        self.spread.client.http_client.session.close()


def _stored(value: Any) -> Any:
    """What Sheets holds of a value: a date is its day, counted from 30 December 1899."""
    return (value - datetime(1899, 12, 30)) / timedelta(days=1) if isinstance(value, datetime) else value


def _typed_in_french(value: Any) -> Any:
    """What one would type for that value: a text by its apostrophe, a number with its comma."""
    if isinstance(value, str):
        return f"'{value}" if value else ""
    return str(_stored(value)).replace(".", ",")


def peers() -> dict[str, Callable[[Place], PeerBook]]:
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
