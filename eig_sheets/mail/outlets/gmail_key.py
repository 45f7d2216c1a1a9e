"""Who drafts in Gmail: a service account in the name of someone of its organisation, or that person."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from google.auth.credentials import Credentials
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from eig_sheets.french import typographic
from eig_sheets.mail.outlets.base import OutletError
from eig_sheets.mail.outlets.secrets import private

SCOPE: Final = "https://www.googleapis.com/auth/gmail.compose"
"""The narrowest that drafts. It can also send, which nothing here does."""


def loaded(key: Path, mailbox: str) -> tuple[Credentials, str]:
    """Credentials for drafts alone, and the id that an administrator authorises (empty: nobody has to).

    Raises OutletError, which never shows what is in the file.
    """
    info = _parsed(private(key))
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
    found = _made(load, info, mailbox)
    if found is None:
        raise OutletError(typographic(f"{key} est abîmé ou incomplet : téléchargez-le de nouveau, sans le modifier."))
    return found, str(info.get("client_id", "")) if kind == "service_account" else ""


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:  # not raised further: it carries the whole file
        return None


def _made(load: Callable[[Mapping[str, Any], str], Credentials], info: Any, mailbox: str) -> Credentials | None:
    try:
        return load(info, mailbox)
    except Exception:  # of cryptography too, and any may quote the key
        return None


def _delegated(info: Mapping[str, Any], mailbox: str) -> Credentials:
    account: Any = service_account.Credentials
    found: Credentials = account.from_service_account_info(info, scopes=[SCOPE], subject=mailbox)
    return found


def _personal(info: Mapping[str, Any], _: str) -> Credentials:
    person: Any = user.Credentials
    found: Credentials = person.from_authorized_user_info(info, scopes=[SCOPE])
    return found


_LOADERS: Final[Mapping[str, Callable[[Mapping[str, Any], str], Credentials]]] = {
    "service_account": _delegated,
    "authorized_user": _personal,
}
