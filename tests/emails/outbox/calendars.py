"""A team whose appointments change, in memory: its rows, its nights, its sends, and the calendar of each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.emails.mail.addresses import addresses
from eig_sheets.emails.mail.invitations import invitation
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.outbox import outbox_status, previous_state_of
from eig_sheets.emails.outbox.records import Record, records_of
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.sheet import cells_of
from eig_sheets.emails.outbox.status import OutboxStatus, ReadyEmail
from eig_sheets.run.sending import delivery
from eig_sheets.workbook import envois
from tests.emails.drafting.support import DOSSIER, TALENT, TEXTS, Rows, campaign, case
from tests.emails.mail.calendar_model import CalendarModel

TODAY = date(2021, 2, 10)
SENDER = addresses("EIG <eig@example.org>")[0]
NOW = datetime(2021, 2, 10, 12, tzinfo=UTC)

Seen = tuple[datetime, str]
"""An appointment in a calendar: its start, and its title with ordinary spaces."""
Team = TypeVar("Team", bound="CalendarTeam")


def hearing(audition: Any = datetime(2021, 5, 4, 9, 30), **fields: Any) -> dict[str, Any]:
    """A dossier that the jury will hear, with people of its own."""
    return {**DOSSIER, "decision": None, "audition": audition, **fields}


def candidate(audition: Any = datetime(2021, 6, 7, 10), **fields: Any) -> dict[str, Any]:
    """A candidate whom the jury will hear."""
    return {**TALENT, "audition": audition, **fields}


class CalendarTeam:
    """What people typed is in `dossiers` and `talents`: tests change them."""

    def __init__(self, dossiers: Rows = (), talents: Rows = ()):
        self.dossiers, self.talents = [*dossiers], [*talents]
        self.disabled = ("accuse_reception", "accuse_talent", "pieces_manquantes", "invitation_jury")
        self.without: dict[str, list[str]] = {}
        self.today = TODAY
        self.outbox: Rows = []
        self.lines: tuple[envois.Sending, ...] = ()
        self.ledger: dict[str, Delivery] = {}
        self.calendars: defaultdict[str, CalendarModel] = defaultdict(CalendarModel)
        self.heard: list[tuple[str, str, int, str, Seen]] = []
        self.minutes = 0

    @property
    def rules(self) -> Campaign:
        """The configuration."""
        return campaign(disabled=self.disabled)

    @property
    def rows(self) -> dict[str, Rows]:
        """What people typed, by tab."""
        return {"candidatures": self.dossiers, "talents": self.talents}

    def look(self) -> OutboxStatus:
        """Where each e-mail stands."""
        read = case(rules=self.rules, without=self.without, **self.rows, emails=self.outbox)
        known = previous_state_of(rows_of(read.reading), self._records(read.reading), self.ledger)
        return outbox_status(read.reading, read.results, TEXTS, self.today, known, {})

    def _records(self, reading: Any) -> Mapping[str, Record]:
        """Read from the cells of `Envois`, and from nothing else."""
        return records_of(reading, [envois.TABLE.sheet_headers, *envois.TABLE.cells(self.lines)])

    def night(self) -> OutboxStatus:
        """One run; when it changed something, one more, which adds nothing."""
        status = self.look()
        if not status.added and status.lines == self.lines:
            return status
        self.outbox += [cells_of(draft, draft.outcome) for draft in status.added if isinstance(draft.outcome, Message)]
        self.lines = status.lines
        again = self.look()
        assert not again.added
        self.lines = again.lines
        return again

    def ready(self) -> list[ReadyEmail]:
        """After a night, what may leave of appointments."""
        return [email for email in self.night().ready if email.email.event]

    def lose_state(self) -> None:
        """Another machine, or a lost folder: only `Envois` is left."""
        self.night()
        self.ledger.clear()

    def send(self, email: ReadyEmail, stage: Stage = Stage.SENT, *, arrives: bool = True) -> None:
        """Hand one over; it reaches the calendars, or not."""
        self.ledger[email.row.id] = delivery(email, "boîte", stage, datetime(2021, 2, 10, 12), "0" * 12)
        if arrives and email.email.event:
            self._arrive(email)

    def send_all(self) -> list[str]:
        """Nights and sends until nothing is left to send: the ids of what left."""
        left: list[str] = []
        while some := self.ready():
            for email in some:
                self.send(email)
            left += [email.row.id for email in some]
            assert len(left) < 99
        return left

    def _arrive(self, email: ReadyEmail) -> None:
        event, people = email.email.event, addresses("\n".join((*email.email.to, *email.email.cc)))
        assert event is not None
        self.minutes += 1
        ics = invitation(event, SENDER, people, self.rules.zone, NOW + timedelta(minutes=self.minutes))
        asked = "CANCEL" if event.cancelled else "REQUEST"
        for person in people:
            self.calendars[person.address].receive(ics)
            seen = (event.starts, plain(event.title))
            self.heard.append((asked, event.uid, event.sequence, person.address, seen))

    def calendar(self, address: str) -> list[Seen]:
        """What a person's calendar shows."""
        some = self.calendars[address].appointments.values()
        zone = self.rules.zone
        return sorted(
            (event["dtstart"].dt.astimezone(zone).replace(tzinfo=None), plain(str(event["summary"]))) for event in some
        )

    def uids(self, address: str) -> set[str]:
        """The uids of a person's calendar."""
        return {*self.calendars[address].appointments}

    def asked(self) -> Iterator[tuple[str, str]]:
        """What each message asked of whom, the first address of each alone, in the order of the sends."""
        last = None
        for asked, uid, sequence, address, _ in self.heard:
            if (asked, uid, sequence) != last:
                yield asked, address
            last = asked, uid, sequence


def plain(title: str) -> str:
    """A title with ordinary spaces."""
    return title.replace("\u202f", " ")


_MADE: dict[str, CalendarTeam] = {}


def already_sent(kind: type[Team] = CalendarTeam, **rows: Any) -> Team:
    """A team of that kind that sent all that was due."""
    made = f"{kind.__name__} {rows!r}"
    if made not in _MADE:
        team = _MADE[made] = kind(**rows)
        assert team.send_all()
        team.heard.clear()
    return deepcopy(_MADE[made])
