"""The drafts folder of a mailbox over IMAP: search it, append to it, encode the names of folders."""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError, Receipt, receipt
from eig_sheets.emails.outlets.servers import Security, Server, check, insecure, login_error, quoted, unreachable
from eig_sheets.text.french import typographic

_GOODBYE_SECONDS: Final = 5


_FLAGS: Final = r"(\Draft \Seen)"


_LATER: Final = re.compile(r"\[(OVERQUOTA|UNAVAILABLE|INUSE|SERVERBUG|LIMIT)\b")


_FOLDER: Final = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:\\.|[^"\\])*"|NIL) (?P<name>.+)', re.DOTALL)


_NOT_ASCII: Final = re.compile(r"[^ -~]+")


_SHIFTED: Final = re.compile(r"&([^-]*)-")


class LostError(Exception):
    """The connection is lost: nobody knows what became of the last command."""


class Drafts:
    """The folder of drafts, open; `name` is what people call it."""

    def __init__(self, client: imaplib.IMAP4, folder: str) -> None:
        self._client = client
        self._folder = folder
        self.name = decoded_name(folder)

    def has(self, identity: str) -> bool:
        """Whether a draft of this Message-ID is there. Raises LostError."""
        with _as_lost(imaplib.IMAP4.error, OSError):
            status, numbers = self._client.search(None, "UNDELETED", "HEADER", "Message-ID", f'"{identity}"')
        if status != "OK":
            raise LostError
        return any(bool((numbers or b"").split()) for numbers in numbers)

    def add(self, data: bytes) -> Receipt:
        """Put one draft in. Raises LostError."""
        try:
            with _as_lost(imaplib.IMAP4.abort, OSError):
                status, answer = self._client.append(self._folder, _FLAGS, "", data)
                words = b" ".join(answer).decode("utf-8", "replace")
        except imaplib.IMAP4.error as error:
            status, words = "BAD", str(error)
        if status == "OK":
            return receipt(DeliveryOutcome.DRAFTED, f"Brouillon dans « {self.name} ».")
        why = f"Le serveur n’accepte pas de brouillon dans « {self.name} » (« {quoted(words)} »)."
        if _LATER.search(words):
            later = f"{why} À réessayer plus tard, après avoir fait de la place s’il en manque."
            return receipt(DeliveryOutcome.DEFERRED, later)
        return receipt(DeliveryOutcome.REFUSED, why)

    def close(self, *, politely: bool) -> None:
        """End the conversation; never raises."""
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            if politely:
                self._client.socket().settimeout(_GOODBYE_SECONDS)
                self._client.logout()
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            self._client.shutdown()


def opened(server: Server, password: str, context: ssl.SSLContext, folder: str) -> Drafts:
    """The drafts of a mailbox, in the folder that the server says, else in `folder`. Raises OutletError."""
    client = logged_in(server, password, context)
    try:
        return Drafts(client, _selected(client, folder))
    except (imaplib.IMAP4.error, OSError) as error:
        shut_down(client)
        raise unreachable(server, error) from None
    except OutletError:
        shut_down(client)
        raise


def logged_in(server: Server, password: str, context: ssl.SSLContext) -> imaplib.IMAP4:
    """A connection to a mailbox, with no folder selected. Raises OutletError."""
    check(server)
    client: imaplib.IMAP4 | None = None
    try:
        client = _connected(server, context)
        client.socket().settimeout(server.answer_seconds)
        _secure(client, server, context)
        _log_in(client, server, password)
    except (imaplib.IMAP4.error, OSError) as error:
        shut_down(client)
        raise unreachable(server, error) from None
    except OutletError:
        shut_down(client)
        raise
    return client


def _connected(server: Server, context: ssl.SSLContext) -> imaplib.IMAP4:
    if server.security is Security.TLS:
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=server.connect_seconds)
    return imaplib.IMAP4(server.host, server.port, timeout=server.connect_seconds)


def _secure(client: imaplib.IMAP4, server: Server, context: ssl.SSLContext) -> None:
    if server.security is Security.STARTTLS:
        if "STARTTLS" not in client.capabilities:
            raise insecure(server)
        client.starttls(context)


def _log_in(client: imaplib.IMAP4, server: Server, password: str) -> None:
    if client.state == "AUTH":  # the server knows who we are
        return
    capabilities = client.capabilities
    if "AUTH=PLAIN" not in capabilities and ("LOGINDISABLED" in capabilities or not (server.user + password).isascii()):
        raise OutletError(typographic(f"{server.shown} ne propose pas de s’identifier par un mot de passe."))
    try:
        if "AUTH=PLAIN" in capabilities:
            client.authenticate("PLAIN", lambda _: f"\0{server.user}\0{password}".encode())
        else:
            client.login(server.user, password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        error = login_error(server)
    else:
        return
    raise error


def _selected(client: imaplib.IMAP4, folder: str) -> str:
    mailbox = _special(client) or (encoded_name(folder) if folder else "")
    if not mailbox:
        raise OutletError(
            "Le serveur ne dit pas quel dossier contient les brouillons : indiquez son nom.".replace(" :", "\u202f:")
        )
    status, _ = client.select(mailbox, readonly=True)
    if status != "OK":
        known = ", ".join(decoded_name(name) for _, name in folders(client.list()[1]))
        raise OutletError(
            typographic(f"Il n’y a pas de dossier « {decoded_name(mailbox)} ». Il y a : {quoted(known)}.")
        )
    return mailbox


def _special(client: imaplib.IMAP4) -> str:
    r"""The folder with the use \Drafts (RFC 6154), which some servers tell only when they are asked for it."""
    answer = client.list()[1]
    if not _with_drafts(answer) and b"SPECIAL-USE" in b" ".join(client.capability()[1]).upper().split():
        client.xatom("LIST", "(SPECIAL-USE)", '""', '"*"')
        answer = client.response("LIST")[1]
    return _with_drafts(answer)


def _with_drafts(answer: list[bytes | None] | list[bytes | tuple[bytes, bytes]] | list[None]) -> str:
    return next((name for flags, name in folders(answer) if "\\drafts" in flags), "")


def shut_down(client: imaplib.IMAP4 | None) -> None:
    """Close the connection; never raises."""
    if client:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            client.shutdown()


@contextmanager
def _as_lost(*signs: type[Exception]) -> Iterator[None]:
    try:
        yield
    except signs:
        raise LostError from None


def encoded_name(name: str) -> str:
    """A name as it travels (RFC 3501, 5.1.3: a UTF-7 of its own), between quotes."""
    return _quoted(_NOT_ASCII.sub(_shift, name.replace("&", "&-")))


def decoded_name(travelling: str) -> str:
    """The name, as people read it, of what `encoded_name` or `folders` gives."""
    name = re.sub(r"\\(.)", r"\1", travelling[1:-1]) if travelling.startswith('"') else travelling
    return _SHIFTED.sub(_unshift, name)


def folders(answer: Sequence[Any]) -> Iterator[tuple[set[str], str]]:
    """The folders of an answer to LIST: their flags in small letters, and their names as they travel."""
    for item in answer:
        head, literal = item if isinstance(item, tuple) else (item, None)
        match = _FOLDER.fullmatch(head or b"")
        if match:
            name = match["name"].decode("ascii", "replace")
            flags = set(match["flags"].decode("ascii", "replace").lower().split())
            yield flags, name if literal is None else _quoted(literal.decode("ascii", "replace"))


def _quoted(name: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{escaped}"'


def _shift(match: re.Match[str]) -> str:
    coded = base64.b64encode(match[0].encode("utf-16-be")).decode("ascii")
    return f"&{coded.rstrip('=').replace('/', ',')}-"


def _unshift(match: re.Match[str]) -> str:
    if not match[1]:
        return "&"
    coded = match[1].replace(",", "/")
    try:
        return base64.b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-16-be")
    except ValueError:
        return match[0]
