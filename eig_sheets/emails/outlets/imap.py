"""Outlet that adds drafts to a mailbox by IMAP; each Message-ID is searched for first, so that none is added twice."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Final, Self

from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError, Receipt, data_of, identity_of, receipt
from eig_sheets.emails.outlets.imap_session import Drafts, LostError, opened
from eig_sheets.emails.outlets.servers import Server
from eig_sheets.text.french import typographic

_MOST_FAILURES: Final = 3


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """The server, and the name of the folder of drafts, for servers that do not say which it is."""

    server: Server
    folder: str = ""


class Imap:
    """An outlet that drafts. A lost connection is made again, three times in a row at most."""

    name = "imap"
    sends = False
    accents = False

    def __init__(
        self, settings: ImapSettings, environment: Mapping[str, str], *, context: ssl.SSLContext | None = None
    ) -> None:
        """`context`: the certificates to trust, else those of this machine."""
        self._settings = settings
        self._environment = environment
        self._context = context or ssl.create_default_context()
        self._drafts: Drafts | None = None
        self._failures = 0

    def __enter__(self) -> Self:
        """Connect, and find the folder of drafts. Raises OutletError."""
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        self._disconnect(politely=kind is None)

    def deliver(self, sending_id: str, message: EmailMessage, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002
        """Draft one message, unless it is there; who it is for is what it says."""
        identity, data = identity_of(message), data_of(message)
        try:
            drafts = self._drafts or self._open()
            if drafts.has(identity):
                return receipt(DeliveryOutcome.DRAFTED, f"Brouillon déjà dans « {drafts.name} ».")
        except (LostError, OutletError) as error:
            self._disconnect(politely=False)
            return receipt(
                DeliveryOutcome.DEFERRED, f"{str(error) or 'La connexion a été coupée.'} Rien n’a été déposé."
            )
        try:
            return drafts.add(data)
        except LostError:
            self._disconnect(politely=False)
            return self._search_after_loss(identity)

    def _search_after_loss(self, identity: str) -> Receipt:
        """The outcome of a draft whose answer was lost, from a search.

        Not found is not absent: the server may have read the whole of it, and be slow to put it there.
        """
        try:
            drafts = self._open()
            if drafts.has(identity):
                return receipt(DeliveryOutcome.DRAFTED, f"Brouillon dans « {drafts.name} ».")
        except (LostError, OutletError):
            self._disconnect(politely=False)
        return receipt(
            DeliveryOutcome.UNCERTAIN,
            "La connexion a été coupée pendant le dépôt : le brouillon est peut-être dans la boîte. Cherchez-le, puis "
            "dites-le avec « eig-sheets emails settle ».",
        )

    def _open(self) -> Drafts:
        settings = self._settings
        if self._failures == _MOST_FAILURES:
            raise OutletError(typographic(f"{settings.server.shown} n’est plus joignable, après plusieurs essais."))
        password = settings.server.password.read(self._environment)
        try:
            self._drafts = opened(settings.server, password, self._context, settings.folder)
        except OutletError:
            self._failures += 1
            raise
        self._failures = 0
        return self._drafts

    def _disconnect(self, *, politely: bool) -> None:
        if self._drafts:
            self._drafts.close(politely=politely)
        self._drafts = None
