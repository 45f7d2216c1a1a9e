"""The appointment that an e-mail puts in a calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from eig_sheets.config import Campaign
from eig_sheets.domain.due import Due
from eig_sheets.french import plain, typographic
from eig_sheets.mail.context import Context
from eig_sheets.mail.letters import Event
from eig_sheets.mail.markdown import one_line
from eig_sheets.mail.templates import Template


@dataclass(frozen=True, slots=True)
class _Kind:
    """One sort of appointment: what it is called, who or what it is for, how long, where."""

    family: str
    title: str
    minutes: float
    place: str


class Appointments:
    """The appointments of a campaign.

    The `uid` is that of an appointment which nobody was told of yet: the outbox gives back its own to one that was.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign

    def of(self, template: Template, one: Due, context: Context) -> Event | None:
        """The appointment that a message is about, whether it can be written or not.

        None when its template brings none, or when its moment is not known.
        """
        starts = context.values[template.moment] if template.moment else None
        if not isinstance(starts, datetime):
            return None
        kind = _KINDS[one.template](self._campaign, context.values)
        return Event(
            uid=self._uid(kind.family, one),
            starts=starts,
            ends=starts + timedelta(minutes=_possible(kind.minutes)),
            title=typographic(one_line(kind.title)),
            place=one_line(kind.place),
            description=typographic(self._description(one)),
        )

    def wrong(self, template: Template, one: Due, context: Context) -> str | None:
        """Why the appointment of a message cannot be in a calendar, in French, with the cell."""
        typed = context.values["duree"] if template.moment and one.template == "confirmation_creneau" else None
        if not typed or typed == _possible(typed):
            return None
        where = context.origin("duree")
        return typographic(
            f"« {template.vocabulary.headers['duree']} » va de 1 à {_LONGEST} minutes : corrigez {where}."
        )

    def _uid(self, family: str, one: Due) -> str:
        campaign = "-".join(plain(self._campaign.campaign.id).split())
        return f"{family}-{one.id.removeprefix(f'{one.template}-')}@{campaign}.eig-sheets"

    def _description(self, one: Due) -> str:
        about = f"Dossier n° {one.numero}. " if one.numero else ""
        contact = self._campaign.emails.contact
        return f"{about}Une question, un empêchement ? {contact}" if contact else about.strip()


_LONGEST: Final = 24 * 60
"""Minutes of a day."""


def _possible(minutes: Any) -> float:
    return float(min(max(minutes, 1), _LONGEST))


_Values = Mapping[str, Any]


def _hearing(campaign: Campaign, values: _Values) -> _Kind:
    rules = campaign.emails
    return _Kind(
        "audition",
        f"Audition du projet « {values['projet'] or values['numero']} »",
        rules.audition_minutes,
        rules.audition_place,
    )


def _candidate(campaign: Campaign, values: _Values) -> _Kind:
    dates, title = campaign.emails.talents, f"Audition : {values['campagne']}"
    return _Kind("audition-talent", title, dates.audition_minutes, dates.audition_place)


def _advice(campaign: Campaign, values: _Values) -> _Kind:
    rules, about = campaign.emails, values["projet"] or values["campagne"]
    return _Kind("creneau", f"Rendez-vous : {about}", values["duree"] or rules.advice_minutes, rules.advice_place)


def _webinar(campaign: Campaign, values: _Values) -> _Kind:
    webinar = next(one for one in campaign.emails.webinars if one.starts == values["webinaire_debut"])
    return _Kind("webinaire", f"Webinaire : {webinar.title}", webinar.minutes, webinar.link)


_KINDS: Final[Mapping[str, Callable[[Campaign, _Values], _Kind]]] = {
    "convocation_jury": _hearing,
    "convocation_talent": _candidate,
    "confirmation_creneau": _advice,
    "invitation_webinaire": _webinar,
}
