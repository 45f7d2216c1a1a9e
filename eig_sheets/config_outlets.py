"""Who the e-mails come from and where they go, as a configuration states it. Secrets are named there, never written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from eig_sheets.domain.rules import PositiveNumber, Rules, Words

ADDRESS: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:]+")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Port = Annotated[int, Field(ge=1, le=65535)]
Protection = Literal["tls", "starttls", "aucune"]


class SenderSettings(Rules):
    """`[sender]`: who writes. No address: that of emails.contact; no name: that of the campaign.

    `unsubscribe`: addresses, or https:// pages, by which a person asks for no more e-mails.
    """

    address: str = ""
    name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""


class ServerSettings(Rules):
    """A mail server, who we are for it, and where the password is: an environment variable, or else a file.

    No port: the usual one of the security.
    """

    host: Words
    port: Port | None = None
    security: Protection = "tls"
    user: str = ""
    password_variable: str = ""
    password_file: str = ""


class SmtpServer(ServerSettings):
    """`[smtp]`: the server that sends, and how many messages a minute it takes at most (None: no limit)."""

    per_minute: PositiveNumber | None = None

    @property
    def usual_port(self) -> int:
        """The port of RFC 8314 and 6409 for the security."""
        return _SMTP_PORTS[self.security]


class ImapServer(ServerSettings):
    """`[imap]`: the mailbox where messages become drafts, and its folder of drafts where the server names none."""

    folder: str = ""

    @property
    def usual_port(self) -> int:
        """The port of RFC 8314 and 9051 for the security."""
        return _IMAP_PORTS[self.security]


class GmailMailbox(Rules):
    """`[gmail]`: the file of the key, or of a person's authorisation, and the mailbox (needed by a service account)."""

    key: Words
    mailbox: str = ""


_SMTP_PORTS: Final[Mapping[Protection, int]] = {"tls": 465, "starttls": 587, "aucune": 25}
_IMAP_PORTS: Final[Mapping[Protection, int]] = {"tls": 993, "starttls": 143, "aucune": 143}


def wrong_outlets(
    sender: SenderSettings | None, smtp: SmtpServer | None, imap: ImapServer | None, gmail: GmailMailbox | None
) -> Iterator[str]:
    """A sentence for each thing that cannot be used; what may be a secret typed in the wrong place is not repeated."""
    if sender:
        yield from _no_address("sender.address", [sender.address])
        yield from _no_address("sender.reply_to", sender.reply_to.replace(",", " ").replace(";", " ").split())
        ways = sender.unsubscribe.replace(",", " ").split()
        yield from _no_address(
            "sender.unsubscribe", [way for way in ways if not way.startswith(("https://", "mailto:"))]
        )
    for section, server in (("smtp", smtp), ("imap", imap)):
        yield from _server(section, server) if server else ()
    if imap and not imap.user:
        yield "il manque « imap.user » : l’identifiant de la boîte"
    if gmail:
        yield from _no_address("gmail.mailbox", [gmail.mailbox])
        if "{" in gmail.key:
            yield "gmail.key est le chemin du fichier de la clé, jamais ce qu’il contient"


def _no_address(key: str, written: Iterable[str]) -> Iterator[str]:
    for word in filter(None, written):
        if not ADDRESS.fullmatch(word):
            yield f"{key} : « {word} » n’est pas une adresse : écrivez-la en entier, par exemple nom@domaine.fr"


def _server(section: str, server: ServerSettings) -> Iterator[str]:
    places = [key for key in ("password_variable", "password_file") if getattr(server, key)]
    if not _HOST.fullmatch(server.host):
        yield (
            f"{section}.host = « {server.host} » n’est pas accepté : il faut le nom du serveur seul, par exemple "
            f"{section}.example.org"
        )
    if server.password_variable and not _VARIABLE.fullmatch(server.password_variable):
        yield (
            f"{section}.password_variable est le nom d’une variable (EIG_{section.upper()}), jamais le mot de passe "
            "lui-même"
        )
    if len(places) == 2:
        yield f"{section}.password_variable et {section}.password_file sont remplis : gardez-en un"
    if server.user and not places:
        yield f"{section}.user demande {section}.password_variable ou {section}.password_file"
    if places and not server.user:
        yield f"{section}.{places[0]} demande {section}.user : l’identifiant qui va avec"
