"""E-mails of the robot itself, to the person who operates it: they leave by [smtp] at once, outside of the outbox."""

from __future__ import annotations

import os
from datetime import datetime

from eig_sheets.cli.emails.outlets import sender_of, sending_outlet
from eig_sheets.cli.emails.sender import mime_message
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.addresses import AddressError
from eig_sheets.emails.mail.messages import OutgoingEmail
from eig_sheets.emails.outlets.base import Receipt, mailboxes


def delivered(session: Session, kind: str, address: str, subject: str, body: str) -> Receipt:
    """What became of a message to one address; `kind` begins its id. Raises OutletError, Refusal: nothing left."""
    moment = datetime.now(session.campaign.zone)
    email = OutgoingEmail(f"{kind}-{moment:%Y%m%d-%H%M%S-%f}", (address,), (), subject, body)
    with sending_outlet(session.campaign, os.environ) as outlet:
        try:
            message = mime_message(session, email, sender_of(session.campaign), outlet)
        except AddressError as refused:
            raise Refusal(str(refused)) from None
        return outlet.deliver(email.id, message, mailboxes(message, "To"))
