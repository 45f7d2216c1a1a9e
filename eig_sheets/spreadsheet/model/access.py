"""Access control of a workbook that knows accounts: its readers by address, and their roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

Place = tuple[str, str]
"""The id of a people's tab, and that of one of its fields."""


class Role(StrEnum):
    """Roles of readers: officers decide, the team reads everything and decides nothing, jurors have their own rows."""

    OFFICER = "responsable"
    TEAM = "equipe"
    JUROR = "jure"


_WORDS: Final = {Role.OFFICER: "responsable", Role.TEAM: "équipe", Role.JUROR: "juré"}


@dataclass(frozen=True, slots=True, order=True)
class Reader:
    """A reader, by the address of their account in lower case.

    `written`: the text of the cell of `Jury` that lists a juror; once no cell has it, they read nothing.
    """

    address: str
    role: Role
    written: str = ""


@dataclass(frozen=True, slots=True)
class OwnRows:
    """A tab of which a juror reads and changes the rows that bear their address, but not its `sealed` fields."""

    tab: str
    address: str
    sealed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """The content of the access rules: whoever is no reader reads nothing.

    `jurors`: where they are listed. `guarded`: the fields that officers alone change; in their tabs, officers alone add
    and delete rows.
    """

    jurors: Place
    own_rows: tuple[OwnRows, ...]
    guarded: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An account that the workbook is shared with; `owns`: it may change everything, access rules included."""

    address: str
    owns: bool = False


@dataclass(frozen=True, slots=True)
class AccessState:
    """The current access of a workbook: its readers, the access that was written, and later alterations.

    `access` is None in a workbook that was never closed. `altered`: French words for each rule or definition that is
    not as it was written. `accounts`: whom it is shared with; `public`: also with whoever has its link. `robot` is the
    address of the robot's account, which is no reader whoever else it is of.
    """

    readers: frozenset[Reader] = frozenset()
    access: Access | None = None
    altered: tuple[str, ...] = ()
    accounts: Sequence[Account] = ()
    public: bool = False
    robot: str = ""


OPEN: Final = AccessState()
"""A workbook that was never closed, or cannot be."""


@dataclass(frozen=True, slots=True)
class CloseAccess:
    """The operation that replaces the access rules and the readers that we wrote before: nobody else reads anything."""

    access: Access
    readers: tuple[Reader, ...]
    tab: ClassVar[str] = ""


def reader_changes(state: AccessState, readers: Iterable[Reader]) -> Iterator[tuple[str | None, str]]:
    """The readers before and after, in French: who is removed, who is added, and the rules."""
    wanted = frozenset(readers)
    for reader in sorted(state.readers - wanted):
        yield f"{reader.address} ({_WORDS[reader.role]})", "(accès retiré)"
    for reader in sorted(wanted - state.readers):
        yield None, f"{reader.address} ({_WORDS[reader.role]})"
    yield None, "(règles d’accès : qui n’est pas nommé ne lit rien)"
