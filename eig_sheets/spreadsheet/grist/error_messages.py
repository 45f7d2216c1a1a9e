"""Error messages for failed calls to Grist, in French, each with its remedy."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from eig_sheets.spreadsheet.model.base import MovedError, WorkbookError
from eig_sheets.text.french import listed_first, typographic

GUIDE = "docs/grist.md"
KEY_VARIABLE = "EIG_SHEETS_GRIST_KEY"
KEY_FILE_VARIABLE = "EIG_SHEETS_GRIST_KEY_FILE"
_LONGEST_QUOTE = 300


class GristError(WorkbookError):
    """Grist refused a call and did nothing. `status` is HTTP's; `message` is Grist's, in English."""

    def __init__(self, text: str, status: int, message: str = "") -> None:
        super().__init__(typographic(text))
        self.status = status
        self.message = message


class UnknownOutcomeError(WorkbookError):
    """It is unknown whether a write was done: read again before deciding anything."""


def message_of(content: bytes) -> str:
    """The error message of Grist, in English; '' when the answer is not Grist's."""
    try:
        answer = json.loads(content)
    except ValueError:
        return ""
    return str(answer.get("error") or "") if isinstance(answer, dict) else ""


def is_rolled_back(message: str) -> bool:
    """Whether the formula engine refused an action, so that nothing of the whole list was done."""
    return message.startswith("[Sandbox]")


def refusal(status: int, message: str, url: str, *, writing: bool) -> WorkbookError:
    """The error for an answer that is no success."""
    if is_rolled_back(message):
        return _action_refused(message)
    nothing = "rien n’a été écrit" if writing else "le document n’a pas pu être lu"
    if status == 401:
        text = f"Grist ne reconnaît pas la clé du robot : {nothing}. Créez-en une (Profil > Clé d’API) : voir {GUIDE}."
    elif status == 403:
        text = _forbidden(message, nothing)
    elif status == 404:
        text = f"Grist ne trouve pas ce document ({url}) : il a été supprimé, ou son adresse est incomplète."
    elif status == 413:
        text = f"Une seule cellule est trop longue pour Grist (1 Mo au plus par demande) : {nothing}. Raccourcissez-la."
    elif not message:
        text = (
            f"Une page web a répondu à la place de Grist (HTTP {status}) : {nothing}. Vérifiez l’adresse du document "
            "et la connexion de cette machine (proxy, pare-feu)."
        )
    else:
        text = (
            f"Grist a refusé la demande (erreur {status}) : {nothing}. Transmettez ce message à la personne qui "
            f"maintient l’outil : {_quoted(message)}"
        )
    return GristError(text, status, message)


def _forbidden(message: str, nothing: str) -> str:
    if "access rules" in message:
        return (
            f"Une règle d’accès du document empêche le robot de lire ou d’écrire : {nothing}. Dans « Droits d’accès », "
            f"autorisez le compte du robot (il en est propriétaire). Grist en dit : {_quoted(message)}"
        )
    return (
        f"Le compte du robot n’est pas propriétaire du document : {nothing}. Ouvrez-le, « Partager > Gérer les "
        f"utilisateurs », et donnez-lui le rôle « Propriétaire » : voir {GUIDE}."
    )


def blocked_by_rules(error: GristError, rules: Sequence[str]) -> GristError:
    """The same error, with the people's rules of which one is the cause."""
    if not rules or "access rules" not in error.message:
        return error
    return GristError(f"{error} C’est l’une de celles-ci : {listed_first(rules)}.", error.status, error.message)


def _action_refused(message: str) -> WorkbookError:
    """People changed what the plan was made for, or Grist refuses an action of ours: nothing was done."""
    if re.search(r"KeyError|non-existent record|existing record|No such|not found", message):
        return document_changed()
    return GristError(
        "Grist a refusé ce que le robot voulait écrire : rien n’a été écrit. Transmettez ce message à la personne qui "
        f"maintient l’outil : {_quoted(message)}",
        500,
        message,
    )


def document_changed() -> MovedError:
    """The error for a document whose tables, columns or rows changed since it was read."""
    return MovedError(
        typographic(
            "Le document a changé pendant le calcul (table, colonne ou ligne supprimée ou renommée, ou autre exécution "
            "d’eig-sheets) : rien n’a été écrit. Relancez la commande."
        )
    )


def half_written() -> WorkbookError:
    """The error for a plan of several requests that stopped in the middle."""
    return WorkbookError(
        typographic(
            "Le document a changé pendant l’écriture, qui s’est arrêtée entre deux envois : ce que vous avez saisi est "
            "intact, les tables du robot ne sont qu’en partie à jour. Relancez la commande, qui termine."
        )
    )


def not_dressed(error: WorkbookError) -> str:
    """The warning for widths, pages, charts and columns of authors that were not set."""
    return typographic(
        "Les tables sont là, sans tous leurs graphiques, largeurs et places de pages, que la prochaine exécution "
        f"remettra, ni toutes les colonnes qui disent qui décide, que « eig-sheets init » ajoute : {error}"
    )


def unknown_outcome(why: str) -> UnknownOutcomeError:
    """The error for a write that may have been done."""
    return UnknownOutcomeError(
        typographic(
            f"{why} pendant l’écriture, qui a peut-être eu lieu. Relancez la commande : elle relit d’abord le document "
            "et n’écrit que ce qui manque."
        )
    )


def no_answer(why: str, *, writing: bool) -> WorkbookError:
    """The error for a call without answer, after all retries."""
    consequence = "rien n’a été écrit" if writing else "le document n’a pas pu être lu"
    return WorkbookError(typographic(f"{why} : {consequence}. Relancez la commande plus tard."))


def missing_key() -> WorkbookError:
    """The error when no API key is given."""
    return WorkbookError(
        typographic(
            f"Il manque la clé d’API du robot chez Grist : mettez-la dans un fichier, et son chemin dans la variable "
            f"{KEY_FILE_VARIABLE} (ou la clé elle-même dans {KEY_VARIABLE}). Voir {GUIDE}."
        )
    )


def key_refused() -> WorkbookError:
    """The error for a key that no request can carry; the key itself is never shown."""
    return WorkbookError(
        typographic(
            f"La variable {KEY_VARIABLE} contient autre chose qu’une clé d’API, qui est d’un seul tenant, sans espace "
            f"ni accent. Copiez-la de nouveau (Profil > Clé d’API). Voir {GUIDE}."
        )
    )


def key_file_refused(path: str, why: str) -> WorkbookError:
    """The error for a file of a key that cannot be used."""
    return WorkbookError(typographic(f"Le fichier de clé {path} {why}. Voir {GUIDE}."))


def unreadable_document(url: str) -> WorkbookError:
    """The error for a download that is no Grist document of a known version."""
    return WorkbookError(
        typographic(
            f"Le document {url} ne se lit pas : ce n’est pas un document Grist, ou d’une version que l’outil ne "
            f"connaît pas. Rien n’a été écrit. Voir {GUIDE}."
        )
    )


def changed_own_table(what: str) -> WorkbookError:
    """The error for a table of the robot's own that people renamed or changed."""
    return WorkbookError(
        typographic(
            f"{what} : rien n’a été lu, écrit ni envoyé. À faire par un propriétaire du document, tel que le compte du "
            "robot : rendez-lui ses noms, types et formules dans « Données brutes », ou revenez à une version "
            "antérieure du document, dont l’historique dit qui l’a changée. Si c’est une version plus ancienne de "
            "l’outil qui l’a faite, supprimez-la, ainsi que les tables du robot, puis lancez « eig-sheets init ». "
            f"Voir {GUIDE}."
        )
    )


def distant_row(title: str, row_id: int) -> WorkbookError:
    """The error for a row whose id is beyond what any spreadsheet holds: all those before it would be blank rows."""
    return WorkbookError(
        typographic(
            f"Table « {title} » : une ligne porte l’identifiant {row_id}, très au-delà des autres (un programme l’a "
            "sans doute choisi). Rien n’a été lu ni écrit. Copiez cette ligne dans une nouvelle ligne, supprimez-la, "
            "puis relancez la commande."
        )
    )


def inapplicable(what: str) -> WorkbookError:
    """The error for a plan that does not fit the document."""
    message = f"{what} : rien n’a été écrit. Relancez la commande pour qu’elle relise le document."
    return WorkbookError(typographic(message))


def _quoted(message: str) -> str:
    short = " ".join(message.split())
    return f"« {short[:_LONGEST_QUOTE]}{'…' if len(short) > _LONGEST_QUOTE else ''} »"
