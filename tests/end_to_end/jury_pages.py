"""Pages that hold whatever jurors type, sent back in any campaign: what each spreadsheet program must keep as it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from eig_sheets.campaign.reviews import notes_recues
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from tests.call.jury.returned import MORNING, Mailbox, declaration, page, scores
from tests.columns import EIG5

COMMENT = "=1+1 « c’est long »\nà lire ; 3/5 & <b>"


def send(folder: Path, juror: str, numbers: tuple[str, str, str], campaign: str = "EIG5") -> Mailbox:
    """A grille with answers of every kind, and a declaration about the last dossier."""
    first, second, third = numbers
    others = {"commentaire": COMMENT, "coup_de_coeur": True, "communicable": "non"}
    odd = scores(3.5, "3,5", "NSP", datetime(2021, 5, 3), 9, **others)
    plain = scores(4, avis="Favorable", commentaire="03/05/2021")
    mailbox = Mailbox(folder)
    notes = page(juror, {first: odd, second: plain}, campaign=campaign)
    mailbox.put("grille.xlsx", notes, MORNING + timedelta(seconds=7))
    mailbox.put("declaration.xlsx", declaration(juror, {third: "oui"}, declared="oui", declared_on=MORNING))
    return mailbox


def kept_as_sent(tab: TabSnapshot | None, juror: str, numbers: tuple[str, str, str]) -> None:
    """The tab says what was sent, to the letter and to the second, and every row is as the robot wrote it."""
    criteria = [*EIG5.labels.items()]
    rows = [*notes_recues.read_rows(tab, criteria)]
    assert all(row.genuine for row in rows)
    records = {record.version.numero: record for row in rows for record in [notes_recues.record_of(row)]}
    assert set(records) == {*numbers[:2]}
    said = records[numbers[0]].version
    assert [said.values[name] for name, _ in criteria] == [3.5, "3,5", "NSP", "03/05/2021", 9.0]
    assert (said.juror, said.values["commentaire"], said.moment) == (juror, COMMENT, MORNING + timedelta(seconds=7))
    assert records[numbers[1]].version.values["commentaire"] == "03/05/2021"
