"""One behaviour of Google's that the tool relies on: what is expected, where, and what would break without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.model.base import MovedError, WorkbookError
from live_behaviours.scratch import Scratch

Check = Callable[[Scratch], str]


class Verdict(StrEnum):
    """What came out of a check."""

    CONFIRMED = "confirmé"
    REFUTED = "infirmé"
    UNKNOWN = "non vérifiable"


class RefutedError(Exception):
    """Google does otherwise; the message says what was seen."""


@dataclass(frozen=True)
class Behaviour:
    """`expected` in one sentence, `source` the modules that rely on it, `otherwise` what breaks if it is refuted."""

    expected: str
    source: str
    otherwise: str
    check: Check


class Outcome(NamedTuple):
    """A verdict and what was seen."""

    verdict: Verdict
    seen: str


BEHAVIOURS: list[Behaviour] = []


def behaviour(expected: str, source: str, otherwise: str) -> Callable[[Check], Check]:
    """Register a check: it returns what it saw, or raises RefutedError."""

    def registered(check: Check) -> Check:
        BEHAVIOURS.append(Behaviour(expected, source, otherwise, check))
        return check

    return registered


def hold(fact: bool, seen: object) -> None:
    """Raise RefutedError, with what was seen, unless the fact holds."""
    if not fact:
        raise RefutedError(str(seen))


def outcome(behaviour: Behaviour, scratch: Scratch) -> Outcome:
    """Run one check; what Google refuses is refuted, what it does not answer is unknown."""
    try:
        return Outcome(Verdict.CONFIRMED, behaviour.check(scratch))
    except RefutedError as error:
        return Outcome(Verdict.REFUTED, str(error))
    except ApiError as error:
        return Outcome(Verdict.REFUTED, f"refusé (erreur {error.status}) : {error.message}")
    except MovedError as error:  # nobody else is at work there: Google refused what was sent
        return Outcome(Verdict.REFUTED, str(error))
    except WorkbookError as error:
        return Outcome(Verdict.UNKNOWN, str(error))
    except (LookupError, ValueError, TypeError, AttributeError) as error:  # an answer of another shape
        return Outcome(Verdict.REFUTED, f"la réponse n’a pas la forme attendue ({type(error).__name__} : {error})")
