"""An e-mail as the bytes of a MIME message: the same arguments give the same bytes, and no header holds a line break.

Structure, as Google Calendar sends its own invitations: the appointment is the third alternative, which Outlook and
Gmail show with their buttons, and an attachment, for the readers that only look there (RFC 6047). The file of a grille
is an attachment too.

No Auto-Submitted: RFC 3834 keeps it from what a person originated, and a person reads and approves each e-mail; the
answers that it would silence (« absent jusqu’au 10 mai ») are of use to the team.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.emails.mail.addresses import Address, AddressError, addresses
from eig_sheets.emails.mail.bodies import page, text
from eig_sheets.emails.mail.filters import one_line
from eig_sheets.emails.mail.headers import POLICY
from eig_sheets.emails.mail.invitations import invitation, method
from eig_sheets.emails.mail.messages import OutgoingEmail, Sender
from eig_sheets.text.french import typographic

_FILE: Final = "invitation.ics"
_XLSX: Final = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AS_IS: Final = bytes({*range(0x20, 0x7F), 0x0A} - {ord("=")})
_MOSTLY_AS_IS: Final = 0.18
"""The share of bytes written in three characters up to which quoted-printable is shorter than base64."""


def message(
    email: OutgoingEmail,
    sender: Sender,
    zone: ZoneInfo,
    moment: datetime,
    content: bytes = b"",
    *,
    accents: bool = False,
) -> EmailMessage:
    """The e-mail, dated `moment` (aware). Its Message-ID depends on its id and the sender's domain alone.

    `content`: the bytes of the file that goes with it, if any; the caller checks that they are the right
    ones. `accents`: what sends it takes SMTPUTF8, thus accents in addresses; otherwise domains travel in punycode.
    Raises AddressError when there is nobody to write to, or an address that is none.
    """
    author = _single_address(sender.address, sender.name, accents=accents)
    to, cc = _recipients(email, accents=accents)
    answers = addresses(email.reply_to or sender.reply_to, accents=accents)
    people = {"From": [author], "To": to, "Cc": cc, "Reply-To": answers}
    built = EmailMessage(POLICY.clone(utf8=accents))
    for header, persons in people.items():
        if persons:
            built[header] = _mailboxes(persons, accents=accents)
    built["Subject"] = one_line(email.subject)
    built["Date"] = moment.astimezone(zone)
    built["Message-ID"] = f"<{_digest(email)}@{author.wire.rpartition('@')[2]}>"
    if sender.unsubscribe:
        built["List-Unsubscribe"] = _unsubscribe_links(sender.unsubscribe)
    _write(built, email)
    if email.event:
        _invite(built, email, method(email.event), invitation(email.event, author, to, zone, moment, cc))
    if email.file:
        _attach(built, email, email.file.name, content)
    built["Content-Language"] = "fr"  # last: with the content, it would go to the first part
    return built


def _recipients(email: OutgoingEmail, *, accents: bool) -> tuple[list[Address], list[Address]]:
    to = addresses("\n".join(email.to), accents=accents)
    if not to:
        raise AddressError(typographic(f"« {email.id} » n’a aucun destinataire."))
    there = {person.wire.casefold() for person in to}
    copies = addresses("\n".join(email.cc), accents=accents)
    return to, [person for person in copies if person.wire.casefold() not in there]


def _single_address(address: str, name: str, *, accents: bool) -> Address:
    parsed = addresses(address, accents=accents)
    if len(parsed) != 1:
        raise AddressError(typographic(f"« {one_line(address)} » : il faut une adresse d’expéditeur, et une seule."))
    return Address(name or parsed[0].name, parsed[0].address, parsed[0].wire)


def _mailboxes(people: Iterable[Address], *, accents: bool) -> list[Mailbox]:
    split = ((person.name, (person.address if accents else person.wire).rpartition("@")) for person in people)
    return [Mailbox(one_line(name), local_part, domain) for name, (local_part, _, domain) in split]


def _unsubscribe_links(unsubscribe: str) -> str:
    # RFC 2369. No one-click (RFC 8058): its address must tell who leaves, and this one is the same for everybody.
    ways = [_unsubscribe_link(entry) for entry in unsubscribe.replace(",", " ").split()]
    return ", ".join(f"<{way}>" for way in ways)


def _unsubscribe_link(typed: str) -> str:
    if (
        typed.startswith(("https://", "mailto:"))
        and typed.isascii()
        and typed.isprintable()
        and not {*typed} & {*'<>"'}
    ):
        return typed
    return f"mailto:{_single_address(typed, '', accents=False).wire}"


def _boundary(email: OutgoingEmail, number: int) -> str:
    # Neither encoding ever writes « =_ ».
    return f"=_{_digest(email)}_{number}"


def identity_of(sending_id: str) -> str:
    """What stands before the « @ » of the Message-ID of an e-mail: 32 hexadecimal digits."""
    return hashlib.sha256(sending_id.encode()).hexdigest()[:32]


def _digest(email: OutgoingEmail) -> str:
    return identity_of(email.id)


def _encoding(content: str) -> str:
    """The shorter of the two encodings that any server carries."""
    data = content.encode()
    return "quoted-printable" if len(data.translate(None, _AS_IS)) <= _MOSTLY_AS_IS * len(data) else "base64"


def _write(built: EmailMessage, email: OutgoingEmail) -> None:
    plain, html = text(email.body), page(email.body, one_line(email.subject))
    built.set_content(plain, cte=_encoding(plain))
    built.make_alternative(boundary=_boundary(email, 1))
    built.add_alternative(html, subtype="html", cte=_encoding(html))


def _invite(built: EmailMessage, email: OutgoingEmail, asked: str, ics: bytes) -> None:
    calendar = ics.decode()
    built.add_alternative(calendar, subtype="calendar", params={"method": asked}, cte=_encoding(calendar))
    built.make_mixed(boundary=_boundary(email, 0))
    built.add_attachment(ics, maintype="application", subtype="ics", filename=_FILE, params={"name": _FILE})


def _attach(built: EmailMessage, email: OutgoingEmail, name: str, content: bytes) -> None:
    if built.get_content_subtype() != "mixed":
        built.make_mixed(boundary=_boundary(email, 0))
    built.add_attachment(content, maintype="application", subtype=_XLSX, filename=name)
