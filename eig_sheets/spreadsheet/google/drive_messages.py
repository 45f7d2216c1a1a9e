"""Error messages for refusals of Drive, in French, each with its remedy."""

from __future__ import annotations

from typing import Final

from eig_sheets.spreadsheet.google.error_messages import GUIDE, ApiError, quoted
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic

FILES: Final = "« eig-sheets jury ballots --to DOSSIER » fait les mêmes grilles en fichiers .xlsx, à envoyer"


_API_DISABLED: Final = ("SERVICE_DISABLED", "accessNotConfigured")


_NO_STORAGE: Final = "storageQuotaExceeded"


_NO_ACCOUNT: Final = "no Google account"


def nowhere(account: str | None) -> WorkbookError:
    """The error for an account that can own no file, when no folder of a shared drive is named."""
    return _error(
        f"{_robot(account)} est un compte de service : Google ne lui laisse posséder aucun fichier. Rien n’a été créé. "
        "Créez un dossier dans un Drive partagé, donnez-y à ce compte le rôle « Gestionnaire de contenu » et écrivez "
        f"son identifiant dans la configuration ([jury] drive_folder) : voir {GUIDE}. Sinon, {FILES}."
    )


def folder_refused(error: ApiError, folder: str, account: str | None) -> WorkbookError:
    """The error for a folder that Drive does not show."""
    if error.status != 404:
        return refused(error, account)
    return _error(
        f"Google Drive ne montre à {_robot(account)} aucun dossier {folder} ([jury] drive_folder) : rien n’a été créé. "
        "Vérifiez cet identifiant (la fin de l’adresse du dossier) et donnez à ce compte le rôle « Gestionnaire de "
        f"contenu » dans le Drive partagé. Sinon, {FILES}."
    )


def not_a_folder(folder: str) -> WorkbookError:
    """The error for an id that is not a folder's."""
    return _error(
        f"L’élément {folder} ([jury] drive_folder) est un fichier de Google Drive, pas un dossier : rien n’a été créé. "
        "Copiez la fin de l’adresse du dossier, ouvert dans votre navigateur."
    )


def not_shared(folder: str, account: str | None) -> WorkbookError:
    """The error for a person's folder, in which a service account can own nothing."""
    return _error(
        f"Le dossier {folder} ([jury] drive_folder) n’est pas dans un Drive partagé, et {_robot(account)} ne peut "
        f"posséder aucun fichier : rien n’a été créé. Choisissez un dossier d’un Drive partagé. Sinon, {FILES}."
    )


def read_only(folder: str, account: str | None) -> WorkbookError:
    """The error for a folder in which nothing may be made."""
    return _error(
        f"{_robot(account)} ne peut rien créer dans le dossier {folder} ([jury] drive_folder) : donnez-lui le rôle "
        f"« Gestionnaire de contenu » dans le Drive partagé. Sinon, {FILES}."
    )


def exports_refused(error: ApiError, folder: str, account: str | None) -> WorkbookError:
    """The error for a folder of exports that Drive does not show."""
    if error.status != 404:
        return refused(error, account)
    return _error(
        f"Google Drive ne montre à {_robot(account)} aucun dossier {folder} ([requests] drive_folder). Vérifiez cet "
        "identifiant (la fin de l’adresse du dossier) et partagez le dossier avec ce compte, en lecture."
    )


def not_an_exports_folder(folder: str) -> WorkbookError:
    """The error for an id of exports that is not a folder's."""
    return _error(
        f"L’élément {folder} ([requests] drive_folder) est un fichier de Google Drive, pas un dossier. Copiez "
        "l’adresse du dossier, ouvert dans votre navigateur."
    )


def not_shareable(error: ApiError, address: str) -> WorkbookError:
    """The error for a page that Drive does not share with an address; the page is there, and empty of this reader."""
    if error.status not in (400, 403) or error.is_rate_limited:
        return error
    why = (
        "aucun compte Google n’a cette adresse, et sans compte Google n’ouvre un fichier que par une invitation de lui"
        if _NO_ACCOUNT in error.message
        else f"Google répond {quoted(error.message)}"
    )
    return _error(
        f"La grille de {address} n’a pas pu être partagée : {why}. Un compte Google se crée avec n’importe quelle "
        "adresse ; si c’est votre organisation qui l’interdit, son administrateur peut l’autoriser. Sinon, "
        f"{FILES} à cette personne."
    )


def refused(error: ApiError, account: str | None) -> WorkbookError:
    """The error for any other refusal of Drive."""
    if not error.reasons.isdisjoint(_API_DISABLED) or "has not been used in project" in error.message:
        return _error(
            "L’API Google Drive n’est pas activée dans le projet Google du robot : activez « Google Drive API » dans "
            f"la console Google Cloud, attendez quelques minutes, puis relancez la commande. Voir {GUIDE}."
        )
    if _NO_STORAGE in error.reasons or "storage quota" in error.message:
        return nowhere(account)
    if "authentication scopes" in error.message:
        return _error(
            "Les identifiants du robot ne donnent pas le droit de créer des fichiers dans Google Drive : "
            f"reconnectez-vous comme l’explique {GUIDE}, puis relancez la commande."
        )
    return error


def _robot(account: str | None) -> str:
    return f"le compte {account}" if account else "le compte du robot"


def _error(text: str) -> WorkbookError:
    return WorkbookError(typographic(text[:1].upper() + text[1:]))
