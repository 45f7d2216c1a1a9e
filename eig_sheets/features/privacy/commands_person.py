"""`person show`: everything that is kept of a person, wherever it is, so that their right of access takes a minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from eig_sheets.campaign.reading import read
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.addresses import AddressError, addresses
from eig_sheets.features.privacy.files_documents import UnreadableError
from eig_sheets.features.privacy.files_inventory import produced_files
from eig_sheets.features.privacy.files_stored import StoredFile, files_in
from eig_sheets.features.privacy.files_texts import texts_beside_cells, texts_in
from eig_sheets.features.privacy.register import holding_named, kept_in
from eig_sheets.features.privacy.workbook_search import Match, Person, cells_of, identified
from eig_sheets.personal_data import Place
from eig_sheets.spreadsheet.google.remembered import NothingRemembered
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.records import FILE
from eig_sheets.storage.state import State
from eig_sheets.text.french import plural
from eig_sheets.workbook.schema import WORKBOOKS
from eig_sheets.workbook.table import Col, Table


class _Kept(NamedTuple):
    """Something that is kept of the person: in a cell, else in a part of a file. `holding`: its id in the register."""

    source: str
    place: str
    cell: str
    header: str
    match: str
    value: Any
    holding: str


_TABLE: Final = Table[_Kept](
    Col("source", "Où"),
    Col("place", "Onglet ou fichier"),
    Col("cell", "Cellule ou endroit"),
    Col("header", "Colonne"),
    Col("match", "Trouvé par"),
    Col("value", "Valeur"),
    Col("holding"),
)
_UNREADABLE = "illisible"


@click.command("show", cls=ReadingCommand)
@click.argument("address", metavar="E-MAIL")
@click.pass_obj
def show_person(session: Session, address: str, form: str) -> None:
    """Montre tout ce qui est gardé d’une personne, sans rien écrire : classeur, dossier d’état, fichiers produits.

    Chaque cellule du classeur est nommée : onglet, cellule, en-tête. La personne est cherchée par son adresse, puis par
    les noms qui l’accompagnent dans le classeur (les deux, si les candidats ont le leur) ; les lignes qui la concernent
    sont données entières. Les fichiers sont ceux du dossier d’état, du dossier du classeur, d’ici, et des dossiers de
    [retention] folders et [jury] received.
    """
    asked = _one_address(address)
    sessions = session.everywhere
    snapshots = [_snapshot(workbook) for workbook in sessions]
    layouts = [
        read(snapshot, workbook.campaign.with_every_feature()).layout.tabs
        for workbook, (snapshot, _) in zip(sessions, snapshots, strict=True)
    ]
    somebody = Person(asked)
    for tabs in layouts:
        somebody = identified(somebody, tabs, session.campaign.features)
    with session.step("Recherche"):
        kept = [
            one_kept
            for workbook, (snapshot, unread), tabs in zip(sessions, snapshots, layouts, strict=True)
            for one_kept in (
                *_in_workbook(workbook, somebody, snapshot, tabs),
                *([] if unread else _beside_cells(workbook, somebody)),
            )
        ]
        kept += _in_files(session, somebody)
    show(_TABLE, kept, form, "Rien n’est gardé sous cette adresse.")
    unreadable = sum(item.match == _UNREADABLE for item in kept)
    why_not = " ".join(unread for _, unread in snapshots if unread)
    if why_not:
        raise Refusal(f"{why_not} La réponse ne dit donc rien du classeur : relancez quand il pourra être lu.")
    if unreadable:
        raise Refusal(
            f"{plural(unreadable, 'fichier n’a pas pu être lu', 'fichiers n’ont pas pu être lus')} : la réponse est "
            "incomplète. Ouvrez-les vous-même, ou réparez-les, puis relancez."
        )


def _one_address(typed: str) -> str:
    """The address that was typed, alone. Raises UsageError: of one that nobody can have, nothing is ever found."""
    try:
        parsed = addresses(typed, accents=True)
    except AddressError as error:
        raise click.UsageError(f"{error} Rien n’a été cherché.") from None
    if len(parsed) != 1:
        raise click.UsageError(f"« {typed} » n’est pas une adresse e-mail : donnez-en une. Rien n’a été cherché.")
    return parsed[0].address


def _snapshot(session: Session) -> tuple[Snapshot, str]:
    """The workbook as it is, or nothing of it and why it cannot be read; what is known of it here stays as it is."""
    try:
        with session.step("Lecture du classeur"):
            return session.opened(_StateToRead(session.state_as_it_is)).read(), ""
    except WorkbookError as error:
        return Snapshot(()), str(error)


class _StateToRead(NothingRemembered):
    """The state of a workbook that is only read: what reading would save of it is not saved."""

    def __init__(self, state: State) -> None:
        self._state = state

    @property
    def versions(self) -> Path:
        """Where earlier versions are."""
        return self._state.versions

    def last_response_size(self) -> int | None:
        """The size of the last answer."""
        return self._state.last_response_size()


def _in_workbook(session: Session, somebody: Person, snapshot: Snapshot, layouts: Any) -> Iterator[_Kept]:
    workbook = _workbook(session)
    for cell in cells_of(somebody, snapshot, layouts, session.campaign.features):
        value = _plain(cell.value)
        yield _Kept(workbook, cell.tab, cell.cell, cell.header, cell.match.value, value, "classeur")


def _beside_cells(session: Session, somebody: Person) -> Iterator[_Kept]:
    """What a workbook that is a file holds of the person elsewhere than in the values of its cells."""
    path = Path(session.place)
    if path.is_file():
        for where, match in _matches(somebody, texts_beside_cells(path)):
            yield _Kept(_workbook(session), str(path), where, "", match, None, "classeur")


def _workbook(session: Session) -> str:
    """What people call the workbook."""
    return WORKBOOKS[session.campaign.part]


def _plain(value: CellValue) -> Any:
    """The value of a cell as JSON has it: a whole number is one, a date is ISO."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (str, int, float, bool)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _in_files(session: Session, somebody: Person) -> Iterator[_Kept]:
    state = session.state_as_it_is.folder
    stored = files_in(state, session.campaign.zone)
    for place, files in ((Place.STATE, stored), (Place.PRODUCED, produced_files(session))):
        holdings = kept_in(place, session.campaign.features)
        for file in files:
            holding = holding_named(holdings, file.name)
            for where, match in _found_in(somebody, file):
                name = where.partition(",")[0] if file.name == FILE else holding.id if holding else ""
                yield _Kept(place.value, str(file.path), where, "", match, None, name)


def _found_in(somebody: Person, file: StoredFile) -> Iterator[tuple[str, str]]:
    """Each part of a file that names the person, once, with what names them there."""
    if match := somebody.match(file.name):
        yield "nom du fichier", match.value
    yield from _matches(somebody, texts_in(file.path))


def _matches(somebody: Person, texts: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each place of these texts that names the person, once, with what names them there."""
    places: dict[str, str] = {}
    try:
        for where, text in texts:
            if places.get(where) != Match.ADDRESS.value and (match := somebody.match(text)):
                places[where] = match.value
    except OSError:
        places["tout le fichier"] = _UNREADABLE
    except UnreadableError as error:
        places[error.where or "tout le fichier"] = _UNREADABLE
    yield from places.items()
