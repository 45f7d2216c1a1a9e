"""Officers who ask for things in `Demandes`, in a workbook in memory, and actions that are only counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eig_sheets import sample
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.actions import LABELS
from eig_sheets.features.requests.commands_jobs import Job, Listing
from eig_sheets.features.requests.commands_runner import RequestRunner
from eig_sheets.features.requests.rules import Action, Recorded
from eig_sheets.spreadsheet.memory import Storage
from eig_sheets.spreadsheet.model.cells import a1
from tests import in_memory
from tests.nightly import Table
from tests.program import Campaign, Outcome, copied_elsewhere
from tests.spreadsheet import memory_desk
from tests.spreadsheet.xlsx_desk import edit

HEADERS = {"action": "Action", "detail": "Détail", "by": "Demandé par", "tick": "Confirmer", "number": "N° de demande"}


def blank_campaign(folder: Path) -> Campaign:
    """A campaign whose workbook, in memory, is as `init` makes it."""
    campaign = Campaign(folder)
    sample.write_config(folder)
    in_memory.keep(campaign.workbook, Storage())
    assert campaign.run("init").code == 0
    return campaign


def copied(original: Campaign, folder: Path) -> Campaign:
    """The same in another folder."""
    copied_elsewhere(original.folder, folder, ignore=in_memory.OF_THE_FILE)
    in_memory.copy(original.workbook, Campaign(folder).workbook)
    return Campaign(folder)


class Officers:
    """What officers do in `Demandes`, and what they read there."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign

    @property
    def table(self) -> Table:
        """`Demandes`, by its headers."""
        return Table(self.campaign.read().tab("Demandes"))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its rows."""
        return self.table.rows

    @property
    def free(self) -> list[dict[str, Any]]:
        """Those without an action."""
        return [row for row in self.rows if not row["Action"]]

    def type_in(self, row: int, **typed: Any) -> None:
        """Type in cells of a row, by the names of HEADERS."""
        table = self.table
        for name, value in typed.items():
            cell = a1(row, table.headers[HEADERS[name]])
            memory_desk.put(in_memory.storage_at(self.campaign.workbook), "Demandes", cell, value)

    def ask(self, action: str, row: int | None = None, **typed: Any) -> str:
        """Ask for an action in the first free row, or in that one; returns its number."""
        row = row or self.free[0]["row"]
        self.type_in(row, action=LABELS.get(action, action), **typed)
        return self.table.row(row)["N° de demande"]

    def run(self, *options: str) -> Outcome:
        """What the timer does."""
        return self.campaign.run("requests", "run", *options)

    def answer(self, number: str) -> Any:
        """What is beside each row of that number."""
        rows = [row for row in self.rows if row["N° de demande"] == number]
        answers = {str(row["Réponse"] or "").replace("\u202f", " ") for row in rows}
        return answers.pop() if len(answers) == 1 else answers

    @property
    def states(self) -> dict[str, str]:
        """What `Réponses` says of each number."""
        tab = Table(self.campaign.read().tab("Réponses"))
        return {row["N° de demande"]: row["État"] for row in tab.rows}

    def lose_the_answers(self) -> None:
        """Delete the tab `Réponses`."""
        edit(self.campaign.workbook, "delete_tab", tab="Réponses")


class Deeds:
    """Actions that are only counted."""

    def __init__(self, campaign: Campaign, **jobs: Job) -> None:
        self.session = Session(str(campaign.config), None, None, verbose=0, quiet=True)
        self.done: list[tuple[str, Action, str]] = []
        self.listed = "A"
        self.jobs = {
            Action.REPORT: Job(self.act),
            Action.SEND: Job(self.act, lambda *_: Listing(f"liste {self.listed}", self.listed), repeatable=False),
            Action.SELECT: Job(self.act, lambda *_: Listing(f"liste {self.listed}", self.listed)),
            **jobs,
        }

    def act(self, _: Session, request: Recorded, __: Any) -> str:
        """Count it."""
        self.done.append((request.number, request.action, request.detail))
        return f"fait : {request.detail}"

    def run(self) -> list[Recorded]:
        """What the timer does."""
        return RequestRunner(self.session, self.jobs).run()


class Killed(BaseException):
    """The end of a process: as far as what is on the disk goes, nothing after it was done."""


def killed(deeds: Deeds, *where: Any) -> None:
    """A run that is killed when it comes to a function (a target of `MonkeyPatch.setattr`)."""

    def dead(*_: Any, **__: Any) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*where, dead)
        with pytest.raises(Killed):
            deeds.run()
