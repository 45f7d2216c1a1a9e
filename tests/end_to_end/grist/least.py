"""The least campaign in a Grist document that has everything: dossiers, jurors and their notes, e-mails to be sent."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eig_sheets import loading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.session import Session
from eig_sheets.emails.catalogue.deliveries import UNSENT_STAGES
from eig_sheets.spreadsheet.grist.book import GristWorkbook
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.workbook.fields import TabSchema
from tests.columns import CRITERIA
from tests.end_to_end.grist.support import Team
from tests.end_to_end.sending.campaign import USUAL, refused
from tests.grist_server import OFFICER, ROBOT, GristServer
from tests.program import Outcome, copied_config, eig, with_tabs

OUTBOX = "E-mails à envoyer"
JURORS = ("ada@example.org", "ivo@example.org")


@dataclass(frozen=True)
class Machine(Team):
    """A machine that works on the campaign, on today's date: what leaves is due on the day that it leaves."""

    def arguments(self, *command: str | Path) -> tuple[str | Path, ...]:
        return ("--config", self.config, *command)

    @property
    def env(self) -> dict[str, str]:
        return {"EIG_SHEETS_GRIST_KEY": self.server.keys[ROBOT]}

    def run(self, *command: str | Path, **_: object) -> Outcome:
        return eig(*self.arguments(*command), env=self.env)

    def ran(self, *command: str | Path) -> str:
        """What a command that ended well said."""
        done = self.run(*command)
        assert done.code == 0, done
        return done.err

    @property
    def waiting(self) -> int:
        """How many of its e-mails a send of this machine would still take."""
        sent = Session(str(self.config), None, datetime.now(UTC), 0, quiet=True).ledger.deliveries().values()
        return len(self.table(OUTBOX).row_ids) - sum(one.stage not in UNSENT_STAGES for one in sent)

    @property
    def states(self) -> dict[str, str]:
        """The state of each e-mail in `Envois`."""
        return dict(zip(self.column("Envois", "Id"), self.column("Envois", "État"), strict=True))

    def elsewhere(self, folder: Path) -> Machine:
        """Another machine, that knows nothing."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns(".eig-sheets"))
        return Machine(folder, self.server, self.document)

    def approve(self) -> None:
        """Tick every e-mail of the outbox."""
        outbox = self.table(OUTBOX)
        tick = next(column.id for column in outbox.columns if column.label == "Valider")
        self.act(["BulkUpdateRecord", outbox.id, [*outbox.row_ids], {tick: [True] * len(outbox.row_ids)}])

    def send(self, count: int) -> Outcome:
        """Send so many e-mails, or all that there are."""
        return self.run("emails", "send", "--confirm", str(count))

    def serve(self, port: int) -> None:
        """Say by which server e-mails leave."""
        section = f'\n[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "aucune"\n'
        text = self.config.read_text(encoding="utf-8").partition("\n[smtp]")[0]
        self.config.write_text(text + section, encoding="utf-8")


def made(
    server: GristServer, folder: Path, count: int, jurors: Sequence[str] = JURORS, tabs: Sequence[str] = ()
) -> Machine:
    """The same, initialised and synchronised."""
    machine = tables(server, folder, count, jurors, tabs)
    for command in ("init", "sync"):
        machine.ran(command)
    return machine


def tables(server: GristServer, folder: Path, count: int, jurors: Sequence[str], tabs: Sequence[str] = ()) -> Machine:
    """A campaign of so many dossiers, not selected and read by these jurors, with one officer; `tabs` beside them."""
    copied_config(folder / "config")
    machine = Machine(folder, server, server.new_document())
    text = machine.config.read_text(encoding="utf-8")
    text = re.sub(r"\[emails\.experimentation\]\n(?:\w.*\n)+", "", text)  # long over: it would have e-mails due
    text = with_tabs(text, tabs)
    text = text.replace('"../campagne.xlsx"', f'"{server.url}/{machine.document}"')
    text = text.replace("officers = []", f'officers = ["{OFFICER.title()}"]')
    machine.config.write_text(text, encoding="utf-8")
    schema = schema_of(loading.load(machine.config))
    book = GristWorkbook(machine.client)
    sheets = (_filled(schema.tab(tab), rows) for tab, rows in _rows(count, jurors).items() if rows)
    book.apply(Plan(book.read().version, tuple(map(CreateTab, sheets))))
    return machine


def _rows(count: int, jurors: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
    dossiers = [{**USUAL, **refused(place)} for place in range(count)]
    scores = [
        {"numero": one["numero"], "jure": juror, **dict.fromkeys(CRITERIA, 2 + place % 3)}
        for place, one in enumerate(dossiers)
        for juror in jurors
    ]
    return {"candidatures": dossiers, "jury": [{"nom": one[:3], "email": one} for one in jurors], "evaluations": scores}


def _filled(tab: TabSchema, rows: list[Mapping[str, Any]]) -> Sheet:
    cells = tuple(tuple(row.get(field.id) for field in tab.fields) for row in rows)
    return Sheet(tab.id, tab.name, tab.owner, tuple(field.column() for field in tab.fields), cells)
