"""What SMTP and IMAP have in common: a server, and a connection to it that nobody reads on the way."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass, field
from enum import StrEnum

from eig_sheets.french import typographic, why
from eig_sheets.mail.outlets.base import OutletError
from eig_sheets.mail.outlets.secrets import Password

LOCAL_NAME = "[127.0.0.1]"
"""How this machine greets: its own name is nobody's business, and asking the network for it may take seconds."""

_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
_LONGEST_QUOTE = 200


class Security(StrEnum):
    """Encrypted from the first byte, encrypted before anything is said, or, on this very machine only, not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "aucune"


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is, who we are for it (`user` empty: nobody), and the seconds that a connection and an answer get."""

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
    return OutletError(typographic(f"{server.shown} est injoignable : {_reproach(error)}."))


def insecure(server: Server) -> OutletError:
    """The server does not do STARTTLS."""
    return OutletError(
        typographic(f"{server.shown} ne propose pas STARTTLS : essayez la sécurité « tls », et le port qui va avec.")
    )


def not_let_in(server: Server, code: str = "") -> OutletError:
    """The server refuses who we are. Its own words are left out: some repeat what they were given."""
    answer = f" (réponse {code})" if code else ""
    return OutletError(
        typographic(
            f"{server.shown} refuse l’identifiant « {server.user} » ou son mot de passe{answer} : corrigez-les. "
            "Gmail, Outlook et d’autres demandent un mot de passe d’application, à créer dans les réglages du compte."
        )
    )


def quoted(text: str) -> str:
    """A server's own words, on one line, none too long."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line[:_LONGEST_QUOTE] + ("…" if len(line) > _LONGEST_QUOTE else "")


def _reproach(error: Exception) -> str:
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
