"""Outlet that sends e-mails by SMTP: who received one, who was refused, and when the outcome is unknown."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from time import monotonic, sleep
from types import TracebackType
from typing import Final, Self

from eig_sheets.emails.mail.addresses import AddressError, addresses
from eig_sheets.emails.outlets.base import (
    DeliveryOutcome,
    OutletError,
    Receipt,
    accents_in,
    data_of,
    mailboxes,
    receipt,
)
from eig_sheets.emails.outlets.servers import LOCAL_NAME, Security, Server, check, insecure, login_error, unreachable
from eig_sheets.emails.outlets.smtp_session import CUT, Answer, Envelope, LostError, Session, ask, plain
from eig_sheets.text.french import typographic

_MOST_FAILURES: Final = 3
_READY, _LET_IN, _NEXT = 220, 235, 334


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The server, the address that failures come back to, and how many messages a minute at most (None: no limit)."""

    server: Server
    sender: str
    per_minute: float | None = None


class Smtp:
    """An outlet that sends. A lost connection is made again for the next message, three times in a row at most."""

    name = "smtp"
    sends = True

    def __init__(
        self,
        settings: SmtpSettings,
        environment: Mapping[str, str],
        *,
        context: ssl.SSLContext | None = None,
        sleep: Callable[[float], object] = sleep,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`context`: the certificates to trust, else those of this machine; `sleep` and `clock`: in seconds."""
        self._settings = settings
        self._environment = environment
        self._context = context or ssl.create_default_context()
        self._sleep, self._clock = sleep, clock
        self._next = -float("inf")
        self._session: Session | None = None
        self._fresh = False
        self._failures = 0

    def __enter__(self) -> Self:
        """Connect. Raises OutletError."""
        self._session = self._connected()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect; when something broke, without a word, which could be taken for a part of a message."""
        self._disconnect(politely=kind is None)

    @property
    def accents(self) -> bool:
        """Whether the server takes addresses that have accents before the « @ » (SMTPUTF8)."""
        return self._session is not None and self._session.offers("smtputf8")

    def deliver(self, sending_id: str, message: EmailMessage, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002
        """Send one message to `recipients`; those of its To are the main ones, without whom nobody gets it."""
        self._keep_pace()
        try:
            session = self._ready()
            envelope = self._envelope(message, recipients)
            return session.transfer(envelope)
        except LostError:
            return receipt(DeliveryOutcome.DEFERRED, "La connexion a été coupée avant l’envoi. À réessayer plus tard.")
        except OutletError as error:
            return receipt(DeliveryOutcome.DEFERRED, f"{error} Rien n’a été envoyé.")
        except AddressError as error:
            return receipt(DeliveryOutcome.REFUSED, str(error))

    def _keep_pace(self) -> None:
        if self._settings.per_minute is None:
            return
        now = self._clock()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + 60 / self._settings.per_minute

    def _ready(self) -> Session:
        session = self._session
        if session is None or not (self._fresh or session.ready()):
            self._disconnect(politely=False)
            session = self._session = self._connected()
        self._fresh = False
        return session

    def _connected(self) -> Session:
        server = self._settings.server
        if self._failures == _MOST_FAILURES:
            raise OutletError(
                typographic(f"{self._settings.server.shown} n’est plus joignable depuis plusieurs essais.")
            )
        server = self._settings.server
        try:
            session = opened(server, server.password.read(self._environment) if server.user else "", self._context)
        except OutletError:
            self._failures += 1
            raise
        self._failures, self._fresh = 0, True
        return session

    def _disconnect(self, *, politely: bool) -> None:
        if self._session:
            self._session.close(politely=politely)
        self._session = None

    def _envelope(self, message: EmailMessage, recipients: Sequence[str]) -> Envelope:
        sender, people = self._wire([self._settings.sender]), self._wire(recipients)
        if not people:
            raise AddressError("Ce message n’a aucun destinataire.")
        accents = accents_in(message) or not all(address.isascii() for address in (*sender, *people))
        if accents and not self.accents:
            raise AddressError(f"{self._settings.server.shown} ne prend pas les adresses qui ont des accents.")
        to = {address.casefold() for address in self._wire(mailboxes(message, "To"))}  # nobody of it in a rehearsal
        main = [person for person in people if person.casefold() in to] or people
        return Envelope(sender[0], people, main, data_of(message), accents)

    def _wire(self, written: Sequence[str]) -> list[str]:
        return [address.wire for address in addresses("\n".join(written), accents=self.accents)]


def opened(server: Server, password: str, context: ssl.SSLContext) -> Session:
    """A session, encrypted unless the server is this machine, and let in. Raises OutletError."""
    check(server)
    client = _Client(server, context)
    try:
        _greet(client, server, context)
        if server.user:
            _log_in(client, server, password)
    except OutletError:
        client.close()
        raise
    except CUT as error:
        client.close()
        raise unreachable(server, error) from None
    return Session(client, server.answer_seconds)


class _Client(smtplib.SMTP):
    """smtplib's client, with a time-out for the connection and another, longer, for what is said on it."""

    def __init__(self, server: Server, context: ssl.SSLContext) -> None:
        super().__init__(local_hostname=LOCAL_NAME)
        self._server, self._context = server, context
        self._host = server.host  # the name that `starttls` wants in the certificate
        self.command_encoding = "utf-8"

    def _get_socket(self, host: str, port: int, _: float) -> socket.socket:
        connection = socket.create_connection((host, port), self._server.connect_seconds)
        connection.settimeout(self._server.answer_seconds)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the final dot alone would wait for an answer
        if self._server.security is Security.TLS:
            connection = self._context.wrap_socket(connection, server_hostname=host)
        return connection


def _greet(client: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    answer = Answer(*plain(client.connect(server.host, server.port)))
    if answer.code != _READY:
        raise _not_accepted_error(server, answer)
    _introduce(client, server)
    if server.security is Security.STARTTLS:
        if not client.has_extn("starttls"):
            raise insecure(server)
        # It discards what was received in clear, which anybody on the way may have sent.
        if client.starttls(context=context)[0] != _READY:
            raise insecure(server)
        _introduce(client, server)


def _introduce(client: smtplib.SMTP, server: Server) -> None:
    answer = Answer(*plain(client.ehlo()))
    if not answer.positive:
        raise _not_accepted_error(server, answer)


def _log_in(client: smtplib.SMTP, server: Server, password: str) -> None:
    # Not smtplib's: the error of its ASCII codec carries the password.
    mechanisms = client.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in mechanisms:
        answer = ask(client, f"AUTH PLAIN {_b64(chr(0).join(('', server.user, password)))}")
    elif "LOGIN" in mechanisms:
        answer = ask(client, f"AUTH LOGIN {_b64(server.user)}")
        if answer.code == _NEXT:
            answer = ask(client, _b64(password))
    else:
        raise OutletError(typographic(f"{server.shown} ne propose pas de s’identifier par un mot de passe."))
    if answer.final or answer.code == _NEXT:
        raise login_error(server, str(answer.code))
    if answer.code != _LET_IN:
        raise OutletError(
            typographic(f"{server.shown} n’identifie personne pour le moment (réponse {answer.code}) : réessayez.")
        )


def _not_accepted_error(server: Server, answer: Answer) -> OutletError:
    return OutletError(typographic(f"{server.shown} ne veut pas de cette machine : {answer.why}."))


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
