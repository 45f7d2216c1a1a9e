"""The command that checks a set-up, as sentences tell people to run it; a program may have none."""

from __future__ import annotations

from dataclasses import dataclass

from eig_sheets.registry import Features


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
