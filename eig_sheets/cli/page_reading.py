"""Reads the pages of jurors that are in folders and files, each once, and keeps them as they came."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eig_sheets.cli.session import Refusal, Session
from eig_sheets.text.french import typographic, why

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eig_sheets.storage.read_pages import NewPage, ReadPage

_SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods", ".numbers", ".csv", ".tsv")
"""How the names end of what a juror may have sent: what is in another format is said, never passed over."""
_LEFT_BY_PROGRAMS: Final = ("~$", ".~lock.", ".")
"""How the names begin of files that programs make beside the one that they have open."""


@dataclass(frozen=True, slots=True)
class FoundPages:
    """The pages that were found, in the order of their names, and the folders that were looked through."""

    pages: Sequence[NewPage]
    folders: frozenset[str]


def found_pages(session: Session, places: Sequence[Path]) -> FoundPages:
    """The pages of these files, and of the files of these folders. Raises Refusal when one is not there."""
    from eig_sheets import __version__

    known = session.page_store.read_by(__version__)
    first_read = {page.digest: page for page in session.page_store.kept().pages}
    with session.step("Lecture des pages"):
        paths = [path for place in places for path in _paths(place)]
        pages = [_page(session, path, known, first_read) for path in dict.fromkeys(paths)]
    return FoundPages(pages, frozenset(str(place.absolute()) for place in places if place.is_dir()))


def keep(session: Session, found: FoundPages) -> None:
    """Keep what was found: it is the jurors' work, whatever becomes of the files."""
    from eig_sheets import __version__

    session.page_store.add(found.pages, __version__, found.folders)


def _paths(place: Path) -> Iterator[Path]:
    try:
        if not place.is_dir():
            place.stat()
            yield place.absolute()
            return
        names = sorted(path for path in place.absolute().iterdir() if path.suffix.lower() in _SPREADSHEETS)
        yield from (path for path in names if not path.name.startswith(_LEFT_BY_PROGRAMS))
    except OSError as error:
        sentence = f"{place} ne peut pas être lu ({why(error)}). Vérifiez ce chemin et vos droits."
        raise Refusal(typographic(sentence)) from None


def _page(session: Session, path: Path, known: Mapping[str, ReadPage], before: Mapping[str, ReadPage]) -> NewPage:
    """A page: what this version of the program read of the same bytes (`known`), else what they say.

    It was received when these bytes were first read (`before`).
    """
    from eig_sheets.jury.page_bytes import bytes_of
    from eig_sheets.jury.read_pages import read_page_of
    from eig_sheets.storage.read_pages import NewPage

    zone = session.campaign.zone
    file = bytes_of(path, zone)
    if file.digest in known:
        return NewPage(str(path), file.content, known[file.digest].again_at(path.name))
    received = before[file.digest].received if file.digest in before else session.clock.now
    return NewPage(str(path), file.content, read_page_of(file.page(zone), criteria_of(session), received))


def criteria_of(session: Session) -> list[str]:
    """The ids of what pages score, of dossiers and of candidates."""
    return [*session.campaign.labels, *session.campaign.talents.labels]
