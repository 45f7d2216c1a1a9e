"""A campaign whose team decided, read its e-mails and approved them; and what people do in its workbook."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from eig_sheets import loading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.storage.ledger import Ledger
from tests import in_memory
from tests.nightly import Table
from tests.program import Campaign, Outcome, copied_config, copied_elsewhere, with_tabs
from tests.spreadsheet import memory_desk

OUTBOX = "E-mails à envoyer"
Changes = Mapping[tuple[str, str], Any]
"""What people type: (key of the row, header of the column) → value."""


@dataclass(frozen=True)
class Team(Campaign):
    """A campaign on today's date: what leaves is due on the day that it leaves."""

    def arguments(self, *arguments: str | Path) -> tuple[str | Path, ...]:
        """A command on this campaign."""
        return ("--config", self.config, *arguments)

    @property
    def ledger(self) -> Ledger:
        """What this machine knows that left."""
        return Ledger(self.folder / ".eig-sheets", str(self.workbook))

    def table(self, tab: str) -> Table:
        """A tab by its headers."""
        return Table(self.read().tab(tab))

    @property
    def lines(self) -> dict[str, dict[str, Any]]:
        """The lines of `Envois`, by id."""
        return {str(one["Id"]): one for one in self.table("Envois").rows}

    @property
    def states(self) -> dict[str, str]:
        """The state of each e-mail in `Envois`."""
        return {sending_id: str(line["État"]) for sending_id, line in self.lines.items()}

    def said(self, sending_id: str) -> str:
        """What `Envois` says about one, with ordinary spaces."""
        return plain(str(self.lines[sending_id]["Précision"] or ""))

    def send(self, count: int, *options: str | Path, env: Mapping[str, str] | None = None) -> Outcome:
        """Send what is approved, which is so many e-mails."""
        return self.run("emails", "send", "--confirm", str(count), *options, env=env)

    def lose_the_state(self) -> None:
        """Delete what this machine knows."""
        shutil.rmtree(self.folder / ".eig-sheets")

    def type_in(self, tab: str, changes: Changes) -> None:
        """Type in a tab, as a spreadsheet program saves it."""
        if stored := in_memory.storage_at(self.workbook):
            with memory_desk.typing(stored, tab) as page:
                table = self.table(tab)
                rows = {table.snapshot.value(row, 0): row for row in range(2, len(table.snapshot.rows) + 1)}
                for (key, header), value in changes.items():
                    page[rows[key], table.headers[header]] = value
            return
        with opened_by_people(self.workbook) as book:
            sheet = book[tab]
            headers = [cell.value for cell in sheet[1]]
            rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
            for (key, header), value in changes.items():
                sheet.cell(rows[key], headers.index(header) + 1).value = value

    def tick(self, *sending_ids: str, header: str = "Valider", value: Any = True) -> None:
        """Approve e-mails, all of them when none is named."""
        ids = sending_ids or [str(one["Id"]) for one in self.table(OUTBOX).rows]
        self.type_in(OUTBOX, {(one, header): value for one in ids})

    def serve(self, port: int, *lines: str, security: str = "aucune", host: str = "127.0.0.1") -> None:
        """Tell the configuration which server to send by; `lines`: more of `[smtp]`."""
        text = self.config.read_text(encoding="utf-8").partition("\n[smtp]")[0]
        section = f'\n[smtp]\nhost = "{host}"\nport = {port}\nsecurity = "{security}"\n'
        self.config.write_text(text + section + "".join(f"{line}\n" for line in lines), encoding="utf-8")

    def copy(self, folder: Path, *, memory: bool = False) -> Team:
        """The same elsewhere, its workbook in memory or not; its state knows what the last run of this one knew."""
        copy = Team(folder)
        if memory:
            copied_elsewhere(self.folder, folder, ignore=in_memory.OF_THE_FILE)
            in_memory.keep(copy.workbook, in_memory.read_from(self.workbook))
        else:
            copied_elsewhere(self.folder, folder)
        copy.state.save_last_run(self.state.load_last_run())
        return copy


class opened_by_people:  # noqa: N801
    """A workbook in a spreadsheet program, saved at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> openpyxl.Workbook:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.book = openpyxl.load_workbook(self.path, rich_text=True)
        return self.book

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.book.save(self.path)


def made(folder: Path, dossiers: Iterable[Mapping[str, Any]], replaced: Mapping[str, str] | None = None) -> Team:
    """A campaign of these dossiers, by field, initialised and synchronised; `replaced`: of its configuration."""
    copied_config(folder / "config")
    team = Team(folder)
    text = team.config.read_text(encoding="utf-8")
    text = with_tabs(text, ())
    text = re.sub(r"\[emails\.experimentation\]\n(?:\w.*\n)+", "", text)  # long over: it would have e-mails due
    team.config.write_text(text, encoding="utf-8")
    for old, new in (replaced or {}).items():
        team.set_config(old, new)
    tab = schema_of(loading.load(team.config)).tab("candidatures")
    rows = tuple(tuple({**USUAL, **one}.get(field.id) for field in tab.fields) for one in dossiers)
    sheet = Sheet(tab.id, tab.name, tab.owner, tuple(field.column() for field in tab.fields), rows)
    XlsxWorkbook(team.workbook, team.folder / ".eig-sheets").apply(Plan("", (CreateTab(sheet),)))
    for command in ("init", "sync"):
        done = team.run(command)
        assert done.code == 0, done
    return team


USUAL = {
    "date_depot": datetime(2021, 3, 1, 9), "administration": "Ministère d’essai", "nombre_eig": 2,
    "type_administration": "Administration centrale",
}  # fmt: skip


def refused(place: int) -> dict[str, Any]:
    """A dossier that is not selected, and may be told why."""
    return {
        "numero": str(4512000 + place), "projet": f"Projet {place}", "porteur_projet": f"Porteur {place}",
        "email_porteur": address(place), "decision": "Non retenu", "retour": f"Le retour {place}.",
    }  # fmt: skip


def address(place: int) -> str:
    """Of the person of the dossier at that place."""
    return f"porteur{place}@example.org"


def sending_id(place: int, template: str = "non_retenu") -> str:
    """Of the e-mail about the dossier at that place."""
    return f"{template}-{4512000 + place}"


def plain(text: str) -> str:
    """What was said, with ordinary spaces."""
    return text.replace("\u202f", " ")


def addresses(places: Collection[int]) -> list[str]:
    """Of the people of these dossiers."""
    return [address(place) for place in places]
