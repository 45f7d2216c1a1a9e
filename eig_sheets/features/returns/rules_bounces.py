"""Delivery reports: RFC 3464, and the prose of servers that send none. Pure.

Prose: Exim (« X-Failed-Recipients », its copy of the message), qmail (the QSBMF format), older Exchange. Whatever the
form, a report is believed for an e-mail whose Message-ID it quotes, and of an address that this e-mail went to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses, parseaddr
from typing import Final

from eig_sheets.features.returns.rules_mail import (
    Origin,
    ReceivedMail,
    ReturnKind,
    Unread,
    keys_of,
    one_line,
    text_of,
)

_ROBOTS: Final = re.compile(r"(mailer-daemon|postmaster|microsoftexchange[0-9a-f]*)@", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[^\s<>()\[\]\"',;:@]+@[^\s<>()\[\]\"',;:@]+\.[A-Za-z0-9-]{2,}")
_ENHANCED: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY: Final = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])")
_COPY: Final = re.compile(
    r"^(-+ .*(copy of the message|below this line|original message|copie du message).*|Original message headers:|"
    r"Received: .*|Return-Path: .*|Message-ID: .*|.*body of your message follows.*)$",
    re.IGNORECASE | re.MULTILINE,
)
"""Where the prose of a server ends, and what it returns begins."""
_GIVEN_UP: Final = re.compile(
    r"permanent (fatal )?error|given up|could not be delivered|n.a pas pu être remis", re.IGNORECASE
)
_STILL_TRYING: Final = re.compile(
    r"(has|have) not (yet )?been|delayed|will (be retried|continue)|retardé", re.IGNORECASE
)
_XTEXT: Final = re.compile(r"\+([0-9A-F]{2})")
_VERDICTS: Final = {"failed": ReturnKind.RETURNED, "delayed": ReturnKind.DELAYED}
_DONE: Final = ("delivered", "relayed", "expanded")


def is_delivery_report(mail: Message) -> bool:
    """Whether a mail says that one of ours did not arrive: by its form, else by who writes it."""
    if mail.get_content_type() == "multipart/report":
        return str(mail.get_param("report-type", "delivery-status")).lower() == "delivery-status"
    sender = parseaddr(str(mail.get("From", "")))[1]
    return "X-Failed-Recipients" in mail or _ROBOTS.match(sender) is not None


def delivery_reports(mail: Message, origin: Origin) -> Iterator[ReceivedMail]:
    """What it says of each recipient; nothing of those whom the message reached."""
    keys = keys_of(mail)
    statuses = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    groups = [group for part in statuses for group in _groups(part) if "Action" in group]
    if groups:
        yield from (report for group in groups if (report := _of_group(group, keys, origin)))
    else:
        yield from _of_prose(mail, keys, origin)


def _groups(part: Message) -> Iterator[Message]:
    content = part.get_payload()
    yield from (group for group in content if isinstance(group, Message)) if isinstance(content, list) else ()


def _of_group(group: Message, keys: tuple[str, ...], origin: Origin) -> ReceivedMail | None:
    action = str(group["Action"]).strip().lower()
    if action in _DONE:
        return None
    diagnostic = str(group.get("Diagnostic-Code", "")).partition(";")
    said = one_line(diagnostic[2] or diagnostic[0])
    code = _code(f"{group.get('Status', '')} {said}")
    kind = _VERDICTS.get(action, ReturnKind.UNREAD)
    why = Unread.NO_RESULT if kind is ReturnKind.UNREAD else None
    addresses = tuple(dict.fromkeys(address for name in ("Original-Recipient", "Final-Recipient")
                                    for address in _spellings(str(group.get(name, "")))))  # fmt: skip
    return ReceivedMail(origin, kind, keys, addresses, code, said, why=why)


def _spellings(field: str) -> Iterator[str]:
    """The address of a field (« rfc822;ada@example.org »), as it stands, and out of xtext (RFC 3461, 4)."""
    address = field.rpartition(";")[2].strip().strip("<>")
    if address:
        yield address
        yield _XTEXT.sub(lambda match: chr(int(match[1], 16)), address)


def _of_prose(mail: Message, keys: tuple[str, ...], origin: Origin) -> Iterator[ReceivedMail]:
    text = next((text_of(part) for part in mail.walk() if part.get_content_type() == "text/plain"), "")
    copy = _COPY.search(text)
    prose = text[: copy.start()] if copy else text
    code = _code(prose)
    kind = _verdict(prose, code)
    why = Unread.NO_RESULT if kind is ReturnKind.UNREAD else None
    failed = [address for _, address in getaddresses([str(mail.get("X-Failed-Recipients", ""))]) if address]
    said = one_line(_said(prose, code))
    for addresses in [(address,) for address in failed] or [tuple(dict.fromkeys(_ADDRESS.findall(prose)))]:
        yield ReceivedMail(origin, kind, keys, addresses, code, said, why=why)


def _verdict(prose: str, code: str) -> ReturnKind:
    """What prose decides: its code, else its words, where these do not contradict each other."""
    given_up, still_trying = _GIVEN_UP.search(prose) is not None, _STILL_TRYING.search(prose) is not None
    if (code.startswith("5") and not still_trying) or (given_up and not still_trying):
        return ReturnKind.RETURNED
    return ReturnKind.DELAYED if still_trying and not given_up else ReturnKind.UNREAD


def _code(text: str) -> str:
    """The code that says most: an enhanced one (RFC 3463) other than « 5.0.0 », else the reply of SMTP."""
    enhanced = [code for code in _ENHANCED.findall(text) if not code.startswith("2")]
    precise = [code for code in enhanced if not code.endswith(".0.0")]
    return next(iter((*precise, *enhanced, *_REPLY.findall(text))), "")


def _said(prose: str, code: str) -> str:
    """The line of the code."""
    return next((line for line in prose.splitlines() if code and code in line), "")
