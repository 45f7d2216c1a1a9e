"""The context of a command: configuration, workbook, state folder, clock and verbosity, loaded when first used."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.terminal import echo, erase_line, warn_permissions_restricted
from eig_sheets.domain.parts import Part
from eig_sheets.text.french import typographic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eig_sheets.call.applications.files_records import ProgressRecord
    from eig_sheets.call.jury.files_received import PageStore
    from eig_sheets.campaign.reading import Reading
    from eig_sheets.config import Campaign
    from eig_sheets.emails.mail.templates import Template
    from eig_sheets.run.known import Clock
    from eig_sheets.spreadsheet.backends import LocalState
    from eig_sheets.spreadsheet.model.base import Workbook
    from eig_sheets.spreadsheet.model.snapshot import Snapshot
    from eig_sheets.storage.known_workbooks import KnownWorkbook
    from eig_sheets.storage.ledger import Ledger
    from eig_sheets.storage.outage_log import OutageLog
    from eig_sheets.storage.state import State
    from eig_sheets.workbook.anomalies import Anomaly


@dataclass
class Session:
    """The context of a command: its global options, and what they designate, each loaded when first used.

    `talents`: the workbook is that of the candidates, where they have one of their own. `standing`: `location` is
    that of the environment, hence the projects'. `last_reading`: the last one of this workbook by itself, and
    `last_read_at` its time. `listed`: what the command read of it, and all its anomalies.
    """

    config: str | None
    location: str | None
    today: Any
    verbose: int
    quiet: bool
    talents: bool = False
    standing: bool = False
    last_reading: Reading | None = field(default=None, init=False)
    last_read_at: float = field(default=-math.inf, init=False)
    listed: tuple[Reading, Sequence[Anomaly]] | None = field(default=None, init=False)
    _is_locked: bool = field(default=False, init=False)
    _ahead: Snapshot | Exception | None = field(default=None, init=False)

    @cached_property
    def campaign(self) -> Campaign:
        """The configuration, of the workbook of this command. Raises ConfigError."""
        return self.configuration.for_talents() if self.talents else self.configuration

    @cached_property
    def configuration(self) -> Campaign:
        """The configuration as it was loaded. Raises ConfigError."""
        from eig_sheets import loading

        campaign = loading.load(Path(self.config).absolute()) if self.config else loading.load_nearest(Path.cwd())
        self.detail(f"Configuration : {campaign.path}")
        for question in campaign.questions:
            self.say(f"À vérifier dans {campaign.path} : {question}.")
        return campaign

    @cached_property
    def other(self) -> Session | None:
        """The same command in the other workbook; None without one. Raises Refusal when both are the same."""
        from eig_sheets.spreadsheet.locations import is_online

        part = self.campaign.part.other
        if part is None:
            return None
        location, is_of_talents = self.location if self.standing else None, part is Part.TALENTS
        other = Session(self.config, location, self.today, self.verbose, self.quiet, is_of_talents, self.standing)
        other.configuration, other.other = self.configuration, self
        if other.place == self.place:
            where = self.place if not is_online(self.place) else "cette adresse"
            raise Refusal(
                f"Le classeur des projets et celui des candidats sont le même ({where}). Donnez deux emplacements "
                "différents dans [workbook] location et [workbook] talents."
            )
        return other

    @property
    def used(self) -> tuple[Session, ...]:
        """This session, and that of the other workbook if the command has used it."""
        other: Session | None = self.__dict__.get("other")
        return (self,) if other is None else (self, other)

    @property
    def of_talents(self) -> Session:
        """The same command in the workbook that has the candidates."""
        return self if self.other is None or self.talents else self.other

    @property
    def everywhere(self) -> tuple[Session, ...]:
        """Every workbook of the call, whichever the command names: the projects', then the candidates'."""
        sessions = (self,) if self.other is None else (self, self.other)
        return tuple(sorted(sessions, key=lambda session: session.talents))

    @property
    def targets(self) -> tuple[Session, ...]:
        """The workbooks that a command on the whole call is about: the projects', then the candidates'.

        Only the one that `--workbook` or `--talents` names, if either does.
        """
        if self.other is None or self.talents or (self.location is not None and not self.standing):
            return (self,)
        return (self, self.other)

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        """The e-mail templates. Raises TemplateError."""
        from eig_sheets.emails.drafting.drafts import load_templates

        return load_templates(self.campaign)

    @property
    def named(self) -> str | None:
        """The location that overrides the configuration's; None without one."""
        return None if self.standing and self.campaign.part is Part.TALENTS else self.location

    @cached_property
    def place(self) -> str:
        """The location of the workbook: a Google Sheet's key, however it was named, or an absolute path."""
        from eig_sheets.spreadsheet.backends import backend_of

        location = self.campaign.location(self.named)
        return backend_of(location).place(location)

    @cached_property
    def state(self) -> State:
        """The state of this workbook."""
        state = self.state_as_it_is
        if state.restrict_permissions():
            warn_permissions_restricted(state.folder)
        return state

    @property
    def state_as_it_is(self) -> State:
        """The state of this workbook, in a folder that keeps its permissions."""
        from eig_sheets.storage.state import State

        return State(self.state_path, self.known.key)

    @property
    def state_path(self) -> Path:
        """The state folder."""
        return self.campaign.state_folder(os.environ.get("EIG_SHEETS_STATE"))

    @cached_property
    def known(self) -> KnownWorkbook:
        """What the state folder says of this workbook: under which key it knows it, and whether it is a copy.

        Raises LedgerError, WorkbookError.
        """
        from eig_sheets.cli.workbook_identity import located

        return located(self.state_path, self.place)

    def identify(self, identity: str = "") -> KnownWorkbook:
        """Keep in the state folder which workbook this is. Raises LedgerError, WorkbookError."""
        from eig_sheets.cli.workbook_identity import recorded

        self.known = recorded(self.state_path, self.place, identity)
        return self.known

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger: the e-mails of this workbook that left, or may have."""
        from eig_sheets.storage.ledger import Ledger

        return Ledger(self.state.folder, self.known.key)

    @cached_property
    def page_store(self) -> PageStore:
        """The pages of this workbook's jurors that were read."""
        from eig_sheets.call.jury.files_received import PageStore

        return PageStore(self.state.folder, self.known.key)

    def demarche_progress(self, form: str = "") -> ProgressRecord:
        """What this workbook received from Démarche Numérique, by that form ('' for that of projects)."""
        from eig_sheets.call.applications.files_records import ProgressRecord

        return ProgressRecord(self.state.folder, self.known.key, form)

    @property
    def outage_log(self) -> OutageLog:
        """The failed nights of this workbook, by its location as it is written, valid or not."""
        from eig_sheets.storage.outage_log import OutageLog

        return OutageLog(self.state_path, self.campaign.location(self.named))

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook, not read yet."""
        book = self.opened(self.state)
        self.detail(f"Classeur : {book.location}")
        return book

    def read(self, doing: str = "Lecture du classeur") -> Snapshot:
        """The workbook as it is, or as `read_ahead` has just found it. Raises WorkbookError."""
        ahead, self._ahead = self._ahead, None
        if isinstance(ahead, Exception):
            raise ahead
        if ahead is not None:
            return ahead
        with self.step(doing):
            return self.workbook.read()

    def read_ahead(self) -> None:
        """Read the workbook; what that gives or raises, the next `read` does."""
        try:
            self._ahead = self.read()
        except Exception as error:
            self._ahead = error

    def opened(self, state: LocalState) -> Workbook:
        """The workbook with that state, not read yet. Raises WorkbookError."""
        from eig_sheets.spreadsheet.backends import Resources, backend_of

        resources = Resources(os.environ, state, self.campaign.workbook.officers, self.campaign.zone.key)
        return backend_of(self.place).open(self.place, resources)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the locks of state and workbook (G10); reentrant. Raises LedgerError, StateError, WorkbookError."""
        from eig_sheets.storage.known_workbooks import KnownWorkbooks

        if self._is_locked:
            yield
            return
        with self.state.locked(), self.workbook.locked() as warnings:
            for warning in warnings:
                self.say(warning)
            KnownWorkbooks(self.state_path).record(self.known)  # before anything is kept of one that replaced another
            self._is_locked = True
            try:
                yield
            finally:
                self._is_locked = False
                self.identify()  # a file has its identity since its first write

    def state_locked(self) -> AbstractContextManager[None]:
        """Hold the lock of the state folder, unless both are held. Raises StateError."""
        return nullcontext() if self._is_locked else self.state.locked()

    @property
    def clock(self) -> Clock:
        """The present moment, and the day by which e-mails are due: today, or --today."""
        from eig_sheets.run.known import Clock

        now = datetime.now(self.campaign.zone).replace(tzinfo=None)
        return Clock(now, (self.today or now).date())

    def say(self, text: str) -> None:
        """Print progress or results for a person, on stderr; nothing with -q."""
        if not self.quiet:
            echo(typographic(text), err=True)

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Show the current step until it ends: on a terminal only, and not with -q."""
        shown = not self.quiet and sys.stderr.isatty()
        if shown:
            echo(f"{text}…", nl=False, err=True)
        try:
            yield
        finally:
            if shown:
                erase_line()

    def detail(self, text: str) -> None:
        """Print what only -v shows."""
        if self.verbose:
            self.say(text)


@contextmanager
def all_locked(sessions: Sequence[Session]) -> Iterator[None]:
    """Hold the locks of these workbooks, always in the same order: the projects' first."""
    with ExitStack() as stack:
        for session in sessions:
            stack.enter_context(session.locked())
        yield
