"""The registry of backends: which kind of workbook a location names, and how it is opened.

A new backend is an entry of BACKENDS, a package, and a desk in the tests, which run the contract of `Workbook` on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from eig_sheets.spreadsheet.google.remembered import Remembered

if TYPE_CHECKING:
    from eig_sheets.spreadsheet.forms import OnlinePages
    from eig_sheets.spreadsheet.grist.book import GristWorkbook
    from eig_sheets.spreadsheet.model.base import Workbook
    from eig_sheets.spreadsheet.model.diagnosis import Finding
    from eig_sheets.spreadsheet.model.dropped_files import DroppedFile


class LocalState(Remembered, Protocol):
    """The state of a workbook that this machine keeps from one run to the next."""

    @property
    def versions(self) -> Path:
        """The folder of its earlier versions."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What opening a workbook may need: environment variables, its local state, who decides, the time zone."""

    environment: Mapping[str, str]
    local_state: LocalState
    officers: Sequence[str] = ()
    zone: str = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Backend:
    """A kind of workbook. `place` normalizes a location, however people spelled it; it and `open` raise WorkbookError.

    A location is a URL or a key, or an absolute path. `pages` gives the pages online of jurors, where there are such:
    in a folder ('': the person's own drive), for a campaign. `identity` reads that of a file ('': none, or no file;
    None: it cannot be read), and is None for a kind of workbook that never moves. `accounts` tells what each account
    that a workbook is shared with sees of it, where accounts can be told apart; it raises WorkbookError.
    `files` lists those that people dropped beside a workbook online, in a folder ('': none), with the credentials of an
    environment; it raises WorkbookError.
    """

    name: str
    accepts: Callable[[str], bool]
    place: Callable[[str], str]
    open: Callable[[str, Resources], Workbook]
    pages: Callable[[Resources, str, str], OnlinePages] | None = None
    identity: Callable[[str], str | None] | None = None
    accounts: Callable[[str, Resources], Iterable[Finding]] | None = None
    files: Callable[[str, Mapping[str, str], str], Iterable[DroppedFile]] | None = None


def _is_google(location: str) -> bool:
    from eig_sheets.spreadsheet.google.address import is_on_google
    from eig_sheets.spreadsheet.locations import is_online

    return is_online(location) and is_on_google(location)


def _google_place(location: str) -> str:
    from eig_sheets.spreadsheet.google.address import key_of

    return key_of(location)


def _open_google(place: str, resources: Resources) -> Workbook:
    from eig_sheets.spreadsheet.google.book import GoogleWorkbook
    from eig_sheets.spreadsheet.google.client import connect

    return GoogleWorkbook(place, connect(resources.environment), resources.local_state, resources.officers)


def _google_pages(resources: Resources, folder: str, campaign: str) -> OnlinePages:
    from eig_sheets.spreadsheet.google.client import connect
    from eig_sheets.spreadsheet.google.credentials import ALL_FILES, OWN_FILES
    from eig_sheets.spreadsheet.google.drive import Drive
    from eig_sheets.spreadsheet.google.pages import GooglePages

    client = connect(resources.environment, scopes=ALL_FILES if folder else OWN_FILES)
    return GooglePages(Drive(client, folder), campaign, resources.zone)


def _files_of_google(_place: str, environment: Mapping[str, str], folder: str) -> Iterable[DroppedFile]:
    from eig_sheets.spreadsheet.google.client import connect
    from eig_sheets.spreadsheet.google.credentials import READ_FILES
    from eig_sheets.spreadsheet.google.dropped_files import dropped_files

    return dropped_files(connect(environment, scopes=READ_FILES), folder) if folder else ()


def _is_grist(location: str) -> bool:
    from eig_sheets.spreadsheet.grist.address import is_web_address

    return is_web_address(location)


def _grist_place(location: str) -> str:
    from eig_sheets.spreadsheet.grist.address import address_of

    return address_of(location).url


def _open_grist(place: str, resources: Resources) -> GristWorkbook:
    from eig_sheets.spreadsheet.grist.address import address_of
    from eig_sheets.spreadsheet.grist.book import GristWorkbook
    from eig_sheets.spreadsheet.grist.client import Client, key_of

    client = Client(address_of(place), key_of(resources.environment))
    return GristWorkbook(client, resources.officers, resources.zone)


def _files_of_grist(place: str, environment: Mapping[str, str], _folder: str) -> Iterable[DroppedFile]:
    from eig_sheets.spreadsheet.grist.address import address_of
    from eig_sheets.spreadsheet.grist.client import Client, key_of
    from eig_sheets.spreadsheet.grist.dropped_files import dropped_files

    return dropped_files(Client(address_of(place), key_of(environment)))


def _accounts_of_grist(place: str, resources: Resources) -> Iterable[Finding]:
    return _open_grist(place, resources).prove_access()


def _open_xlsx(place: str, resources: Resources) -> Workbook:
    from eig_sheets.spreadsheet.xlsx import XlsxWorkbook

    return XlsxWorkbook(place, resources.local_state.versions)


def _xlsx_identity(place: str) -> str | None:
    from eig_sheets.spreadsheet.xlsx.book import identity_of

    return identity_of(place)


GOOGLE = Backend("google", _is_google, _google_place, _open_google, _google_pages, files=_files_of_google)
XLSX = Backend("xlsx", lambda _: True, lambda location: location, _open_xlsx, identity=_xlsx_identity)
GRIST = Backend("grist", _is_grist, _grist_place, _open_grist, accounts=_accounts_of_grist, files=_files_of_grist)
BACKENDS = [GOOGLE, GRIST, XLSX]
"""In the order in which they are asked: any other web page may be Grist's, what nobody else accepts is a file."""


def backend_of(location: str) -> Backend:
    """The first backend that accepts a location."""
    return next(backend for backend in BACKENDS if backend.accepts(location))


def identity_at(place: str) -> str:
    """The identity of the file at a place; '' when it is absent or has none, and for what is online."""
    read = backend_of(place).identity
    return (read(place) or "") if read else ""


def is_at(place: str, identity: str) -> bool:
    """Whether the workbook at a place has that identity, or may have it, as a file that cannot be read.

    What is online stays where it is.
    """
    read = backend_of(place).identity
    return read is None or read(place) in (identity, None)


def is_same(place: str, other: str) -> bool:
    """Whether two places are the same file."""
    try:
        return backend_of(place).identity is not None and Path(place).samefile(other)
    except (OSError, ValueError):
        return False


def resolved(place: str) -> str:
    """The place itself: of a file, with links resolved."""
    return place if backend_of(place).identity is None else realpath(place)
