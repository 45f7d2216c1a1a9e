"""A campaign on the local Google server whose e-mails leave on today's date, from one machine or several."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.storage.ledger import Ledger
from tests.end_to_end.google.support import NUMBERS, Desk, fill, make_folder
from tests.program import Outcome
from tests.sheets_server.server import Server, running
from tests.sheets_server.writing import type_in

OUTBOX = "E-mails à envoyer"
PEOPLE = tuple(f"porteur{place}@example.org" for place in range(len(NUMBERS)))
IDS = tuple(f"non_retenu-{number}" for number in NUMBERS)


@dataclass
class Machine(Desk):
    """One machine that works on the spreadsheet."""

    def arguments(self, *arguments: str) -> tuple[str, ...]:
        """A command on this campaign, today."""
        return ("--config", str(self.folder / "config" / "campaign.toml"), *arguments)

    def elsewhere(self, name: str) -> Machine:
        """Another machine, that knows nothing."""
        return replace(self, state=self.state.with_name(name))

    @property
    def ledger(self) -> Ledger:
        """What this machine knows that left."""
        return Ledger(self.state, self.key)

    @property
    def states(self) -> dict[str, str]:
        """The state of each e-mail in `Envois`."""
        return {row["Id"]: row["État"] for row in self.rows("Envois")}

    def send(self, count: int, *options: str) -> Outcome:
        """Send what is approved, which is so many e-mails."""
        return self.run("emails", "send", "--confirm", str(count), *options)

    def type_in(self, tab: str, key: str, header: str, value: object) -> None:
        """Type in the row of a key (in the first column)."""
        top, *rows = self.values(tab)
        row = next(place for place, one in enumerate(rows, 2) if one and one[0] == key)
        self.edit("set", tab=tab, cell=a1(row, top.index(header)), value=value)

    def row(self, sending_id: str) -> int:
        """Where an e-mail is in the outbox."""
        return next(place for place, one in enumerate(self.values(OUTBOX), 1) if one and one[0] == sending_id)


def made(server: Server, folder: Path, port: int, numbers: Sequence[str] = NUMBERS) -> Machine:
    """A machine whose e-mails, one about each of these dossiers, are approved and go to that port."""
    make_folder(folder)
    path = folder / "config" / "campaign.toml"
    text = re.sub(r"\[emails\.experimentation\]\n(?:\w.*\n)+", "", path.read_text(encoding="utf-8"))
    path.write_text(f'{text}\n[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "aucune"\n', encoding="utf-8")
    machine = Machine(server, folder, folder / "here")
    _ran(machine, "init")
    machine.book = fill(machine.book, numbers, {"Décision": "Non retenu", "Retour au porteur": "Le retour."})
    _ran(machine, "sync")
    tick(machine, [f"non_retenu-{number}" for number in numbers])
    return machine


@contextmanager
def begun(folder: Path, numbers: Sequence[str] = NUMBERS) -> Iterator[Callable[[Path, int], Machine]]:
    """Makes machines on one campaign, each time as it was at first, with a state folder and the port to send to."""
    with running(locale="fr_FR") as server:
        first = made(server, folder, 1, numbers)
        book = first.book

        def again(state: Path, port: int) -> Machine:
            shutil.copytree(first.state, state / "here")
            path = folder / "config" / "campaign.toml"
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r"(?m)^port = \d+$", f"port = {port}", text), encoding="utf-8")
            machine = Machine(server, folder, state / "here")
            machine.book = book
            return machine

        yield again


def tick(machine: Machine, sending_ids: Collection[str]) -> None:
    """Approve e-mails."""
    (top, *rows), book = machine.values(OUTBOX), machine.book.copy()
    for place, row in enumerate(rows, 1):
        if row and row[0] in sending_ids:
            type_in(book, book.titled(OUTBOX), place, top.index("Valider"), True)
    machine.book = book


def _ran(machine: Machine, command: str) -> None:
    done = machine.run(command)
    assert done.code == 0, done
