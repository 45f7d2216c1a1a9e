"""What every command needs: the campaign, its workbook, its state, the time, and how much to say."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eig_sheets.text.french import typographic, why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eig_sheets.config import Campaign
    from eig_sheets.emails.mail.templates import Template
    from eig_sheets.storage.ledger import Ledger
    from eig_sheets.storage.state import State
    from eig_sheets.sync.nightly import Clock
    from eig_sheets.workbook.model.base import Workbook


class Refusal(click.ClickException):
    """The data or the service says no: one French text, exit 1."""


@contextmanager
def french_errors() -> Iterator[None]:
    """Every expected error as its own French sentence and exit code 1."""
    from eig_sheets.config import ConfigError
    from eig_sheets.emails.mail.templates import TemplateError
    from eig_sheets.emails.outlets.base import OutletError
    from eig_sheets.importing.reading import ExportError
    from eig_sheets.storage.ledger import LedgerError
    from eig_sheets.storage.state import StateError
    from eig_sheets.workbook.model.base import WorkbookError

    try:
        yield
    except (ConfigError, ExportError, LedgerError, OutletError, StateError, TemplateError, WorkbookError) as error:
        raise Refusal(str(error)) from None
    except BrokenPipeError:  # whoever reads our output has enough: no error of ours
        raise
    except OSError as error:
        raise Refusal(f"{error.filename} ne peut pas être lu ou écrit ({why(error)}). Vérifiez vos droits.") from None


def closed(folder: Path) -> None:
    """Say, even with -q, that others could read what was kept there: it is said once, for they no longer can."""
    click.echo(
        typographic(
            f"D’autres utilisateurs de cette machine pouvaient lire ce que le robot garde dans {folder} : "
            "votre compte seul le peut désormais."
        ),
        err=True,
    )


@dataclass
class Session:
    """The global options, and what they lead to, loaded when first asked for."""

    config: str | None
    location: str | None
    today: Any
    verbose: int
    quiet: bool
    _alone: bool = field(default=False, init=False)

    @cached_property
    def campaign(self) -> Campaign:
        """The configuration. Raises ConfigError."""
        from eig_sheets import config

        campaign = config.load(Path(self.config).absolute()) if self.config else config.load_nearest(Path.cwd())
        self.detail(f"Configuration : {campaign.path}")
        return campaign

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        """The e-mail templates. Raises TemplateError."""
        from eig_sheets.emails.drafting.drafts import load_templates

        return load_templates(self.campaign)

    @cached_property
    def place(self) -> str:
        """Where the workbook is: a Google Sheet's key, however it was named, or an absolute path."""
        from eig_sheets.workbook.backends import backend_of

        location = self.campaign.location(self.location)
        return backend_of(location).place(location)

    @cached_property
    def state(self) -> State:
        """The state of this workbook."""
        from eig_sheets.storage.state import State

        state = State(self.campaign.state_folder(os.environ.get("EIG_SHEETS_STATE")), self.place)
        if state.restrict_permissions():
            closed(state.folder)
        return state

    @cached_property
    def ledger(self) -> Ledger:
        """What left, and what may have, from this workbook."""
        from eig_sheets.storage.ledger import Ledger

        return Ledger(self.state.folder, self.place)

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook, not read yet."""
        from eig_sheets.workbook.backends import Resources, backend_of

        resources = Resources(os.environ, self.state, self.campaign.workbook.officers)
        book = backend_of(self.place).open(self.place, resources)
        self.detail(f"Classeur : {book.location}")
        return book

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other run out of the workbook, of this machine and of others (guarantee G10).

        Entered again by who is alone already, it does nothing. Raises StateError, WorkbookError.
        """
        if self._alone:
            yield
            return
        with self.state.locked(), self.workbook.alone() as said:
            for one in said:
                self.say(one)
            self._alone = True
            try:
                yield
            finally:
                self._alone = False

    @property
    def clock(self) -> Clock:
        """The present moment, and the day of --today or this one."""
        from eig_sheets.sync.nightly import Clock

        now = datetime.now(self.campaign.zone).replace(tzinfo=None)
        return Clock(now, self.today.date() if self.today else now.date())

    def say(self, text: str) -> None:
        """Progress and results for a person, on stderr; silent with -q."""
        if not self.quiet:
            click.echo(typographic(text), err=True)

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """What is being done, while it is: on a terminal only, and not with -q."""
        shown = not self.quiet and sys.stderr.isatty()
        if shown:
            click.echo(f"{text}…", nl=False, err=True)
        try:
            yield
        finally:
            if shown:
                click.echo("\r\x1b[K", nl=False, err=True)

    def detail(self, text: str) -> None:
        """What only -v shows."""
        if self.verbose:
            self.say(text)
