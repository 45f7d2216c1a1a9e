"""A team whose advice slots and webinars change, in memory (`CalendarTeam`)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from eig_sheets.config import Campaign
from eig_sheets.features.advice.settings import SlotSettings, Webinar
from tests.emails.drafting.support import EIG5, Rows, campaign
from tests.emails.outbox.calendars import TODAY, CalendarTeam, Seen, already_sent

CLAUDE, DANY = "claude@exemple.invalid", "dany@exemple.invalid"
MARCH = datetime(2021, 3, 15)


def slot(hour: float, email: str | None = CLAUDE, projet: str | None = "Phare", **fields: Any) -> dict[str, Any]:
    """A booked slot, so many hours after the beginning of March 15th."""
    names = {CLAUDE: "Claude Roux", DANY: "Dany Petit"}
    booked = {"reserve_par": names.get(email or "", "Une personne"), "email": email, "projet": projet}
    return {"debut": MARCH + timedelta(hours=hour), **booked, "statut": "Réservé", **fields}


def webinar(title: str, day: int, invited: date = TODAY) -> Webinar:
    """A webinar of March, to which people are invited already."""
    return Webinar(title=title, starts=datetime(2021, 3, day, 14), minutes=60, link="", invited=invited)


def with_webinars(webinars: tuple[Webinar, ...], **emails: Any) -> Campaign:
    """EIG5 with these webinars alone, and other values of `[emails]`."""
    slots = EIG5.section(SlotSettings).model_copy(update={"webinars": webinars})
    return campaign({"slots": slots}, **emails)


class AdviceTeam(CalendarTeam):
    """What people typed is in `slots`, `registrations` and `webinars`, too: tests change them."""

    def __init__(self, slots: Rows = (), dossiers: Rows = (), talents: Rows = (), webinars: tuple[Webinar, ...] = ()):
        super().__init__(dossiers, talents)
        self.slots, self.webinars = [*slots], webinars
        self.registrations: Rows = []

    @property
    def rules(self) -> Campaign:
        """The configuration."""
        return with_webinars(self.webinars, disabled=self.disabled)

    @property
    def rows(self) -> dict[str, Rows]:
        """What people typed, by tab."""
        return {**super().rows, "creneaux": self.slots, "inscriptions": self.registrations}

    def calendar(self, address: str = CLAUDE) -> list[Seen]:
        """What a person's calendar shows."""
        return super().calendar(address)

    def uids(self, address: str = CLAUDE) -> set[str]:
        """The uids of a person's calendar."""
        return super().uids(address)


def advised(**rows: Any) -> AdviceTeam:
    """A team that sent all that was due."""
    return already_sent(AdviceTeam, **rows)
