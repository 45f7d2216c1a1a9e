"""The type of an e-mail of the catalogue: all that the program knows of one, but its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from eig_sheets.domain.emails.appointments import Appointment
from eig_sheets.domain.emails.due import Condition, Fact
from eig_sheets.domain.emails.settings import MessageSettings
from eig_sheets.domain.parts import Part

APPOINTMENTS: Final = "rendez_vous"
"""What an e-mail is about when it is no row of a tab, but an appointment that people were invited to."""

Words = Mapping[str, tuple[str | bool | None, ...]]
"""Field of a row → the words that it may hold (an answer by yes or no is True or False); None for a blank."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder that one e-mail alone has: its French name, and its value for a round of that e-mail."""

    label: str
    value: Callable[[MessageSettings, str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """One e-mail of the programme.

    `about`: the id of the tab whose rows it is about, or APPOINTMENTS. `due`: when it is due; None when it answers to
    what was sent before. `accepts`: the words under which a row may still receive it, whatever the day. `asks_for`: a
    field that lists what the row lacks, and `chose`: fields of which one is filled; other rows do not receive it.
    `setting`: what the configuration must give, else it is never due. `placeholders`: those that it alone may name,
    besides those of its tab. `moment`: the placeholder of the date and time that its invitation puts in a calendar,
    and `appointment` the rest of it. `recalls`: it recalls an appointment that another e-mail announced: it leaves
    though people have that appointment as it is. `note`: what whoever approves it should do first. `to_team`: those who
    were recruited may receive it, too. `example_round`: a round of it, to see what it would say.

    `founded_on_ranking`: it announces a decision that whoever took it had the ranking before their eyes: that of the
    jury, and « Écarté – insuffisant », which is typed when notes come in. « Écarté – inéligible » applies a condition
    of the call, which its message states; that of `[algorithm]` is about projects, not candidates. `refusal`: the field
    and the word of the refusal that it announces, to which ways of appeal are due. A waiting list is no refusal: who
    never leaves it is then told « Non retenu ».
    """

    id: str
    about: str
    due: Condition | None
    accepts: Words
    asks_for: str | None = None
    chose: tuple[str, ...] = ()
    setting: Callable[[MessageSettings], object] = lambda _: True
    placeholders: Mapping[str, Placeholder] = field(default_factory=dict)
    moment: str | None = None
    appointment: Appointment | None = None
    recalls: bool = False
    note: str = ""
    to_team: bool = False
    founded_on_ranking: bool = False
    refusal: tuple[str, str] | None = None
    example_round: Callable[[MessageSettings], str] = lambda _: ""

    def is_of(self, part: Part) -> bool:
        """Whether it leaves from the outbox of the workbook that holds that part."""
        if self.about == APPOINTMENTS:
            return True
        return part.has_talents if self.about == "talents" else part.has_projects


ANY: Final[Words] = {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mail:
    """The e-mails that a feature adds to the catalogue, and what their conditions go by besides tables."""

    emails: tuple[Email, ...]
    facts: tuple[Fact[Any], ...] = ()
