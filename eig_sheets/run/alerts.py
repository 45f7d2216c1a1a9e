"""Nights that fail, one after the other: when the operator is told, in which words. Pure.

No word of a workbook is in these messages, nor the path of a file: the cause of a failure is told by its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from eig_sheets.registry import Features
from eig_sheets.text.french import day, in_letters, typographic


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpCheck:
    """The command that checks the set-up, which sentences of the program send people to.

    `mail`: the same with a message that it sends; `accounts`: with what each account sees.
    """

    command: str
    mail: str
    accounts: str


def set_up_check(features: Features) -> SetUpCheck | None:
    """The one of these features; None without."""
    return next(iter(features.parts(SetUpCheck)), None)


TOLD_FROM: Final = 2
"""Nights that fail before the operator is told: one may be a server's maintenance."""
_NOON: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Notice:
    """An e-mail to the operator: a subject on one line, a body in Markdown."""

    subject: str
    body: str


def night_of(moment: datetime) -> date:
    """The evening of the night of a moment: nights go from noon to noon."""
    return (moment - _NOON).date()


def is_told(nights: Sequence[datetime]) -> bool:
    """Whether so many failed nights, without a success since the first, are told to the operator."""
    return len(nights) >= TOLD_FROM


def failure_notice(
    campaign: str, machine: str, nights: Sequence[datetime], cause: str, check: SetUpCheck | None
) -> Notice:
    """The message of an outage; `nights`: the first run of each.

    `cause`: a French noun phrase without personal data, '' when nothing is known of it. `check`: what checks the
    set-up, if the call has it.
    """
    about = f" Ce qui l’a arrêtée la dernière fois : {cause}." if cause else ""
    log = "lisez la fin du journal de la nuit"
    if check:
        log = f"lancez « {check.command} » sous le compte de la nuit, et lisez la fin de son journal"
    return _notice(
        f"{campaign} : la synchronisation échoue",
        f"La synchronisation de la campagne {campaign}, sur la machine {machine}, n’a pas réussi depuis "
        f"{in_letters(len(nights))} nuits ; la première en échec est celle du {day(night_of(nights[0]))}.{about}",
        "Rien n’est perdu : les onglets du robot restent ceux de la dernière réussite. Pour savoir que faire, "
        f"{log} (docs/nightly.fr.md).",
        "Ce message ne part qu’une fois. Un autre dira que la synchronisation est rétablie.",
    )


def recovery_notice(campaign: str, machine: str) -> Notice:
    """The message of the end of an outage that was told."""
    return _notice(
        f"{campaign} : la synchronisation est rétablie",
        f"La synchronisation de la campagne {campaign}, sur la machine {machine}, vient de réussir. Il n’y a rien à "
        "faire.",
    )


def _notice(subject: str, *paragraphs: str) -> Notice:
    end = "Ce message vient du robot : il n’appelle pas de réponse."
    return Notice(typographic(subject), typographic("\n\n".join(("Bonjour,", *paragraphs, end))))
