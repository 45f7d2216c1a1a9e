"""The mail server and the service of dossiers that the kept campaigns are connected to, as they stood when made."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.demarche_server import dossiers, server
from tests.demarche_server.dossiers import Thing
from tests.demarche_server.server import TOKEN, Server
from tests.emails.outlets import local_smtp
from tests.kept import spreadsheet
from tests.sheets_server.server import Server as SheetsServer
from tests.sheets_server.server import running as sheets_running

ENVIRONMENT: Final = {"EIG_SHEETS_DEMARCHE_TOKEN": TOKEN}
SECTIONS: Final = """
[smtp]
host = "127.0.0.1"
port = 1
security = "aucune"

[alerts]
operator = "exploitation@example.org"

[demarche]
number = 12345
host = "http://127.0.0.1:1"
instructeur = "instruction@example.org"
"""
_PORT: Final = re.compile(r'^port = \d+$(?=\nsecurity = "aucune")', re.MULTILINE)
_HOST: Final = re.compile(r"http://127\.0\.0\.1:\d+")
_LABELS: Final = (
    "Nom du projet",
    "Porteur opérationnel du projet",
    "Porteur de projet – E-mail professionnel",
)


@dataclass(frozen=True)
class Services:
    """A mail server, at a port, and the service of dossiers."""

    post: local_smtp.Mailbox
    port: int
    demarche: Server

    def connect(self, folder: Path) -> None:
        """Tell the configuration of a campaign's folder where they are."""
        config = folder / "config" / "campaign.toml"
        text = _PORT.sub(f"port = {self.port}", config.read_text(encoding="utf-8"))
        config.write_text(_HOST.sub(self.demarche.url, text), encoding="utf-8")
        for path in (folder / ".eig-sheets").glob("demarche-*.json"):  # which names the service that it is of
            path.write_text(_HOST.sub(self.demarche.url, path.read_text(encoding="utf-8")), encoding="utf-8")

    def copied(self, left: Path, folder: Path) -> Path:
        """A campaign as it was left, in another folder, connected."""
        shutil.copytree(left, folder)
        self.connect(folder)
        return folder


@contextmanager
def running() -> Iterator[Services]:
    """The two, without anything in them but the questions of the form."""
    with local_smtp.started() as (post, port), server.running() as demarche:
        demarche.service.questions = [dossiers.descriptor(place, label) for place, label in enumerate(_LABELS, 1)]
        yield Services(post, port, demarche)


def deposited(number: int) -> Thing:
    """A dossier that answers the form."""
    said = (f"Projet {number}", "Direction d’essai", f"p{number}@example.org")
    answers = [dossiers.text(place, _LABELS[place - 1], value) for place, value in enumerate(said, 1)]
    return dossiers.dossier(number, *answers, state="en_instruction", dateDepot="2021-04-07T22:41:09+02:00")


def as_left(demarche: Server) -> None:
    """Have in the service what it had when the campaigns were left."""
    demarche.service.add(deposited(4001), deposited(4003))
    demarche.service.deleted.append(dossiers.deleted(4002, "2021-05-02T10:00:00+02:00"))
    states = {4512002: "refuse", 4512003: "sans_suite"}
    numbers = range(4512000, 4512007)
    demarche.service.add(*(dossiers.dossier(one, state=states.get(one, "en_instruction")) for one in numbers))


@contextmanager
def online(folder: Path) -> Iterator[tuple[SheetsServer, Mapping[str, str]]]:
    """A Sheets server that holds the spreadsheet of a campaign's folder, and the variables that lead to it."""
    with sheets_running(locale="fr_FR") as sheets:
        stored = json.loads((folder / "spreadsheet.json").read_text(encoding="utf-8"))
        yield (
            sheets,
            {
                "EIG_SHEETS_API_ENDPOINT": sheets.url,
                "GOOGLE_APPLICATION_CREDENTIALS": sheets.service_account,
                "EIG_SHEETS_STATE": str(folder / ".eig-sheets"),
                "EIG_SHEETS_QUOTA": str(folder / ".eig-sheets"),
                "EIG_SHEETS_WORKBOOK": spreadsheet.put(sheets.world, stored),
            },
        )


@contextmanager
def environment_of(folder: Path) -> Iterator[Mapping[str, str]]:
    """The variables of commands on the campaign of a folder, while what its workbook needs runs."""
    if not (folder / "spreadsheet.json").exists():
        yield ENVIRONMENT
        return
    with online(folder) as (_, env):
        yield env
