"""Mail that comes back, written after RFC 3464 and 5546 and after what each server is documented to send."""

from __future__ import annotations

from email.message import EmailMessage

from eig_sheets.emails.mail.mime import identity_of

TOP = "Received: from mx.example.org by mail.example.org; Wed, 12 May 2021 10:30:00 +0200\r\n"
ARRIVED = "2021-05-12T10:30:00"


def original(sending_id: str, address: str) -> str:
    """The headers of an e-mail of ours."""
    return (
        "From: =?utf-8?q?L=E2=80=99=C3=A9quipe?= <eig@example.org>\r\n"
        f"To: {address}\r\nSubject: Votre dossier\r\nDate: Wed, 12 May 2021 10:00:00 +0200\r\n"
        f"Message-ID: <{identity_of(sending_id)}@example.org>\r\nMIME-Version: 1.0\r\n"
    )


def report(
    sending_id: str,
    *recipients: str,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 User unknown",
    quoted: str = "text/rfc822-headers",
    fields: str = "Final-Recipient: rfc822; {address}\r\n",
    prose: str = "This is the mail system.",
    headers: str = "From: MAILER-DAEMON@mx.example.org\r\nReturn-Path: <>\r\n",
) -> bytes:
    """A delivery status notification (RFC 3464), one group of fields a recipient."""
    groups = "".join(
        f"{fields.format(address=address)}Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {said}\r\n\r\n"
        for address in recipients
    )
    return (
        f"{TOP}{headers}To: eig@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        f"--B\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n{prose}\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example.org\r\nArrival-Date: Wed, 12 May 2021 10:00:01 +0200\r\n\r\n{groups}"
        f"--B\r\nContent-Type: {quoted}\r\n\r\n{original(sending_id, recipients[0])}\r\n--B--\r\n"
    ).encode()


def postfix(sending_id: str, address: str) -> bytes:
    """Postfix, bounce(8): X-Postfix fields, an Original-Recipient, the whole message or its headers."""
    return report(
        sending_id, address,
        fields="Final-Recipient: rfc822; {address}\r\nOriginal-Recipient: rfc822;{address}\r\n",
        said=f"550 5.1.1 <{address}>: Recipient address rejected: User unknown in local recipient table",
        quoted="message/rfc822",
        prose=f"<{address}>: host mx.example.org[192.0.2.1] said: 550 5.1.1 (in reply to RCPT TO command)",
    )  # fmt: skip


def gmail(sending_id: str, address: str) -> bytes:
    """Gmail: « Address not found », X-Failed-Recipients, a code on several lines."""
    return report(
        sending_id, address,
        said="550-5.1.1 The email account that you tried to reach does not exist. 550 5.1.1 gsmtp",
        quoted="message/rfc822",
        prose=f"** Address not found **\r\n\r\nYour message wasn't delivered to {address}.",
        headers=(
            "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\r\nAuto-Submitted: auto-replied\r\n"
            f"X-Failed-Recipients: {address}\r\n"
        ),
    )  # fmt: skip


def exchange(sending_id: str, address: str) -> bytes:
    """Exchange Online: « Undeliverable », from an address of its own, the code of its resolver."""
    return report(
        sending_id, address,
        status="5.1.10", said=f"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {address} not found by SMTP",
        quoted="message/rfc822",
        headers="From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org>\r\n",
    )  # fmt: skip


def exim(sending_id: str, address: str) -> bytes:
    """Exim before its bounce_return_… made a report: prose, X-Failed-Recipients, a copy of the message."""
    return (
        f"{TOP}Return-path: <>\r\nX-Failed-Recipients: {address}\r\nAuto-Submitted: auto-replied\r\n"
        "From: Mail Delivery System <Mailer-Daemon@mx.example.org>\r\nTo: eig@example.org\r\n"
        "Subject: Mail delivery failed: returning message to sender\r\n\r\n"
        "This message was created automatically by mail delivery software.\r\n\r\n"
        "A message that you sent could not be delivered to one or more of its\r\n"
        "recipients. This is a permanent error. The following address(es) failed:\r\n\r\n"
        f"  {address}\r\n    host mx.example.net [192.0.2.7]\r\n"
        f"    SMTP error from remote mail server after RCPT TO:<{address}>:\r\n    550 5.1.1 User unknown\r\n\r\n"
        "------ This is a copy of the message, including all the headers. ------\r\n\r\n"
        f"{original(sending_id, address)}\r\nBonjour\r\n"
    ).encode()


def exim_warning(sending_id: str, address: str) -> bytes:
    """Exim, while it still tries."""
    return (
        f"{TOP}From: Mail Delivery System <Mailer-Daemon@mx.example.org>\r\nSubject: Warning: message delayed\r\n\r\n"
        "This message was created automatically by mail delivery software.\r\n"
        "A message that you sent has not yet been delivered to one or more of its recipients\r\n"
        "after more than 24 hours on the queue.\r\n\r\n"
        f"The address to which the message has not yet been delivered is:\r\n\r\n  {address}\r\n\r\n"
        "No action is required on your part. Delivery attempts will continue for some time.\r\n\r\n"
        f"------ This is a copy of the message's headers. ------\r\n\r\n{original(sending_id, address)}"
    ).encode()


def qmail(sending_id: str, address: str) -> bytes:
    """qmail-send: QSBMF, « the qmail-send bounce message format »."""
    return (
        f"{TOP}Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org\r\nSubject: failure notice\r\n\r\n"
        "Hi. This is the qmail-send program at mx.example.org.\r\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\r\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n"
        f"<{address}>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
        f"--- Below this line is a copy of the message.\r\n\r\nReturn-Path: <eig@example.org>\r\n"
        f"{original(sending_id, address)}\r\nBonjour\r\n"
    ).encode()


FORMS = {"rfc3464": report, "postfix": postfix, "gmail": gmail, "exchange": exchange, "exim": exim, "qmail": qmail}


def reply(
    uid: str,
    guest: str,
    answer: str = "DECLINED",
    *,
    sender: str = "",
    sequence: int = 0,
    method: str = "REPLY",
    more: str = "",
    others: str = "",
    sent_by: str = "",
) -> bytes:
    """The answer of a guest's calendar (RFC 5546, 3.2.3), in a mail (RFC 6047)."""
    mail = EmailMessage()
    mail["Received"] = "from mx.example.org by mail.example.org; Wed, 12 May 2021 10:30:00 +0200"
    mail["From"], mail["To"], mail["Subject"] = sender or guest, "eig@example.org", "Refusé : Audition"
    mail.set_content("Ada a répondu.")
    speaker = f';SENT-BY="mailto:{sent_by}"' if sent_by else ""
    ics = (
        f"BEGIN:VCALENDAR\r\nPRODID:-//essai//FR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        f"DTSTAMP:20210512T083000Z\r\nDTSTART:20210604T073000Z\r\nSEQUENCE:{sequence}\r\n{more}"
        f"ATTENDEE;PARTSTAT={answer}{speaker}:mailto:{guest}\r\n{others}ORGANIZER:mailto:eig@example.org\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    mail.add_alternative(ics, subtype="calendar", params={"method": method})
    mail.add_attachment(ics.encode(), maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()
