"""A message as the bytes that an outlet hands over."""

from __future__ import annotations

import copy
import re
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any, Final, cast

_BREAK: Final = re.compile(rb"\r\n|\r|\n")


_IDENTITY: Final = re.compile(r"<[A-Za-z0-9._=+-]{1,200}@[A-Za-z0-9.-]{1,253}>")
_PEOPLE: Final = ("From", "Reply-To", "To", "Cc")


def accents_in(message: EmailMessage) -> bool:
    """Whether some address of the headers has accents, as only SMTPUTF8 carries them."""
    return not all(address.isascii() for address in mailboxes(message, *_PEOPLE))


def data_of(message: EmailMessage, *, draft: bool = False) -> bytes:
    """The message with CR LF, seven bits (but for addresses that have accents), and without Bcc.

    `draft`: with the header by which classic Outlook opens a file as a draft.
    """
    sent = copy.copy(message)
    del sent["Bcc"]  # also makes the copy's list of headers its own
    if draft:
        del sent["X-Unsent"]
        sent["X-Unsent"] = "1"
    policy = cast("EmailPolicy", sent.policy)
    data = sent.as_bytes(policy=policy.clone(utf8=accents_in(message), linesep="\r\n", cte_type="7bit"))
    data = _BREAK.sub(b"\r\n", data)
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def mailboxes(message: EmailMessage, *headers: str) -> list[str]:
    """The addresses in some headers."""
    found: list[Any] = [header for name in headers for header in message.get_all(name, [])]
    return [person.addr_spec for header in found for person in header.addresses]


def identity_of(message: EmailMessage) -> str:
    """The Message-ID, by which a draft is found again. Raises ValueError when it is none that can be searched for."""
    identity = str(message["Message-ID"] or "")
    if not _IDENTITY.fullmatch(identity):
        raise ValueError("not a Message-ID that can be searched for")
    return identity
