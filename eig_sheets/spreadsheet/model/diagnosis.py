"""Findings about a set-up: what was checked, how it stands, what to do. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

from eig_sheets.text.french import plural, typographic

CONNECTION: Final = "Connexion"
CLOCK: Final = "Horloge"
_COLON: Final = "\u202f: "
_POINTER: Final = re.compile(r"(Voir docs/\S+)?")
_SENTENCE_END: Final = re.compile(r"\. (?=[A-ZÀÉÈÊÎÔÇ«])")
_LATE_SECONDS: Final = 120
_WRONG_SECONDS: Final = 300
_REMEDY_OF_ERRORS: Final = "Faites ce que dit ce message, puis relancez « eig-sheets doctor »."
_SET_THE_CLOCK: Final = "Réglez l’horloge de cette machine (sous Linux : « sudo timedatectl set-ntp true »)."


class FindingStatus(StrEnum):
    """How something stands: as it should, worth a look, or in the way of the robot's work."""

    OK = "ok"
    ATTENTION = "attention"
    ERROR = "erreur"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. `message` and `remedy` are for people, in French; nothing to do when it is OK."""

    check: str
    status: FindingStatus
    message: str
    remedy: str = ""


def ok(check: str, message: str) -> Finding:
    """The finding that something is as it should be."""
    return Finding(check, FindingStatus.OK, typographic(message))


def attention(check: str, message: str, remedy: str) -> Finding:
    """The finding that something is worth a look."""
    return Finding(check, FindingStatus.ATTENTION, typographic(message), typographic(remedy))


def error(check: str, message: str, remedy: str) -> Finding:
    """The finding that something is in the way of the robot's work."""
    return Finding(check, FindingStatus.ERROR, typographic(message), typographic(remedy))


def of_exception(check: str, failure: Exception, remedy: str = "") -> Finding:
    """The finding of an error that speaks to people; without a remedy of ours, the one that it names."""
    message = str(failure)
    if not remedy:
        message, remedy = _parted(message)
    return error(check, message, remedy or _REMEDY_OF_ERRORS)


def _parted(text: str) -> tuple[str, str]:
    """What is wrong, and what to do: the first sentence and the others; of a single one, what its colon separates."""
    end = _SENTENCE_END.search(text)
    first, others = (f"{text[: end.start()]}.", text[end.end() :]) if end else (text, "")
    if not _POINTER.fullmatch(others) or _COLON not in first:
        return first, others
    wrong, _, remedy = first.partition(_COLON)
    return f"{wrong}.", f"{remedy[0].upper()}{remedy[1:]} {others}".rstrip()


def clock(header: str, before: datetime, after: datetime) -> Finding | None:
    """The finding about this machine's clock, from the Date of an answer (RFC 9110, to the second) to a call of ours.

    `before` and `after` the call: aware moments of this machine. None: the answer has no date that can be read.
    """
    there = _date(header)
    if there is None:
        return None
    gap = max((there - after).total_seconds(), (before - there).total_seconds() - 1, 0)
    ahead = there < before
    if gap <= _LATE_SECONDS:
        return ok(CLOCK, "L’horloge de cette machine est à l’heure du serveur.")
    how = f"{'avance' if ahead else 'retarde'} de {_span(gap)} sur celle du serveur"
    if gap <= _WRONG_SECONDS:
        return attention(CLOCK, f"L’horloge de cette machine {how}.", _SET_THE_CLOCK)
    return error(CLOCK, f"L’horloge de cette machine {how} : ses accès finiront par être refusés.", _SET_THE_CLOCK)


def _date(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 120:
        return plural(minutes, "minute")
    hours = minutes // 60
    return plural(hours, "heure") if hours < 48 else plural(hours // 24, "jour")
