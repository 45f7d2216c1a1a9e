"""Workbooks with anomalies of what came back, and all those expected of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept
from eig_sheets.campaign.reading_parts import Remembered
from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.outbox.fingerprints import Booked, Fingerprint
from eig_sheets.emails.outbox.records import line
from eig_sheets.features.returns.files_ledger import NOTHING_RECEIVED, Received
from eig_sheets.features.returns.rules_reading import read_mail
from eig_sheets.features.returns.standing import LEDGER
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook import envois
from tests.features.returns import mails
from tests.workbook.snapshots import DOSSIERS, EIG5, at, book, dossier, tabs_with

ADA = "ada@exemple.invalid"
ID, LEFT = "accuse_reception-103", datetime(2021, 4, 15, 10)
UID = "convocation_jury-103@eig5"
SENT = DeliveryStatus.SENT
C, R = "Candidatures", "Retours"
Case = tuple[
    str, Snapshot, tuple[tuple[str, str, str | None], ...], None, Kept, Campaign, Mapping[Remembered[Any], Any]
]


def cases() -> Iterator[Case]:
    """All of them."""
    returned = (("courriel_revenu", C, at("candidatures", "email_porteur", 3)),)
    yield _case("an e-mail that came back", returned, _received(mails.report(ID, ADA)))
    yield _case("one whose address is in no cell any more", (("courriel_revenu", R, None),),
                _received(mails.report(ID, ADA)), address="autre@exemple.invalid")  # fmt: skip
    yield _case("one that is only late", (), _received(mails.report(ID, ADA, action="delayed", status="4.4.1")))
    yield _case("a guest who declines", (("rendez_vous_decline", R, None),), _received(mails.reply(UID, ADA)))
    yield _case("a guest who comes", (), _received(mails.reply(UID, ADA, "ACCEPTED")))
    unread = NOTHING_RECEIVED.failing(LEFT, "la boîte est injoignable.")
    yield _case("a mailbox that cannot be read", (("retours_non_lus", R, None),), unread)


def _case(name: str, expected: tuple[tuple[str, str, str | None], ...], received: Received, address: str = ADA) -> Case:
    booked = Booked(UID, 0, "3" * 10, datetime(2021, 5, 4, 9, 30), datetime(2021, 5, 4, 10), False, "Audition")
    made_of = Fingerprint("0" * 10, "1" * 10, "2" * 10, booked)
    sending = envois.Sending(ID, "accuse_reception", "103", ADA, "Bien reçu", SENT, moment=LEFT)
    rows = envois.TABLE.cells([line(sending, made_of)])
    tab = TabSnapshot("Envois", (envois.TABLE.sheet_headers, *rows), mark="envois")
    there = book([*DOSSIERS, dossier("103", email_porteur=address)])
    snapshot = replace(tabs_with(tab), tabs=(*there.tabs, tab), sent=envois.sent_marks(rows))
    return name, snapshot, expected, None, NOTHING_KEPT, EIG5, {LEDGER: received}


def _received(data: bytes) -> Received:
    moment = datetime(2021, 4, 16, tzinfo=UTC)
    return NOTHING_RECEIVED.having(read_mail(data.removeprefix(mails.TOP.encode()), "1.eml", moment, EIG5.zone))
