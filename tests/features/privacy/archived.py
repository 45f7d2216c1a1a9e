"""A campaign that is over: its pages of jurors kept, its copies old, its periods short."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from eig_sheets.call.jury.files_received import PageStore
from eig_sheets.call.jury.read_pages import NewPage, ReadPage
from eig_sheets.campaign.reviews.versions import Version
from eig_sheets.documents.checksum import with_checksum
from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.storage.ledger import Ledger
from eig_sheets.storage.permissions import restrict_to_owner
from tests.program import Campaign, Outcome, eig

JUROR = "alix.ventadour@exemple.invalid"
ID = "remerciement_jure-alix-ventadour-6a7f1ef4c6"
DRAFT = (
    f"To: {JUROR}\r\nMessage-ID: <{'0a' * 16}@data.gouv.fr>\r\nContent-Type: multipart/alternative;\r\n"
    f' boundary="=_{"0a" * 16}_1"\r\nX-Unsent: 1\r\n\r\nBonjour'
)
"""As the program makes it; a program that saves it again has boundaries of its own."""
LONG_AGO = datetime(2022, 8, 1, 12)


def age(path: Path, moment: datetime = LONG_AGO) -> Path:
    """A file of that day."""
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    return path


def add_page(campaign: Campaign, number: int, *, of_candidates: bool = False) -> str:
    """One more page of the juror's in the state folder; its digest."""
    content = f"page {number} de {JUROR}".encode() * 20
    digest = f"{number:064x}"
    version = Version(JUROR, "3712146", {"commentaire": f"dit par {JUROR}"}, LONG_AGO, LONG_AGO, "a.xlsx")
    page = ReadPage(
        digest, f"alix-{number}.xlsx", LONG_AGO, "EIG5", JUROR, versions=(version,), of_candidates=of_candidates
    )
    store = PageStore(campaign.state.folder, str(campaign.workbook))
    store.add([NewPage(str(campaign.folder / f"alix-{number}.xlsx"), content, page)], "0", ())
    return digest


def finish(campaign: Campaign) -> None:
    """Give the campaign what a whole call leaves behind, all of it due since 2023."""
    campaign.set_config("months = 60", "months = 12")  # the first: the jury's
    for number in range(3):
        add_page(campaign, number)
    sent = Delivery(ID, "remerciement_jure", None, "smtp", Stage.SENT, JUROR, datetime(2021, 5, 10))
    Ledger(campaign.state.folder, str(campaign.workbook)).record_outcomes(sent)
    with closing(
        sqlite3.connect(campaign.state.folder / "etat.sqlite3")
    ) as base:  # copied with what it knew of another
        base.execute("DELETE FROM memory WHERE workbook <> ?", (str(campaign.workbook),))
        base.commit()
        base.execute("VACUUM")
    versions = campaign.state.versions
    versions.mkdir(exist_ok=True)
    old = versions / "campagne.20220801-120000-000000.abcdef012345.xlsx"
    old.write_bytes(b"ancien")
    age(old)
    (versions / "campagne.20990801-120000-000000.abcdef012345.xlsx").write_bytes(b"nouveau")
    drafts = campaign.folder / "brouillons"
    drafts.mkdir()
    for name, content in {"a.eml": DRAFT, "le-leur.eml": DRAFT.replace("=_", "=__")}.items():
        (drafts / name).write_bytes(content.encode())
    age(drafts / "a.eml")
    (drafts / "index.html").write_text(f"<title>E-mails à relire</title>{JUROR}", encoding="utf-8")
    page = campaign.folder / "rapport-jury.html"
    page.write_bytes(with_checksum(f"<p>{JUROR}</p>"))
    age(page)
    minutes = campaign.folder / "proces-verbal.docx"
    minutes.write_bytes(b"signed")
    age(minutes)
    restrict_to_owner(campaign.state.folder)


def run(campaign: Campaign, *arguments: str) -> Outcome:
    """A command on the day that it is: nothing is erased on that of --today."""
    return eig("--config", campaign.config, *arguments)


def files(campaign: Campaign) -> dict[str, bytes]:
    """Every file of the campaign but locks, by its name there."""
    paths = [
        path for path in campaign.folder.rglob("*") if path.is_file() and not path.name.endswith((".lock", "verrou"))
    ]
    return {path.relative_to(campaign.folder).as_posix(): path.read_bytes() for path in paths}
