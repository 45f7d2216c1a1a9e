"""A received mail, read from its bytes: what it says of our e-mails and appointments; nothing of any other. Pure."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from zoneinfo import ZoneInfo

from eig_sheets.features.returns.rules_bounces import delivery_reports, is_delivery_report
from eig_sheets.features.returns.rules_mail import Origin, ReceivedMail, one_line
from eig_sheets.features.returns.rules_replies import replies


def read_mail(data: bytes, place: str, arrived: datetime, zone: ZoneInfo) -> tuple[ReceivedMail, ...]:
    """What a mail says; () for one that is neither a delivery report nor an answer to an invitation.

    `arrived`: when the mailbox took it (aware), which its own headers may say better.
    """
    mail = message_from_bytes(data)
    moment = (_received(mail) or arrived).astimezone(zone).replace(tzinfo=None, microsecond=0)
    sender = parseaddr(_header(mail, "From"))[1]
    origin = Origin(one_line(place), moment, one_line(sender), one_line(_header(mail, "Subject")))
    if is_delivery_report(mail):
        return tuple(delivery_reports(mail, origin))
    return tuple(replies(mail, origin))


def _received(mail: Message) -> datetime | None:
    """When our own server took it: the date of the header that it put first."""
    first = str(next(iter(mail.get_all("Received", [])), ""))
    try:
        moment = parsedate_to_datetime(first.rpartition(";")[2].strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _header(mail: Message, name: str) -> str:
    value = str(mail.get(name, ""))
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return value
