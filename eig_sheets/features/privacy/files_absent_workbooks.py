"""What the state folder keeps of absent workbooks, which are not this call's: moved, deleted, or out of reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.privacy.disposal import Item
from eig_sheets.features.privacy.files_inventory import is_in_database, state_items
from eig_sheets.features.privacy.register_records import Summary
from eig_sheets.personal_data import Fate
from eig_sheets.spreadsheet.backends import is_at
from eig_sheets.spreadsheet.locations import is_online
from eig_sheets.storage.known_workbooks import KnownWorkbook, KnownWorkbooks, stored_keys
from eig_sheets.text.french import listed, typographic


def others(session: Session) -> list[Session]:
    """A session for each workbook of which something is kept, and that is not in its place, or online elsewhere.

    One that is a file in its place is another call's. Raises LedgerError, StateError, WorkbookError.
    """
    known = {workbook.key: workbook for workbook in KnownWorkbooks(session.state_path).all()}
    ours = {workbook.known.key for workbook in session.everywhere}
    absent = [known.get(key, KnownWorkbook(key, "", key)) for key in stored_keys(session.state_path) if key not in ours]
    made = [_session(session, workbook) for workbook in absent if not _is_in_its_place(workbook, known.values())]
    return [other for other in made if items_of(other)]


def _is_in_its_place(workbook: KnownWorkbook, known: Iterable[KnownWorkbook]) -> bool:
    """Whether the file at its place is this workbook: by its identity, else as far as no other is known there."""
    if not Path(workbook.place).is_file():
        return False
    if workbook.identity:
        return is_at(workbook.place, workbook.identity)
    return all(other.place != workbook.place for other in known)


def _session(session: Session, known: KnownWorkbook) -> Session:
    made = replace(session, talents=False)
    vars(made).update(known=known, other=None)
    return made


def items_of(other: Session) -> list[Item]:
    """The items of the state folder that are its alone: earlier versions and logs are of no one workbook."""
    ending = other.state_as_it_is.file_ending
    return [item for item in state_items(other) if is_in_database(item) or item.key.endswith(ending)]


def _name(other: Session) -> str:
    """How a person names it: by where it was last seen."""
    return other.known.place or other.known.key


def summaries_of(session: Session) -> Iterator[Summary]:
    """Each of them as `archives list` says it."""
    place = typographic("dossier d’état")
    for other in others(session):
        items, reason = items_of(other), _KEPT
        if any(map(_goes, items)):
            gone = _ONLINE if is_online(other.known.place) else _GONE
            reason = f"{gone}, nommez-le à « eig-sheets archives purge --of »."
        yield Summary("autre_classeur", place, _name(other), items, None, "", False, typographic(reason))


_GONE: Final = (
    "Ce classeur n’est plus à cette place : déplacé, supprimé, ou sur un partage absent. S’il ne reviendra pas"
)
_ONLINE: Final = (
    "Ce classeur en ligne n’est pas de cette configuration : celui d’un autre appel, ou d’avant. S’il ne sert plus"
)
_KEPT: Final = "Il n’en reste que ce qui se garde : ce qui est parti, les décisions rendues, ce qui attend un visa."


def other_named(session: Session, place: str) -> Session:
    """The one at that place. Raises Refusal when nothing is kept of such a workbook, or it is there."""
    known_others = others(session)
    for other in known_others:
        if place in (other.known.place, other.known.key):
            return other
    names = listed([f"« {_name(other)} »" for other in known_others])
    known = f" Les autres classeurs dont il garde quelque chose : {names}." if known_others else ""
    raise Refusal(typographic(f"Le dossier d’état ne garde rien d’un classeur absent qui serait « {place} ».{known}"))


def leaving(other: Session) -> list[Item]:
    """The items that `purge --of` erases: the robot's copies, never what left nor what waits for a visa."""
    return [item for item in items_of(other) if _goes(item)]


def _goes(item: Item) -> bool:
    return item.holding.fate is Fate.PURGED
