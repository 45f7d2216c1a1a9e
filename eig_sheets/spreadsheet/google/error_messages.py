"""Error messages for failed calls to Google, in French, each with its remedy."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic

GUIDE = "docs/google.md"
DNS_FAILURE = "Cette machine ne trouve pas l’adresse de Google, sans doute parce qu’elle n’est pas reliée à Internet"
UNREACHABLE = "Google Sheets est injoignable depuis cette machine (réseau coupé, pare-feu ou proxy)"
TIMED_OUT = "Google Sheets n’a pas répondu à temps"
AUTH_UNANSWERED = "Google ne répond pas à la demande d’accès du robot"
CONNECTION_CUT = "La connexion à Google Sheets a été coupée"
UNREADABLE_ANSWER = "Google Sheets a donné une réponse illisible"

_LONGEST_QUOTE = 300
_API_DISABLED = ("SERVICE_DISABLED", "accessNotConfigured")
_RATE_LIMITED = ("RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded")
# How Google words a quota where it gives no reason: that of Drive's storage « has been exceeded ».
_QUOTA_WORDS = re.compile(r"\b(rate limit|quota) exceeded|too many requests", re.IGNORECASE)
_MISSING_SCOPE = ("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions")
_TOKEN_REMEDY = "reconnectez-vous avec « gcloud auth application-default login », comme l’explique " + GUIDE


class ApiError(WorkbookError):
    """Google refused a call and did nothing. `status` is HTTP's; `message` and `reasons` are Google's, in English."""

    def __init__(self, text: str, status: int, message: str = "", reasons: frozenset[str] = frozenset()) -> None:
        super().__init__(typographic(text))
        self.status = status
        self.message = message
        self.reasons = reasons

    @property
    def is_rate_limited(self) -> bool:
        """Whether a quota is exceeded for now: nothing is wrong with the spreadsheet, nor with its sharing."""
        return is_rate_limited(self.status, self.message, self.reasons)

    @property
    def lacks_scope(self) -> bool:
        """Whether the credentials are for something else than spreadsheets, however shared the spreadsheet is."""
        return not self.reasons.isdisjoint(_MISSING_SCOPE) or "authentication scopes" in self.message


def is_rate_limited(status: int, message: str, reasons: frozenset[str]) -> bool:
    """Whether a refusal is about a quota of calls."""
    if status != 403:
        return status == 429
    return bool(_QUOTA_WORDS.search(message)) if not reasons else not reasons.isdisjoint(_RATE_LIMITED)


def too_large_answer() -> WorkbookError:
    """The error for a spreadsheet that would take more memory than the program may use."""
    return WorkbookError(
        typographic(
            "Ce classeur Google est trop gros pour être lu : rien n’a été écrit. Supprimez les lignes et les colonnes "
            "de trop (souvent un collage, ou un remplissage jusqu’en bas de la feuille), puis relancez la commande."
        )
    )


class UnknownOutcomeError(WorkbookError):
    """It is unknown whether a write was done: read again before deciding anything."""


@dataclass(frozen=True, slots=True)
class ErrorResponse:
    """The body of an error response of Google's: HTTP status, message, reasons (codes) and their metadata."""

    status: int
    message: str
    reasons: frozenset[str] = frozenset()
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def is_rate_limited(self) -> bool:
        """Whether a quota is exceeded for now."""
        return is_rate_limited(self.status, self.message, self.reasons)


def parse_error_response(status: int, body: bytes) -> ErrorResponse | None:
    """The error in the body of a response; None when it is no JSON of Google's, such as the page of a proxy."""
    try:
        error = json.loads(body)["error"]
        message = str(error["message"])
    except (ValueError, TypeError, LookupError):
        return None
    details = [item for item in [*error.get("details", []), *error.get("errors", [])] if isinstance(item, dict)]
    facts = {key: str(value) for item in details for key, value in (item.get("metadata") or {}).items()}
    return ErrorResponse(status, message, frozenset(str(item["reason"]) for item in details if "reason" in item), facts)


def api_error(answer: ErrorResponse, account: str | None, *, writing: bool) -> ApiError:
    """The exception for a 4xx of Google's; `account` is the robot's address, if it is known."""
    if answer.is_rate_limited:
        text = _rate_limited(writing)
    elif answer.status == 400:
        text = _bad_request(answer, account)
    elif answer.status == 401:
        text = f"Google ne reconnaît pas les identifiants du robot. Créez une nouvelle clé : voir {GUIDE}."
    elif answer.status == 403:
        text = _forbidden(answer, account, writing)
    elif answer.status == 404:
        text = (
            "Google ne trouve pas ce classeur : il a été supprimé, ou son adresse est incomplète. Copiez de nouveau "
            "toute son adresse depuis votre navigateur, ou restaurez-le depuis la corbeille de Google Drive."
        )
    else:
        text = _unexplained(answer)
    return ApiError(text, answer.status, answer.message, answer.reasons)


def server_failure(status: int) -> str:
    """The description of a 5xx, for the functions below."""
    return f"Google Sheets ne répond pas (erreur {status})"


def unknown_outcome(why: str) -> UnknownOutcomeError:
    """The error for a write that may have been done; `why` is one of the descriptions above."""
    return UnknownOutcomeError(
        typographic(
            f"{why} pendant l’écriture, qui a peut-être eu lieu. Relancez la commande : elle relit d’abord le classeur "
            "et n’écrit que ce qui manque."
        )
    )


def no_answer(why: str, *, writing: bool) -> WorkbookError:
    """The error for a call without answer, after all retries."""
    consequence = "rien n’a été écrit" if writing else "le classeur n’a pas pu être lu"
    return WorkbookError(typographic(f"{why} : {consequence}. Relancez la commande plus tard."))


def _rate_limited(writing: bool) -> str:
    consequence = "rien n’a été écrit" if writing else "le classeur n’a pas pu être lu"
    return (
        f"Google reçoit trop de demandes du robot ce moment-ci (60 par minute au plus) : {consequence}. Relancez la "
        "commande dans quelques minutes, et vérifiez que le même compte ne sert pas à d’autres programmes."
    )


def _bad_request(answer: ErrorResponse, account: str | None) -> str:
    message = answer.message
    if "protected cell or object" in message:
        return (
            "Une protection posée dans le classeur empêche le robot d’écrire : rien n’a été écrit. Dans Google "
            "Sheets, ouvrez « Données > Protéger des feuilles et des plages » et ajoutez "
            f"{_robot(account)} aux personnes autorisées à modifier ce que le robot remplit, puis relancez la commande."
        )
    if re.search(r"above the limit of \d+ cells", message):
        return (
            "Le classeur atteindrait la limite de Google, 10 millions de cellules : rien n’a été écrit. Supprimez des "
            "onglets, des lignes ou des colonnes vides qui ne servent plus, puis relancez la commande."
        )
    if re.search(r"maximum of 50[ ,]?000 characters", message):
        return (
            "Un texte dépasse la limite de Google, 50 000 caractères dans une cellule : rien n’a été écrit. "
            "Raccourcissez-le, puis relancez la commande."
        )
    if "allowed storage limit" in message:
        return (
            "Les repères invisibles du classeur (« métadonnées de développeur ») atteignent la limite de Google, "
            "30 000 caractères : rien n’a été écrit. Le robot en laisse peu : un module complémentaire en laisse sans "
            "doute d’autres. Transmettez ce message à la personne qui maintient l’outil."
        )
    if "not supported for this document" in message:
        return (
            "Ce document est un fichier Excel déposé sur Google Drive, pas une feuille Google. Ouvrez-le, choisissez "
            "« Fichier > Enregistrer au format Google Sheets », puis indiquez l’adresse de la feuille obtenue."
        )
    return _unexplained(answer)


def _forbidden(answer: ErrorResponse, account: str | None, writing: bool) -> str:
    if not answer.reasons.isdisjoint(_API_DISABLED) or "has not been used in project" in answer.message:
        return _api_disabled(answer)
    if not answer.reasons.isdisjoint(_MISSING_SCOPE) or "authentication scopes" in answer.message:
        return (
            "Les identifiants du robot ne donnent pas accès à Google Sheets. Si ce sont les vôtres, "
            f"{_TOKEN_REMEDY} ; sinon, utilisez la clé d’un compte de service."
        )
    if "does not have permission" not in answer.message:
        return _unexplained(answer)
    if writing:
        return (
            f"Le classeur est partagé en lecture seule avec {_robot(account)} : rien n’a été écrit. Ouvrez-le, "
            "cliquez sur « Partager » et donnez-lui le rôle « Éditeur », puis relancez la commande."
        )
    return (
        f"Le classeur n’est pas partagé avec {_robot(account)}. Ouvrez-le, cliquez sur « Partager » et ajoutez "
        f"ce compte comme « Éditeur », puis relancez la commande. Voir {GUIDE}."
    )


def _robot(account: str | None) -> str:
    return f"le compte du robot ({account})" if account else "le compte du robot"


def _api_disabled(answer: ErrorResponse) -> str:
    url = answer.facts.get("activationUrl", "")
    where = f" ({url})" if url.startswith("https://console.") else ""
    return (
        "L’API Google Sheets n’est pas activée dans le projet Google du robot. Activez-la dans la console Google "
        f"Cloud{where}, attendez quelques minutes, puis relancez la commande. Voir {GUIDE}."
    )


def _unexplained(answer: ErrorResponse) -> str:
    return (
        f"Google a refusé la demande (erreur {answer.status}) : rien n’a été écrit. Transmettez ce message à la "
        f"personne qui maintient l’outil : {quoted(answer.message)}"
    )


def unexpected_web_page(status: int) -> WorkbookError:
    """The error for a web page in place of Google's answer: from a proxy, a firewall or a captive portal."""
    return WorkbookError(
        typographic(
            f"Une page web a répondu à la place de Google Sheets (HTTP {status}) : sans doute un proxy, un pare-feu ou "
            "la page d’accueil d’un réseau Wi-Fi. Vérifiez la connexion de cette machine à https://sheets.googleapis"
            ".com, puis relancez la commande."
        )
    )


def token_refused(words: str, account: str | None) -> WorkbookError:
    """The error for a token that Google refuses; `words` is the message of the token endpoint."""
    who = f"Le compte du robot{f' ({account})' if account else ''}"
    if "reasonable timeframe" in words or "iat and exp" in words:
        text = (
            "L’horloge de cette machine n’est pas à l’heure, et Google refuse pour cela la clé du robot. "
            "Réglez-la (sous Linux : « sudo timedatectl set-ntp true »), puis relancez la commande."
        )
    elif "invalid_scope: Bad Request" in words:  # what a person's login was not given
        text = (
            "Votre connexion à Google ne donne pas le droit dont cette commande a besoin (créer des fichiers : "
            f"https://www.googleapis.com/auth/drive.file, ou …/auth/drive dans un dossier) : {_TOKEN_REMEDY}."
        )
    elif "account not found" in words:
        text = f"{who} n’existe plus chez Google. Créez-en un autre et partagez le classeur avec lui : voir {GUIDE}."
    elif "disabled" in words:
        text = f"{who} est désactivé chez Google. Réactivez-le dans la console Google Cloud : voir {GUIDE}."
    elif "Invalid JWT Signature" in words:
        text = f"La clé du robot n’est plus valable : elle a été supprimée ou remplacée. Créez-en une : voir {GUIDE}."
    elif re.search("expired or revoked|invalid_rapt|[Rr]eauth", words):
        text = f"Votre connexion à Google a expiré ou a été révoquée : {_TOKEN_REMEDY}."
    else:
        text = f"Google refuse les identifiants du robot : voir {GUIDE}. Google en dit : {quoted(words)}"
    return WorkbookError(typographic(text))


def untrusted_certificate(words: str) -> WorkbookError:
    """The error for a TLS certificate that is not trusted."""
    return WorkbookError(
        typographic(
            "La connexion à Google n’est pas sûre : le certificat présenté n’est pas reconnu, donc rien n’a été envoyé "
            "ni écrit. Si un proxy de votre réseau inspecte le trafic, indiquez son certificat dans la variable "
            f"REQUESTS_CA_BUNDLE ; vérifiez aussi l’horloge de cette machine. Détail : {quoted(words)}"
        )
    )


def proxy_refused() -> WorkbookError:
    """The error for a proxy that forbids the connection to Google, or wants a login."""
    return WorkbookError(
        typographic(
            "Le proxy de votre réseau refuse la connexion à Google : rien n’a été écrit. Vérifiez la variable "
            "HTTPS_PROXY (adresse, nom, mot de passe), ou demandez à votre service informatique d’autoriser "
            "sheets.googleapis.com et oauth2.googleapis.com."
        )
    )


def bad_endpoint() -> WorkbookError:
    """The error for an API endpoint that is no URL."""
    return WorkbookError(
        "La variable EIG_SHEETS_API_ENDPOINT n’est pas une adresse web. Supprimez-la pour joindre Google."
    )


def quoted(words: Any) -> str:
    """A message of Google's in French quotes, on one line and truncated."""
    line = " ".join(str(words).split())
    return f"« {line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + '…'} »"
