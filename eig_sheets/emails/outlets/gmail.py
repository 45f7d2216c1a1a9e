"""Outlet that adds Gmail drafts, as a person or by a service account for one; each Message-ID is searched for first.

Gmail's search is by words, and finds what is new after a while: only the Message-ID of what it finds is believed,
and what it does not find is never taken for absent once it was handed over.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import Any, Final, Self

from google.auth.credentials import Credentials
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError, Receipt, data_of, identity_of, receipt
from eig_sheets.emails.outlets.gmail_api import GOOGLE, SCOPE, TIMEOUTS, Drafts, LostError, RefusedError
from eig_sheets.emails.outlets.servers import read_secret
from eig_sheets.text.french import typographic

VARIABLE: Final = "EIG_SHEETS_GMAIL_ENDPOINT"
_WAITS: Final = (0.0, 2.0, 6.0)
"""Seconds before each search for a draft that nobody answered for: Gmail finds what is new after a moment."""
_SILENT: Final = "Gmail ne répond pas"
_CHANGED: Final = (
    " Gmail en a changé l’identifiant (Message-ID) : le robot ne peut plus le retrouver. Avant de le remettre en jeu, "
    "regardez s’il y est."
)


@dataclass(frozen=True, slots=True)
class GmailSettings:
    """The file of the key or of the authorisation, and whose mailbox it is (needed for a service account)."""

    key: Path
    mailbox: str = ""


class Gmail:
    """An outlet that drafts. Each message is a call of its own: a lost connection costs nothing to the next."""

    name = "gmail"
    sends = False
    accents = False

    def __init__(
        self,
        settings: GmailSettings,
        environment: Mapping[str, str],
        *,
        timeouts: tuple[float, float] = TIMEOUTS,
        sleep: Callable[[float], object] = sleep,
    ) -> None:
        """`timeouts`: seconds to connect, and to wait for an answer."""
        self._settings = settings
        self._endpoint = environment.get(VARIABLE) or GOOGLE
        self._timeouts = timeouts
        self._sleep = sleep
        self._drafts: Drafts | None = None
        self._keeps: bool | None = None

    def __enter__(self) -> Self:
        """See that the mailbox lets us in. Raises OutletError."""
        credentials, client = load_credentials(self._settings.key, self._settings.mailbox)
        self._drafts = Drafts(credentials, self._settings.mailbox, client, self._endpoint, self._timeouts)
        try:
            self._drafts.check()
        except RefusedError as error:
            error_shown = OutletError(str(error))
        except LostError:
            error_shown = OutletError(
                typographic(f"{_SILENT} : vérifiez le réseau, ou relancez la commande plus tard.")
            )
        else:
            return self
        self._drafts.close()
        raise error_shown

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        if self._drafts:
            self._drafts.close()

    def deliver(self, sending_id: str, message: EmailMessage, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002
        """Draft one message, unless it is there; who it is for is what it says."""
        if self._drafts is None:
            raise OutletError(_SILENT)
        identity, data = identity_of(message), data_of(message)
        try:
            if self._drafts.has(identity):
                return receipt(DeliveryOutcome.DRAFTED, f"Brouillon déjà dans {self._mailbox}.")
        except RefusedError as error:
            return receipt(error.outcome, str(error))
        except LostError:
            return receipt(DeliveryOutcome.DEFERRED, f"{_SILENT} : rien n’a été déposé. À réessayer plus tard.")
        try:
            draft = self._drafts.add(data)
        except RefusedError as error:
            return receipt(error.outcome, str(error))
        except LostError:
            return self._search_after_loss(self._drafts, identity)
        return receipt(
            DeliveryOutcome.DRAFTED, f"Brouillon dans {self._mailbox}.{self._warning(self._drafts, draft, identity)}"
        )

    @property
    def _mailbox(self) -> str:
        return f"la boîte Gmail {self._settings.mailbox}".strip()

    def _warning(self, drafts: Drafts, draft: str, identity: str) -> str:
        """The warning when Gmail changes the Message-ID that it is given; checked on the first draft only."""
        if self._keeps is None:
            with contextlib.suppress(LostError, RefusedError):  # it is made all the same
                self._keeps = drafts.keeps(draft, identity)
        return _CHANGED if self._keeps is False else ""

    def _search_after_loss(self, drafts: Drafts, identity: str) -> Receipt:
        """The outcome of a draft whose answer was lost, from a search. Not found is not absent: it may come later."""
        with contextlib.suppress(LostError, RefusedError):
            for wait in _WAITS:
                self._sleep(wait)
                if drafts.has(identity):
                    return receipt(DeliveryOutcome.DRAFTED, f"Brouillon dans {self._mailbox}.")
        return receipt(
            DeliveryOutcome.UNCERTAIN,
            f"{_SILENT} : le brouillon est peut-être dans {self._mailbox}. Cherchez-le, puis dites-le avec "
            "« eig-sheets emails settle ».",
        )


def load_credentials(key: Path, mailbox: str) -> tuple[Credentials, str]:
    """Credentials for drafts alone, and the id that an administrator authorises (empty: nobody has to).

    Raises OutletError, which never shows what is in the file.
    """
    info = _parsed(read_secret(key))
    kind = str(info.get("type")) if isinstance(info, dict) else ""
    load = _LOADERS.get(kind)
    if load is None:
        raise OutletError(
            typographic(
                f"{key} n’est ni la clé d’un compte de service, ni l’autorisation d’une personne (« authorized_user ») "
                ": indiquez l’une ou l’autre."
            )
        )
    if kind == "service_account" and not mailbox:
        raise OutletError(
            "Un compte de service n’a pas de boîte Gmail à lui\u202f: indiquez l’adresse de celle où il écrit."
        )
    credentials = _credentials(load, info, mailbox)
    if credentials is None:
        raise OutletError(typographic(f"{key} est abîmé ou incomplet : téléchargez-le de nouveau, sans le modifier."))
    return credentials, str(info.get("client_id", "")) if kind == "service_account" else ""


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:  # not raised further: it carries the whole file
        return None


def _credentials(load: Callable[[Mapping[str, Any], str], Credentials], info: Any, mailbox: str) -> Credentials | None:
    try:
        return load(info, mailbox)
    except Exception:  # of cryptography too, and any may quote the key
        return None


def _delegated(info: Mapping[str, Any], mailbox: str) -> Credentials:
    account: Any = service_account.Credentials
    credentials: Credentials = account.from_service_account_info(info, scopes=[SCOPE], subject=mailbox)
    return credentials


def _personal(info: Mapping[str, Any], _: str) -> Credentials:
    person: Any = user.Credentials
    credentials: Credentials = person.from_authorized_user_info(info, scopes=[SCOPE])
    return credentials


_LOADERS: Final[Mapping[str, Callable[[Mapping[str, Any], str], Credentials]]] = {
    "service_account": _delegated,
    "authorized_user": _personal,
}
