"""Why Gmail says no, in the words of the people who will read it, each with its remedy."""

from __future__ import annotations

import json
from typing import Any, Final

from google.auth.exceptions import RefreshError

from eig_sheets.french import typographic
from eig_sheets.mail.outlets.base import Outcome
from eig_sheets.mail.outlets.gmail_key import SCOPE
from eig_sheets.mail.outlets.servers import quoted

_TOO_MANY: Final = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "RATE_LIMIT_EXCEEDED"}
_NOT_ENABLED: Final = {"accessNotConfigured", "SERVICE_DISABLED"}
_TOO_NARROW: Final = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
_NO_MAILBOX: Final = ("failedPrecondition", "Mail service not enabled", "Precondition check failed")


class RefusedError(Exception):
    """Google answered no, and did nothing. The message is in French; `outcome` is that of the e-mail."""

    def __init__(self, text: str, outcome: Outcome = Outcome.DEFERRED) -> None:
        super().__init__(typographic(text))
        self.outcome = outcome


class GoneError(RefusedError):
    """What was asked for is not there, or not any more."""


class LostError(Exception):
    """Google did not answer, or nothing that can be read: nobody knows what it did."""


def answered(status: int, body: bytes, mailbox: str) -> Exception:
    """What an answer other than 200 means."""
    message, reasons = _parsed(body)
    words = f" (« {quoted(message)} »)" if message else ""
    if status >= 500 or not status >= 400:
        return LostError()
    if status == 429 or reasons & _TOO_MANY:
        return RefusedError("Google reçoit trop de demandes pour cette boîte : réessayez dans quelques minutes.")
    if any(sign in reasons or sign in message for sign in _NO_MAILBOX):
        return RefusedError(
            f"« {mailbox or 'Cette adresse'} » n’a pas de boîte Gmail en service : indiquez l’adresse d’une personne "
            "ou d’une boîte de votre organisation, et vérifiez que Gmail est activé pour elle."
        )
    if status == 401:
        return RefusedError(f"Google ne reconnaît pas les identifiants indiqués{words} : créez-en de nouveaux.")
    if status == 403:
        return RefusedError(_forbidden(reasons, words))
    if status == 404:
        return GoneError(f"Gmail ne trouve pas ce brouillon{words}.")
    return RefusedError(f"Gmail n’accepte pas ce message{words}.", Outcome.REFUSED)


def not_let_in(error: RefreshError, mailbox: str, client: str) -> Exception:
    """Why no access token was given; `client` is the id that an administrator authorises, if that is the way."""
    if error.retryable:
        return LostError()
    code = _code(error)
    if code in ("unauthorized_client", "access_denied") and client:
        return RefusedError(
            f"Google ne laisse pas le compte de service écrire pour « {mailbox} » : dans la console d’administration, "
            f"« Sécurité > Commandes des API > Délégation au niveau du domaine », autorisez le client {client} pour "
            f"{SCOPE} et rien d’autre. Cela prend parfois quelques heures."
        )
    if code == "invalid_grant" and client:
        return RefusedError(
            f"Google ne donne pas d’accès pour « {mailbox} » : vérifiez cette adresse, qui doit être de votre "
            "organisation, la clé, qui a pu être supprimée, et l’heure de cette machine."
        )
    if code == "invalid_grant":
        return RefusedError("L’autorisation donnée par cette personne a expiré ou a été retirée : redonnez-la.")
    return RefusedError(f"Google ne donne pas d’accès à Gmail (« {quoted(code)} ») : créez de nouveaux identifiants.")


def _forbidden(reasons: set[str], words: str) -> str:
    if reasons & _NOT_ENABLED:
        return (
            "L’API Gmail n’est pas activée dans le projet Google du robot : activez-la dans la console Google Cloud, "
            "« API et services », et réessayez dans quelques minutes."
        )
    if reasons & _TOO_NARROW:
        return f"Les identifiants indiqués ne permettent pas de faire des brouillons : il leur faut {SCOPE}."
    return f"Google refuse l’accès à cette boîte{words} : demandez pourquoi à l’administration de votre domaine."


def _code(error: RefreshError) -> str:
    found = error.args[1] if len(error.args) > 1 else None
    return str(found.get("error", "")) if isinstance(found, dict) else "réponse illisible"


def _parsed(body: bytes) -> tuple[str, set[str]]:
    try:
        error: Any = json.loads(body)["error"]
        items = [item for item in [*error.get("errors", []), *error.get("details", [])] if isinstance(item, dict)]
        return str(error["message"]), {str(item["reason"]) for item in items if "reason" in item}
    except (ValueError, TypeError, LookupError, AttributeError):
        return "", set()
