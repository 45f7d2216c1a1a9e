"""A message ready to be read by a person, or the reasons why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from eig_sheets.emails.mail.addresses import AddressError, checked


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail: addresses, a subject on one line, a body in Markdown that reads as plain text.

    `reply_to` is where answers go, empty for the sender's own address.
    """

    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    body: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """No e-mail: French sentences, each naming a field and its cell."""

    reasons: tuple[str, ...]


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    try:
        checked(text)
    except AddressError:
        return False
    return True
