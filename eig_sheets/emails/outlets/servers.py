"""Settings of mail servers: address, security and password, and the errors of a connection, in French."""

from __future__ import annotations

import re
import shlex
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from eig_sheets.emails.outlets.base import OutletError
from eig_sheets.storage import regular_files
from eig_sheets.storage.permissions import is_readable_by_others
from eig_sheets.text.french import typographic, why

LOCAL_NAME = "[127.0.0.1]"
"""How this machine greets: its own name is nobody's business, and asking the network for it may take seconds."""

_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
_LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Password:
    """The location of a password: the name of an environment variable, or else a file of one line."""

    variable: str = ""
    file: Path | None = None

    def read(self, environment: Mapping[str, str]) -> str:
        """The password. Raises OutletError, which never shows it."""
        if self.variable:
            secret = environment.get(self.variable, "")
            missing = f"La variable {self.variable}, qui doit contenir le mot de passe, est vide : remplissez-la."
        elif self.file:
            secret = _first_line(read_secret(self.file))
            missing = f"Le fichier {self.file}, qui doit contenir le mot de passe, est vide : remplissez-le."
        else:
            secret, missing = "", "Indiquez la variable ou le fichier qui contient le mot de passe."
        if not secret:
            raise OutletError(typographic(missing))
        return secret


def read_secret(path: Path) -> bytes:
    """The content of a file of a secret. Raises OutletError when it cannot be read, or when others may read it."""
    try:
        if is_readable_by_others(path):
            reason = (
                f"{path} peut être lu par d’autres utilisateurs de cette machine : tapez "
                f"« chmod 600 {shlex.quote(str(path))} », et changez ce secret si quelqu’un a pu le copier."
            )
        else:
            return regular_files.read_bytes(path, regular_files.TEXT_BYTES)
    except OSError as error:
        reason = f"Le fichier {path} ne peut pas être lu ({why(error)}) : corrigez son nom ou ses droits."
    raise OutletError(typographic(reason))


def _first_line(content: bytes) -> str:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:  # not raised further: it carries the whole file
        lines = []
    return lines[0] if lines else ""


class Security(StrEnum):
    """Encrypted from the first byte, encrypted before anything is said, or, on this very machine only, not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "aucune"


@dataclass(frozen=True, slots=True)
class Server:
    """The address, security, user (empty: none) and time-outs (seconds to connect, and to answer) of a server."""

    host: str
    port: int
    security: Security = Security.TLS
    user: str = ""
    password: Password = field(default_factory=Password)
    connect_seconds: float = 15
    answer_seconds: float = 60

    @property
    def shown(self) -> str:
        """Its name in a message."""
        return f"{self.host}:{self.port}"


def check(server: Server) -> None:
    """Refuse what could be read on the way. Raises OutletError."""
    if server.security is Security.NONE and not _LOOPBACK.fullmatch(server.host):
        raise OutletError(
            typographic(
                f"La connexion à {server.shown} ne serait pas chiffrée : choisissez la sécurité « tls » (souvent le "
                "port 465 ou 993) ou « starttls » (souvent le port 587 ou 143)."
            )
        )


def unreachable(server: Server, error: Exception) -> OutletError:
    """Why a server cannot be spoken to."""
    return OutletError(typographic(f"{server.shown} est injoignable : {_connection_error_text(error)}."))


def insecure(server: Server) -> OutletError:
    """The server does not do STARTTLS."""
    return OutletError(
        typographic(f"{server.shown} ne propose pas STARTTLS : essayez la sécurité « tls », et le port qui va avec.")
    )


def login_error(server: Server, code: str = "") -> OutletError:
    """The error of a rejected login. The server's own words are left out: some repeat what they were given."""
    answer = f" (réponse {code})" if code else ""
    return OutletError(
        typographic(
            f"{server.shown} refuse l’identifiant « {server.user} » ou son mot de passe{answer} : corrigez-les. "
            "Gmail, Outlook et d’autres demandent un mot de passe d’application, à créer dans les réglages du compte."
        )
    )


def quoted(text: str) -> str:
    """A server's own words, on one line, none too long."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line[:_LONGEST_QUOTE] + ("…" if len(line) > _LONGEST_QUOTE else "")


def _connection_error_text(error: Exception) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"son certificat n’est pas reconnu (« {error.verify_message} »), vérifiez son nom"
        case ssl.SSLError():
            return "il ne parle pas TLS sur ce port, vérifiez le port et la sécurité"
        case socket.gaierror():
            return "son nom est inconnu, vérifiez-le et vérifiez que cette machine est reliée à Internet"
        case TimeoutError():
            return "il ne répond pas à temps (pare-feu ? port ?)"
        case ConnectionRefusedError():
            return "il refuse la connexion, vérifiez le port"
        case OSError() if error.errno:
            return why(error)
        case _:
            return "il a coupé la connexion ou donné une réponse incompréhensible, vérifiez le port et la sécurité"
