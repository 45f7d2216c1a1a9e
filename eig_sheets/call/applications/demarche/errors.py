"""Errors of Démarche Numérique, in French, each with its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from eig_sheets.text.errors import ExpectedError
from eig_sheets.text.french import typographic

GUIDE: Final = "docs/demarche.fr.md"
TOKEN_VARIABLE: Final = "EIG_SHEETS_DEMARCHE_TOKEN"  # noqa: S105 (a name)
TOKEN_FILE_VARIABLE: Final = "EIG_SHEETS_DEMARCHE_TOKEN_FILE"  # noqa: S105 (a name)
_LONGEST_QUOTE: Final = 300
_REFUSED_BEFORE_ANYTHING: Final = ("unauthorized", "forbidden", "not_found", "bad_request", "deprecated_token")


class DemarcheError(ExpectedError):
    """The service refused a request, or did not answer: nothing was changed there. The message says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(typographic(message))


class UnknownOutcomeError(DemarcheError):
    """It is unknown whether a mutation was done: read the dossier again before deciding anything."""


def missing_section(path: str) -> DemarcheError:
    """The error for a configuration without `[demarche]`."""
    return DemarcheError(
        f"Aucune démarche n’est indiquée : ajoutez à {path} une section [demarche] avec son numéro (number = 12345). "
        f"Voir {GUIDE}."
    )


def missing_form(path: str, form: str) -> DemarcheError:
    """The error for a configuration without the section of another form."""
    return DemarcheError(
        f"La démarche de ce formulaire n’est pas indiquée : ajoutez à {path} une section [demarche.{form}] avec son "
        f"numéro (number = 12345). Voir {GUIDE}."
    )


def missing_token() -> DemarcheError:
    """The error for a token that nothing gives."""
    return DemarcheError(
        f"Il manque le jeton de Démarche Numérique : écrivez-le dans un fichier que vous seul pouvez lire, et donnez "
        f"son chemin dans [demarche] token_file, ou dans {TOKEN_FILE_VARIABLE}. Voir {GUIDE}."
    )


def unusable_token(place: str, reason: str) -> DemarcheError:
    """The error for a file or variable that holds no token that can be sent; `place` names it."""
    return DemarcheError(f"{place}, qui donne le jeton de Démarche Numérique, {reason}. Voir {GUIDE}.")


def no_answer(cause: str) -> DemarcheError:
    """The error for a service that cannot be reached, or that does not answer now."""
    return DemarcheError(f"{cause} : rien n’y a été changé. Réessayez plus tard.")


def unknown_outcome(cause: str) -> UnknownOutcomeError:
    """The error for a mutation of which nobody knows whether it was done."""
    return UnknownOutcomeError(
        f"{cause} : on ne sait pas si la demande a été exécutée. Regardez le dossier sur la plateforme avant de "
        "recommencer."
    )


def web_page(status: int) -> DemarcheError:
    """The error for an answer that is no JSON."""
    return DemarcheError(
        f"Une page web a répondu à la place de Démarche Numérique (HTTP {status}). Vérifiez [demarche] host et la "
        "connexion de cette machine (proxy, pare-feu, maintenance du service)."
    )


def moved(location: str) -> DemarcheError:
    """The error for a redirection, which is not followed: the token would go where nobody decided."""
    where = f" vers {_quoted(location)}" if location else ""
    return DemarcheError(
        f"Démarche Numérique renvoie{where}, et le jeton n’y est pas envoyé. Si c’est la nouvelle adresse du service, "
        "écrivez-la dans [demarche] host."
    )


def refusal(status: int, errors: Sequence[Mapping[str, Any]]) -> DemarcheError:
    """The error for what the service reproaches to the request itself: GraphQL's root `errors`, or an HTTP status."""
    codes, said = {code_of(error) for error in errors}, " ; ".join(map(message_of, errors))
    quote = f" Le service en dit : {_quoted(said)}" if said else ""
    if status in (401, 403) or codes & {"unauthorized", "forbidden", "deprecated_token"}:
        return DemarcheError(
            "Démarche Numérique refuse ce jeton, ou le jeton n’a pas accès à cette démarche : vérifiez qu’il n’a pas "
            f"expiré et qu’il porte sur elle. Voir {GUIDE}.{quote}"
        )
    if "not_found" in codes:
        return DemarcheError(
            "Démarche Numérique ne trouve pas ce qui lui est demandé : vérifiez le numéro dans [demarche] number."
            f"{quote}"
        )
    return DemarcheError(
        f"Démarche Numérique a refusé la demande (HTTP {status}). Transmettez ce message à la personne qui maintient "
        f"l’outil.{quote}"
    )


def unknown_instructeur(address: str) -> DemarcheError:
    """The error for an address that is no instructeur's of the démarche."""
    return DemarcheError(
        f"« {address} », dans [demarche] instructeur, n’est l’adresse d’aucun instructeur de cette démarche : "
        "corrigez-la, ou ajoutez cette personne au groupe d’instructeurs sur la plateforme."
    )


def unexpected(what: str) -> DemarcheError:
    """The error for an answer that is not as the service's schema says."""
    return DemarcheError(
        f"La réponse de Démarche Numérique n’a pas la forme attendue ({what}), et rien n’en est pris. Transmettez ce "
        "message à la personne qui maintient l’outil."
    )


@contextmanager
def expected_shape() -> Iterator[None]:
    """Turn what reading an answer of another shape raises into a DemarcheError."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        cause = type(error).__name__
    else:
        return
    raise unexpected(cause)


def is_refused_before_anything(errors: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each root error is one that the service gives before it does anything."""
    return bool(errors) and all(code_of(error) in _REFUSED_BEFORE_ANYTHING for error in errors)


def code_of(error: Mapping[str, Any]) -> str:
    """The code of a root error; '' without one."""
    extensions = error.get("extensions")
    return str(extensions.get("code", "")) if isinstance(extensions, dict) else ""


def message_of(error: Mapping[str, Any]) -> str:
    """The sentence of an error."""
    return str(error.get("message", ""))


def _quoted(text: str) -> str:
    flat = " ".join(text.split())
    return f"« {flat if len(flat) <= _LONGEST_QUOTE else flat[:_LONGEST_QUOTE] + '…'} »"
