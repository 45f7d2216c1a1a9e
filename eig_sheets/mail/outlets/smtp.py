"""E-mails sent by SMTP: who has one, who refused it, and when nobody knows."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from time import monotonic, sleep
from types import TracebackType
from typing import Final, Self

from eig_sheets.french import typographic
from eig_sheets.mail.addresses import AddressError, addresses
from eig_sheets.mail.outlets.base import Outcome, OutletError, Receipt
from eig_sheets.mail.outlets.servers import Server
from eig_sheets.mail.outlets.smtp_answers import receipt
from eig_sheets.mail.outlets.smtp_session import Envelope, LostError, Session, opened
from eig_sheets.mail.outlets.wire import accents_in, data_of, mailboxes

_MOST_FAILURES: Final = 3


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
        self._forget(politely=kind is None)

    @property
    def accents(self) -> bool:
        """Whether the server takes addresses that have accents before the « @ » (SMTPUTF8)."""
        return self._session is not None and self._session.offers("smtputf8")

    def deliver(self, message_id: str, message: EmailMessage, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002
        """Send one message to `recipients`; those of its To are the main ones, without whom nobody gets it."""
        self._keep_pace()
        try:
            session = self._ready()
            envelope = self._envelope(message, recipients)
            return session.transfer(envelope)
        except LostError:
            return receipt(Outcome.DEFERRED, "La connexion a été coupée avant l’envoi. À réessayer plus tard.")
        except OutletError as error:
            return receipt(Outcome.DEFERRED, f"{error} Rien n’a été envoyé.")
        except AddressError as error:
            return receipt(Outcome.REFUSED, str(error))

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
            self._forget(politely=False)
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
            made = opened(server, server.password.read(self._environment) if server.user else "", self._context)
        except OutletError:
            self._failures += 1
            raise
        self._failures, self._fresh = 0, True
        return made

    def _forget(self, *, politely: bool) -> None:
        if self._session:
            self._session.close(politely=politely)
        self._session = None

    def _envelope(self, message: EmailMessage, recipients: Sequence[str]) -> Envelope:
        sender, people = self._wire([self._settings.sender]), self._wire(recipients)
        if not people:
            raise AddressError("Ce message n’a aucun destinataire.")
        accents = accents_in(message) or not all(one.isascii() for one in (*sender, *people))
        if accents and not self.accents:
            raise AddressError(f"{self._settings.server.shown} ne prend pas les adresses qui ont des accents.")
        to = {one.casefold() for one in self._wire(mailboxes(message, "To"))}  # nobody of it in a rehearsal
        main = [person for person in people if person.casefold() in to] or people
        return Envelope(sender[0], people, main, data_of(message), accents)

    def _wire(self, some: Sequence[str]) -> list[str]:
        return [one.wire for one in addresses("\n".join(some), accents=self.accents)]
