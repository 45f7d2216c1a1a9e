"""Settings of the sender, outlets and alerts of e-mails. They name where secrets are, never hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field

from eig_sheets.config.demarche import is_this_machine
from eig_sheets.domain.rules import Rules, Words

ADDRESS: Final = re.compile(r"[^@\s<>,;]+@(?:[^@\s<>,;.]+\.)+[^@\s<>,;.]+")
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:]+")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Port = Annotated[int, Field(ge=1, le=65535)]
Security = Literal["tls", "starttls", "aucune"]


class SenderSettings(Rules):
    """`[sender]`: the sender. The default address is emails.contact, the default name that of the campaign.

    `unsubscribe`: e-mail addresses or https:// pages by which a person can unsubscribe. `dkim_selector`: the name under
    which the DNS has the key by which the sending server signs, for `doctor` to look it up.
    """

    address: str = ""
    name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    dkim_selector: Annotated[str, Field(pattern=r"^([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)?$")] = ""


class ServerSettings(Rules):
    """A mail server, its user, and the place of the password: an environment variable or a file.

    The default port depends on the security.
    """

    host: Words
    port: Port | None = None
    security: Security = "tls"
    user: str = ""
    password_variable: str = ""
    password_file: str = ""


class SmtpServer(ServerSettings):
    """`[smtp]`: the sending server, and the most messages a minute that it accepts (None: no limit)."""

    per_minute: Annotated[float, Field(ge=0.01, le=100_000)] | None = None

    @property
    def default_port(self) -> int:
        """The default port for the security (RFC 8314, 6409)."""
        return _SMTP_PORTS[self.security]


class ImapServer(ServerSettings):
    """`[imap]`: the mailbox in which drafts are made, and its folder of drafts if the server does not name it."""

    folder: str = ""

    @property
    def default_port(self) -> int:
        """The default port for the security (RFC 8314, 9051)."""
        return _IMAP_PORTS[self.security]


class GmailMailbox(Rules):
    """`[gmail]`: the file of a service account's key or a person's authorisation; the mailbox of a service account."""

    key: Words
    mailbox: str = ""


_SMTP_PORTS: Final[Mapping[Security, int]] = {"tls": 465, "starttls": 587, "aucune": 25}
_IMAP_PORTS: Final[Mapping[Security, int]] = {"tls": 993, "starttls": 143, "aucune": 143}


def outlet_errors(
    sender: SenderSettings | None, smtp: SmtpServer | None, imap: ImapServer | None, gmail: GmailMailbox | None
) -> Iterator[str]:
    """A French sentence for each error; a value that may be a misplaced secret is not quoted."""
    if sender:
        yield from address_errors("sender.address", [sender.address])
        yield from address_errors("sender.reply_to", sender.reply_to.replace(",", " ").replace(";", " ").split())
        targets = sender.unsubscribe.replace(",", " ").split()
        yield from address_errors(
            "sender.unsubscribe", [target for target in targets if not target.startswith(("https://", "mailto:"))]
        )
    for section, server in (("smtp", smtp), ("imap", imap)):
        yield from _server_errors(section, server) if server else ()
    if imap and not imap.user:
        yield "il manque « imap.user » : l’identifiant de la boîte"
    if gmail:
        yield from address_errors("gmail.mailbox", [gmail.mailbox])
        if "{" in gmail.key:
            yield "gmail.key est le chemin du fichier de la clé, jamais ce qu’il contient"


def address_errors(key: str, written: Iterable[str]) -> Iterator[str]:
    """A French sentence for each text that is neither empty nor an address."""
    for word in filter(None, written):
        if not ADDRESS.fullmatch(word):
            yield f"{key} : « {word} » n’est pas une adresse : écrivez-la en entier, par exemple nom@domaine.fr"


def _server_errors(section: str, server: ServerSettings) -> Iterator[str]:
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


class AlertSettings(Rules):
    """`[alerts]`: the e-mail address of the person who operates the robot, and the URL that a monitoring service gave.

    The operator is told by `[smtp]` when nights fail; a daily trial calls `health_url`, followed by `/fail` after a
    failure. Both are optional.
    """

    operator: str = ""
    health_url: str = ""


def alert_errors(settings: AlertSettings) -> Iterator[str]:
    """A French sentence for each value that cannot be used; the URL, which is a secret, is not quoted."""
    yield from address_errors("alerts.operator", [settings.operator])
    if settings.health_url and not _is_health_url(settings.health_url):
        yield (
            "alerts.health_url n’est pas accepté : il faut l’adresse https:// entière que donne le service de "
            "surveillance, sans « /fail » ni espace"
        )


def _is_health_url(written: str) -> bool:
    """Whether a text is the https URL of a check; http for this machine alone."""
    try:
        url = urlsplit(written)
        host = url.hostname or ""
        _ = url.port
    except ValueError:
        return False
    is_safe = url.scheme == "https" or (url.scheme == "http" and is_this_machine(host))
    is_plain = written.isascii() and written.isprintable() and " " not in written and not url.fragment
    return bool(host) and is_safe and is_plain and not url.path.rstrip("/").endswith("/fail")
